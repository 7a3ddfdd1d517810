import { askedOfDelegations, type Cells, columnLabels, PERSON_COLUMNS } from '../../../web/site/delegation/columns.ts';
import { type PeoplePage, peoplePage } from '../../../web/site/delegation/people-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { QUESTION_TYPES } from '../../event/questions.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import { displayedIssues, type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { page, type Reply, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { formSubmission } from '../../registration/apply/form-submission.ts';
import { requireOpen } from '../../registration/apply/require-open.ts';
import { coordinatorOf, type HeldDelegation, standingOnly } from '../coordinator.case.ts';
import type { DELEGATION_ROUTES } from '../delegation.routes.ts';
import { MOST_PEOPLE } from '../delegation.ts';
import { alreadyHere, enterPeople } from './enter.case.ts';
import { FILE, type Judged, judge, rowsOfTable, type TableRows } from './judge.case.ts';
import { renumbered, statements } from './statements.ts';

const PRESSES = ['register', 'more', 'read'] as const;
type Press = (typeof PRESSES)[number];

/** The form that adds people, as it was sent. */
interface PeopleForm {
  readonly press: Press;
  /** What is the same for everyone, and what the coordinator states. */
  readonly common: FormFields;
  /** Those in which something was typed. */
  readonly rows: readonly Cells[];
  /** A table, from a file or pasted; empty where none was sent. */
  readonly table: Uint8Array;
}

const COMMON = ['adults', 'organisation', 'country', 'category', 'mode', 'days', 'sessions', 'language'];
const SEVERAL = ['days', 'sessions'];
const ROW = /^rows\.(\d{1,2})\.([A-Za-z0-9.-]{1,100})$/;

/**
 * @param columns ids of all that a row may have
 * @throws InvalidInputError for fields the form does not have, or one sent twice
 */
function readPeopleForm(event: EventDefinition<string>, columns: ReadonlySet<string>, fields: FormFields): PeopleForm {
  const { press: pressed, [FILE]: file, pasted, ...others } = fields;
  const issues: FieldIssue[] = [];
  const common: Record<string, readonly string[]> = {};
  const rows = new Map<number, Record<string, string>>();
  for (const [path, values] of Object.entries(others)) {
    const [, index, column = ''] = ROW.exec(path) ?? [];
    const isKnown = index === undefined ? isCommon(event, path) : columns.has(column);
    if (!isKnown) issues.push({ path, code: 'unknown-field' });
    else if (values.length > 1 && !mayRepeat(event, path)) issues.push({ path, code: 'wrong-type' });
    else if (index === undefined) common[path] = values;
    else rows.set(Number(index), { ...rows.get(Number(index)), [column]: values[0] ?? '' });
  }
  const press = PRESSES.find((each) => each === pressed?.[0]);
  if (press === undefined) issues.push({ path: 'press', code: 'unknown-option' });
  if (press === undefined || issues.length > 0) throw new InvalidInputError(issues);
  const inOrder = [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
  const bytes = Buffer.from(file?.[0] ?? '', 'base64');
  const table = bytes.length > 0 ? bytes : Buffer.from(pasted?.[0] ?? '');
  return { press, common, rows: inOrder.filter(isFilled), table };
}

const isCommon = (event: EventDefinition<string>, path: string): boolean =>
  COMMON.includes(path) ||
  event.questions.some(({ id }) => path === `answers.${id}`) ||
  event.consents.some(({ id }) => path === `consents.${id}`);

const mayRepeat = (event: EventDefinition<string>, path: string): boolean =>
  SEVERAL.includes(path) ||
  event.questions.some(({ id, type }) => QUESTION_TYPES[type].options === 'several' && path === `answers.${id}`);

const isFilled = (cells: Cells): boolean => Object.values(cells).some((text) => text.trim() !== '');

/** The cells of a row that are typed for each person; a row of a table may have more. */
const emptyRow = (): Cells => Object.fromEntries(PERSON_COLUMNS.map((column) => [column, '']));

type Deps = Needs<'changes' | 'events' | 'rosters' | 'secrets' | 'submissions' | 'system' | 'tables'>;

/** Rows that the form begins with, and that "more" adds. */
const SOME_ROWS = 5;

export const showPeople =
  (deps: Deps): Handle<typeof DELEGATION_ROUTES.showPeople> =>
  async ({ params: { token }, language: wanted, path }) => {
    const held = await asked(deps, await coordinatorOf(deps, token, wanted));
    requireOpen(held.event, deps.system.now());
    return page(show(held, path, { common: beginning(held), rows: emptyRows(held, SOME_ROWS) }));
  };

/**
 * Registers the people who can be, and gives the form back with the rest and all that was typed; a press for more rows, or to
 * look through a table, writes nothing.
 */
export const postPeople = (deps: Deps): Guarded<typeof DELEGATION_ROUTES.postPeople> =>
  guarded(
    (sender) => coordinatorOf(deps, linkToken(sender), sender.language),
    async ({ body, path }, coordinated) => {
      const held = await asked(deps, coordinated);
      requireOpen(held.event, deps.system.now());
      const t = siteWords(held.language);
      const form = readPeopleForm(held.event, new Set(columnLabels(held.event, t).keys()), body);
      if (form.press === 'more') return page(show(held, path, withMore(held, form)));
      if (form.press === 'read') return lookThrough(deps, held, path, form);
      return register(deps, held, path, form);
    },
  );

/** With the questions and consents that a coordinator answers for others, and those who are in the list and come. */
const asked = async (deps: Deps, held: HeldDelegation): Promise<HeldDelegation> => ({
  ...held,
  event: askedOfDelegations(held.event),
  roster: await standingOnly(deps, held.roster),
});

const withMore = (held: HeldDelegation, { common, rows }: PeopleForm): Typed => ({
  common,
  rows: [...rows, ...emptyRows(held, SOME_ROWS, rows.length)],
});

/** Shows what a table says, row by row, and what has to change: nothing is written. */
async function lookThrough(deps: Deps, held: HeldDelegation, path: string, form: PeopleForm): Promise<Reply> {
  const t = siteWords(held.language);
  const read = form.table.length > 0 ? readRows(held, form) : typedRows(form);
  if ('code' in read) {
    const problems = displayedIssues(new InvalidInputError([read]), t);
    return page(show(held, path, withMore(held, form), { problems }), 422);
  }
  const judged = judgeRows(held, form.common, read.rows);
  const issues = [...read.issues, ...judged.issues, ...(await alreadyHere(deps, held.roster, judged.good))];
  const ready = new Set(judged.good.map(({ row }) => row));
  const problems = displayedIssues(new InvalidInputError(issues), t);
  return page(
    show(held, path, { common: form.common, rows: read.rows }, { problems, preview: { unread: read.unread, ready } }),
  );
}

/** Without a table, the people in the form already are looked through. */
const typedRows = ({ rows }: PeopleForm): TableRows | FieldIssue =>
  rows.length > 0 ? { rows, issues: [], unread: [] } : { path: FILE, code: 'nobody-in-table' };

function readRows(held: HeldDelegation, { rows: typed, table }: PeopleForm): TableRows | FieldIssue {
  const { event, language } = held;
  const labels = [language, 'en'].map((tag) => columnLabels(event, siteWords(tag)));
  const ids = [...columnLabels(event, siteWords(language)).keys()];
  const columns = new Map(ids.map((id) => [id, labels.flatMap((each) => each.get(id) ?? [])]));
  const read = rowsOfTable(table, { columns, places: placesIn(held) - typed.length });
  if ('code' in read) return read;
  const after = new Map(read.rows.map((_, row) => [row, row + typed.length]));
  return { ...read, rows: [...typed, ...read.rows], issues: read.issues.map((issue) => renumbered(issue, after)) };
}

async function register(deps: Deps, held: HeldDelegation, path: string, { common, rows }: PeopleForm): Promise<Reply> {
  const { event, language, roster } = held;
  const unstated = statements(event, common);
  const judged = judgeRows(held, common, rows);
  const entered = unstated.length === 0 ? judged.good : [];
  const refused = entered.length > 0 ? await enterPeople(deps, event, roster, entered) : [];
  const nobody: FieldIssue[] = rows.length > 0 ? [] : [{ path: 'rows.0.fullName', code: 'required' }];
  const issues = [...unstated, ...judged.issues, ...refused, ...nobody];
  if (issues.length === 0) return seeOther(`${path.replace(/\/people$/, '')}?lang=${language}&done=added`);
  const isDone = new Set(
    entered.map(({ row }) => row).filter((row) => !refused.some((issue) => issue.path.startsWith(`rows.${row}.`))),
  );
  const left = rows.flatMap((cells, row) => (isDone.has(row) ? [] : [{ cells, row }]));
  const places = new Map(left.map(({ row }, index) => [row, index]));
  const problems = displayedIssues(
    new InvalidInputError(issues.map((issue) => renumbered(issue, places))),
    siteWords(language),
  );
  const kept = left.length > 0 ? left.map(({ cells }) => cells) : [emptyRow()];
  return page(show(held, path, { common, rows: kept }, { problems, added: isDone.size }), 422);
}

/** As if all was stated that has to be: that is asked once, for everyone. */
function judgeRows({ event, language, roster }: HeldDelegation, fields: FormFields, rows: readonly Cells[]): Judged {
  const t = siteWords(language);
  const { adults: _, ...others } = fields;
  const common = {
    ...formSubmission(event, { language: [language], ...others }),
    ageBand: 'adult',
    consents: Object.fromEntries(event.consents.map(({ id, version }) => [id, version])),
  };
  const words = { yes: t('register.yes'), no: t('register.no') };
  return judge({ event, language, words, common, rows, coordinator: roster.delegation.email });
}

type Typed = Pick<PeoplePage, 'common' | 'rows'>;

function show(held: HeldDelegation, path: string, typed: Typed, told: Partial<PeoplePage> = {}): string {
  const { event, language, roster } = held;
  const t = siteWords(language);
  const { email } = roster.delegation;
  return peoplePage({ event, language, t, path, email, problems: [], added: 0, ...typed, ...told });
}

const placesIn = ({ roster }: HeldDelegation): number => MOST_PEOPLE - roster.members.length;

/** As many as there are places for. */
const emptyRows = (held: HeldDelegation, wanted: number, typed = 0): Cells[] =>
  Array.from({ length: Math.max(0, Math.min(wanted, placesIn(held) - typed)) }, emptyRow);

/** What was the same for everyone the last time. */
function beginning({ roster, language }: HeldDelegation): FormFields {
  const { organisation = '', country = '', category = '' } = roster.delegation.common ?? {};
  return { organisation: [organisation], country: [country], category: [category], language: [language] };
}
