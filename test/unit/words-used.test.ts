import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { LATE_WORDS } from '../../infra/browser-words.ts';
import { messagesOf } from '../../infra/languages.ts';
import { CATALOGUES } from '../../shared/kernel/i18n/languages.ts';
import { type Source, sourcesIn } from '../house/source.ts';

interface Said {
  /** All that code writes out: texts, names of properties and literal types. */
  readonly names: Set<string>;
  /** Texts with holes, in pieces: `manage.status.${status}`. */
  readonly patterns: Map<string, readonly string[]>;
}

/** What code may make keys of, found in what the parser makes of it: comments and the rest of the text say nothing. */
function saidIn(sources: readonly Source[]): Said {
  const names = new Set<string>();
  const patterns = new Map<string, readonly string[]>();
  const visitor = new Visitor({
    Literal({ value }) {
      if (typeof value === 'string') names.add(value);
    },
    Identifier({ name }) {
      names.add(name);
    },
    TemplateLiteral({ quasis }) {
      const pieces = quasis.map(({ value }) => value.cooked ?? '');
      if (pieces.length === 1) names.add(pieces.join());
      // What leaves all of a key open would be every key.
      else if (pieces.join('').includes('.')) patterns.set(pieces.join('{}'), pieces);
    },
  });
  for (const { path, text } of sources) visitor.visit(parseSync(path, text).program);
  return { names, patterns };
}

/** Whether code writes the key out, or makes it of a text with holes and of names that it writes out elsewhere. */
const isUsed = (key: string, { names, patterns }: Said): boolean =>
  names.has(key) || [...patterns.values()].some((pieces) => fits(key, pieces, names));

function fits(rest: string, [first = '', ...others]: readonly string[], names: ReadonlySet<string>): boolean {
  if (!rest.startsWith(first)) return false;
  const open = rest.slice(first.length);
  if (others.length === 0) return open === '';
  const ends = Array.from({ length: open.length }, (_, at) => at + 1);
  return ends.some((end) => names.has(open.slice(0, end)) && fits(open.slice(end), others, names));
}

describe('the words that code uses', () => {
  it.each([
    [`t('manage.title')`, 'manage.title', true],
    [`t('manage.title')`, 'manage.titles', false],
    [`t("manage.title", { event })`, 'manage.title', true],
    ['// says manage.title', 'manage.title', false],
    [`const status = 'confirmed'; t(\`manage.status.\${status}\`)`, 'manage.status.confirmed', true],
    [`const status = 'confirmed'; t(\`manage.status.\${status}\`)`, 'manage.status.declined', false],
    [`type Kind = 'confirmed'; t(\`\${kind}.subject\`)`, 'confirmed.subject', true],
    [`const hints = { mode: 1 }; t(\`register.\${name}.hint\`)`, 'register.mode.hint', true],
    [`t(\`register.\${name}.hint\`)`, 'register.mode.hint', false],
    [`html\`<h1>\${t(done ? 'a.done' : 'a.not-done')}</h1>\``, 'a.not-done', true],
    [`\`\${a}\${b}\``, 'a.b', false],
  ])('%s has %s: %s', (text, key, used) => {
    expect(isUsed(key, saidIn([{ path: 'some.ts', text }]))).toBe(used);
  });

  it('are all that there are: nobody translates what nobody reads', () => {
    const said = saidIn(sourcesIn(['functions', 'shared', 'web']));
    const keys = CATALOGUES.flatMap((name) => Object.keys(messagesOf('en', name) ?? {}));
    expect(keys.length).toBeGreaterThan(1000);
    // Made of places of a definition: definition-words.test.ts holds them.
    const isOfPlace = (key: string): boolean => /^definition\.(?:part|explain|add|field|usual|hint|value)\./.test(key);
    expect(keys.filter((key) => !isOfPlace(key) && !isUsed(key, said))).toEqual([]);
  });
});

/** Words that a file asks for as it is loaded, before any of its functions is called. */
function saidAtOnce(path: string, text: string): string[] {
  const said: string[] = [];
  let depth = 0;
  const enter = () => {
    depth += 1;
  };
  const leave = () => {
    depth -= 1;
  };
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    CallExpression({ callee, arguments: [key] }) {
      if (depth > 0 || callee.type !== 'Identifier' || callee.name !== 't') return;
      if (key?.type === 'Literal') said.push(String(key.value));
    },
  }).visit(parseSync(path, text).program);
  return said;
}

/** Words that are fetched with the screens of a folder, by it. */
const FETCHED_WITH: Readonly<Record<string, string>> = {
  announcements: 'messages',
  checkin: 'doors',
  feedback: 'feedback',
  minors: 'minors',
  team: 'people',
};

describe('words that are fetched with their screens', () => {
  const isTooEarly = ([path, key]: readonly [string, string]): boolean => {
    const part = key.split('.', 1)[0] ?? '';
    return LATE_WORDS.includes(part) && FETCHED_WITH[path.split('/')[2] ?? ''] !== part;
  };

  it('are asked for by no other file as it is loaded: its script may come before them', () => {
    const said = sourcesIn(['web/console']).flatMap(({ path, text }) =>
      saidAtOnce(path, text).map((key) => [path, key] as const),
    );
    expect(said.length).toBeGreaterThan(3);
    expect(said.filter(isTooEarly)).toEqual([]);
  });

  it('are seen where another file does', () => {
    const path = 'web/console/event/some.tsx';
    const text = "const L = [t('doors.list'), t('event.title')]; const later = () => t('doors.other');";
    const said = saidAtOnce(path, text).map((key) => [path, key] as const);
    expect(said.filter(isTooEarly)).toEqual([[path, 'doors.list']]);
    expect(isTooEarly(['web/console/checkin/some.tsx', 'doors.list'])).toBe(false);
  });
});
