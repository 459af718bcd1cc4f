import { type EntityType, type MessageEntity } from '../bot-api.types';
import { overlap } from './entities';
import { isTopLevelDomain } from './top-level-domains';

const WORD = '\\p{L}\\p{N}_';

interface Pattern {
  type: EntityType;
  /** Without one of these characters the pattern cannot match: saves the search in most texts. */
  needs: string;
  regex: RegExp;
  /** @returns how many characters of the match belong to the entity; 0 for none */
  measure?: (match: RegExpMatchArray) => number;
}

/** From the strongest to the weakest: what an earlier pattern took, a later one does not get. */
const PATTERNS: readonly Pattern[] = [
  {
    type: 'email',
    needs: '@',
    regex: new RegExp(`(?<![${WORD}.+-])[a-z0-9._+-]{1,64}@(?:[a-z0-9-]{1,63}\\.)+[a-z]{2,8}(?![${WORD}])`, 'giu'),
  },
  {
    type: 'url',
    needs: '.',
    regex: new RegExp(
      `(?<![${WORD}.@/#~-])((?:https?|ftp|tonsite)://)?(?:[${WORD}~-]+\\.)+([\\p{L}\\p{N}-]{2,63}|\\p{N})(?::\\d{1,5})?([/?#][^\\s<>"«»“”]*)?`,
      'giu',
    ),
    measure: ([url, scheme, domain, path]) => {
      if (scheme === undefined && !isTopLevelDomain(domain ?? '')) {
        return 0;
      }
      return path === undefined ? url.length : url.replace(/[.:;,('?!`]+$/, '').length;
    },
  },
  {
    type: 'phone_number',
    needs: '+',
    regex: new RegExp(`(?<![${WORD}+])\\+\\d(?:[ ()-]{0,2}\\d){9,14}(?![${WORD}])`, 'gu'),
  },
  {
    type: 'mention',
    needs: '@',
    regex: new RegExp(`(?<![${WORD}])@[a-z0-9_]{2,32}(?![${WORD}])`, 'giu'),
  },
  {
    type: 'hashtag',
    needs: '#',
    regex: new RegExp(`(?<![${WORD}])#(?=[\\p{N}_]*\\p{L})[${WORD}\\p{M}]{1,256}(?![${WORD}#])`, 'gu'),
  },
  {
    type: 'cashtag',
    needs: '$',
    regex: new RegExp(`(?<![${WORD}$])\\$[A-Z]{3,8}(?![${WORD}$])`, 'gu'),
  },
  {
    type: 'bot_command',
    needs: '/',
    regex: new RegExp(`(?<![${WORD}/<>])/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32}|(?!@))(?![${WORD}/<>])`, 'giu'),
  },
];

/**
 * Finds what Telegram's server marks by itself in every text: links, addresses, phone numbers with a plus, mentions,
 * tags and commands. Offsets are in UTF-16 code units.
 */
export function detectEntities(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const { type, needs, regex, measure } of PATTERNS) {
    if (!text.includes(needs)) {
      continue;
    }
    for (const match of text.matchAll(regex)) {
      const entity = { type, offset: match.index, length: measure?.(match) ?? match[0].length };
      if (entity.length > 0 && !found.some((other) => overlap(other, entity))) {
        found.push(entity);
      }
    }
  }
  return found;
}
