import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ClassifierService } from '../classifier.service';

const ROOT = path.resolve(__dirname, '../../..');
const CATALOGUES: readonly (readonly [name: string, folder: string])[] = [
  ['the sample catalogue', path.join(ROOT, 'stand/catalogue')],
  ['the real exchange files', path.resolve(ROOT, '../shared/data/commerceml')],
];

/** `#` is an article, `~` another one. */
const FRAMES = [
  '#',
  '#?',
  'есть #?',
  'сколько осталось # на складе',
  'почём # сейчас',
  '#, есть в наличии?',
  '(#) что за товар',
  'цена на «#» какая',
  'артикул # опишите',
  'арт. # сколько',
  'нужен остаток: #',
  'Добрый день! Подскажите наличие #.',
  '# - сколько у вас?',
  'По # что по остаткам',
  'цена #; срок ответа сегодня',
  '#\t15',
  'проверьте #, пожалуйста',
  'сколько стоит #!',
  'how many # are left?',
  'skolko # na sklade',
  'а по #?',
  'ОСТАТОК # СРОЧНО',
  'за сколько берёте #',
  'код # - это что',
  'по позиции # цена изменилась?',
  '# 10 шт найдётся?',
  '# и ~ есть?',
  '#, ~ цены',
  '#\n~\nостатки',
  '#\t5\n~\t10\nесть?',
  '# 5\n~ 12\nв наличии?',
  '# или ~ дешевле?',
];

/** Most of the articles of a shape that only the accounting system can tell from a name are among the rest. */
const FLOOR = 0.985;

function articlesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.xml'));
  const found = files.flatMap((file) =>
    Array.from(readFileSync(path.join(folder, file), 'utf8').matchAll(/<Артикул>([^<]+)</g), ([, article = '']) =>
      article.trim(),
    ),
  );
  return [...new Set(found)].filter((article) => article !== '' && !article.includes('&'));
}

for (const [name, folder] of CATALOGUES) {
  const articles = articlesOf(folder);
  const isAbsent = articles.length === 0;
  const describePresent = isAbsent ? describe.skip : describe;

  describePresent(`articles of ${name}${isAbsent ? ' (skipped: no such files beside the repository)' : ''}`, () => {
    it('come out of sentences as written', () => {
      const classifier = new ClassifierService();
      let right = 0;
      let asked = 0;
      articles.forEach((article, index) => {
        const other = articles[(index * 7 + 3) % articles.length] ?? '';
        // Each article in every fourth frame: all of them together meet every frame.
        for (const frame of FRAMES.filter((_, at) => at % 4 === index % 4)) {
          const expected = frame.includes('~') && other !== article ? [article, other] : [article];
          const { articles: got } = classifier.understand(frame.replaceAll('#', article).replaceAll('~', other));
          asked += 1;
          if (got.length === expected.length && got.every((each, at) => each === expected[at])) right += 1;
        }
      });
      expect(asked).toBeGreaterThan(1000);
      expect(right / asked).toBeGreaterThan(FLOOR);
    });
  });
}
