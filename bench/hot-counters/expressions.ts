/** An item as the document client has it. */
export type Item = Readonly<Record<string, unknown>>;

export interface Terms {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

/** Whether a condition holds on an item, or on nothing. @throws Error for what this project has not used so far */
export function holdsOn(condition: string | undefined, item: Item | undefined, terms: Terms): boolean {
  if (condition === undefined) return true;
  return reader(condition, terms).condition()(item ?? {});
}

/** An item after an update. Whatever an expression refers to is as it was before. */
export function updated(expression: string, item: Item, terms: Terms): Item {
  return reader(expression, terms).update(item);
}

type Value = (item: Item) => unknown;
type Test = (item: Item) => boolean;

const TOKEN = /\s*(<=|>=|<>|[=<>(),+-]|[:#]?[A-Za-z_][\w.]*)/y;
const COMPARISONS: Readonly<Record<string, (a: never, b: never) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const CLAUSES = ['SET', 'REMOVE', 'ADD'];

const cut = new Map<string, readonly string[]>();

function tokensOf(expression: string): readonly string[] {
  const known = cut.get(expression);
  if (known) return known;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (expression.slice(TOKEN.lastIndex).trim() !== '') {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(expression)?.[1];
    if (token === undefined) throw new Error(`cannot read "${expression.slice(from)}"`);
    tokens.push(token);
  }
  cut.set(expression, tokens);
  return tokens;
}

function reader(expression: string, { ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Terms) {
  const tokens = tokensOf(expression);
  let at = 0;
  const peek = (): string => tokens[at] ?? '';
  const next = (): string => {
    at += 1;
    return tokens[at - 1] ?? '';
  };
  const expectToken = (wanted: string): void => {
    const found = next();
    if (found !== wanted) throw new Error(`expected ${wanted}, found ${found} in ${expression}`);
  };

  function nameIn(token: string): string {
    if (!token.startsWith('#')) return token;
    const name = names?.[token];
    if (name === undefined) throw new Error(`${token} is not named in ${expression}`);
    return name;
  }

  function operand(): Value {
    const token = next();
    if (token.startsWith(':')) {
      if (values === undefined || !(token in values)) throw new Error(`${token} has no value in ${expression}`);
      return () => values[token];
    }
    if (token === 'if_not_exists') {
      expectToken('(');
      const name = nameIn(next());
      expectToken(',');
      const otherwise = operand();
      expectToken(')');
      return (item) => item[name] ?? otherwise(item);
    }
    const name = nameIn(token);
    return (item) => item[name];
  }

  function condition(): Test {
    const tests = [all()];
    while (peek() === 'OR') {
      next();
      tests.push(all());
    }
    return (item) => tests.some((test) => test(item));
  }

  function all(): Test {
    const tests = [one()];
    while (peek() === 'AND') {
      next();
      tests.push(one());
    }
    return (item) => tests.every((test) => test(item));
  }

  function one(): Test {
    if (peek() === '(') {
      next();
      const inside = condition();
      expectToken(')');
      return inside;
    }
    if (peek() === 'attribute_exists' || peek() === 'attribute_not_exists') {
      const wanted = next() === 'attribute_exists';
      expectToken('(');
      const name = nameIn(next());
      expectToken(')');
      return (item) => (item[name] !== undefined) === wanted;
    }
    const left = operand();
    const compare = COMPARISONS[next()];
    if (compare === undefined) throw new Error(`no comparison in ${expression}`);
    const right = operand();
    return (item) => {
      const [a, b] = [left(item), right(item)];
      return a !== undefined && b !== undefined && compare(a as never, b as never);
    };
  }

  function number(value: unknown): number {
    if (typeof value !== 'number') throw new Error(`no number where ${expression} needs one`);
    return value;
  }

  /** An operand, or what two of them come to. */
  function term(item: Item): unknown {
    const value = operand()(item);
    const sign = peek() === '+' ? 1 : peek() === '-' ? -1 : undefined;
    if (sign === undefined) return value;
    next();
    return number(value) + sign * number(operand()(item));
  }

  function update(item: Item): Item {
    const after: Record<string, unknown> = { ...item };
    while (at < tokens.length) {
      const clause = next();
      if (!CLAUSES.includes(clause)) throw new Error(`${clause} is no clause of ${expression}`);
      for (;;) {
        const name = nameIn(next());
        if (clause === 'REMOVE') delete after[name];
        else if (clause === 'ADD') after[name] = number(item[name] ?? 0) + number(operand()(item));
        else {
          expectToken('=');
          after[name] = term(item);
        }
        if (peek() !== ',') break;
        next();
      }
    }
    return after;
  }

  return { condition, update };
}
