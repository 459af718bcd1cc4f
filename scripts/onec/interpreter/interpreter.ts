import { parseText } from '../bsl/parsed-text';
import { type Expression, type Method, type Module, type Statement } from '../bsl/syntax';
import { BslArray, BslDate, BslError, type BslFunction, BslObject, sameValue, toText, type Value } from './values';

/** A variable, so that it can be handed over by reference. */
interface Cell {
  value: Value;
}

type Variables = Map<string, Cell>;

export type BslConstructor = (args: Value[]) => BslObject;

/** What a module finds around it: the global context of the platform. */
export interface Platform {
  functions: Readonly<Record<string, BslFunction>>;
  constructors: Readonly<Record<string, BslConstructor>>;
  properties: Readonly<Record<string, Value>>;
}

class Return {
  constructor(readonly value: Value) {}
}

type Completion = Return | 'break' | 'continue' | undefined;

/**
 * Runs modules of the built-in language outside of 1C:Enterprise. It is stricter than the platform: a condition must be
 * boolean, a name must be known, a call must fit, types are not converted but by `+` of a string.
 */
export class Interpreter {
  private readonly modules = new Map<string, LoadedModule>();
  private readonly functions: ReadonlyMap<string, BslFunction>;
  private readonly constructors: ReadonlyMap<string, BslConstructor>;
  private readonly properties: Map<string, Value>;

  constructor(platform: Platform) {
    this.functions = withoutCase(platform.functions);
    this.constructors = withoutCase(platform.constructors);
    this.properties = withoutCase(platform.properties);
  }

  /** Loads the text of a common module. Throws BslSyntaxError. */
  load(name: string, source: string): void {
    this.modules.set(name.toLowerCase(), new LoadedModule(name, parseText(source).module, this));
  }

  /** Puts a stand-in in the place of a common module. */
  replace(name: string, object: BslObject): void {
    this.properties.set(name.toLowerCase(), object);
  }

  /** Calls a method of a module, exported or not. */
  call(module: string, method: string, args: Value[]): Value {
    const loaded = this.modules.get(module.toLowerCase());
    if (!loaded) throw new BslError(`there is no module ${module}`);
    return loaded.run(method, args.map((value) => ({ value })));
  }

  global(name: string): Value {
    const key = name.toLowerCase();
    if (this.properties.has(key)) return this.properties.get(key);
    return this.modules.get(key);
  }

  function(name: string): BslFunction | undefined {
    return this.functions.get(name.toLowerCase());
  }

  construct(className: string, args: Value[]): BslObject {
    const create = this.constructors.get(className.toLowerCase());
    if (!create) throw new BslError(`there is no class ${className}`);
    return create(args);
  }
}

class LoadedModule extends BslObject {
  readonly typeName = 'ОбщийМодуль';
  private readonly declared: ReadonlyMap<string, Method>;

  constructor(
    readonly name: string,
    module: Module,
    private readonly interpreter: Interpreter,
  ) {
    super();
    this.declared = new Map(module.methods.map((method) => [method.name.toLowerCase(), method]));
  }

  find(name: string): Method | undefined {
    return this.declared.get(name.toLowerCase());
  }

  /** From another module: only what is exported. */
  invoke(name: string, args: (Cell | undefined)[]): Value {
    if (!this.find(name)?.exported) throw new BslError(`${this.name} exports no method ${name}`);
    return this.run(name, args);
  }

  run(name: string, args: (Cell | undefined)[]): Value {
    const method = this.find(name);
    if (!method) throw new BslError(`${this.name} has no method ${name}`);
    if (args.length > method.parameters.length) throw new BslError(`too many parameters for ${this.name}.${name}`);
    const variables: Variables = new Map();
    const frame = new Frame(this, variables, this.interpreter);
    method.parameters.forEach(({ name: parameter, byValue, defaultValue }, index) => {
      const given = args[index];
      if (!given && !defaultValue) throw new BslError(`${this.name}.${name}: the parameter ${parameter} is missing`);
      const cell = given ?? { value: defaultValue && frame.evaluate(defaultValue) };
      variables.set(parameter.toLowerCase(), byValue ? { value: cell.value } : cell);
    });
    const completion = frame.execute(method.body);
    return completion instanceof Return ? completion.value : undefined;
  }
}

/** One call of a method. */
class Frame {
  /** What ИнформацияОбОшибке tells, and what a bare ВызватьИсключение raises again. */
  private readonly caught: unknown[] = [];

  constructor(
    private readonly module: LoadedModule,
    private readonly variables: Variables,
    private readonly interpreter: Interpreter,
  ) {}

  execute(body: readonly Statement[]): Completion {
    for (const statement of body) {
      const completion = this.statement(statement);
      if (completion !== undefined) return completion;
    }
    return undefined;
  }

  evaluate(expression: Expression): Value {
    switch (expression.type) {
      case 'literal':
        return expression.value;
      case 'date':
        throw new BslError('literals of dates are not used in the extension');
      case 'name':
        return this.name(expression.name);
      case 'member':
        return this.object(expression.object).get(expression.name);
      case 'index':
        return this.object(expression.object).at(this.evaluate(expression.index));
      case 'invoke':
        return this.invoke(expression);
      case 'new':
        return this.create(expression.className, expression.args);
      case 'unary':
        return expression.operator === 'not' ? !this.condition(expression.operand) : -this.number(expression.operand);
      case 'binary':
        return this.binary(expression);
      case 'choice':
        return this.evaluate(this.condition(expression.condition) ? expression.yes : expression.no);
    }
  }

  private statement(statement: Statement): Completion {
    switch (statement.type) {
      case 'assign':
        return this.assign(statement.target, this.evaluate(statement.value));
      case 'call':
        return void this.evaluate(statement.call);
      case 'if': {
        const branch = statement.branches.find(({ condition }) => this.condition(condition));
        return this.execute(branch?.body ?? statement.otherwise ?? []);
      }
      case 'for':
        return this.countLoop(statement);
      case 'forEach':
        return this.eachLoop(statement);
      case 'while':
        while (this.condition(statement.condition)) {
          const completion = this.execute(statement.body);
          if (completion === 'break') break;
          if (completion instanceof Return) return completion;
        }
        return undefined;
      case 'try':
        return this.attempt(statement.body, statement.handler);
      case 'return':
        return new Return(statement.value && this.evaluate(statement.value));
      case 'raise':
        if (!statement.value) throw this.caught.at(-1);
        throw new BslError(toText(this.evaluate(statement.value)));
      case 'break':
      case 'continue':
        return statement.type;
      case 'variables':
        for (const name of statement.names) this.variable(name).value = undefined;
        return undefined;
      case 'execute':
        throw new BslError('Выполнить is not for the extension');
    }
  }

  private countLoop({ variable, from, to, body }: Extract<Statement, { type: 'for' }>): Completion {
    const cell = this.variable(variable);
    const last = this.number(to);
    for (cell.value = this.number(from); Number(cell.value) <= last; cell.value = Number(cell.value) + 1) {
      const completion = this.execute(body);
      if (completion === 'break') break;
      if (completion instanceof Return) return completion;
    }
    return undefined;
  }

  private eachLoop({ variable, collection, body }: Extract<Statement, { type: 'forEach' }>): Completion {
    const cell = this.variable(variable);
    for (const item of this.object(collection).iterate()) {
      cell.value = item;
      const completion = this.execute(body);
      if (completion === 'break') break;
      if (completion instanceof Return) return completion;
    }
    return undefined;
  }

  private attempt(body: readonly Statement[], handler: readonly Statement[]): Completion {
    try {
      return this.execute(body);
    } catch (error) {
      this.caught.push(error);
      try {
        return this.execute(handler);
      } finally {
        this.caught.pop();
      }
    }
  }

  private assign(target: Expression, value: Value): undefined {
    if (target.type === 'name') this.variable(target.name).value = value;
    else if (target.type === 'member') this.object(target.object).set(target.name, value);
    else if (target.type === 'index') this.object(target.object).setAt(this.evaluate(target.index), value);
    else throw new BslError('only variables, members and elements can be assigned to');
  }

  private invoke({ callee, args }: Extract<Expression, { type: 'invoke' }>): Value {
    if (callee.type === 'name') return this.invokeName(callee.name, args);
    if (callee.type !== 'member') throw new BslError('only methods can be called');
    const object = this.object(callee.object);
    if (object instanceof LoadedModule) return object.invoke(callee.name, this.references(args));
    return object.call(callee.name, this.values(args));
  }

  private invokeName(name: string, args: readonly (Expression | undefined)[]): Value {
    if (this.module.find(name)) return this.module.run(name, this.references(args));
    if (name.toLowerCase() === 'информацияобошибке') return new ErrorInformation(this.caught.at(-1));
    const run = this.interpreter.function(name);
    if (!run) throw new BslError(`there is no method ${name}`);
    return run(this.values(args));
  }

  private create(className: string | undefined, args: readonly (Expression | undefined)[]): Value {
    if (className !== undefined) return this.interpreter.construct(className, this.values(args));
    const [name, parameters] = this.values(args);
    return this.interpreter.construct(String(name), parameters instanceof BslArray ? parameters.items : []);
  }

  /** Variables are handed over by reference. */
  private references(args: readonly (Expression | undefined)[]): (Cell | undefined)[] {
    return args.map((arg) => {
      if (!arg) return undefined;
      const variable = arg.type === 'name' ? this.variables.get(arg.name.toLowerCase()) : undefined;
      return variable ?? { value: this.evaluate(arg) };
    });
  }

  private values(args: readonly (Expression | undefined)[]): Value[] {
    return args.map((arg) => arg && this.evaluate(arg));
  }

  private binary({ operator, left, right }: Extract<Expression, { type: 'binary' }>): Value {
    if (operator === 'and') return this.condition(left) && this.condition(right);
    if (operator === 'or') return this.condition(left) || this.condition(right);
    const a = this.evaluate(left);
    const b = this.evaluate(right);
    if (operator === '=') return sameValue(a, b);
    if (operator === '<>') return !sameValue(a, b);
    if (operator === '+' && typeof a === 'string') return a + toText(b);
    if (a instanceof BslDate) return dateArithmetic(operator, a, b);
    if (typeof a === 'string' && typeof b === 'string' && /[<>]/.test(operator)) return compare(operator, a, b);
    if (typeof a !== 'number' || typeof b !== 'number') {
      throw new BslError(`"${operator}" cannot be applied to ${toText(a) || typeof a} and ${toText(b) || typeof b}`);
    }
    return arithmetic(operator, a, b);
  }

  private name(name: string): Value {
    const variable = this.variables.get(name.toLowerCase());
    if (variable) return variable.value;
    const value = this.interpreter.global(name);
    if (value === undefined) throw new BslError(`the variable ${name} is not defined`);
    return value;
  }

  private variable(name: string): Cell {
    const key = name.toLowerCase();
    const cell = this.variables.get(key) ?? { value: undefined };
    this.variables.set(key, cell);
    return cell;
  }

  private object(expression: Expression): BslObject {
    const value = this.evaluate(expression);
    if (!(value instanceof BslObject)) throw new BslError(`line ${expression.line}: a value of no object is dereferenced`);
    return value;
  }

  private condition(expression: Expression): boolean {
    const value = this.evaluate(expression);
    if (typeof value !== 'boolean') throw new BslError(`line ${expression.line}: a condition is not boolean`);
    return value;
  }

  private number(expression: Expression): number {
    const value = this.evaluate(expression);
    if (typeof value !== 'number') throw new BslError(`line ${expression.line}: a number is expected`);
    return value;
  }
}

class ErrorInformation extends BslObject {
  readonly typeName = 'ИнформацияОбОшибке';

  constructor(readonly error: unknown) {
    super();
  }

  /** As ПодробноеПредставлениеОшибки tells it. */
  details(): string {
    return this.error instanceof Error ? this.error.message : String(this.error);
  }
}

/** What ПодробноеПредставлениеОшибки tells of the argument. */
export function errorDetails(information: Value): string {
  return information instanceof ErrorInformation ? information.details() : '';
}

function arithmetic(operator: string, a: number, b: number): Value {
  if ((operator === '/' || operator === '%') && b === 0) throw new BslError('division by zero');
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return compare(operator, a, b);
  }
}

function dateArithmetic(operator: string, date: BslDate, other: Value): Value {
  if (other instanceof BslDate) {
    return operator === '-' ? (date.ms - other.ms) / 1000 : compare(operator, date.ms, other.ms);
  }
  if (typeof other !== 'number' || (operator !== '+' && operator !== '-')) throw new BslError(`a date ${operator} what?`);
  return new BslDate(date.ms + (operator === '+' ? other : -other) * 1000);
}

function compare<T extends string | number>(operator: string, a: T, b: T): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      throw new BslError(`"${operator}" cannot be applied here`);
  }
}

function withoutCase<T>(record: Readonly<Record<string, T>>): Map<string, T> {
  return new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
}
