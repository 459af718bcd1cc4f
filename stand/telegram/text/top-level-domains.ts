/** Domains that make a link of a word without `https://`: all of countries, and the general ones that people write. */
const DOMAINS = new Set(
  `ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf
  cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg
  gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn
  kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na
  nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh
  si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve
  vg vi vn vu wf ws ye yt za zm zw рф рус бел укр қаз срб мкд бг
  com net org info biz name pro mobi int gov edu mil arpa asia cat coop jobs museum post tel travel xxx
  app art bar bike blog cafe camp chat city cloud club company design dev digital email energy expert express finance
  fun global group guru help host house info ink istanbul kim land life link live ltd market media moscow network news
  ninja one online page parts party photo plus press pub realty rent report rest rocks run sale school services shop
  site social software solutions space store studio support systems taxi team tech technology tips today tools top
  tours town toys trade training tube vip watch website wiki win wine work works world wtf xyz yoga zone tatar
  москва дети онлайн сайт орг ком`.split(/\s+/),
);

export const isTopLevelDomain = (name: string): boolean => DOMAINS.has(name.toLowerCase());
