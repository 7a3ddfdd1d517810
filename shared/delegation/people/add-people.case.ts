import {
  askedOfDelegations,
  columnLabels,
  PERSON_COLUMNS,
  type PersonRow,
  type Understood,
} from '../../../web/site/delegation/columns.ts';
import { type MendPage, mendPage } from '../../../web/site/delegation/mend-page.ts';
import { peoplePage, tablePage, waysPage } from '../../../web/site/delegation/people-page.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import { displayedIssues, type Guarded, guarded, linkToken } from '../../kernel/http/handler.case.ts';
import { page, type Reply, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { BODY_LIMIT } from '../../kernel/route.ts';
import { addressTaken } from '../../kernel/text/email-address.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { formSubmission } from '../../registration/apply/form-submission.ts';
import { requireOpen } from '../../registration/apply/require-open.ts';
import { coordinatorOf, type HeldDelegation, standingOnly } from '../coordinator.case.ts';
import type { DELEGATION_ROUTES } from '../delegation.routes.ts';
import { MOST_PEOPLE } from '../delegation.ts';
import { alreadyHere, enterPeople } from './enter.case.ts';
import {
  type Columns,
  emailOf,
  FILE,
  type Judged,
  judge,
  type PeopleForm,
  readPeopleForm,
  rowsOfTable,
  statements,
} from './judge.case.ts';
import { cellOptions, chosenCell, readCell } from './reading.ts';

/** A delegation to which people are added. */
interface Adding extends HeldDelegation, Columns {}

/** The cells of a row that are typed for each person; a row of a table may have more. */
const emptyRow = (number: number): PersonRow => ({
  number,
  cells: Object.fromEntries(PERSON_COLUMNS.map((column) => [column, ''])),
});

type Deps = Needs<'changes' | 'events' | 'rosters' | 'secrets' | 'submissions' | 'system' | 'tables'>;

/** Rows that the form begins with, and that "more" adds. */
const SOME_ROWS = 5;

export const showPeople = (deps: Deps): Guarded<typeof DELEGATION_ROUTES.showPeople> =>
  guarded(
    (sender) => coordinatorOf(deps, linkToken(sender), sender.language),
    async ({ query: { by }, path }, coordinated) => {
      const adding = await asked(deps, coordinated);
      requireOpen(adding.event, deps.system.now());
      if (by === 'table') return page(tableAgain(adding, path, '', []));
      if (by !== 'names') return page(waysPage(contextOf(adding, path)));
      const rows = emptyRows(adding, SOME_ROWS, []);
      return page(show(adding, path, { ...NOTHING, common: beginning(adding), rows }));
    },
  );

/**
 * Registers the people who can be, and gives the form back with the rest and all that was typed; a press for more rows, to look through a
 * table or at someone in it, writes nothing.
 */
export const postPeople = (deps: Deps): Guarded<typeof DELEGATION_ROUTES.postPeople> =>
  guarded(
    (sender) => coordinatorOf(deps, linkToken(sender), sender.language),
    async ({ body, path }, coordinated) => {
      const adding = await asked(deps, coordinated);
      requireOpen(adding.event, deps.system.now());
      const form = readPeopleForm(adding, body);
      if (form.press === 'register') return register(deps, adding, path, form);
      if (form.press === 'read' && (form.table.length > 0 || form.rows.length === 0)) {
        return readTable(deps, adding, path, form);
      }
      if (form.press === 'more') {
        const more = emptyRows(adding, SOME_ROWS, form.rows);
        const shown = { ...NOTHING, common: form.common, settled: form.settled, next: more[0]?.number };
        return page(show(adding, path, { ...shown, rows: [...form.rows, ...more] }));
      }
      return lookThrough(deps, adding, path, form);
    },
  );

/** With the questions and consents that a coordinator answers for others, and those who are in the list and come. */
async function asked(deps: Deps, held: HeldDelegation): Promise<Adding> {
  const event = askedOfDelegations(held.event);
  const { language } = held;
  const tags = event.languages.filter((tag) => tag !== language);
  const read = await Promise.all(tags.map((tag) => deps.events.readEvent(event.id, tag)));
  const elsewhere = read.flatMap((other) => (other ? [other] : []));
  const labels = [held, ...elsewhere, { event, language: 'en' }].map((each) =>
    columnLabels(askedOfDelegations(each.event), siteWords(each.language)),
  );
  const ids = [...columnLabels(event, siteWords(language)).keys()];
  return {
    ...held,
    event,
    roster: await standingOnly(deps, held.roster),
    columns: new Map(ids.map((id) => [id, labels.flatMap((each) => each.get(id) ?? [])])),
    options: cellOptions({
      event,
      language,
      elsewhere: elsewhere.map((other) => other.event),
      yesNo: [language, ...tags, 'en'].map((tag) => {
        const t = siteWords(tag);
        return { yes: t('register.yes'), no: t('register.no') };
      }),
    }),
  };
}

/** Shows what a table says that is wrong, or not quite said: nothing is written. */
async function readTable(deps: Deps, adding: Adding, path: string, form: PeopleForm): Promise<Reply> {
  if (form.table.length > BODY_LIMIT.upload)
    throw new ProblemError('too-large', { kilobytes: BODY_LIMIT.upload / 1024 });
  const read =
    form.table.length > 0
      ? rowsOfTable(form.table, { ...adding, places: placesIn(adding) })
      : ({ path: FILE, code: 'nobody-in-table' } as const);
  if ('code' in read) return page(tableAgain(adding, path, form.pasted, [read]), 422);
  const { rows, issues, unread } = read;
  // What each has a cell for is not what it was for everyone the last time.
  const given = new Set(rows.flatMap(({ cells }) => Object.keys(cells)));
  const before = Object.entries(beginning(adding)).filter(([column]) => !given.has(column));
  const common = { ...Object.fromEntries(before), ...form.common };
  const odd = new Set(rows.filter(({ number }) => issuesOf(number, issues).length > 0).map(({ number }) => number));
  return lookThrough(deps, adding, path, { ...form, common, rows, isOfTable: true }, { odd, unread, issues });
}

interface Fresh {
  /** Numbers of rows that may have been read in the wrong way. */
  readonly odd: ReadonlySet<number>;
  readonly unread: readonly string[];
  readonly issues: readonly FieldIssue[];
}

async function lookThrough(deps: Deps, adding: Adding, path: string, form: PeopleForm, fresh?: Fresh): Promise<Reply> {
  const looked = lookAt(adding, form);
  const here = await alreadyHere(deps, adding.roster, looked.good);
  const issues = [...looked.issues, ...(fresh?.issues ?? []), ...here];
  const opened = new Set([...(fresh?.odd ?? []), ...(form.changed === undefined ? [] : [form.changed])]);
  const told = { opened, unread: fresh?.unread ?? [], isNew: fresh !== undefined };
  return page(show(adding, path, { ...NOTHING, ...told, ...form, ...looked, problems: inWords(adding, issues) }));
}

async function register(deps: Deps, adding: Adding, path: string, form: PeopleForm): Promise<Reply> {
  const { event, language, roster } = adding;
  const unstated = statements(event, form.common);
  const looked = lookAt(adding, form);
  const entered = unstated.length === 0 ? looked.good : [];
  const refused = entered.length > 0 ? await enterPeople(deps, event, roster, entered) : [];
  const nobody: FieldIssue[] = form.rows.length > 0 ? [] : [{ path: 'rows.0.fullName', code: 'required' }];
  const issues = [...unstated, ...looked.issues, ...refused, ...nobody];
  const isDone = new Set(entered.map(({ row }) => row).filter((row) => issuesOf(row, refused).length === 0));
  const left = form.rows.filter(({ number }) => !isDone.has(number));
  if (issues.length === 0 && left.length === 0) {
    return seeOther(`${path.replace(/\/people$/, '')}?lang=${language}&done=added`);
  }
  if (form.rows.length === 0 && form.isOfTable) {
    return page(tableAgain(adding, path, '', [...unstated, { path: FILE, code: 'nobody-in-table' }]), 422);
  }
  const rows = left.length > 0 ? left : [emptyRow(0)];
  const told = { rows, problems: inWords(adding, issues), added: isDone.size };
  return page(show(adding, path, { ...NOTHING, ...form, ...looked, ...told }), issues.length > 0 ? 422 : 200);
}

const issuesOf = (row: number, issues: readonly FieldIssue[]): readonly FieldIssue[] =>
  issues.filter(({ path }) => path.startsWith(`rows.${row}.`));

const inWords = ({ language }: Adding, issues: readonly FieldIssue[]) =>
  displayedIssues(new InvalidInputError(issues), siteWords(language));

interface Looked extends Judged {
  readonly understood: readonly Understood[];
  readonly doubts: ReadonlySet<number>;
}

/**
 * Judges all rows, as if what their cells are like were what they say; but none is good before its coordinator has seen what they are
 * read as, nor with an address of which they were not asked whether it is right.
 */
function lookAt(adding: Adding, { common, rows, isOfTable, asked, settled }: PeopleForm): Looked {
  const guesses = new Map<string, Understood>();
  const guessed = rows.map(({ number, cells }) => {
    const said = Object.entries(cells).map(([column, typed]): [string, string] => {
      const text = typed.trim();
      const offered = adding.options(column);
      const read = text === '' || offered === undefined ? undefined : readCell(text, offered);
      if (read === undefined || offered === undefined || read.sure || asked.has(`${number}.${column}`))
        return [column, typed];
      const key = JSON.stringify([column, text]);
      guesses.set(key, { column, text, ids: read.ids, rows: [...(guesses.get(key)?.rows ?? []), number] });
      return [column, chosenCell(read.ids, offered)];
    });
    return { number, cells: Object.fromEntries(said) };
  });
  const understood = [...guesses.values()];
  const judged = judgeRows(adding, common, guessed, isOfTable);
  const doubts = new Set(rows.flatMap(({ number }) => (settled.has(number) ? [] : [number])));
  for (const row of rows) if (!addressTaken(emailOf(row), undefined).isInDoubt) doubts.delete(row.number);
  const isOpen = (row: number): boolean => doubts.has(row) || understood.some((guess) => guess.rows.includes(row));
  return { understood, doubts, issues: judged.issues, good: judged.good.filter(({ row }) => !isOpen(row)) };
}

/** As if all was stated that has to be: that is asked once, for everyone. */
function judgeRows(
  { event, language, roster, options }: Adding,
  fields: FormFields,
  rows: readonly PersonRow[],
  isOfTable: boolean,
): Judged {
  const t = siteWords(language);
  const { adults: _, ...others } = fields;
  const common = {
    ...formSubmission(event, { language: [language], ...others }),
    ageBand: 'adult',
    consents: Object.fromEntries(event.consents.map(({ id, version }) => [id, version])),
  };
  const nameOf = ({ number, cells: { fullName = '' } }: PersonRow): string => {
    const name = fullName.trim();
    return isOfTable
      ? t('delegation.row.named', { number, name })
      : t('delegation.person.named', { number: number + 1, name });
  };
  return judge({ event, common, rows, coordinator: roster.delegation.email, options, nameOf });
}

const NOTHING = {
  problems: [],
  added: 0,
  understood: [],
  opened: new Set<number>(),
  unread: [],
  doubts: new Set<number>(),
  settled: new Set<number>(),
  isOfTable: false,
  isNew: false,
};

const contextOf = ({ event, language }: Adding, path: string) => ({
  event,
  language,
  t: siteWords(language),
  path,
});

type Shown = Pick<MendPage, 'common' | 'rows' | 'next' | (keyof typeof NOTHING & keyof MendPage)> & {
  readonly isOfTable: boolean;
};

function show(adding: Adding, path: string, { isOfTable, ...shown }: Shown): string {
  const { options, roster } = adding;
  const { email } = roster.delegation;
  const of = { ...contextOf(adding, path), email, places: placesIn(adding) - shown.added, options, ...shown };
  return isOfTable ? mendPage(of) : peoplePage(of);
}

const tableAgain = (adding: Adding, path: string, pasted: string, issues: readonly FieldIssue[]): string =>
  tablePage({ ...contextOf(adding, path), values: { pasted: [pasted] }, problems: inWords(adding, issues) });

const placesIn = ({ roster }: Adding): number => MOST_PEOPLE - roster.members.length;

/** As many as there are places for. */
function emptyRows(adding: Adding, wanted: number, typed: readonly PersonRow[]): PersonRow[] {
  const first = Math.max(-1, ...typed.map(({ number }) => number)) + 1;
  const length = Math.max(0, Math.min(wanted, placesIn(adding) - typed.length));
  return Array.from({ length }, (_, index) => emptyRow(first + index));
}

/** What was the same for everyone the last time, and what the event leaves no choice of. */
function beginning({ roster, language, event }: Adding): FormFields {
  const { organisation = '', country = '', category = '' } = roster.delegation.common ?? {};
  const only = (offered: readonly { readonly id: string }[], before = ''): string[] =>
    offered.length === 1 ? offered.map(({ id }) => id) : [before].filter(Boolean);
  return {
    organisation: [organisation],
    country: [country],
    category: only(event.categories, category),
    mode: only(event.modes),
    days: only(event.days),
    language: [language],
  };
}
