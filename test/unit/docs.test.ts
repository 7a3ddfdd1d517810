import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { LIVE_ALIAS } from '../../shared/kernel/manifest.ts';
import { CAPABILITIES } from '../house/capability.ts';
import { PRODUCT, type Source, sourcesIn } from '../house/source.ts';

const ROOMS = [...PRODUCT, 'test', 'bench', 'docs', '.ci', '.github'];
const MAP = 'docs/architecture.md';
const README = 'README.md';

/** Every file and folder of the project, from its folder. */
const PATHS: readonly string[] = [
  ...ROOMS,
  ...readdirSync('.'),
  ...ROOMS.flatMap((room) => (readdirSync(room, { recursive: true }) as string[]).map((name) => join(room, name))),
];
const KNOWN = new Set(PATHS);

const CAPABILITY_READMES = CAPABILITIES.map((capability) => join('shared', capability, README));
const ROOM_READMES = PATHS.filter((path) => path.split('/').length === 2 && basename(path) === README);
const DOCS = [
  README,
  'SECURITY.md',
  ...PATHS.filter((path) => /^docs\/[^/]+\.md$/.test(path)),
  ...ROOM_READMES,
  ...CAPABILITY_READMES.filter((path) => KNOWN.has(path)),
];

const MOST_CHARACTERS = 160;

/** @returns what of a text is longer than it may be */
function tooLong(text: string, mostLines: number): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  return [
    ...(lines.length > mostLines ? [`${lines.length} lines`] : []),
    ...lines.flatMap((line, at) =>
      line.length > MOST_CHARACTERS ? [`line ${at + 1}: ${line.length} characters`] : [],
    ),
  ];
}

/** @returns what a README lists as folders of its own; what it says of one stands in parentheses */
function listedFolders(text: string): readonly string[] {
  const list = text.split('\n\n').find((part) => part.startsWith('Folders: ')) ?? '';
  return [...list.replaceAll(/\([^)]*\)/g, '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

const FENCE = /^```[\s\S]*?^```$/gm;
const LINK = /\]\(([^)\s]+)\)/g;
const CODE = /`([^`\s]+)`/g;
/** Some are called like files: `ical.js`. */
const PACKAGES = new Set(Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).devDependencies));
/** How names of files of ours end. */
const FILE = /^[\w.@<>*{},/-]+\.(?:tsx?|[cm]?js|jsonl?|md|ya?ml|css|html|txt|svg|png)$/;

/** What a document names that looks like a file or a folder, and is not one. */
function missingIn(doc: string, text: string): readonly string[] {
  const prose = text.replace(FENCE, '');
  const links = [...prose.matchAll(LINK)]
    .map(([, to = '']) => to.replace(/#.*$/, ''))
    .filter((to) => to !== '' && !/^[a-z]+:/.test(to))
    .filter((to) => !KNOWN.has(trimmed(join(dirname(doc), to))));
  const code = [...prose.matchAll(CODE)]
    .map(([, name = '']) => name)
    .filter((name) => FILE.test(name) || ROOMS.some((room) => name.startsWith(`${room}/`)))
    .filter((name) => !PACKAGES.has(name) && !isThere(doc, name));
  return [...links, ...code];
}

/** How files are named in comments, where what is made at run time is named too: only what is written by hand has to be there. */
const SOURCE = /(?<![\w/.-])[\w.@<>*{},/-]+\.(?:tsx?|mjs|md)\b/g;
const BUILT = /^functions\/<name>\/index\.mjs$|^index\.mjs$/;

/** What comments of a file name that looks like a file of ours, and is not one. */
function missingInComments({ path, text }: Source): readonly string[] {
  if (!/\.(?:tsx?|mjs|md)\b/.test(text)) return [];
  return parseSync(path, text)
    .comments.flatMap(({ value }) => [...value.matchAll(SOURCE)].map(([name]) => name))
    .filter((name) => !BUILT.test(name) && !isThere(path, name))
    .map((name) => `${path}: ${name}`);
}

/** Words of all code and configuration of today, by which documents name attributes, functions, states and columns. */
const WORDS = new Set(
  sourcesIn([...PRODUCT, 'test', 'bench', '.ci', '.github'], /\.(?:tsx?|[cm]?js|css|html|json|ya?ml)$|\/run$/)
    .filter(({ path }) => !/^test\/(?:golden|infra\/released|unit\/docs)/.test(path))
    .flatMap(({ text }) => text.match(/\w+/g) ?? []),
);
/** What AWS answers. */
const OF_AWS = new Set(['MFA_SETUP', 'MaximumConcurrency', 'AWSLogDeliveryWrite20150319']);

/** @returns what a document has in code font that looks like a name, and stands neither in code nor in a command of the document */
function unknownNames(text: string): readonly string[] {
  const commands = new Set((text.match(FENCE) ?? []).flatMap((each) => each.match(/\w+/g) ?? []));
  const names = [...text.replace(FENCE, '').matchAll(/`([A-Za-z_]\w*)`/g)].map(([, name = '']) => name);
  return names.filter((name) => ![WORDS, OF_AWS, PACKAGES, commands].some((known) => known.has(name)));
}

/** `functions/<name>/index.ts` and `*.case.ts` stand for any, `{a,b}` for each; a name may leave out the folders before it. */
function isThere(doc: string, name: string): boolean {
  const [whole = '', choices] = /\{([^}]*)\}/.exec(name) ?? [];
  if (choices !== undefined) return choices.split(',').every((each) => isThere(doc, name.replace(whole, each)));
  if (/[<*]/.test(name)) return PATHS.some((path) => patternOf(name).test(path));
  const path = trimmed(name);
  return (
    KNOWN.has(path) || KNOWN.has(trimmed(join(dirname(doc), path))) || PATHS.some((known) => known.endsWith(`/${path}`))
  );
}

const trimmed = (path: string): string => normalize(path).replace(/\/$/, '');
const patternOf = (name: string): RegExp =>
  new RegExp(
    `(?:^|/)${trimmed(name)
      .replaceAll('.', '\\.')
      .replaceAll(/<[^>]*>|\*+/g, '[^/]+')}$`,
  );

describe('what a reader has to read', () => {
  it(`${MAP} is a map of at most 200 lines`, () => expect(tooLong(readFileSync(MAP, 'utf8'), 200)).toEqual([]));

  it.each(CAPABILITY_READMES)('%s is there, with at most 60 lines', (path) =>
    expect(tooLong(readFileSync(path, 'utf8'), 60)).toEqual([]),
  );

  it.each(ROOM_READMES)('%s has at most 60 lines', (path) =>
    expect(tooLong(readFileSync(path, 'utf8'), 60)).toEqual([]),
  );

  it.each(CAPABILITY_READMES)('%s names each folder, and none that is not there', (path) => {
    const text = readFileSync(path, 'utf8');
    const folders = readdirSync(dirname(path), { withFileTypes: true }).filter((each) => each.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !RegExp(`\`${name}[/\`]`).test(text))).toEqual([]);
    expect(listedFolders(text).filter((name) => !KNOWN.has(join(dirname(path), name)))).toEqual([]);
  });

  it('a folder that is not there is seen', () =>
    expect(listedFolders('Folders: `a` (with `b`),\n`c-d`, `e`.\n\n`f`')).toEqual(['a', 'c-d', 'e']));

  it('a line too many, or too long, is seen', () =>
    expect(tooLong(`a\n${'b'.repeat(MOST_CHARACTERS + 1)}\n`, 1)).toEqual(['2 lines', 'line 2: 161 characters']));
});

describe('what documents name is there', () => {
  it.each(DOCS)('%s', (doc) => expect(missingIn(doc, readFileSync(doc, 'utf8'))).toEqual([]));

  it.each(DOCS)('%s has no name that code has no more', (doc) =>
    expect(unknownNames(readFileSync(doc, 'utf8'))).toEqual([]),
  );

  it('a name that stands nowhere is seen', () =>
    expect(unknownNames('`readFileSync` of `nameThatCodeNeverHad`, `a b`')).toEqual(['nameThatCodeNeverHad']));

  it('a function is called by hand as everything calls it, by its alias: after a rollback, without one, it would be another version', () => {
    const lines = DOCS.flatMap((doc) => readFileSync(doc, 'utf8').split('\n')).filter((line) =>
      line.includes('lambda invoke'),
    );
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => !line.includes(`--qualifier ${LIVE_ALIAS} `))).toEqual([]);
  });

  it('the map leads to the README of each capability', () => {
    const map = readFileSync(MAP, 'utf8');
    expect(CAPABILITIES.filter((each) => !map.includes(`](../shared/${each}/${README})`))).toEqual([]);
  });

  it('comments name what is there', () => {
    const sources = sourcesIn([...PRODUCT, 'test', 'bench', '.ci']);
    expect(sources.flatMap(missingInComments)).toEqual([]);
  });

  it('what is not there is seen in a comment, and in no text', () => {
    const text =
      "/** As `gone.ts` does, see gone/README.md. */\nconst a = './text.ts'; // Not `docs.test.ts:1`, nor `*.test.ts`";
    expect(missingInComments({ path: 'test/unit/some.ts', text })).toEqual([
      'test/unit/some.ts: gone.ts',
      'test/unit/some.ts: gone/README.md',
    ]);
  });

  it('what is not there is seen', () => {
    const text =
      '[a](../shared/gone.ts) [b](organisers.md#top) [c](https://example.org/x.ts) `x/y` `shared/gone/` `gone.case.ts` ' +
      '`functions/<name>/gone.ts` `functions/<name>/index.ts` `shared/{kernel,gone}/README.md` `docs.test.ts`';
    expect(missingIn(MAP, text)).toEqual([
      '../shared/gone.ts',
      'shared/gone/',
      'gone.case.ts',
      'functions/<name>/gone.ts',
      'shared/{kernel,gone}/README.md',
    ]);
  });
});
