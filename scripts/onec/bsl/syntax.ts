/** The syntax tree of a module. Names keep their spelling; the language compares them without case. */
export interface Module {
  methods: Method[];
  variables: string[];
  /** Code outside of methods. */
  body: Statement[];
  regions: Region[];
}

export interface Region {
  name: string;
  startLine: number;
  endLine: number;
  depth: number;
}

export interface Parameter {
  name: string;
  byValue: boolean;
  defaultValue?: Expression;
}

export interface Method {
  kind: 'function' | 'procedure';
  name: string;
  exported: boolean;
  parameters: Parameter[];
  directives: string[];
  body: Statement[];
  /** Of the first directive or of the heading. */
  startLine: number;
  headingLine: number;
  endLine: number;
}

export type Statement =
  | { type: 'assign'; target: Expression; value: Expression; line: number }
  | { type: 'call'; call: Expression; line: number }
  | { type: 'if'; branches: { condition: Expression; body: Statement[] }[]; otherwise?: Statement[]; line: number }
  | { type: 'for'; variable: string; from: Expression; to: Expression; body: Statement[]; line: number }
  | { type: 'forEach'; variable: string; collection: Expression; body: Statement[]; line: number }
  | { type: 'while'; condition: Expression; body: Statement[]; line: number }
  | { type: 'try'; body: Statement[]; handler: Statement[]; line: number }
  | { type: 'return'; value?: Expression; line: number }
  | { type: 'raise'; value?: Expression; line: number }
  | { type: 'break' | 'continue'; line: number }
  | { type: 'variables'; names: string[]; line: number }
  | { type: 'execute'; code: Expression; line: number };

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '=' | '<>' | '<' | '>' | '<=' | '>=' | 'and' | 'or';

export type Expression =
  | { type: 'literal'; value: string | number | boolean | null | undefined; line: number }
  | { type: 'date'; text: string; line: number }
  | { type: 'name'; name: string; line: number }
  | { type: 'member'; object: Expression; name: string; line: number }
  | { type: 'index'; object: Expression; index: Expression; line: number }
  | { type: 'invoke'; callee: Expression; args: (Expression | undefined)[]; line: number }
  | { type: 'new'; className?: string; args: (Expression | undefined)[]; line: number }
  | { type: 'unary'; operator: 'not' | '-'; operand: Expression; line: number }
  | { type: 'binary'; operator: BinaryOperator; left: Expression; right: Expression; line: number }
  | { type: 'choice'; condition: Expression; yes: Expression; no: Expression; line: number };

const statements = new WeakMap<readonly Statement[], readonly Statement[]>();
const expressions = new WeakMap<readonly Statement[], readonly Expression[]>();

/** Every statement of a body, nested ones included, in the order of the text. */
export function statementsOf(body: readonly Statement[]): readonly Statement[] {
  return remembered(statements, body, () => [...walk(body)]);
}

/** Every expression of a body, nested ones included. */
export function expressionsOf(body: readonly Statement[]): readonly Expression[] {
  return remembered(expressions, body, () => statementsOf(body).flatMap(ownExpressions).flatMap((one) => [...within(one)]));
}

function* walk(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    for (const nested of bodiesOf(statement)) yield* walk(nested);
  }
}

/** Trees do not change: what was found in one stays so. */
function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, find: () => V): V {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

/** The bodies that a statement holds itself. */
export function bodiesOf(statement: Statement): Statement[][] {
  switch (statement.type) {
    case 'if':
      return [...statement.branches.map(({ body }) => body), ...(statement.otherwise ? [statement.otherwise] : [])];
    case 'for':
    case 'forEach':
    case 'while':
      return [statement.body];
    case 'try':
      return [statement.body, statement.handler];
    default:
      return [];
  }
}

/** An expression and all that it is made of. */
function* within(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* within(part);
}

function ownExpressions(statement: Statement): Expression[] {
  switch (statement.type) {
    case 'assign':
      return [statement.target, statement.value];
    case 'call':
      return [statement.call];
    case 'if':
      return statement.branches.map(({ condition }) => condition);
    case 'for':
      return [statement.from, statement.to];
    case 'forEach':
      return [statement.collection];
    case 'while':
      return [statement.condition];
    case 'return':
    case 'raise':
      return statement.value ? [statement.value] : [];
    case 'execute':
      return [statement.code];
    default:
      return [];
  }
}

function partsOf(expression: Expression): Expression[] {
  switch (expression.type) {
    case 'member':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'invoke':
      return [expression.callee, ...present(expression.args)];
    case 'new':
      return present(expression.args);
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'choice':
      return [expression.condition, expression.yes, expression.no];
    default:
      return [];
  }
}

function present(args: readonly (Expression | undefined)[]): Expression[] {
  return args.filter((arg): arg is Expression => arg !== undefined);
}
