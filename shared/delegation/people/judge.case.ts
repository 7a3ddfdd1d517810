import { type Cells, PERSON_COLUMNS } from '../../../web/site/delegation/columns.ts';
import type { AnswerValue } from '../../event/condition.ts';
import type { EventDefinition, Question, QuestionType } from '../../event/event.ts';
import { numberTyped } from '../../event/questions.ts';
import { signUpSessions } from '../../event/sessions.ts';
import { languageName } from '../../kernel/i18n/formats.ts';
import { countryNames, type OwnCountries, placesOffered } from '../../kernel/text/countries.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { readTable, type Table } from '../../kernel/text/table.ts';
import { checkSubmission, type Submission } from '../../registration/apply/submission.ts';
import type { Application } from '../../registration/registration.schema.ts';

/** A person whose answers are good. */
export interface GoodPerson {
  /** Which row. */
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

interface People extends CellContext {
  /** What is the same for everyone, with what the coordinator states. */
  readonly common: Submission;
  readonly rows: readonly Cells[];
  /** The address of the coordinator, for people with none. */
  readonly coordinator: string;
}

/**
 * Judges each person by the rules of the event's own form: one bad row never holds back the others. What is wrong with
 * an answer that a row took over from everyone is said once, where it was given.
 */
export function judge({ common, rows, coordinator, ...context }: People): Judged {
  const shared = new Map<string, FieldIssue>();
  const own: FieldIssue[] = [];
  const good: GoodPerson[] = [];
  const seen = new Set<string>();
  rows.forEach((cells, row) => {
    const sent = withCells(common, cells, context);
    const throughCoordinator = sent.email.trim() === '';
    const result = checkSubmission(context.event, throughCoordinator ? { ...sent, email: coordinator } : sent);
    const issues = 'issues' in result ? result.issues : [];
    for (const issue of issues) {
      if (isOwn(cells, issue.path)) own.push(atRow(row, issue));
      else shared.set(issue.path, issue);
    }
    if ('issues' in result) return;
    const { application } = result;
    const key = throughCoordinator ? `name ${plainName(application)}` : `address ${addressIdentity(application.email)}`;
    if (seen.has(key)) own.push({ path: `rows.${row}.${throughCoordinator ? 'fullName' : 'email'}`, code: 'twice' });
    else good.push({ row, application, throughCoordinator });
    seen.add(key);
  });
  return { good, issues: [...shared.values(), ...own] };
}

const isOwn = (cells: Cells, path: string): boolean =>
  (PERSON_COLUMNS as readonly string[]).includes(path) || (cells[path] ?? '').trim() !== '';

export const atRow = (row: number, { path, ...rest }: FieldIssue): FieldIssue => ({
  path: `rows.${row}.${path}`,
  ...rest,
});

const plainName = ({ fullName }: Application): string => fullName.normalize('NFKC').toLowerCase();

/** What was found in a table. */
export interface TableRows {
  readonly rows: readonly Cells[];
  /** By row. */
  readonly issues: readonly FieldIssue[];
  /** Names of columns that the form does not have: what stands in them is not read. */
  readonly unread: readonly string[];
}

interface TableContext {
  /** Ids of columns, each with every name that it may have. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** How many more people there may be. */
  readonly places: number;
}

/** The field of the form that a table is sent in. */
export const FILE = 'file';

/**
 * Reads people from a table. Columns may stand in any order, by their ids or by the labels of the form.
 *
 * @returns or what is wrong with the table as a whole, of which nothing is read then
 */
export function rowsOfTable(bytes: Uint8Array, { columns, places }: TableContext): TableRows | FieldIssue {
  const table = readTable(bytes);
  const [names, ...lines] = table ?? [];
  if (table === undefined || names === undefined) return { path: FILE, code: 'not-a-table' };
  const ids = columnsIn(names, columns);
  if (!ids.includes('fullName')) {
    return { path: FILE, code: 'no-name-column', params: { column: columns.get('fullName')?.[0] ?? 'fullName' } };
  }
  if (lines.length === 0) return { path: FILE, code: 'nobody-in-table' };
  if (lines.length > places) {
    return { path: FILE, code: 'too-many-people', params: { people: lines.length, max: places } };
  }
  return {
    rows: lines.map((line) => cellsOf(line, ids)),
    issues: lines.flatMap((line, row) => tooLong(line, names, row)),
    unread: names.filter((name, index) => ids[index] === undefined && name.trim() !== ''),
  };
}

/** Each column once: of two with one name, the first is read. */
function columnsIn(names: Table[number], columns: TableContext['columns']): readonly (string | undefined)[] {
  const known = [...columns].map(([id, labels]) => ({ id, names: [id, ...labels].map(plain) }));
  const found = names.map((name) => known.find((column) => column.names.includes(plain(name)))?.id);
  return found.map((id, index) => (found.indexOf(id) === index ? id : undefined));
}

function cellsOf(line: readonly string[], ids: readonly (string | undefined)[]): Cells {
  const own = ids.flatMap((id, index) => (id === undefined ? [] : [[id, (line[index] ?? '').trim()] as const]));
  return { ...Object.fromEntries(PERSON_COLUMNS.map((column) => [column, ''])), ...Object.fromEntries(own) };
}

/** A comma in a text without quotes moves all that follows by one column. */
const tooLong = (line: readonly string[], names: readonly string[], row: number): FieldIssue[] =>
  line.slice(names.length).some((cell) => cell.trim() !== '')
    ? [atRow(row, { path: 'fullName', code: 'line-too-long' })]
    : [];

/** What a cell is read in the light of. */
interface CellContext {
  readonly event: EventDefinition<string>;
  /** Of the page: names of countries are read in it, and in English. */
  readonly language: string;
  /** What else stands for yes and no. */
  readonly words: { readonly yes: string; readonly no: string };
}

interface Named {
  readonly id: string;
  readonly title: string;
}

/**
 * What a person's own cells say in place of what is the same for everyone. Choices are read by id or by title,
 * countries by code or by name; what cannot be read stays as it was typed, for the form's own check to refuse.
 */
function withCells(common: Submission, cells: Cells, context: CellContext): Submission {
  const filled = Object.entries(cells).filter(([, text]) => text.trim() !== '');
  const own = Object.fromEntries(PERSON_COLUMNS.map((column) => [column, cells[column] ?? '']));
  const others = filled.filter(([column]) => !column.startsWith(ANSWER) && !isPersonal(column));
  const answers = filled.filter(([column]) => column.startsWith(ANSWER));
  return {
    ...common,
    ...own,
    ...Object.fromEntries(others.map(([column, text]) => [column, cellValue(column, text, context)])),
    answers: {
      ...common.answers,
      ...Object.fromEntries(answers.map(([column, text]) => answerIn(column.slice(ANSWER.length), text, context))),
    },
  };
}

const ANSWER = 'answers.';
const isPersonal = (column: string): boolean => (PERSON_COLUMNS as readonly string[]).includes(column);

function cellValue(column: string, text: string, { event, language }: CellContext): unknown {
  switch (column) {
    case 'country':
      return countryIn(text, language, event.countries);
    case 'category':
      return oneOf(event.categories, text);
    case 'mode':
      return oneOf(event.modes, text);
    case 'days':
      return someOf(event.days, text);
    case 'sessions':
      return someOf(signUpSessions(event), text);
    case 'language':
      return oneOf(
        event.languages.map((id) => ({ id, title: languageName(id) })),
        text,
      );
  }
  return text;
}

function answerIn(id: string, text: string, context: CellContext): readonly [string, AnswerValue] {
  const question = context.event.questions.find((each) => each.id === id);
  return [id, question === undefined ? text : answerOf(question, text, context)];
}

const answerOf = (question: Question<string>, text: string, context: CellContext): AnswerValue =>
  CELLS[question.type](text, question, context);

const asTyped = (text: string): AnswerValue => text;

/** What a cell says in answer to each type of question; what it cannot be stays as it was typed. */
const CELLS: Readonly<
  Record<QuestionType, (text: string, question: Question<string>, context: CellContext) => AnswerValue>
> = {
  text: asTyped,
  'long-text': asTyped,
  email: asTyped,
  phone: asTyped,
  country: (text, _, { event, language }) => countryIn(text.trim(), language, event.countries),
  organisation: asTyped,
  choice: (text, { options = [] }) => oneOf(options, text.trim()),
  'multi-choice': (text, { options = [] }) => someOf(options, text.trim()),
  'yes-no': (text, _, { words }) => yesOrNo(text.trim(), words) ?? text.trim(),
  number: (text) => numberTyped(text) ?? text.trim(),
  date: asTyped,
};

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase();

function oneOf(offered: readonly Named[], text: string): string {
  const typed = plain(text);
  return offered.find(({ id, title }) => plain(id) === typed || plain(title) === typed)?.id ?? text.trim();
}

/** Separated by semicolons or bars; by commas where no title is meant, for titles have commas too. */
function someOf(offered: readonly Named[], text: string): string[] {
  const whole = oneOf(offered, text);
  if (offered.some(({ id }) => id === whole)) return [whole];
  const separator = /[;|]/.test(text) ? /[;|]/ : ',';
  return text
    .split(separator)
    .filter((part) => part.trim() !== '')
    .map((part) => oneOf(offered, part));
}

function countryIn(text: string, language: string, own: OwnCountries | undefined): string {
  const typed = plain(text);
  const isIt = (code: string): boolean =>
    [code, ...countryNames(code, language, own), ...countryNames(code, 'en')].some((name) => plain(name) === typed);
  return placesOffered(own).find(isIt) ?? text.trim();
}

const YES = ['yes', 'y', 'true', '1'];
const NO = ['no', 'n', 'false', '0'];

function yesOrNo(text: string, words: CellContext['words']): boolean | undefined {
  const typed = plain(text);
  if ([...YES, plain(words.yes)].includes(typed)) return true;
  return [...NO, plain(words.no)].includes(typed) ? false : undefined;
}
