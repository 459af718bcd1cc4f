import { Chats } from './chats.js';
import { CommandMenu } from './command-menu.js';
import { Composer } from './composer.js';
import { ask, tell, toast } from './dialog.js';
import { $, icon } from './dom.js';
import { Feed } from './feed.js';
import { fullName, phoneNumber } from './format.js';
import { Panel } from './panel/panel.js';
import { renderPeople } from './people-list.js';
import { ReplyKeyboard } from './reply-keyboard.js';
import { telegram } from './telegram-api.js';
import { themeButton } from './theme.js';

const ACTIONS = { typing: 'печатает…', upload_document: 'отправляет файл…', upload_photo: 'отправляет фото…' };
const phone = matchMedia('(width < 760px)');

const chats = new Chats();
let activeId = null;

const commandMenu = new CommandMenu((command) => {
  composer.takeCommand();
  send(command);
});
const composer = new Composer(commandMenu, {
  onSend: send,
  onFile: (file) => void chats.sendFile(activeId, file),
});
const keyboard = new ReplyKeyboard((button) => {
  if (button.request_contact) void shareContact();
  else send(button.text);
});
const feed = new Feed(chats, {
  onCommand: send,
  onStart: () => send('/start'),
  onExample: send,
  onPress: (messageId, data) => chats.press(activeId, messageId, data).catch((error) => toast(error.message, 'bad')),
});
const panel = new Panel({
  chats,
  onBot: () => showHead(),
  onExamples: (examples) => {
    feed.examples = examples;
    feed.render();
  },
  onAsk: (text) => {
    if (activeId !== null) send(text);
  },
});

function send(text) {
  void chats.sendText(activeId, text);
}

async function shareContact() {
  const { person } = chats.get(activeId);
  const agreed = await ask({
    title: 'Поделиться номером?',
    text: `«${chats.bot.first_name}» получит ваше имя и номер ${phoneNumber(person.phone)}.`,
    confirm: 'Поделиться',
  });
  if (agreed) await chats.sendContact(activeId);
}

/** The address after # names the chosen account, so that «back» works on a phone. */
function route() {
  const id = Number(location.hash.slice(1));
  const chosen = chats.get(id) ? id : null;
  $('app').dataset.view = chosen === null ? 'people' : 'chat';
  if (chosen !== null && chosen !== activeId) {
    activeId = chosen;
    feed.show(chosen);
    composer.show(chosen);
    keyboard.render(chats.get(chosen).messages);
    void commandMenu.load(chosen);
    panel.setChat(chosen);
  }
  if (chosen !== null && !phone.matches) composer.focus();
  showList();
  showHead();
}

function choose(id) {
  if (location.hash === `#${id}`) route();
  else location.hash = String(id);
}

function showList() {
  renderPeople($('people-list'), chats, activeId, choose);
  const unread = chats.unreadInAll;
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${chats.bot?.first_name ?? 'Бот для поставщиков'}`;
}

function showHead() {
  const chat = chats.get(activeId);
  if (!chat) return;
  $('bot-name').textContent = chats.bot.first_name;
  const line = $('bot-line');
  const action = chat.action && (ACTIONS[chat.action] ?? 'отвечает…');
  line.textContent = action ?? `вы — ${fullName(chat.person)}`;
  line.classList.toggle('is-active', Boolean(action));
  showBanner();
}

function showBanner() {
  const banner = $('banner');
  const bot = panel.bot?.state;
  const botAway = bot === 'stopped' || bot === 'failed';
  const shown = `${chats.online} ${bot}`;
  if (banner.dataset.shown === shown) return;
  banner.dataset.shown = shown;
  banner.hidden = chats.online !== false && !botAway;
  banner.classList.toggle('bad', chats.online !== false);
  if (chats.online === false) {
    banner.textContent = 'Нет связи со стендом. Переподключаюсь…';
  } else if (botAway) {
    const restart = document.createElement('button');
    restart.type = 'button';
    restart.textContent = 'Запустить';
    restart.addEventListener('click', () => panel.restartBot());
    banner.replaceChildren(bot === 'failed' ? 'Бот упал' : 'Бот остановлен', restart);
  }
}

chats.addEventListener('change', ({ detail }) => {
  showList();
  if (detail.chatId !== activeId) return;
  feed.update(detail);
  keyboard.render(chats.get(activeId).messages);
  showHead();
});
chats.addEventListener('connection', showHead);
chats.addEventListener('commands', () => activeId !== null && void commandMenu.load(activeId));
chats.addEventListener('callback', ({ detail: { chatId, text, showAlert } }) => {
  if (chatId !== activeId) return;
  if (showAlert) void tell(chats.bot.first_name, text);
  else toast(text);
});

themeButton($('theme'));
$('bot-avatar').append(icon('box'));
$('back').append(icon('back'));
$('back').addEventListener('click', () => {
  location.hash = '';
});
$('clear').append(icon('trash'));
$('clear').addEventListener('click', async () => {
  const agreed = await ask({
    title: 'Очистить чат?',
    text: 'Переписка этого аккаунта с ботом будет удалена.',
    confirm: 'Очистить',
    danger: true,
  });
  if (agreed) await telegram.clear(activeId).catch((error) => toast(error.message, 'bad'));
});
window.addEventListener('hashchange', route);

async function start() {
  try {
    await chats.open();
  } catch {
    $('people-list').textContent = 'Стенд ещё не отвечает. Пробую снова…';
    setTimeout(start, 1500);
    return;
  }
  const first = chats.chats.keys().next().value;
  if (!phone.matches && location.hash === '') history.replaceState(null, '', `#${first}`);
  route();
}

void start();
