import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Path } from '../shared/domain/definition-problems.ts';

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
    if (error instanceof RangeError) return unreadable('the file is nested too deeply');
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
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    ...position(pos[0]),
    message,
  }));
  visit(document, {
    Alias: (_, { source, range }) => {
      const message = `write it out: aliases such as *${source} are not read`;
      problems.push({ ...position(range?.[0] ?? 0), message });
    },
  });
  return {
    value: problems.length === 0 ? document.toJS() : undefined,
    problems,
    positionOf: (path) => position(nearest(document.contents, path)),
  };
}

/** The offset of the node that a path leads to; where it ends early, of the key or node that was reached last. */
function nearest(root: Node | null, path: Path): number {
  let node: unknown = root;
  let offset = offsetOf(root) ?? 0;
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) : null;
    const next: unknown = pair ? pair.value : isNode(node) && 'get' in node ? node.get(step, true) : undefined;
    const reached = offsetOf(next) ?? offsetOf(pair?.key);
    if (reached === undefined) return offset;
    node = next;
    offset = reached;
  }
  return offset;
}

const offsetOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
