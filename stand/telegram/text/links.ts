import { type ParsedEntity } from './parsed-text';

const APP_LINK = /^(tg|ton|tonsite):(\/\/)?[\w.-]+/i;
const USER_LINK = /^tg:(?:\/\/)?user\?id=(\d{1,16})$/i;
const WEB_LINK = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(.*)$/is;

/** @returns the entity of a link over a text; none for a link that Telegram does not take: the text stays, unlinked */
export function linkEntities(link: string, offset: number, length: number): ParsedEntity[] {
  const userId = USER_LINK.exec(link)?.[1];
  if (userId !== undefined) {
    return [{ type: 'text_mention', offset, length, userId: Number(userId) }];
  }
  const checked = checkLink(link);
  return 'url' in checked ? [{ type: 'text_link', offset, length, url: checked.url }] : [];
}

/**
 * Checks a link as Telegram does: `tg:`, `ton:`, `tonsite:`, or http(s) to a host with a dot in it, which is why
 * `http://localhost:3000` is refused.
 *
 * @returns the link in full, with the scheme and the first slash of the path, or the reason of the refusal
 */
export function checkLink(link: string): { url: string } | { reason: string } {
  if (APP_LINK.test(link)) {
    return { url: link };
  }
  const [, scheme = 'http', authority = '', rest = ''] = WEB_LINK.exec(link.trim()) ?? [];
  if (!/^https?$/i.test(scheme)) {
    return { reason: 'Unsupported URL protocol' };
  }
  if (authority === '') {
    return { reason: 'URL host is empty' };
  }
  const site = `${scheme.toLowerCase()}://${authority.toLowerCase()}`;
  if (/\s/.test(authority) || !URL.canParse(site)) {
    return { reason: 'Disallowed character in URL host' };
  }
  if (!authority.includes('.')) {
    return { reason: 'Wrong HTTP URL' };
  }
  return { url: site + (rest.startsWith('/') ? rest : `/${rest}`) };
}
