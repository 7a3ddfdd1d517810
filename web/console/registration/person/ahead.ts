import type { Desk } from '../../desk.ts';
import { type AnswerOf, isProblem } from '../../kernel/api.ts';
import type { EntriesPage } from '../../team/audit-entry.ts';
import type { PeopleMemory } from '../people.ts';

const PAGE = 'GET /api/organiser/events/{eventId}/registrations/{reference}/page';
const AUDIT = 'GET /api/organiser/events/{eventId}/audit/registrations/{reference}';
export type PageOfOne = AnswerOf<typeof PAGE>;

/** Milliseconds for which nobody asks again for what was fetched ahead, and after which it is not shown any more. */
const FRESH = 30_000;
const MOST = 900_000;
/** People whose pages are kept: the next one, and who was the next before the list moved. */
const KEPT = 2;

type Asking = Pick<Desk, 'api' | 'event'>;

/** What the page of a person shows, as the API tells it now. */
export const readPage = ({ api, event }: Asking, reference: string): Promise<PageOfOne> =>
  api(PAGE, { params: { eventId: event.id, reference } });

/**
 * The newest of what was done about an adult, or what is before it; nothing of someone under 18, and no look at them is noted. Who may not ask
 * finds nothing.
 */
export const readEntries = ({ api, event }: Asking, reference: string, before?: string): Promise<EntriesPage> =>
  api(AUDIT, { params: { eventId: event.id, reference }, query: { before, only: 'adult' } }).catch((error) => {
    if (isProblem(error, 'not-permitted') || isProblem(error, 'not-found')) return { entries: [] };
    throw error;
  });

interface Fetched {
  readonly page: PageOfOne;
  readonly entries: EntriesPage;
  /** Whether it is asked for once more, while it is shown. */
  readonly isOld: boolean;
}

interface Ahead extends Omit<Fetched, 'isOld'> {
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Pages that were fetched ahead, by reference: in memory alone, as long as that of people lasts. */
type Pages = Map<string, Promise<Ahead | undefined> | Ahead>;
const kept = new WeakMap<PeopleMemory, Pages>();

function pagesOf(people: PeopleMemory): Pages {
  const before = kept.get(people);
  if (before !== undefined) return before;
  const pages: Pages = new Map();
  kept.set(people, pages);
  // After a quarter of an hour without a press, with the session, and where the list is refused.
  people.watch(() => {
    if (people.now().all.length === 0) pages.clear();
  });
  return pages;
}

/** Fetches the page of an adult whom the list names ahead of who looks at it. Of who is under 18 by now nothing comes, and nothing is noted. */
export function fetchAhead(desk: Desk, reference: string): void {
  const pages = pagesOf(desk.people);
  if (pages.has(reference)) return;
  const { api, event, now } = desk;
  const params = { eventId: event.id, reference };
  const at = now();
  const fetched = Promise.all([api(PAGE, { params, query: { only: 'adult' } }), readEntries(desk, reference)]).then(
    ([page, entries]): Ahead => ({ page, entries, at }),
  );
  const place: Promise<Ahead | undefined> = fetched.then(
    (ahead) => {
      // What was emptied or given up meanwhile stays so.
      if (pages.get(reference) === place) pages.set(reference, ahead);
      return ahead;
    },
    () => {
      pages.delete(reference);
      return undefined;
    },
  );
  pages.set(reference, place);
  const [oldest] = pages.keys();
  if (pages.size > KEPT && oldest !== undefined) pages.delete(oldest);
  setTimeout(() => pages.delete(reference), MOST);
}

/** What was fetched of a person, once: nothing where the list knows a later state of them, or it is too old. */
export function takeAhead(desk: Desk, reference: string): Fetched | undefined {
  const pages = pagesOf(desk.people);
  const ahead = pages.get(reference);
  if (ahead instanceof Promise) return undefined;
  pages.delete(reference);
  return ahead && asStill(desk, ahead);
}

/** What is on its way of a person, once, so that nobody asks twice; it comes to nothing where `takeAhead` would find nothing, or it was refused. */
export function joinAhead(desk: Desk, reference: string): Promise<Fetched | undefined> | undefined {
  const pages = pagesOf(desk.people);
  const coming = pages.get(reference);
  if (!(coming instanceof Promise)) return undefined;
  pages.delete(reference);
  return coming.then((ahead) => ahead && asStill(desk, ahead));
}

function asStill({ people, now }: Desk, { at, ...fetched }: Ahead): Fetched | undefined {
  const { reference, revision } = fetched.page.registration;
  const age = now() - at;
  const row = people.now().all.find((each) => each.reference === reference);
  if (row === undefined || row.revision > revision || age >= MOST) return undefined;
  return { ...fetched, isOld: age >= FRESH };
}
