import { KEYWORDS } from '../bsl/tokens';
import { bodiesOf, type Method, type Statement, statementsOf, expressionsOf } from '../bsl/syntax';
import { type Extension, type SourceModule } from './extension';
import { type Finding, type RuleName } from './finding';

/** Outermost regions by the kind of module, in БСП's order. */
const REGIONS: Readonly<Record<SourceModule['kind'], readonly string[]>> = {
  common: ['ПрограммныйИнтерфейс', 'СлужебныйПрограммныйИнтерфейс', 'СлужебныеПроцедурыИФункции'],
  http: ['ОбработчикиСобытий', 'СлужебныеПроцедурыИФункции'],
  recordSet: ['ОбработчикиСобытий', 'СлужебныеПроцедурыИФункции'],
  form: [
    'ОбработчикиСобытийФормы',
    'ОбработчикиСобытийЭлементовШапкиФормы',
    'ОбработчикиКомандФормы',
    'СлужебныеПроцедурыИФункции',
  ],
};

const MAX_LINE = 120;
const TAB = 4;
const MAX_METHOD_LINES = 200;
const MAX_PARAMETERS = 7;
const MAX_NESTING = 4;
const MAX_RETURNS = 3;
const MAX_CYCLOMATIC = 20;
const MAX_COGNITIVE = 15;

/** Lines: the mark, length, ends, letters. */
export function checkLines({ modules }: Extension): Finding[] {
  return modules.flatMap(({ file, source, lines, scan }) => {
    const wrong = (rule: RuleName, message: string, line?: number): Finding => ({ rule, file, line, message });
    const marks = source.split('\uFEFF').length - 1;
    return [
      source.startsWith('\uFEFF') && marks === 1 ? [] : [wrong('bsl-bom', 'must begin with one byte order mark')],
      ...lines.map((text, index) => {
        const width = text.length + (TAB - 1) * (text.split('\t').length - 1);
        return [
          width > MAX_LINE ? [wrong('line-length', `${width} characters`, index + 1)] : [],
          /\s$/.test(text) ? [wrong('line-end', 'ends with white space', index + 1)] : [],
          /^\t* +\t/.test(text) || /^ +\S/.test(text) ? [wrong('indent', 'must be indented with tabs', index + 1)] : [],
          /[ёЁ]/.test(text) ? [wrong('letter-yo', 'the letter ё is not used', index + 1)] : [],
        ].flat();
      }),
      ...scan.comments.map(({ text, line }) => {
        const spaced = text === '' || /^[ /]/.test(text);
        return spaced ? [] : [wrong('comment-space', 'a space must follow the slashes', line)];
      }),
    ].flat();
  });
}

/** Keywords in their canonical spelling, names in one alphabet. */
export function checkWords({ modules }: Extension): Finding[] {
  return modules.flatMap(({ file, scan }) =>
    scan.tokens.flatMap(({ kind, text, line }): Finding[] => {
      if (kind === 'keyword' && KEYWORDS.get(text.toLowerCase()) !== text) {
        return [{ rule: 'keyword-spelling', file, line, message: `${text} is spelt ${KEYWORDS.get(text.toLowerCase())}` }];
      }
      // Capitals of an abbreviation may stand beside Cyrillic: ЧтениеJSON.
      const mixed = kind === 'word' && /[a-z]/.test(text) && /[А-яЁё]/.test(text) && !PLATFORM_WORDS.has(text);
      return mixed ? [{ rule: 'mixed-alphabets', file, line, message: `${text} mixes Latin and Cyrillic letters` }] : [];
    }),
  );
}

/** Names of the platform itself. */
const PLATFORM_WORDS = new Set(['Base64Строка', 'ПолучитьHexСтрокуИзДвоичныхДанных', 'ИспользованиеByteOrderMark']);

/** Everything stands in a region, the outermost are БСП's and in its order. */
export function checkRegions({ modules }: Extension): Finding[] {
  return modules.flatMap(({ file, kind, module }) => {
    const outer = module.regions.filter(({ depth }) => depth === 0).sort((a, b) => a.startLine - b.startLine);
    const places = outer.map(({ name }) => REGIONS[kind].indexOf(name));
    const strange = outer.filter((_, index) => places[index] === -1);
    const ordered = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
    const outside = module.methods.filter(
      ({ startLine, endLine }) => !outer.some((region) => region.startLine < startLine && endLine < region.endLine),
    );
    const empty = module.regions.filter(
      (region) => !module.methods.some(({ startLine }) => region.startLine < startLine && startLine < region.endLine),
    );
    return [
      ...strange.map(({ name, startLine }) => ({ line: startLine, message: `${name} is no region of this kind of module` })),
      ...(ordered ? [] : [{ line: outer[0]?.startLine, message: 'the regions are out of order' }]),
      ...outside.map(({ name, startLine }) => ({ line: startLine, message: `${name} stands outside of the regions` })),
      ...empty.map(({ name, startLine }) => ({ line: startLine, message: `${name} is empty` })),
      ...(module.body.length > 0 ? [{ line: module.body[0]?.line, message: 'code stands outside of methods' }] : []),
    ].map((finding): Finding => ({ rule: 'regions', file, ...finding }));
  });
}

/** An exported method says what it does, what it takes and what it returns. */
export function checkDocumentation({ modules }: Extension): Finding[] {
  return modules.flatMap((source) =>
    source.module.methods
      .filter(({ exported }) => exported)
      .flatMap((method) => {
        const text = commentAbove(source, method);
        const documented = (name: string): boolean => new RegExp(`^ {1,2}${name} - `, 'm').test(text);
        return [
          ...(text.trim() === '' ? [`${method.name} is not described`] : []),
          ...(method.parameters.length > 0 && !/^ Параметры:$/m.test(text) ? [`${method.name}: Параметры are missing`] : []),
          ...method.parameters.filter(({ name }) => !documented(name)).map(({ name }) => `${method.name}: ${name} is not described`),
          ...(method.kind === 'function' && !/^ Возвращаемое значение:\n {2}\S+/m.test(text)
            ? [`${method.name}: the returned value is not described`]
            : []),
        ].map((message): Finding => ({ rule: 'documentation', file: source.file, line: method.headingLine, message }));
      }),
  );
}

/** Methods are short and simple. */
export function checkComplexity({ modules }: Extension): Finding[] {
  return modules.flatMap(({ file, module }) =>
    module.methods.flatMap((method) => {
      const statements = statementsOf(method.body);
      const facts: [RuleName, number, number][] = [
        ['method-length', method.endLine - method.headingLine + 1, MAX_METHOD_LINES],
        ['parameter-count', method.parameters.length, MAX_PARAMETERS],
        ['nesting', depthOf(method.body), MAX_NESTING],
        ['returns', statements.filter(({ type }) => type === 'return').length, MAX_RETURNS],
        ['cyclomatic-complexity', cyclomaticComplexity(method), MAX_CYCLOMATIC],
        ['cognitive-complexity', cognitiveComplexity(method.body, 0), MAX_COGNITIVE],
      ];
      return facts
        .filter(([, value, limit]) => value > limit)
        .map(([rule, value, limit]): Finding => ({
          rule,
          file,
          line: method.headingLine,
          message: `${method.name}: ${value}, at most ${limit}`,
        }));
    }),
  );
}

function commentAbove({ scan }: SourceModule, { startLine }: Method): string {
  const byLine = new Map(scan.comments.filter(({ alone }) => alone).map(({ line, text }) => [line, text]));
  const lines: string[] = [];
  for (let line = startLine - 1; byLine.has(line); line--) lines.unshift(byLine.get(line) ?? '');
  return lines.join('\n');
}

function depthOf(body: readonly Statement[]): number {
  return Math.max(0, ...body.flatMap((statement) => bodiesOf(statement).map((inner) => 1 + depthOf(inner))));
}

function cyclomaticComplexity({ body }: Method): number {
  const branches = statementsOf(body).map((statement) => {
    if (statement.type === 'if') return statement.branches.length;
    return ['for', 'forEach', 'while', 'try'].includes(statement.type) ? 1 : 0;
  });
  const conditions = expressionsOf(body).filter(
    (one) => one.type === 'choice' || (one.type === 'binary' && (one.operator === 'and' || one.operator === 'or')),
  );
  return 1 + branches.reduce<number>((sum, count) => sum + count, 0) + conditions.length;
}

/** After SonarSource's definition, without the increments for series of logical operators. */
function cognitiveComplexity(body: readonly Statement[], nesting: number): number {
  return body.reduce((sum, statement) => {
    const inner = bodiesOf(statement).reduce((total, nested) => total + cognitiveComplexity(nested, nesting + 1), 0);
    if (statement.type === 'if') {
      const others = statement.branches.length - 1 + (statement.otherwise ? 1 : 0);
      return sum + 1 + nesting + others + inner;
    }
    return sum + (inner > 0 || bodiesOf(statement).length > 0 ? 1 + nesting : 0) + inner;
  }, 0);
}
