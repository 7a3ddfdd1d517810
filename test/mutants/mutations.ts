import { parseSync } from 'oxc-parser';

/** A piece of a source: text that is new, or a range of what is there. */
type Piece = string | Range;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** One change of one rule. It is named by what it changes, and not by where that lies: files may move, merge and be sorted anew. */
export interface Mutation extends Range {
  /** `countersFor: number plus one (2)`: of the second number in what is declared by this name. */
  readonly id: string;
  /** What is there instead; absent where something is put in front of what is there, which ends the function. */
  readonly instead?: readonly Piece[] | undefined;
}

interface Node extends Range {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type of node has names of its own.
  readonly [name: string]: any;
}

const OTHER_OPERATOR: ReadonlyMap<string, string> = new Map([
  ['===', '!=='],
  ['!==', '==='],
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['&&', '||'],
  ['||', '&&'],
  ['+', '-'],
  ['-', '+'],
]);
const DROPPED = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'trim', 'toLowerCase']);
const OTHER_CALL: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
]);
/** What holds a value among the nodes that are types. */
const WITH_VALUE = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);
const CONDITIONS = new Set(['CallExpression', 'Identifier', 'MemberExpression']);

/** Every mutation of what a file declares. */
export function mutationsIn(source: string, file: string): readonly Mutation[] {
  const { program } = parseSync(file, source);
  return (program.body as readonly Node[]).flatMap((statement) => {
    const declaration: Node = statement['declaration'] ?? statement;
    const declared: readonly Node[] = declaration['declarations'] ?? [declaration];
    return declared.flatMap((each) => {
      const name: string | undefined = each['id']?.name;
      return name === undefined || each.type.startsWith('TS') ? [] : numbered(name, changesIn(each));
    });
  });
}

type Change = Omit<Mutation, 'id'> & { readonly what: string };

function numbered(name: string, changes: readonly Change[]): readonly Mutation[] {
  const counts = new Map<string, number>();
  return [...changes]
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .map(({ what, ...change }) => {
      const count = (counts.get(what) ?? 0) + 1;
      counts.set(what, count);
      return { id: `${name}: ${what} (${count})`, ...change };
    });
}

function changesIn(node: Node, isInChain = false): readonly Change[] {
  if (node.type.startsWith('TS') && !WITH_VALUE.has(node.type)) return [];
  const chain = isInChain || node.type === 'ChainExpression';
  const inside = Object.entries(node).flatMap(([name, value]) => {
    const isName = name === 'key' && !node['computed'];
    const nodes = isName ? [] : [value].flat().filter((each): each is Node => typeof each?.type === 'string');
    return nodes.flatMap((each) => changesIn(each, chain));
  });
  return [...changesOf(node, chain), ...inside];
}

function changesOf(node: Node, isInChain: boolean): readonly Change[] {
  const { type, start, end } = node;
  const change = (what: string, ...instead: readonly Piece[]): Change => ({ what, start, end, instead });
  switch (type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const { operator, left, right } = node;
      const other = OTHER_OPERATOR.get(operator);
      const isOfTexts = operator === '+' && [left, right].some(isText);
      return other === undefined || isOfTexts ? [] : [change(`${operator} to ${other}`, left, ` ${other} `, right)];
    }
    case 'UnaryExpression':
      return node['operator'] === '!' ? [change('drop not', node['argument'])] : [];
    case 'IfStatement':
    case 'ConditionalExpression': {
      const test: Node = node['test'];
      const isPlain = CONDITIONS.has(test.type);
      const { start, end } = test;
      return isPlain ? [{ what: 'negate condition', start, end, instead: ['!(', { start, end }, ')'] }] : [];
    }
    case 'Literal':
      if (typeof node['value'] === 'number') return [change('number plus one', String(node['value'] + 1))];
      return typeof node['value'] === 'boolean' ? [change(`not ${node['value']}`, String(!node['value']))] : [];
    case 'CallExpression': {
      const { callee, arguments: given } = node;
      if (isInChain || callee.type !== 'MemberExpression' || callee.computed) return [];
      const { object, property } = callee;
      if (DROPPED.has(property.name)) return [change(`drop ${property.name}`, object)];
      const other = OTHER_CALL.get(property.name);
      const rest = { start: property.end, end };
      return other && given.length > 0 ? [change(`${property.name} to ${other}`, object, `.${other}`, rest)] : [];
    }
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression': {
      const body: Node | null = node['body'];
      if (body === null || node['generator']) return [];
      const { start, end } = body;
      const isBlock = body.type === 'BlockStatement' || body.type === 'FunctionBody';
      return [{ what: 'return nothing', start, end, instead: isBlock ? undefined : ['undefined'] }];
    }
    default:
      return [];
  }
}

const isText = ({ type, value }: Node): boolean => type === 'TemplateLiteral' || typeof value === 'string';

/**
 * A source in which each of some mutations can be switched on while it runs: `mutant(id)` says whether one is. Nothing else of what it
 * does changes.
 */
export function withSwitches(source: string, mutations: readonly Mutation[]): string {
  const switched = (among: readonly Mutation[], { start, end }: Range): string => {
    let text = '';
    let at = start;
    const within = among
      .filter((each) => each.start >= start && each.end <= end)
      .sort((one, other) => one.start - other.start || other.end - one.end);
    for (const each of within) {
      if (each.start < at) continue;
      text += source.slice(at, each.start) + one(each, among);
      at = each.end;
    }
    return text + source.slice(at, end);
  };
  const one = (mutation: Mutation, among: readonly Mutation[]): string => {
    const { id, start, end, instead } = mutation;
    const others = among.filter((each) => each !== mutation);
    const isOn = `globalThis.mutant(${JSON.stringify(id)})`;
    if (instead === undefined) return `{ if (${isOn}) return;${switched(others, { start, end }).slice(1)}`;
    const there = switched(others, { start, end });
    const pieces = instead.map((piece) => (typeof piece === 'string' ? piece : switched(others, piece)));
    return `(${isOn} ? (${pieces.join('')}) : (${there}))`;
  };
  return switched(mutations, { start: 0, end: source.length });
}
