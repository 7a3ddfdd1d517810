import { isWrittenTo } from '../../../shared/mail/fate/mail-fate.ts';
import { searchedText } from '../../../shared/registration/list/search.ts';
import type { PeopleColumns } from '../../../shared/registration/people/people.schema.ts';
import { COLUMNS, type IndexedPerson, rowsIn } from '../../../shared/registration/people/person.ts';
import { type AnswerOf, isProblem, type QueryOf } from '../kernel/api.ts';
import { SignedOutError } from '../kernel/session.ts';

const ROUTE = 'GET /api/organiser/events/{eventId}/people';
type Page = AnswerOf<typeof ROUTE>;
type Asked = Omit<NonNullable<QueryOf<typeof ROUTE>>, 'lang'>;

/** A row of the people index, with what a search looks into. */
export interface KnownPerson extends IndexedPerson {
  /** Names, organisation and reference as they are compared. */
  readonly searched: string;
}

/**
 * A person of whom nothing is known yet. Browsers read what was begun alike several times faster than objects that got more and more names,
 * which they keep as tables: lists go through tens of thousands by each press.
 */
const UNFILLED: object = unfilled();

function unfilled(): object {
  const names = [...COLUMNS, 'answers', 'searched'];
  const blank: Record<string, unknown> = JSON.parse(`{"${names.join('":0,"')}":0}`);
  for (const name of names) blank[name] = undefined;
  return blank;
}

/** Stands among the statuses: who waits for a decision longer than they were told. */
export const OVERDUE = 'overdue';
/** Stands there too: whom no mail reaches. */
export const UNREACHED = 'unreached';

/** Whether mail that matters to someone does not arrive. */
export const isNotReached = (person: KnownPerson): boolean => person.mail !== undefined && isWrittenTo(person);

/** Who is chosen, and in which state they were looked at. */
export interface Chosen {
  readonly reference: string;
  readonly revision: number;
}

export interface People {
  /** Another list whenever anyone changed, came or left, and the same one otherwise. */
  readonly all: readonly KnownPerson[];
  /** How many there are, once a page has said it: more than are in the list while it loads. */
  readonly total: number | undefined;
  /** `emptied` after a quarter of an hour without a press; `refused` where the member may not see them, or not any more. */
  readonly state: 'loading' | 'complete' | 'emptied' | 'refused';
  /** The last look failed and is tried again; what is there may be old. */
  readonly isOld: boolean;
  readonly refusal?: unknown;
  /** By reference. */
  readonly chosen: ReadonlyMap<string, Chosen>;
}

/** The people of one event as long as its console is open: in this tab's memory alone, and in no storage or address. */
export interface PeopleMemory {
  readonly now: () => People;
  readonly watch: (told: () => void) => () => void;
  /** Loads, and follows as closely as a page needs that is seen. @returns ends it */
  readonly need: () => () => void;
  /** Looks at once: something was changed here. */
  readonly look: () => void;
  /** Loads anew after it was emptied or refused. */
  readonly begin: () => void;
  /** Chooses people, or leaves them out again. */
  readonly choose: (people: readonly Chosen[], isOn: boolean) => void;
  readonly clearChoice: () => void;
  /** Forgets everyone, until it begins anew. */
  readonly empty: () => void;
  /** Forgets everyone for good: the event is left. */
  readonly close: () => void;
}

/** Milliseconds without a press or a key after which nobody is remembered. */
const IDLE = 900_000;
/** Milliseconds between two looks where a page needs them and is seen; and otherwise, for who was erased leaves within a minute. */
const CLOSE = 4_000;
const LOOSE = 40_000;
/** Milliseconds between two loads of everyone, where numbers differ again and again. */
const ANEW = 20_000;

const NOBODY: People = { all: [], total: undefined, state: 'loading', isOld: false, chosen: new Map() };

interface Given {
  readonly load: (asked: Asked) => Promise<Page>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onSignedOut: () => void;
}

export function peopleMemory({ load, now, onSignedOut }: Given): PeopleMemory {
  let people = NOBODY;
  let known = new Map<string, KnownPerson>();
  /** What is loaded page by page, until it is whole. */
  let pages: { readonly rows: Map<string, KnownPerson>; readonly next?: string | undefined } | undefined;
  let cursor: string | undefined;
  let differsSince: number | undefined;
  let loadedAt = 0;
  let pressedAt = now();
  let needs = 0;
  /** Whether looks follow one another; who empties the memory meanwhile ends them by another number. */
  let turn = 0;
  let isFollowing = false;
  /** Ends the memory where nothing is pressed, also while a look waits for an answer that does not come. */
  let idle: ReturnType<typeof setTimeout> | undefined;
  /** As the server named it last. */
  let reach: string | undefined;
  const { pause, wake } = pauses();
  const watchers = new Set<() => void>();

  function tell(next: Partial<People>): void {
    people = { ...people, ...next };
    for (const watcher of watchers) watcher();
  }

  function forget(state: People['state'], refusal?: unknown): void {
    turn += 1;
    clearTimeout(idle);
    isFollowing = false;
    known = new Map();
    pages = undefined;
    cursor = undefined;
    reach = undefined;
    differsSince = undefined;
    wake();
    tell({ ...NOBODY, state, refusal });
  }

  /** @returns whether any of them is new, or has changed */
  function take(rows: Map<string, KnownPerson>, columns: PeopleColumns): boolean {
    let isNews = false;
    for (const row of rowsIn(columns, UNFILLED)) {
      if ((rows.get(row.reference)?.revision ?? 0) >= row.revision) continue;
      rows.set(row.reference, Object.assign(row, { searched: searchedText(row) }));
      isNews = true;
    }
    return isNews;
  }

  /** Whom a member saw who reaches others by now is forgotten at once, and all are loaded anew. @returns whether that is so */
  function reachesOthers(told: string): boolean {
    const isChanged = reach !== undefined && reach !== told;
    reach = told;
    if (!isChanged) return false;
    known = new Map();
    pages = undefined;
    cursor = undefined;
    tell(NOBODY);
    return true;
  }

  function show(rows: Map<string, KnownPerson>, total: number, next: Partial<People> = {}): void {
    const isGone = [...people.chosen.keys()].some((reference) => !rows.has(reference));
    const chosen = isGone ? new Map([...people.chosen].filter(([reference]) => rows.has(reference))) : people.chosen;
    tell({ all: [...rows.values()], total, chosen, isOld: false, ...next });
  }

  async function loadPage(mine: number): Promise<void> {
    const answer = await load({ after: pages?.next, cursor: pages?.next === undefined ? undefined : cursor });
    if (mine === turn && !reachesOthers(answer.reach)) takePage(answer);
  }

  /** A page of everyone. What was whole before stays to be seen until this is. */
  function takePage({ people: columns, total, next, cursor: stands }: Page): void {
    const rows = pages?.rows ?? new Map<string, KnownPerson>();
    take(rows, columns);
    cursor = stands;
    pages = { rows, next };
    if (next === undefined) {
      known = rows;
      pages = undefined;
      differsSince = undefined;
      loadedAt = now();
      show(rows, total, { state: 'complete' });
    } else if (people.state !== 'complete') show(rows, total);
    else if (people.isOld) tell({ isOld: false });
  }

  async function follow(mine: number): Promise<void> {
    const answer = await load({ cursor });
    if (mine !== turn || reachesOthers(answer.reach)) return;
    // Too much has changed, or too long ago: it begins anew.
    if (answer.next !== undefined) return takePage(answer);
    cursor = answer.cursor;
    const isNews = take(known, answer.people);
    if (isNews || people.isOld || people.total !== answer.total) show(known, answer.total);
    if (known.size === answer.total) differsSince = undefined;
    else if (differsSince === undefined) differsSince = now();
    else if (now() - loadedAt > ANEW) pages = { rows: new Map() };
  }

  function emptyWhenIdle(): void {
    const rest = pressedAt + IDLE - now();
    if (rest <= 0) forget('emptied');
    else idle = setTimeout(emptyWhenIdle, rest);
  }

  async function keepUp(): Promise<void> {
    isFollowing = true;
    const mine = turn;
    emptyWhenIdle();
    while (mine === turn) {
      if (now() - pressedAt >= IDLE) return forget('emptied');
      try {
        if (people.state === 'complete' && pages === undefined) await follow(mine);
        else await loadPage(mine);
      } catch (error) {
        if (mine !== turn) return;
        if (error instanceof SignedOutError) {
          forget('emptied');
          return onSignedOut();
        }
        if (isProblem(error, 'not-permitted') || isProblem(error, 'unknown-event')) return forget('refused', error);
        tell({ isOld: true });
      }
      if (mine !== turn) return;
      if (people.isOld || (people.state === 'complete' && pages === undefined)) await pause(interval());
    }
  }

  const interval = (): number => {
    // Whom the server counts no more would stay for two loose looks, which are longer than a minute.
    if (differsSince !== undefined) return CLOSE;
    return needs > 0 && document.visibilityState === 'visible' ? CLOSE : LOOSE;
  };

  const pressed = (): void => {
    // A press on what should be empty by now, since the machine slept, is no press that keeps it.
    if (now() - pressedAt >= IDLE && isFollowing) forget('emptied');
    pressedAt = now();
  };
  const seen = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (now() - pressedAt >= IDLE && isFollowing) forget('emptied');
    wake();
  };
  addEventListener('pointerdown', pressed, true);
  addEventListener('keydown', pressed, true);
  document.addEventListener('visibilitychange', seen);

  return {
    now: () => people,
    watch(told) {
      watchers.add(told);
      return () => watchers.delete(told);
    },
    need() {
      needs += 1;
      if (!isFollowing && people.state !== 'emptied' && people.state !== 'refused') void keepUp();
      else if (needs === 1) wake();
      return () => {
        needs -= 1;
      };
    },
    look: wake,
    begin() {
      pressedAt = now();
      forget('loading');
      void keepUp();
    },
    choose(some, isOn) {
      const chosen = new Map(people.chosen);
      for (const { reference, revision } of some) {
        if (isOn) chosen.set(reference, chosen.get(reference) ?? { reference, revision });
        else chosen.delete(reference);
      }
      tell({ chosen });
    },
    clearChoice: () => tell({ chosen: new Map() }),
    empty: () => forget('emptied'),
    close() {
      forget('emptied');
      watchers.clear();
      removeEventListener('pointerdown', pressed, true);
      removeEventListener('keydown', pressed, true);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}

/** Waits, a number of milliseconds, or until it is woken. */
export function pauses() {
  let end: () => void = () => undefined;
  return {
    pause: (milliseconds: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: (): void => end(),
  };
}
