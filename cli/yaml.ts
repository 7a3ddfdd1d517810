import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Path } from '../shared/kernel/text/field-problem.ts';

/** A place in the file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SyntaxProblem extends Position {
  readonly message: string;
}

/** A YAML file that was read: its plain value, or what is wrong with its syntax. */
export interface YamlFile {
  readonly value: unknown;
  readonly problems: readonly SyntaxProblem[];
  /** Where a value begins; for one that is missing, the nearest thing around it. */
  readonly positionOf: (path: Path) => Position;
}

/** Bytes; the longest definition that is read at all. */
const FILE_LIMIT = 512 * 1024;
const TOO_DEEP = 'the file is nested too deeply';
const START: Position = { line: 1, column: 1 };

/**
 * Reads YAML 1.2 (its core schema: `no` is a word and `08:30` a time). Aliases are refused: a definition needs none,
 * and a few lines of them can stand for gigabytes.
 */
export function readYaml(source: string): YamlFile {
  if (Buffer.byteLength(source) > FILE_LIMIT) return unreadable(`the file is larger than ${FILE_LIMIT / 1024} KB`);
  try {
    return read(source);
  } catch (error) {
    if (error instanceof RangeError) return unreadable(TOO_DEEP);
    throw error;
  }
}

function unreadable(message: string): YamlFile {
  return { value: undefined, problems: [{ ...START, message }], positionOf: () => START };
}

function read(source: string): YamlFile {
  const lines = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // The parser's own check for repeated keys takes quadratic time.
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const broken = [...document.errors, ...document.warnings].map(({ code, pos, message }) => ({
    offset: pos[0],
    message: code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : message,
  }));
  const found = broken.length > 0 ? broken : refused(document);
  return {
    value: found.length === 0 ? document.toJS() : undefined,
    problems: withoutRepeats(found.map(({ offset, message }) => ({ ...position(offset), message }))),
    positionOf: (path) => position(nearest(document.contents, path)),
  };
}

/** What YAML allows, but an event's definition does not. */
function refused(document: Document.Parsed): { offset: number; message: string }[] {
  const problems: { offset: number; message: string }[] = [];
  visit(document, {
    Alias: (_, alias) => {
      const message = `write it out: aliases such as *${alias.source} are not read`;
      problems.push({ offset: offsetOf(alias) ?? 0, message });
    },
    Map: (_, map) => {
      const known = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (known.has(name)) problems.push({ offset: offsetOf(key) ?? 0, message: `"${name}" is there already` });
        known.add(name);
      }
    },
  });
  return problems;
}

/** A parser that lost its way says the same of one place again and again. */
function withoutRepeats(problems: readonly SyntaxProblem[]): SyntaxProblem[] {
  return [...new Map(problems.map((each) => [`${each.line}:${each.column} ${each.message}`, each])).values()];
}

/**
 * The offset of the value that a path leads to, or of its key where the value is a list or a group of fields: that
 * begins on the line after. Where the path ends early, the offset of what was reached last.
 */
function nearest(root: Node | null, path: Path): number {
  let node: unknown = root;
  let offset = offsetOf(root) ?? 0;
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) : null;
    const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
    const reached = offsetOf(pair && !isScalar(next) ? pair.key : next);
    if (reached === undefined) return offset;
    node = next;
    offset = reached;
  }
  return offset;
}

const offsetOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
