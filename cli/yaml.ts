import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
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
const QUOTE = 'put the whole text in quotes';

/** What to do, where the parser's own words would not say it to who writes no code. */
const REMEDIES: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'indent each field exactly as the others beside it, and close each bracket',
  BAD_SCALAR_START: `${QUOTE}: what it begins with stands for something else`,
  BLOCK_AS_IMPLICIT_KEY: `${QUOTE} where it has ": " in it; else mend how far this line and the next are indented`,
  MULTILINE_IMPLICIT_KEY: 'write a field as its name, a colon, a space and its value: "version: 1"',
  MULTIPLE_DOCS: 'a second document begins here: give each event a file of its own',
  TAB_AS_INDENT: 'indent by spaces: here is a tab',
  TAG_RESOLVE_FAILED: `${QUOTE}: "!" at its beginning stands for something else`,
  UNEXPECTED_TOKEN: `${QUOTE}: only a part of it is read`,
};

/** What no editor saves in UTF-8: bytes of another encoding, which were read as U+FFFD, or of no text at all. */
const NO_TEXT = /[\ufffd\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/**
 * Reads YAML 1.2 (its core schema: `no` is a word and `08:30` a time). Anchors and aliases are refused: a definition needs none,
 * and a few lines of them can stand for gigabytes.
 */
export function readYaml(source: string): YamlFile {
  if (Buffer.byteLength(source) > FILE_LIMIT) return unreadable(`the file is larger than ${FILE_LIMIT / 1024} KB`);
  const strange = source.search(NO_TEXT);
  if (strange >= 0) {
    const before = source.slice(0, strange).split('\n');
    const at = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
    return unreadable('no text can be read here: write this place anew, and save the file as UTF-8', at);
  }
  try {
    return read(source);
  } catch (error) {
    if (error instanceof RangeError) return unreadable(TOO_DEEP);
    throw error;
  }
}

function unreadable(message: string, at = START): YamlFile {
  return { value: undefined, problems: [{ ...at, message }], positionOf: () => at };
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
    message: code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : plainly(code, message),
  }));
  const found = broken.length > 0 ? broken : refused(document, source);
  return {
    value: found.length === 0 ? document.toJS() : undefined,
    problems: withoutRepeats(found.map(({ offset, message }) => ({ ...position(offset), message }))),
    positionOf: (path) => position(nearest(document.contents, path)),
  };
}

const plainly = (code: ErrorCode, message: string): string =>
  code in REMEDIES ? `${REMEDIES[code]} (YAML: ${message.replace(/;.*/, '')})` : message;

/** What YAML allows, but an event's definition does not. */
function refused(document: Document.Parsed, source: string): { offset: number; message: string }[] {
  const problems: { offset: number; message: string }[] = [];
  const languages = document.get('languages');
  const spoken = isSeq(languages) ? languages.items.map((each) => isScalar(each) && each.value) : [];
  const anchored = (_: unknown, node: Scalar | YAMLMap | YAMLSeq): void => {
    const message = `${QUOTE}, or write it out: "&${node.anchor}" before it is not read`;
    if (node.anchor !== undefined) problems.push({ offset: offsetOf(node) ?? 0, message });
  };
  visit(document, {
    Scalar: anchored,
    Seq: anchored,
    Alias: (_, alias) => {
      const message = `write it out: aliases such as *${alias.source} are not read`;
      problems.push({ offset: offsetOf(alias) ?? 0, message });
    },
    Map: (_, map) => {
      anchored(_, map);
      const known = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (known.has(name)) problems.push({ offset: offsetOf(key) ?? 0, message: `"${name}" is there already` });
        known.add(name);
      }
    },
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !spoken.includes(key.value) || !isScalar(value) || value.type !== Scalar.PLAIN) return;
      const [, end = 0] = value.range ?? [];
      if (/^[ \t]+#/.test(source.slice(end, source.indexOf('\n', end))))
        problems.push({ offset: end, message: `${QUOTE}: what follows # is not read` });
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
