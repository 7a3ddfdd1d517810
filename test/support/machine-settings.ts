import { readFileSync } from 'node:fs';
import { type Argument, type CallExpression, type NewExpression, parseSync, Visitor } from 'oxc-parser';
import { sourcesIn } from './patterns.ts';

/** Of a moment by the machine's time zone; `getTime` and what ends in `UTC` are by none. */
const LOCAL_PARTS =
  /^(?:[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|getTimezoneOffset|to(?:Date|Time)String)$/;
/** What takes a locale, and after how many other arguments. */
const TAKES_LOCALE: ReadonlyMap<string, number> = new Map([
  ['localeCompare', 1],
  ['toLocaleString', 0],
  ['toLocaleDateString', 0],
  ['toLocaleTimeString', 0],
  ['toLocaleUpperCase', 0],
  ['toLocaleLowerCase', 0],
]);
/** Of `shared/kernel/i18n/formats.ts`: it keeps formats, each made as its callers say. */
const KEPT_FORMAT = 'dateFormat';
/** A time of day without a zone, which is read by the machine's. A date alone is read as UTC. */
const ZONELESS = /T\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;

/** Where code does what the locale or the time zone of its machine decides: `shared/kernel/text/text.ts:41 localeCompare`. */
export const machineSettingsIn = (folders: readonly string[]): readonly string[] =>
  folders.flatMap(sourcesIn).flatMap((file) => machineSettingsOf(readFileSync(file, 'utf8'), file));

/** @param file its name, whose ending says in what it is written */
export function machineSettingsOf(text: string, file: string): readonly string[] {
  const found: string[] = [];
  const look = (node: CallExpression | NewExpression): void => {
    const what = dependent(node);
    if (what !== undefined) found.push(`${file}:${text.slice(0, node.start).split('\n').length} ${what}`);
  };
  new Visitor({ CallExpression: look, NewExpression: look }).visit(parseSync(file, text).program);
  return found;
}

function dependent({ type, callee, arguments: given }: CallExpression | NewExpression): string | undefined {
  if (callee.type === 'Identifier') {
    if (callee.name === KEPT_FORMAT) return ofFormat('DateTimeFormat', given);
    return type === 'NewExpression' && callee.name === 'Date' ? ofDate(given) : undefined;
  }
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  const { object, property } = callee;
  if (object.type === 'Identifier' && object.name === 'Intl') return ofFormat(property.name, given);
  if (object.type === 'Identifier' && object.name === 'Date' && property.name === 'parse') return ofDate(given);
  const before = TAKES_LOCALE.get(property.name);
  if (before !== undefined && given.length <= before) return property.name;
  return LOCAL_PARTS.test(property.name) ? property.name : undefined;
}

function ofDate(given: readonly Argument[]): string | undefined {
  const [text] = given;
  if (given.length > 1) return 'Date of parts';
  const isZoneless = text?.type === 'Literal' && typeof text.value === 'string' && ZONELESS.test(text.value);
  return isZoneless ? 'Date without a zone' : undefined;
}

function ofFormat(name: string, [locale, options]: readonly Argument[]): string | undefined {
  const isNone = locale === undefined || (locale.type === 'Identifier' && locale.name === 'undefined');
  if (isNone) return `Intl.${name} without a locale`;
  if (name !== 'DateTimeFormat') return undefined;
  // What is no literal is the caller's to say.
  if (options !== undefined && options.type !== 'ObjectExpression') return undefined;
  const names = options?.properties.map((each) =>
    each.type === 'Property' && each.key.type === 'Identifier' ? each.key.name : '',
  );
  return names?.includes('timeZone') ? undefined : 'Intl.DateTimeFormat without a zone';
}
