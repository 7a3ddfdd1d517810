/**
 * Checks the words of each language, file by file, against the English ones: `npm run languages`. With `-- --types` it writes what the
 * compiler knows of them.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { CATALOGUES, type CatalogueName, LANGUAGE_TAGS, productLanguage } from '../shared/kernel/i18n/languages.ts';

const I18N = fileURLToPath(new URL('../shared/kernel/i18n', import.meta.url));
const TYPES = join(I18N, 'words.ts');
const LONGEST_LINE = 160;
/** A team may share one language, and have no use for the console in others. */
const MAY_LACK: CatalogueName = 'console';

export type Messages = Readonly<Record<string, string>>;

/** Types of TypeScript by the names of parameters: `{ event: 'Text', count: 'number' }`. */
type Parameters = Readonly<Record<string, string>>;

/** The words of one file, `<language>/<catalogue>.json`; none where it is not there. */
export function messagesOf(language: string, catalogue: CatalogueName): Messages | undefined {
  const file = join(I18N, language, `${catalogue}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * What a message takes, at any depth.
 *
 * @throws where it is no ICU message, or holds markup, which no reader of messages here knows
 */
export function parametersOf(message: string): Parameters {
  const found: Record<string, string> = {};
  const collect = (elements: readonly MessageFormatElement[]): void => {
    for (const each of elements) {
      if (each.type === TYPE.literal || each.type === TYPE.pound) continue;
      if (each.type === TYPE.tag) throw new Error(`markup: <${each.value}>`);
      const type = typeOf(each);
      const before = found[each.value] ?? 'Text';
      if (before !== 'Text' && type !== 'Text' && before !== type) throw new Error(`${each.value}: ${before}, ${type}`);
      found[each.value] = type === 'Text' ? before : type;
      if ('options' in each) for (const { value } of Object.values(each.options)) collect(value);
    }
  };
  collect(parse(message));
  return found;
}

/** A choice is closed where nothing is said of any other case: then it takes the names of its cases alone. */
function typeOf(element: MessageFormatElement): string {
  switch (element.type) {
    case TYPE.number:
    case TYPE.plural:
      return 'number';
    case TYPE.date:
    case TYPE.time:
      return 'Date';
    case TYPE.select: {
      const { other, ...cases } = element.options;
      return other?.value.length === 0 ? union(Object.keys(cases)) : 'string';
    }
    case TYPE.argument:
    case TYPE.literal:
    case TYPE.pound:
    case TYPE.tag:
      return 'Text';
  }
}

const union = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(' | ');

/** What is wrong with one file, a line each. */
export function problemsOf(own: Messages | undefined, english: Messages): readonly string[] {
  if (own === undefined) return [`there is no such file, of ${Object.keys(english).length} messages`];
  const missing = Object.keys(english).filter((key) => !Object.hasOwn(own, key));
  const unknown = Object.keys(own).filter((key) => !Object.hasOwn(english, key));
  return [
    ...missing.map((key) => `${key} is missing`),
    ...unknown.map((key) => `${key} is unknown in English`),
    ...Object.keys(own).flatMap((key) => problemOf(key, own[key] ?? '', english[key])),
  ];
}

function problemOf(key: string, message: string, english: string | undefined): readonly string[] {
  try {
    const own = parametersOf(message);
    const theirs = english === undefined || english === message ? own : parametersOf(english);
    const names = [...new Set([...Object.keys(own), ...Object.keys(theirs)])];
    const other = names.filter((name) => !takes(own[name], theirs[name]));
    return other.length === 0 ? [] : [`${key} has other parameters than in English: ${other.join(', ')}`];
  } catch (error) {
    return [`${key} is no message: ${error instanceof Error ? error.message : error}`];
  }
}

/** Anything but a moment may be put in as it is. */
const takes = (own: string | undefined, english: string | undefined): boolean =>
  own === english || (own === 'Text' && english !== undefined && english !== 'Date');

/** Names in TypeScript: `NoticeKey` for `notices`. */
const NAMES: Readonly<Record<CatalogueName, string>> = {
  site: 'Site',
  notices: 'Notice',
  mail: 'Mail',
  console: 'Console',
  checkin: 'Checkin',
};

/** The text of `words.ts`, which says of each English catalogue which keys it has and what each of them takes. */
export function typesOfWords(): string {
  const catalogues = CATALOGUES.flatMap((name) => {
    const messages = messagesOf('en', name);
    return messages === undefined ? [] : [{ name, messages }];
  });
  return [
    '// Written by `npm run languages -- --types` from the English words.',
    ...catalogues.map(({ name }) => `import type ${name} from './en/${name}.json';`),
    "import type { Text, Translate } from './languages.ts';",
    ...catalogues.map(({ name, messages }) => typesOf(name, messages)),
    '',
  ].join('\n');
}

function typesOf(catalogue: CatalogueName, messages: Messages): string {
  const name = NAMES[catalogue];
  const rows = Object.entries(messages).flatMap(([key, message]) => {
    const types = Object.entries(parametersOf(message)).map(([parameter, type]) => `${parameter}: ${type}`);
    return types.length === 0 ? [] : [`'${key}': { ${types.join('; ')} };`];
  });
  return `
export type ${name}Key = keyof typeof ${catalogue};
export type ${name}Translate = Translate<${name}Key, ${name}Parameters>;
export interface ${name}Parameters {
${filled(rows)}
}`;
}

/** Rows in as few lines as they fit into: there are hundreds, and the compiler reads them. */
function filled(rows: readonly string[]): string {
  const lines: string[] = [];
  for (const row of rows) {
    const last = lines.at(-1);
    if (last === undefined || last.length + row.length >= LONGEST_LINE) lines.push(`  ${row}`);
    else lines[lines.length - 1] = `${last} ${row}`;
  }
  return lines.join('\n');
}

/** @returns what is wrong in all files, a line each; and with folders that browsers would find, and the server would not */
export function problemsOfWords(): readonly string[] {
  const folders = readdirSync(I18N, { withFileTypes: true }).filter((each) => each.isDirectory());
  const unknown = folders.map(({ name }) => name).filter((name) => productLanguage(name) === undefined);
  const wrong = CATALOGUES.flatMap((catalogue) => {
    const english = messagesOf('en', catalogue);
    if (english === undefined) return [];
    return LANGUAGE_TAGS.flatMap((language) => {
      const own = messagesOf(language, catalogue);
      if (own === undefined && catalogue === MAY_LACK) return [];
      return problemsOf(own, english).map((each) => `${language}/${catalogue}.json: ${each}`);
    });
  });
  return [...unknown.map((name) => `${name} has no row in languages.ts`), ...wrong];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--types')) writeFileSync(TYPES, typesOfWords());
  for (const each of problemsOfWords()) {
    console.error(each);
    process.exitCode = 1;
  }
}
