import { type BinaryOperator, type Expression, type Method, type Module, type Parameter, type Statement } from './syntax';
import { BslSyntaxError, scan, type Token } from './tokens';

const ADDITIVE: Readonly<Record<string, BinaryOperator>> = { '+': '+', '-': '-' };
const MULTIPLICATIVE: Readonly<Record<string, BinaryOperator>> = { '*': '*', '/': '/', '%': '%' };
const COMPARISONS: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
};

/**
 * Parses a module of the built-in language of 1C:Enterprise in Russian spelling. It takes what both the platform and
 * OneScript take: asynchronous methods and labels are refused. Throws BslSyntaxError.
 */
export function parseModule(source: string): Module {
  return new Parser(scan(source.replace(/^\uFEFF/, '')).tokens).module();
}

class Parser {
  private at = 0;
  private readonly regions: Module['regions'] = [];
  private readonly openRegions: Module['regions'] = [];

  constructor(private readonly tokens: readonly Token[]) {}

  module(): Module {
    const module: Module = { methods: [], variables: [], body: [], regions: this.regions };
    for (;;) {
      this.skipPreprocessor();
      if (this.token.kind === 'end') break;
      if (this.token.kind === 'directive' || this.isKeyword('Процедура', 'Функция')) module.methods.push(this.method());
      else if (this.isKeyword('Перем')) module.variables.push(...this.variables());
      else module.body.push(this.statement());
    }
    const open = this.openRegions.at(-1);
    if (open) throw new BslSyntaxError(`the region ${open.name} is not closed`, open.startLine);
    return module;
  }

  private method(): Method {
    const startLine = this.token.line;
    const directives: string[] = [];
    while (this.token.kind === 'directive') directives.push(this.next().text);
    const headingLine = this.token.line;
    const kind = this.isKeyword('Функция') ? 'function' : 'procedure';
    this.expectKeyword(kind === 'function' ? 'Функция' : 'Процедура');
    const name = this.word();
    const parameters = this.parameters();
    const exported = this.takeKeyword('Экспорт');
    const end = kind === 'function' ? 'КонецФункции' : 'КонецПроцедуры';
    const body = this.body(end);
    const endLine = this.expectKeyword(end).line;
    return { kind, name, exported, parameters, directives, body, startLine, headingLine, endLine };
  }

  private parameters(): Parameter[] {
    const parameters: Parameter[] = [];
    this.expect('(');
    while (!this.is(')')) {
      const byValue = this.takeKeyword('Знач');
      const name = this.word();
      const defaultValue = this.take('=') ? this.unary() : undefined;
      parameters.push({ name, byValue, defaultValue });
      if (!this.take(',')) break;
    }
    this.expect(')');
    return parameters;
  }

  private body(...ends: string[]): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      this.skipPreprocessor();
      while (this.take(';')) this.skipPreprocessor();
      if (this.isKeyword(...ends)) return statements;
      if (this.token.kind === 'end') throw this.error(`${ends.join(' or ')} is missing`);
      statements.push(this.statement());
    }
  }

  private statement(): Statement {
    const { line, kind, text } = this.token;
    if (kind !== 'keyword') return this.simpleStatement(line);
    switch (text.toLowerCase()) {
      case 'если':
        return this.ifStatement(line);
      case 'для':
        return this.forStatement(line);
      case 'пока':
        return this.whileStatement(line);
      case 'попытка':
        return this.tryStatement(line);
      case 'возврат':
        this.next();
        return this.ended({ type: 'return', value: this.is(';') ? undefined : this.expression(), line });
      case 'вызватьисключение':
        this.next();
        return this.ended({ type: 'raise', value: this.is(';') ? undefined : this.expression(), line });
      case 'прервать':
      case 'продолжить':
        this.next();
        return this.ended({ type: text.toLowerCase() === 'прервать' ? 'break' : 'continue', line });
      case 'перем':
        return { type: 'variables', names: this.variables(), line };
      case 'выполнить':
        this.next();
        return this.ended({ type: 'execute', code: this.expression(), line });
      case 'новый':
        return this.simpleStatement(line);
      default:
        throw this.error(`unexpected ${text}`);
    }
  }

  private simpleStatement(line: number): Statement {
    const target = this.postfix();
    if (this.take('=')) return this.ended({ type: 'assign', target, value: this.expression(), line });
    if (target.type !== 'invoke') throw this.error('a statement must be an assignment or a call');
    return this.ended({ type: 'call', call: target, line });
  }

  private ifStatement(line: number): Statement {
    const branches: { condition: Expression; body: Statement[] }[] = [];
    let otherwise: Statement[] | undefined;
    do {
      this.next();
      const condition = this.expression();
      this.expectKeyword('Тогда');
      branches.push({ condition, body: this.body('ИначеЕсли', 'Иначе', 'КонецЕсли') });
    } while (this.isKeyword('ИначеЕсли'));
    if (this.takeKeyword('Иначе')) otherwise = this.body('КонецЕсли');
    this.expectKeyword('КонецЕсли');
    return this.ended({ type: 'if', branches, otherwise, line });
  }

  private forStatement(line: number): Statement {
    this.next();
    if (this.takeKeyword('Каждого')) {
      const variable = this.word();
      this.expectKeyword('Из');
      const collection = this.expression();
      return this.ended({ type: 'forEach', variable, collection, body: this.loopBody(), line });
    }
    const variable = this.word();
    this.expect('=');
    const from = this.expression();
    this.expectKeyword('По');
    const to = this.expression();
    return this.ended({ type: 'for', variable, from, to, body: this.loopBody(), line });
  }

  private whileStatement(line: number): Statement {
    this.next();
    const condition = this.expression();
    return this.ended({ type: 'while', condition, body: this.loopBody(), line });
  }

  private loopBody(): Statement[] {
    this.expectKeyword('Цикл');
    const body = this.body('КонецЦикла');
    this.expectKeyword('КонецЦикла');
    return body;
  }

  private tryStatement(line: number): Statement {
    this.next();
    const body = this.body('Исключение');
    this.expectKeyword('Исключение');
    const handler = this.body('КонецПопытки');
    this.expectKeyword('КонецПопытки');
    return this.ended({ type: 'try', body, handler, line });
  }

  private variables(): string[] {
    this.expectKeyword('Перем');
    const names: string[] = [];
    do {
      names.push(this.word());
      this.takeKeyword('Экспорт');
    } while (this.take(','));
    this.expect(';');
    return names;
  }

  /** The semicolon may be left out before the end of a block. */
  private ended(statement: Statement): Statement {
    if (this.take(';')) return statement;
    if (this.token.kind === 'keyword' && /^(?:Конец|Иначе|Исключение)/i.test(this.token.text)) return statement;
    throw this.error('a semicolon is missing');
  }

  private expression(): Expression {
    let left = this.conjunction();
    for (let line = this.token.line; this.takeKeyword('Или'); line = this.token.line) {
      left = { type: 'binary', operator: 'or', left, right: this.conjunction(), line };
    }
    return left;
  }

  private conjunction(): Expression {
    let left = this.negation();
    for (let line = this.token.line; this.takeKeyword('И'); line = this.token.line) {
      left = { type: 'binary', operator: 'and', left, right: this.negation(), line };
    }
    return left;
  }

  private negation(): Expression {
    const { line } = this.token;
    if (this.takeKeyword('Не')) return { type: 'unary', operator: 'not', operand: this.negation(), line };
    return this.binary(COMPARISONS, () => this.binary(ADDITIVE, () => this.binary(MULTIPLICATIVE, () => this.unary())));
  }

  private binary(operators: Readonly<Record<string, BinaryOperator>>, operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = this.token.kind === 'operator' ? operators[this.token.text] : undefined;
      if (operator === undefined) return left;
      const { line } = this.next();
      left = { type: 'binary', operator, left, right: operand(), line };
    }
  }

  private unary(): Expression {
    const { line } = this.token;
    if (this.take('-')) return { type: 'unary', operator: '-', operand: this.unary(), line };
    return this.postfix();
  }

  private postfix(): Expression {
    let expression = this.primary();
    for (;;) {
      const { line } = this.token;
      if (this.take('.')) expression = { type: 'member', object: expression, name: this.memberName(), line };
      else if (this.is('(')) expression = { type: 'invoke', callee: expression, args: this.args(), line };
      else if (this.take('[')) {
        expression = { type: 'index', object: expression, index: this.expression(), line };
        this.expect(']');
      } else return expression;
    }
  }

  private primary(): Expression {
    const token = this.next();
    const { line, text } = token;
    switch (token.kind) {
      case 'number':
        return { type: 'literal', value: Number(text), line };
      case 'string':
        return { type: 'literal', value: text, line };
      case 'date':
        return { type: 'date', text, line };
      case 'word':
        return { type: 'name', name: text, line };
      case 'keyword':
        return this.keywordExpression(text, line);
      default:
        if (text === '(') {
          const inner = this.expression();
          this.expect(')');
          return inner;
        }
        if (text === '?') return this.choice(line);
        throw new BslSyntaxError(`unexpected "${text || 'end of the module'}"`, line);
    }
  }

  private keywordExpression(text: string, line: number): Expression {
    switch (text.toLowerCase()) {
      case 'истина':
        return { type: 'literal', value: true, line };
      case 'ложь':
        return { type: 'literal', value: false, line };
      case 'неопределено':
        return { type: 'literal', value: undefined, line };
      case 'null':
        return { type: 'literal', value: null, line };
      case 'новый': {
        if (this.is('(')) return { type: 'new', args: this.args(), line };
        const className = this.word();
        return { type: 'new', className, args: this.is('(') ? this.args() : [], line };
      }
      default:
        throw new BslSyntaxError(`unexpected ${text}`, line);
    }
  }

  private choice(line: number): Expression {
    this.expect('(');
    const condition = this.expression();
    this.expect(',');
    const yes = this.expression();
    this.expect(',');
    const no = this.expression();
    this.expect(')');
    return { type: 'choice', condition, yes, no, line };
  }

  private args(): (Expression | undefined)[] {
    const args: (Expression | undefined)[] = [];
    this.expect('(');
    if (this.take(')')) return args;
    for (;;) {
      args.push(this.is(',') || this.is(')') ? undefined : this.expression());
      if (this.take(')')) return args;
      this.expect(',');
    }
  }

  private skipPreprocessor(): void {
    while (this.token.kind === 'preprocessor') {
      const { text, line } = this.next();
      const region = /^#Область\s+(\S+)$/.exec(text)?.[1];
      if (region !== undefined) {
        this.openRegions.push({ name: region, startLine: line, endLine: line, depth: this.openRegions.length });
      } else if (text === '#КонецОбласти') {
        const closed = this.openRegions.pop();
        if (!closed) throw new BslSyntaxError('#КонецОбласти without #Область', line);
        this.regions.push({ ...closed, endLine: line });
      } else if (!/^#(?:Если|ИначеЕсли|Иначе|КонецЕсли)/i.test(text)) {
        throw new BslSyntaxError(`unknown instruction ${text}`, line);
      }
    }
  }

  private get token(): Token {
    // The last token is always `end`, and nothing is taken after it.
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  private next(): Token {
    const { token } = this;
    this.at += 1;
    return token;
  }

  private is(operator: string): boolean {
    return this.token.kind === 'operator' && this.token.text === operator;
  }

  private take(operator: string): boolean {
    if (!this.is(operator)) return false;
    this.at += 1;
    return true;
  }

  private expect(operator: string): void {
    if (!this.take(operator)) throw this.error(`"${operator}" is missing before "${this.token.text}"`);
  }

  private isKeyword(...words: string[]): boolean {
    const text = this.token.text.toLowerCase();
    return this.token.kind === 'keyword' && words.some((word) => word.toLowerCase() === text);
  }

  private takeKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false;
    this.at += 1;
    return true;
  }

  private expectKeyword(word: string): Token {
    if (!this.isKeyword(word)) throw this.error(`${word} is missing before "${this.token.text}"`);
    return this.next();
  }

  private word(): string {
    if (this.token.kind !== 'word') throw this.error(`a name is missing before "${this.token.text}"`);
    return this.next().text;
  }

  private memberName(): string {
    if (this.token.kind !== 'word' && this.token.kind !== 'keyword') throw this.error('a name is missing after the dot');
    return this.next().text;
  }

  private error(message: string): BslSyntaxError {
    return new BslSyntaxError(message, this.token.line);
  }
}
