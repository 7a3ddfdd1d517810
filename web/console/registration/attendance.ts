import type { AttendanceTable } from '../../../shared/checkin/review/people.schema.ts';
import { type AnswerOf, isProblem, type QueryOf } from '../kernel/api.ts';
import { SignedOutError } from '../kernel/session.ts';
import { type PeopleMemory, pauses } from './people.ts';

const ROUTE = 'GET /api/organiser/events/{eventId}/check-in/attendance';
type Page = AnswerOf<typeof ROUTE>;
type Asked = Omit<NonNullable<QueryOf<typeof ROUTE>>, 'lang'>;

/** Where one person came, and is expected. */
interface Attended {
  /** For each part a letter, as the contract has them. */
  readonly presences: string;
  /** By the id of a list: when they came first, ISO 8601. */
  readonly cameAt: Readonly<Record<string, string>>;
}

/** Where the people of the list came: another one whenever anything of it changed. */
export interface ListedAttendance extends Pick<Page, 'parts' | 'lists' | 'daysOnly'> {
  /** By reference. */
  readonly of: ReadonlyMap<string, Attended>;
  /** Everyone is there; before that, who is missing may have come. */
  readonly isWhole: boolean;
  /** The last look failed and is tried again; what is there may be old. */
  readonly isOld: boolean;
}

/** The attendance of the people in memory, and in it no longer than they are. */
export interface AttendanceMemory {
  readonly now: () => ListedAttendance;
  readonly watch: (told: () => void) => () => void;
  /** Loads, and follows as long as something of it is shown: each load is noted like an export. @returns ends it */
  readonly need: () => () => void;
  readonly close: () => void;
}

/** Milliseconds between two looks where the page is seen, so that a scan is seen within five seconds; and otherwise. */
const CLOSE = 4_000;
const LOOSE = 40_000;

const NOTHING: ListedAttendance = { parts: [], lists: [], of: new Map(), isWhole: false, isOld: false };

interface Given {
  readonly load: (asked: Asked) => Promise<Page>;
  readonly people: Pick<PeopleMemory, 'now' | 'watch' | 'look'>;
}

export function attendanceMemory({ load, people }: Given): AttendanceMemory {
  let attendance = NOTHING;
  let known = new Map<string, Attended>();
  /** What is loaded page by page, until it is whole. */
  let pages: { readonly rows: Map<string, Attended>; readonly next?: string | undefined } | undefined = nothingYet();
  let cursor: string | undefined;
  /** Parts and lists that letters and instants are of. */
  let form: string | undefined;
  let needs = 0;
  /** Whether looks follow one another; who empties the memory meanwhile ends them by another number. */
  let turn = 0;
  let isFollowing = false;
  const { pause, wake } = pauses();
  const watchers = new Set<() => void>();

  function tell(next: Partial<ListedAttendance>): void {
    attendance = { ...attendance, ...next };
    for (const watcher of watchers) watcher();
  }

  function forget(): void {
    turn += 1;
    isFollowing = false;
    known = new Map();
    pages = nothingYet();
    cursor = undefined;
    form = undefined;
    wake();
    if (attendance !== NOTHING) tell(NOTHING);
  }

  /** Who is not among the people any more is not in it either. */
  function followPeople(): void {
    const { state, all } = people.now();
    if (state === 'emptied' || state === 'refused') {
      forget();
      return;
    }
    if (needs > 0 && !isFollowing) void keepUp();
    if (state !== 'complete') return;
    const there = new Set(all.map(({ reference }) => reference));
    for (const reference of known.keys()) if (!there.has(reference)) known.delete(reference);
  }

  /** @returns whether the next page is to be asked for at once */
  function takeAnswer({ parts, lists, daysOnly, people: table, cursor: stands, next }: Page): boolean {
    const told = JSON.stringify([parts, lists, daysOnly]);
    const isFirst = pages?.next === undefined;
    // Of another programme or other lists, letters known before say something else: all are loaded anew.
    if (form !== told && !(pages && isFirst)) {
      pages = nothingYet();
      return false;
    }
    form = told;
    cursor = stands;
    // Too much has changed, or too long ago: it begins anew.
    if (next !== undefined) pages ??= nothingYet();
    if (pages !== undefined) {
      takeRows(pages.rows, table);
      pages = { rows: pages.rows, next };
      if (next !== undefined) return true;
      known = pages.rows;
      pages = undefined;
      tell({ parts, lists, daysOnly, of: known, isWhole: true, isOld: false });
    } else if (takeRows(known, table) || attendance.isOld) tell({ isOld: false });
    followPeople();
    return false;
  }

  async function keepUp(): Promise<void> {
    isFollowing = true;
    const mine = turn;
    while (mine === turn && needs > 0) {
      let goesOn = false;
      try {
        const answer = await load(
          pages === undefined
            ? { cursor }
            : { after: pages.next, cursor: pages.next === undefined ? undefined : cursor },
        );
        if (mine !== turn) return;
        goesOn = takeAnswer(answer);
      } catch (error) {
        if (mine !== turn) return;
        tell({ isOld: true });
        // What ends it ends the list of people too, which says why.
        if (error instanceof SignedOutError || isProblem(error, 'not-permitted')) people.look();
      }
      if (!goesOn) await pause(document.visibilityState === 'visible' ? CLOSE : LOOSE);
    }
    if (mine === turn) isFollowing = false;
  }

  const unwatch = people.watch(followPeople);
  document.addEventListener('visibilitychange', wake);

  return {
    now: () => attendance,
    watch(told) {
      watchers.add(told);
      return () => watchers.delete(told);
    },
    need() {
      needs += 1;
      if (isFollowing) wake();
      else followPeople();
      return () => {
        needs -= 1;
      };
    },
    close() {
      unwatch();
      forget();
      watchers.clear();
      document.removeEventListener('visibilitychange', wake);
    },
  };
}

const nothingYet = () => ({ rows: new Map<string, Attended>() });

/** Takes people in, each as they are now. @returns whether any of them is new, or has changed */
function takeRows(rows: Map<string, Attended>, { references, presences, came }: AttendanceTable): boolean {
  const instants = references.map((): Record<string, string> => ({}));
  for (const [list, { rows: places, cameAt }] of Object.entries(came)) {
    places.forEach((place, nth) => {
      const of = instants[place];
      if (of) of[list] = new Date(cameAt[nth] ?? 0).toISOString();
    });
  }
  let isNews = false;
  references.forEach((reference, nth) => {
    const row = { presences: presences[nth] ?? '', cameAt: instants[nth] ?? {} };
    isNews ||= JSON.stringify(rows.get(reference)) !== JSON.stringify(row);
    rows.set(reference, row);
  });
  return isNews;
}
