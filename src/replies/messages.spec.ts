import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { formatNumber } from './format';
import { escapeHtml, splitHtml } from './html';
import en from './locales/en.json';
import ru from './locales/ru.json';
import { message, type MessageKey } from './messages';

interface Catalogue {
  [key: string]: string | Catalogue;
}

function flatten(catalogue: Catalogue, prefix = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The forms of each key: a single '' where the text has no plural. */
function formsOf(catalogue: Catalogue): Map<string, string[]> {
  const forms = new Map<string, string[]>();
  for (const [key] of flatten(catalogue)) {
    const base = key.replace(PLURAL, '');
    forms.set(base, [...(forms.get(base) ?? []), PLURAL.exec(key)?.[1] ?? '']);
  }
  return forms;
}

function placeholdersOf(catalogue: Catalogue): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [key, text] of flatten(catalogue)) {
    const base = key.replace(PLURAL, '');
    const names = found.get(base) ?? new Set();
    for (const [placeholder] of text.matchAll(/\{\{.*?\}\}/g)) names.add(placeholder);
    found.set(base, names);
  }
  return found;
}

const catalogues = { ru, en } as const;

describe('the catalogues', () => {
  it('have the same texts', () => {
    expect([...formsOf(en).keys()].sort()).toEqual([...formsOf(ru).keys()].sort());
  });

  it.each(['ru', 'en'] as const)('have every plural form of %s where they have any', (language) => {
    const expected = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    const plurals = [...formsOf(catalogues[language])].filter(([, forms]) => forms.join() !== '');
    expect(plurals.length).toBeGreaterThan(0);
    for (const [key, forms] of plurals) expect([key, forms.sort()]).toEqual([key, expected]);
  });

  it('decline the same texts', () => {
    const declined = (catalogue: Catalogue) =>
      [...formsOf(catalogue)].filter(([, forms]) => forms.length > 1).map(([key]) => key);
    expect(declined(en).sort()).toEqual(declined(ru).sort());
  });

  it('have the same placeholders', () => {
    const sorted = (catalogue: Catalogue) =>
      [...placeholdersOf(catalogue)].map(([key, names]) => [key, [...names].sort()] as const).sort();
    expect(sorted(en)).toEqual(sorted(ru));
  });

  it('have the same placeholders in every plural form', () => {
    for (const catalogue of [ru, en]) {
      const whole = placeholdersOf(catalogue);
      for (const [key, text] of flatten(catalogue)) {
        const names = [...text.matchAll(/\{\{.*?\}\}/g)].map(([placeholder]) => placeholder).sort();
        expect([key, names]).toEqual([key, [...(whole.get(key.replace(PLURAL, '')) ?? [])].sort()]);
      }
    }
  });

  it('are well-formed Telegram HTML of the tags that we use', () => {
    for (const [key, text] of [...flatten(ru), ...flatten(en)]) {
      expect([key, splitHtml(text)]).toEqual([key, [text]]);
      for (const [, tag] of text.matchAll(/<\/?([a-z]+)/g)) expect(['b', 'i', 'code']).toContain(tag);
    }
  });

  it('say nothing that the code does not use', () => {
    const source = readdirSync(__dirname)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(join(__dirname, name), 'utf8'))
      .join('\n');
    const literals = new Set([...source.matchAll(/'([a-z][\w.]*)'/gi)].map(([, key]) => key));
    const prefixes = [...source.matchAll(/`([a-z][\w.]*\.)\$\{/gi)].map(([, prefix]) => prefix ?? '');
    const unused = [...formsOf(ru).keys()].filter(
      (key) => !literals.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

describe('message', () => {
  it.each(['ru', 'en'] as const)('writes every text of %s as i18next itself would', (language) => {
    const i18next = createInstance();
    void i18next.init({
      initAsync: false,
      resources: { [language]: { translation: catalogues[language] } },
      fallbackLng: false,
      nsSeparator: false,
      interpolation: { escape: escapeHtml },
    });
    for (const [key, placeholders] of placeholdersOf(catalogues[language])) {
      const names = [...placeholders].map((placeholder) => placeholder.replace(/[{}\s-]/g, ''));
      for (const count of [0, 1, 2, 5, 21, 1.5]) {
        const values = Object.fromEntries(names.map((name) => [name, `<${name}> & "${count}"`]));
        const counted = names.includes('count');
        const replace = counted ? { ...values, count: formatNumber(count, language) } : values;
        expect([key, message(language, key as MessageKey, counted ? { ...values, count } : values)]).toEqual([
          key,
          i18next.t(key, { lng: language, replace, ...(counted ? { count } : {}) }),
        ]);
      }
    }
  });

  it('escapes what comes from outside', () => {
    expect(message('ru', 'item.title', { name: '<b>"Ромашка" & Ко</b>' })).toBe(
      '<b>&lt;b&gt;&quot;Ромашка&quot; &amp; Ко&lt;/b&gt;</b>',
    );
  });

  it('takes what comes from outside literally', () => {
    const name = '{{name}} $t(thanks) $& $1 {{- name}} \\';
    expect(message('ru', 'item.title', { name })).toBe(`<b>${name.replace('&', '&amp;')}</b>`);
    expect(message('ru', 'missing.nearest', { articles: name })).toBe(`Возможно, вы ищете: ${name}`);
  });

  it('chooses the form by the count and writes the count as the language does', () => {
    expect(message('ru', 'order.lines', { count: 1 })).toBe('<b>Состав: 1 позиция</b>');
    expect(message('ru', 'order.lines', { count: 3 })).toBe('<b>Состав: 3 позиции</b>');
    expect(message('ru', 'order.lines', { count: 1012 })).toBe('<b>Состав: 1\u00A0012 позиций</b>');
    expect(message('en', 'order.lines', { count: 1012 })).toBe('<b>Contents: 1,012 lines</b>');
  });
});
