import { type Cells, PERSON_COLUMNS } from '../../../web/site/delegation/columns.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { readTable, type Table } from '../../kernel/text/table.ts';
import { checkSubmission, type Submission } from '../../registration/apply/submission.ts';
import type { Application } from '../../registration/registration.schema.ts';
import { type CellContext, withCells } from './cells.case.ts';

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

const plain = (name: string): string => name.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase();

function cellsOf(line: readonly string[], ids: readonly (string | undefined)[]): Cells {
  const own = ids.flatMap((id, index) => (id === undefined ? [] : [[id, (line[index] ?? '').trim()] as const]));
  return { ...Object.fromEntries(PERSON_COLUMNS.map((column) => [column, ''])), ...Object.fromEntries(own) };
}

/** A comma in a text without quotes moves all that follows by one column. */
const tooLong = (line: readonly string[], names: readonly string[], row: number): FieldIssue[] =>
  line.slice(names.length).some((cell) => cell.trim() !== '')
    ? [atRow(row, { path: 'fullName', code: 'line-too-long' })]
    : [];
