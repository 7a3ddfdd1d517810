import {
  type Cells,
  meantPath,
  PERSON_COLUMNS,
  type PersonRow,
  type Understood,
} from '../../../web/site/delegation/columns.ts';
import type { AnswerValue } from '../../event/condition.ts';
import type { EventDefinition } from '../../event/event.ts';
import { CELLS, numberTyped, QUESTION_TYPES, questionOf } from '../../event/questions.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import { addressIdentity, addressTaken, parseEmailAddress } from '../../kernel/text/email-address.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { readTable, type TableRow } from '../../kernel/text/table.ts';
import { nameIdentity, trimTyped } from '../../kernel/text/text.ts';
import { isWorkbook, readWorkbook } from '../../kernel/text/workbook.ts';
import { checkSubmission, checkText, type Submission } from '../../registration/apply/submission.ts';
import { comparable } from '../../registration/list/search.ts';
import type { Application } from '../../registration/registration.schema.ts';
import { type CellOptions, chosenCell, NONE, readCell } from './reading.ts';

/** A person whose answers are good. */
export interface GoodPerson {
  /** The number of the row. */
  readonly row: number;
  readonly application: Application;
  /** Mail about them goes to the coordinator. */
  readonly throughCoordinator: boolean;
}

export interface Judged {
  readonly good: readonly GoodPerson[];
  /** What has to change, by the form's own fields: `rows.3.email`, or `country` of what is the same for everyone. */
  readonly issues: readonly FieldIssue[];
}

/** What the cells of people say. */
export interface Columns {
  readonly event: EventDefinition<string>;
  /** Every column that a person may have, by its id, with all names that it has: a table is read in any language of the event. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** What the cells of a column choose from, if they do. */
  readonly options: (column: string) => CellOptions | undefined;
}

type CellContext = Pick<Columns, 'event' | 'options'>;

interface People extends CellContext {
  /** What is the same for everyone, with what the coordinator states. */
  readonly common: Submission;
  readonly rows: readonly PersonRow[];
  /** The address of the coordinator, for people with none. */
  readonly coordinator: string;
  /** What a reader calls a row. */
  readonly nameOf: (row: PersonRow) => string;
}

/**
 * Judges each person by the rules of the event's own form: one bad row never holds back the others, but two of one person hold back both.
 * What is wrong with an answer for which rows have no cells is said once, where it was given.
 */
export function judge({ common, rows, coordinator, nameOf, ...context }: People): Judged {
  const shared = new Map<string, FieldIssue>();
  const own: FieldIssue[] = [];
  const good: GoodPerson[] = [];
  const columns = new Set<string>([...PERSON_COLUMNS, ...rows.flatMap(({ cells }) => Object.keys(cells))]);
  const keys = rows.map(personKey);
  for (const [index, row] of rows.entries()) {
    const { number, cells } = row;
    const sent = withCells(common, cells, context);
    const throughCoordinator = trimTyped(sent.email) === '';
    const result = checkSubmission(context.event, throughCoordinator ? { ...sent, email: coordinator } : sent);
    const issues = 'issues' in result ? result.issues : [];
    for (const issue of issues) {
      if (columns.has(issue.path)) own.push(atRow(number, issue));
      else shared.set(issue.path, issue);
    }
    const key = keys[index];
    const others = rows.filter((_, other) => other !== index && key !== undefined && keys[other] === key);
    if (others.length > 0) {
      const path = throughCoordinator ? 'fullName' : 'email';
      own.push(atRow(number, { path, code: 'twice', params: { others: others.map(nameOf).join('; ') } }));
    } else if ('application' in result) good.push({ row: number, application: result.application, throughCoordinator });
  }
  return { good, issues: [...shared.values(), ...own] };
}

/** Names the person of a row within the delegation: by an address, or else by a name; nothing where there is neither yet. */
function personKey({ cells: { email = '', fullName = '' } }: PersonRow): string | undefined {
  if (trimTyped(email) === '') {
    const name = checkText('fullName', fullName, true);
    return 'value' in name ? `name ${nameIdentity(name.value)}` : undefined;
  }
  const address = parseEmailAddress(email);
  return 'value' in address ? `address ${addressIdentity(address.value)}` : undefined;
}

export const atRow = (row: number, { path, ...rest }: FieldIssue): FieldIssue => ({
  path: `rows.${row}.${path}`,
  ...rest,
});

/** What a coordinator has not yet stated: that all are adults, and have agreed to what is required. */
export const statements = (event: EventDefinition<string>, common: FormFields): FieldIssue[] => [
  ...(common['adults']?.[0] === 'yes' ? [] : [{ path: 'adults', code: 'not-accepted' } as const]),
  ...event.consents
    .filter(({ id, version }) => common[`consents.${id}`]?.[0] !== version)
    .map(({ id }) => ({ path: `consents.${id}`, code: 'not-accepted' }) as const),
];

/** The form that adds people, as it was sent. */
export interface PeopleForm {
  readonly press: 'register' | 'more' | 'read' | 'change';
  /** Of a press to change someone, the number of their row. */
  readonly changed: number | undefined;
  /** What is the same for everyone, and what the coordinator states. */
  readonly common: FormFields;
  /** Those in which something was typed, or stood in a table. */
  readonly rows: readonly PersonRow[];
  /** A table, from a file or pasted; empty where none was sent. */
  readonly table: Uint8Array;
  readonly pasted: string;
  /** Whether the rows come from one: then only what is wrong with them is asked. */
  readonly isOfTable: boolean;
  /** Cells whose choice was asked, by the names of their fields: what was written there is no guess any more. */
  readonly asked: ReadonlySet<string>;
  /** Rows whose addresses were looked at, since they look mistyped. */
  readonly settled: ReadonlySet<number>;
}

const PRESSES = ['register', 'more', 'read'] as const;
const COMMON = ['adults', 'organisation', 'country', 'category', 'mode', 'days', 'sessions', 'language'];
const SEVERAL = ['days', 'sessions'];
const CELL = /^rows\.(\d{1,6})\.([A-Za-z0-9.-]{1,100})$/;
/** All of a row as JSON; an address that is meant; someone who is left out; what is read as something else, and whether it is. */
const BESIDE = /^(?:(?:row|meant|leave)\.\d{1,6}|(?:understood|yes)\.\d{1,4})$/;
/** Far more than a delegation has. */
const MOST_ROWS = 100;

/** @throws InvalidInputError for fields the form does not have, or one sent twice */
export function readPeopleForm({ event, options, columns }: Columns, fields: FormFields): PeopleForm {
  const { press: pressed, [FILE]: file, pasted: [pasted = ''] = [], ...others } = fields;
  const issues: FieldIssue[] = [];
  const common: Record<string, readonly string[]> = {};
  const kept = new Map<number, Cells>();
  const typed: { readonly number: number; readonly column: string; readonly values: readonly string[] }[] = [];
  for (const [path, values] of Object.entries(others)) {
    const [, index, column = ''] = CELL.exec(path) ?? [];
    const isBeside = BESIDE.test(path);
    const isKnown = isBeside || (index === undefined ? isCommon(event, path) : columns.has(column));
    const mayRepeat = index === undefined ? isRepeated(event, path) : options(column)?.several;
    if (!isKnown) issues.push({ path, code: 'unknown-field' });
    else if (values.length > 1 && !mayRepeat) issues.push({ path, code: 'wrong-type' });
    else if (index !== undefined) typed.push({ number: Number(index), column, values });
    else if (path.startsWith('row.')) kept.set(Number(path.slice(4)), keptCells(columns, values[0]));
    else if (!isBeside) common[path] = values;
  }
  const [, changed] = /^change\.(\d{1,6})$/.exec(pressed?.[0] ?? '') ?? [];
  const press = changed === undefined ? PRESSES.find((each) => each === pressed?.[0]) : 'change';
  if (press === undefined) issues.push({ path: 'press', code: 'unknown-option' });
  const asked = new Set<string>();
  const rows = new Map(kept);
  for (const { number, column, values } of typed) {
    const before = kept.get(number);
    const offered = options(column);
    const chosen = offered ? values.filter((value) => value !== '') : values;
    if (before && offered) asked.add(`${number}.${column}`);
    // A choice that was not made leaves what was written; a field that was emptied does not.
    const isOpen = before !== undefined && offered !== undefined && chosen.length === 0;
    const said = offered ? chosenCell(chosen, offered) : chosen.join('; ');
    const text = chosen.includes(NONE) ? '' : said;
    rows.set(number, { ...rows.get(number), [column]: isOpen ? (before[column] ?? '') : text });
  }
  if (rows.size > MOST_ROWS) issues.push({ path: 'rows', code: 'unknown-field' });
  if (press === undefined || issues.length > 0) throw new InvalidInputError(issues);
  const inOrder = [...rows].sort(([a], [b]) => a - b).map(([number, cells]) => ({ number, cells }));
  const staying = inOrder.filter(({ number, cells }) => fields[`leave.${number}`] === undefined && isFilled(cells));
  const looked = staying.map((row) => ({ row: withMeant(row, fields), answer: fields[meantPath(row.number)]?.[0] }));
  const agreed = agreedCells(
    fields,
    asked,
    looked.map(({ row }) => row),
    { options, isPressed: press === 'register' },
  );
  const bytes = Buffer.from(file?.[0] ?? '', 'base64');
  return {
    press,
    changed: changed === undefined ? undefined : Number(changed),
    common,
    rows: agreed,
    table: bytes.length > 0 ? bytes : Buffer.from(pasted),
    pasted,
    isOfTable: kept.size > 0 || typed.some(({ column }) => !(PERSON_COLUMNS as readonly string[]).includes(column)),
    asked,
    settled: new Set(
      looked.flatMap(({ row, answer }) => (addressTaken(emailOf(row), answer).isInDoubt ? [] : [row.number])),
    ),
  };
}

const isCommon = (event: EventDefinition<string>, path: string): boolean =>
  COMMON.includes(path) ||
  event.questions.some(({ id }) => path === `answers.${id}`) ||
  event.consents.some(({ id }) => path === `consents.${id}`);

const isRepeated = (event: EventDefinition<string>, path: string): boolean =>
  SEVERAL.includes(path) ||
  event.questions.some(({ id, type }) => QUESTION_TYPES[type].options === 'several' && path === `answers.${id}`);

const isFilled = (cells: Cells): boolean => Object.values(cells).some((text) => trimTyped(text) !== '');

/** @throws InvalidInputError for what is no row of ours */
function keptCells(columns: Columns['columns'], json: string | undefined): Cells {
  const sent = parsed(json);
  const entries = Object.entries(typeof sent === 'object' && sent !== null ? sent : { '': '' });
  if (!entries.every(([column, text]) => columns.has(column) && typeof text === 'string')) throw strangers('row');
  return Object.fromEntries(entries);
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    throw strangers('row');
  }
}

const strangers = (path: string) => new InvalidInputError([{ path, code: 'unknown-field' }]);

export const emailOf = ({ cells }: PersonRow): string => trimTyped(cells['email'] ?? '');

/** With the address that is meant, where the one that was typed looks mistyped. */
function withMeant(row: PersonRow, fields: FormFields): PersonRow {
  const email = emailOf(row);
  const taken = addressTaken(email, fields[meantPath(row.number)]?.[0]);
  return taken.email === email ? row : { ...row, cells: { ...row.cells, email: taken.email } };
}

/**
 * With what the coordinator saw cells read as, and left so. Where they said no, the cells are asked.
 *
 * @param asked to which these are added
 * @param of `isPressed`: to register; any other press agrees to nothing, and they are shown again
 */
function agreedCells(
  fields: FormFields,
  asked: Set<string>,
  rows: readonly PersonRow[],
  { options, isPressed }: Pick<Columns, 'options'> & { readonly isPressed: boolean },
): readonly PersonRow[] {
  const shown = Object.entries(fields).flatMap(([path, [json]]) => {
    const [, index] = /^understood\.(\d+)$/.exec(path) ?? [];
    if (index === undefined) return [];
    const { column, text } = (parsed(json) ?? {}) as Partial<Understood>;
    const yes = fields[`yes.${index}`]?.[0];
    const ids = yes === undefined ? undefined : parsed(yes);
    return [{ column, text, ids: Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : undefined }];
  });
  return rows.map(({ number, cells }) => ({
    number,
    cells: Object.fromEntries(
      Object.entries(cells).map(([column, typed]) => {
        const said = shown.find((each) => each.column === column && each.text === typed.trim());
        const offered = options(column);
        // What stands in a list that is shown is said there.
        if (!said || !offered || asked.has(`${number}.${column}`)) return [column, typed];
        if (said.ids === undefined) asked.add(`${number}.${column}`);
        return [column, said.ids && isPressed ? chosenCell(said.ids, offered) : typed];
      }),
    ),
  }));
}

/** What was found in a table. */
export interface TableRows {
  readonly rows: readonly PersonRow[];
  /** By row. */
  readonly issues: readonly FieldIssue[];
  /** Names of columns that the form does not have: what stands in them is not read. */
  readonly unread: readonly string[];
}

interface TableContext extends Columns {
  /** How many more people there may be. */
  readonly places: number;
}

/** The field of the form that a table is sent in. */
export const FILE = 'file';

/** Rows above the names of columns: a title, or what stands over several columns. */
const MOST_ABOVE = 10;

/**
 * Reads people from a table. Columns may stand in any order, by their ids or by the labels of the form; one in which nothing stands is none,
 * and so is a person of whom nothing stands in a column that is read, as in lists that are numbered beforehand.
 *
 * @returns or what is wrong with the table as a whole, of which nothing is read then
 */
export function rowsOfTable(bytes: Uint8Array, context: TableContext): TableRows | FieldIssue {
  const { columns, places } = context;
  const table = isWorkbook(bytes) ? readWorkbook(bytes) : readTable(bytes);
  if (table === undefined || table.length === 0) return { path: FILE, code: 'not-a-table' };
  const heads = table.slice(0, MOST_ABOVE).map(({ cells }) => columnsIn(cells, columns));
  const at = heads.findIndex((ids) => ids.includes('fullName'));
  const known = heads[at];
  if (known === undefined) {
    return { path: FILE, code: 'no-name-column', params: { column: columns.get('fullName')?.[0] ?? 'fullName' } };
  }
  const names = table[at]?.cells ?? [];
  const isRead = ({ cells }: TableRow): boolean =>
    cells.some((cell, index) => cell.trim() !== '' && (index >= known.length || known[index] !== undefined));
  const lines = table.slice(at + 1).filter(isRead);
  if (lines.length === 0) return { path: FILE, code: 'nobody-in-table' };
  if (lines.length > places) {
    return { path: FILE, code: 'too-many-people', params: { people: lines.length, max: places } };
  }
  const ids = known.map((id, index) => (lines.some(({ cells }) => cells[index]?.trim()) ? id : undefined));
  return {
    rows: lines.map(({ number, cells }) => ({ number, cells: cellsOf(cells, ids, context) })),
    issues: lines.flatMap((line) => tooLong(line, names)),
    unread: names.filter((name, index) => known[index] === undefined && name.trim() !== ''),
  };
}

/** Each column once: of two with one name, the first is read. */
function columnsIn(names: readonly string[], columns: TableContext['columns']): readonly (string | undefined)[] {
  const known = [...columns].map(([id, labels]) => ({ id, names: [id, ...labels].map(plain) }));
  const found = names.map((name) => known.find((column) => column.names.includes(plain(name)))?.id);
  return found.map((id, index) => (found.indexOf(id) === index ? id : undefined));
}

/** Whether a dash or a blank stands in the name of a column is nothing to go by. */
const plain = (text: string): string => comparable(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

/** UTF-16 units: above every limit of a cell, and little enough to come back with the form. */
const LONGEST_CELL = 20_000;

function cellsOf(line: readonly string[], ids: readonly (string | undefined)[], context: CellContext): Cells {
  const own = ids.flatMap((id, index) =>
    id === undefined ? [] : [[id, unbroken(id, (line[index] ?? '').trim(), context).slice(0, LONGEST_CELL)] as const],
  );
  return { ...Object.fromEntries(PERSON_COLUMNS.map((column) => [column, ''])), ...Object.fromEntries(own) };
}

/** People break lines in cells where these are narrow: browsers drop that without a blank in a field of one line. */
function unbroken(column: string, text: string, { event, options }: CellContext): string {
  if (CELLS[questionOf(event, column)?.type ?? 'text'] === 'lines') return text;
  return text.replace(/[\r\n]+/g, options(column)?.several ? '; ' : ' ');
}

/** A comma in a text without quotes moves all that follows by one column. */
const tooLong = ({ number, cells }: TableRow, names: readonly string[]): FieldIssue[] =>
  cells.slice(names.length).some((cell) => cell.trim() !== '')
    ? [atRow(number, { path: 'fullName', code: 'line-too-long' })]
    : [];

/**
 * What a person's own cells say in place of what is the same for everyone. What cannot be read stays as it was typed, for the form's own
 * check to refuse; what is only like something is not taken for it here.
 */
function withCells(common: Submission, cells: Cells, context: CellContext): Submission {
  const filled = Object.entries(cells).filter(([, text]) => text.trim() !== '');
  const own = Object.fromEntries(PERSON_COLUMNS.map((column) => [column, cells[column] ?? '']));
  const others = filled.filter(([column]) => !column.startsWith(ANSWER) && !isPersonal(column));
  const answers = filled.filter(([column]) => column.startsWith(ANSWER));
  const said = ([column, text]: [string, string]) => cellValue(column, text, context);
  return {
    ...common,
    ...own,
    ...Object.fromEntries(others.map((each) => [each[0], said(each)])),
    answers: {
      ...common.answers,
      ...Object.fromEntries(answers.map((each) => [each[0].slice(ANSWER.length), said(each)])),
    },
  };
}

const ANSWER = 'answers.';
const isPersonal = (column: string): boolean => (PERSON_COLUMNS as readonly string[]).includes(column);

/** What is not sure, as no option: a code may be one, and not be meant. */
const unsaid = (text: string, { options }: CellOptions): string =>
  options.some(({ id }) => id === text) ? `${text}?` : text;

function cellValue(column: string, text: string, { event, options }: CellContext): AnswerValue {
  const kind = CELLS[questionOf(event, column)?.type ?? 'text'];
  if (kind === 'number') return numberTyped(text) ?? text;
  const offered = options(column);
  if (offered === undefined) return text;
  const read = readCell(text, offered);
  if (offered.several) return read?.sure ? [...read.ids] : [text.trim()];
  const [id = unsaid(text.trim(), offered)] = read?.sure ? read.ids : [];
  return kind === 'yes-no' && read?.sure ? id === 'yes' : id;
}
