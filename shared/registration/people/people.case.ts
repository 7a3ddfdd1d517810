import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { answersFor, asReadBy, mayReadAnswers } from '../../event/answer-readers.ts';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { Kept } from '../../kernel/dynamo/chunks.store.ts';
import { json } from '../../kernel/http/reply.ts';
import { count, logger } from '../../kernel/log.store.ts';
import { METRICS } from '../../kernel/metrics.ts';
import type { Needs, Parts } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { localTime } from '../../kernel/text/zoned-time.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf, isVisible } from '../../team/role/within-reach.case.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import { changedPeople, rowsAt, settled } from './keep-people.case.ts';
import { chunkOf, type KnownPeople, type PeopleChunk, PLACES, RECENT, rowInIndex } from './people.store.ts';
import {
  byReference,
  COLUMNS,
  columnsOf,
  type IndexedMinor,
  type IndexedPerson,
  type IndexedRow,
  listedQuestions,
  shapeOf,
} from './person.ts';

type Deps = Needs<'people' | 'peopleMemory' | 'system'>;
type Rules = EventDefinition<string>;

const HOUR = 3_600_000;
/** Milliseconds for which what is remembered is used: for three days the table says who left. */
const KNOWS_WHO_LEFT = 48 * HOUR;

const earlier = ({ system }: Needs<'system'>, milliseconds: number): string =>
  new Date(system.now().getTime() - milliseconds).toISOString();

/** Events that an instance remembers: each person takes some 0.6 KB. */
const MOST_EVENTS = 2;

/**
 * Everyone who has a registration, minors apart: from what is remembered, or from the chunks, and what changed since. A chunk that is
 * missing, damaged or of another shape is made up for from registrations: reading writes nothing (AU2), housekeeping makes it anew. Nothing may
 * be decided on it, for the index of changes lags.
 */
export async function readPeople(deps: Deps, event: Rules): Promise<KnownPeople> {
  const { people: store, peopleMemory } = deps;
  const goneUpTo = settled(deps);
  const remembered = peopleMemory.get(event.id);
  const isUsable = remembered?.shape === shapeOf(event) && remembered.goneUpTo > earlier(deps, KNOWS_WHO_LEFT);
  const before = isUsable ? remembered : await readChunks(deps, event);
  const get = (reference: string): IndexedRow | undefined =>
    before.people.get(reference) ?? before.minors.get(reference);
  const { changed, cursor } = await changedPeople(deps, event, before.cursor, { get });
  const gone = await store.gone(event.id, before.goneUpTo);
  const left = [...before.people.keys(), ...before.minors.keys(), ...changed.keys()].filter((each) => gone.has(each));
  const isSame = changed.size === 0 && left.length === 0;
  // Most looks find nothing new: twenty thousand are not copied for them.
  const rows = isSame ? before : changedRows(before, changed, left);
  const known = { ...rows, cursor, goneUpTo };
  remember(peopleMemory, event.id, known);
  return known;
}

/** Everyone as they are now; what others look at meanwhile stays as it is. */
function changedRows(
  before: KnownPeople,
  changed: ReadonlyMap<string, IndexedRow | undefined>,
  left: readonly string[],
): KnownPeople {
  const rows = new Rows(before);
  for (const [reference, row] of changed) rows.set(reference, row);
  for (const reference of left) rows.set(reference, undefined);
  const { people, minors } = rows;
  const isThere = (each: IndexedPerson): boolean => people.get(each.reference) === each;
  const orders = new Map([...before.orders].map(([name, all]) => [name, all.filter(isThere)]));
  return { ...before, people, minors, orders };
}

/**
 * Adults in an order that takes long to find: who was in it before keeps their place, and who changed since finds theirs.
 *
 * @param name of the order, one of a few
 * @param arrange puts people in order, the same ones always the same way
 */
export function inOrderOf(
  { people, orders }: Pick<KnownPeople, 'people' | 'orders'>,
  name: string,
  arrange: (people: readonly IndexedPerson[]) => readonly IndexedPerson[],
): readonly IndexedPerson[] {
  const before = orders.get(name) ?? [];
  if (before.length === people.size) return before;
  const placed = new Set(before);
  const all = arrange([...before, ...[...people.values()].filter((each) => !placed.has(each))]);
  orders.set(name, all);
  return all;
}

export const inOrderOfReferences = (known: Pick<KnownPeople, 'people' | 'orders'>): readonly IndexedPerson[] =>
  inOrderOf(known, 'references', (all) => all.toSorted(byReference));

/** One of them alone, as they are now: what concerns one person reads no index. @param typed their reference, or what is none */
export async function readPerson(
  { people: store }: Needs<'people'>,
  event: Rules,
  typed: string,
): Promise<Pick<KnownPeople, 'people' | 'minors'>> {
  const rows = new Rows();
  const reference = parseReference(typed);
  if (reference === undefined) return rows;
  for (const each of await store.registrations(event.id, [reference])) rows.set(reference, rowInIndex(event, each));
  return rows;
}

/** Everyone, as a part of earlier capabilities. */
export const peopleReader =
  (deps: Deps): Parts['knownPeople'] =>
  (event) =>
    readPeople(deps, event);

/** Everyone by reference, each on the side where they belong: a birth date is put right, and a minor is an adult, or the reverse. */
class Rows {
  readonly people: Map<string, IndexedPerson>;
  readonly minors: Map<string, IndexedMinor>;

  constructor({ people, minors }: Partial<Pick<KnownPeople, 'people' | 'minors'>> = {}) {
    this.people = new Map(people);
    this.minors = new Map(minors);
  }

  get(reference: string): IndexedRow | undefined {
    return this.people.get(reference) ?? this.minors.get(reference);
  }

  set(reference: string, row: IndexedRow | undefined): void {
    // Who stays on their side keeps their place in it.
    if (row === undefined || row.ageBand === 'minor') this.people.delete(reference);
    if (row === undefined || row.ageBand === undefined) this.minors.delete(reference);
    if (row?.ageBand === 'minor') this.minors.set(reference, row);
    else if (row !== undefined) this.people.set(reference, row);
  }
}

function remember(memory: Deps['peopleMemory'], eventId: string, known: KnownPeople): void {
  memory.delete(eventId);
  memory.set(eventId, known);
  const [oldest] = memory.keys();
  if (memory.size > MOST_EVENTS && oldest !== undefined) memory.delete(oldest);
}

/** What the chunks hold, with what makes up for those that cannot be used. */
async function readChunks(deps: Needs<'people' | 'system'>, event: Rules, places = PLACES): Promise<KnownPeople> {
  const { people: store } = deps;
  const shape = shapeOf(event);
  const start = settled(deps);
  const usable = ({ chunk }: Kept<PeopleChunk>): PeopleChunk | undefined =>
    chunk?.shape === shape ? chunk : undefined;
  const find = await store.chunks(event.id, [RECENT, ...places], false);
  const recent = usable(find(RECENT));
  const since = recent?.since;
  const reaches = (chunk: PeopleChunk | undefined): boolean =>
    chunk !== undefined && since !== undefined && chunk.upTo >= since;
  // Not all are read at one instant: what is older than the recent ones begin has to be read again.
  const late = recent === undefined ? [] : places.filter((place) => !reaches(usable(find(place))));
  const again = late.length === 0 ? find : await store.chunks(event.id, late, true);
  const rows = new Rows();
  let isMadeUp = recent === undefined;
  const add = (some: readonly IndexedRow[]): void => {
    for (const each of some) {
      if ((rows.get(each.reference)?.revision ?? 0) < each.revision) rows.set(each.reference, each);
    }
  };
  for (const place of places) {
    const chunk = usable((late.includes(place) ? again : find)(place));
    const isThere = chunk !== undefined && reaches(chunk);
    add(isThere ? everyoneIn(chunk) : await rowsAt(deps, event, place));
    isMadeUp ||= !isThere;
  }
  if (recent !== undefined) add(everyoneIn(recent));
  const { people, minors } = rows;
  return { shape, people, minors, cursor: recent?.upTo ?? start, goneUpTo: '', isMadeUp, orders: new Map() };
}

const everyoneIn = ({ people, minors }: PeopleChunk): readonly IndexedRow[] => [...people, ...minors];

type LoadDeps = Deps & Needs<'auditTable' | 'events' | 'notedNews' | 'registrations' | 'write'>;

/** What was told to a member last by a cursor, and is noted: by reference, in which state. */
type NotedNews = Map<string, ReadonlyMap<string, string>>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly notedNews: NotedNews;
  }
}

/** Members of whom an instance remembers what it noted. */
const MOST_NOTED = 100;

/**
 * Notes how many a cursor tells of: a console is told of each change again for a minute, and that is one look. Who makes a cursor up is
 * counted whom they are told of. A look whose note failed is none yet.
 *
 * @param states what is told of each, by reference
 */
export async function noteNews(
  memory: NotedNews,
  reader: string,
  states: ReadonlyMap<string, string>,
  note: (people: number) => Promise<void>,
): Promise<void> {
  const before = memory.get(reader);
  const fresh = [...states].filter(([reference, state]) => before?.get(reference) !== state).length;
  if (fresh > 0) await note(fresh);
  memory.delete(reader);
  memory.set(reader, states);
  const [oldest] = memory.keys();
  if (memory.size > MOST_NOTED && oldest !== undefined) memory.delete(oldest);
}

/** People of a page: some 300 KB. */
const PAGE = 2_500;

/** Milliseconds for which a cursor is followed: consoles ask every few seconds, and forget after as long without a press. */
const FOLLOWED = 900_000;

/**
 * All whom the caller may see, a page at a time, and then by cursor who changed since, as phones follow. Each page is noted like an export:
 * who, how many, with which columns; so is each who changed, for a member who never loaded a page can make a cursor up. One that is older than
 * a quarter of an hour, or behind more than a page, begins anew.
 */
export const loadPeople =
  (deps: LoadDeps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.loadPeople> =>
  async ({ params: { eventId }, query: { after, cursor }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const known = await readPeople(deps, event);
    const seen = inOrderOfReferences(known).filter((each) => isVisible(caller, each, event));
    const [total, reach] = [seen.length, reachOf(caller, event)];
    const read = readBy(caller, event);
    const note = (people: number): Promise<void> => {
      const said = { people, columns: [...COLUMNS, ...read.questions] };
      return deps.write([audited(deps, event, caller, 'load-people', undefined, said)]);
    };
    // Where nothing changes, the place of the last change grows old.
    const stands = [known.cursor, known.goneUpTo].sort().at(-1) ?? known.cursor;
    if (after === undefined && cursor !== undefined && cursor > earlier(deps, FOLLOWED)) {
      const news = seen.filter((each) => changePlaceOf(each) > cursor);
      if (news.length <= PAGE) {
        const states = new Map(news.map((each) => [each.reference, `${each.revision} ${each.changedAt}`]));
        await noteNews(deps.notedNews, `${eventId} ${caller.id}`, states, note);
        return json(200, { people: columnsOf(read.of(news)), total, reach, cursor: stands });
      }
    }
    const rest = after === undefined ? seen : seen.filter(({ reference }) => reference > after);
    const rows = rest.slice(0, PAGE);
    await note(rows.length);
    return json(200, {
      people: columnsOf(read.of(rows)),
      total,
      reach,
      cursor: after !== undefined && cursor !== undefined && cursor < stands ? cursor : stands,
      ...(rest.length > PAGE && { next: rows.at(-1)?.reference }),
    });
  };

const REACH_LENGTH = 12;

/** A hash of what says whom a member sees, and which answers; it is the same for two who see the same by the same grants. */
const reachOf = ({ grants }: Caller, { questions }: Rules): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        ...grants.filter((grant) => holdsAny([grant], ['see-people']) || questions.some((each) => opens(grant, each))),
        ...questions.flatMap(({ id, readers }) => (readers === undefined ? [] : [{ id, readers }])),
      ]),
    )
    .digest('base64url')
    .slice(0, REACH_LENGTH);

/** Whether a grant has its holder read answers that others do not, of people whom another grant may show. */
const opens = (grant: Caller['grants'][number], question: Rules['questions'][number]): boolean =>
  question.readers !== undefined && mayReadAnswers([grant], question);

/** What a member reads: the questions by whose answers their lists go, and people with the answers that they read of each. */
function readBy({ grants }: Caller, event: Rules) {
  const isForAll = event.questions.every(({ readers }) => readers === undefined);
  return {
    questions: listedQuestions(asReadBy(grants, event)),
    of: (people: readonly IndexedPerson[]): readonly IndexedPerson[] =>
      isForAll ? people : people.map((each) => ({ ...each, answers: answersFor(grants, event, each) })),
  };
}

const changePlaceOf = ({ changedAt, reference }: IndexedPerson): string => `${changedAt}#${reference}`;

type CompareDeps = Needs<'digestWriter' | 'jobs' | 'people' | 'readRules' | 'system' | 'timeZones'>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** By event, as an instance read it last: by day no rules are read to know that it is no night. */
    readonly timeZones: Map<string, string>;
  }
}

/** An event, if it is the local time there at which something is done. @param isTime `22:00` */
export async function eventAt(
  { readRules, system, timeZones }: Needs<'readRules' | 'system' | 'timeZones'>,
  eventId: string,
  isTime: (time: string) => boolean,
): Promise<Rules | undefined> {
  const isDue = (timeZone: string): boolean => isTime(localTime(system.now(), timeZone).time);
  const known = timeZones.get(eventId);
  if (known !== undefined && !isDue(known)) return undefined;
  const event = await readRules(eventId);
  if (event === undefined) return undefined;
  timeZones.set(eventId, event.timeZone);
  return isDue(event.timeZone) ? event : undefined;
}

/** Local time at an event from which on a quarter of an hour compares one of 32 chunks: by six in the morning, all. */
const NIGHT = 22 * 4;
const QUARTERS = 24 * 4;

/**
 * At night, looks whether the index says of people what their registrations say. Where it does not, that is counted, and the index made
 * anew: an index of changes lagged for longer than a minute, code forgot it, or a chunk was lost.
 */
export async function comparePeople(deps: CompareDeps): Promise<void> {
  for (const eventId of await deps.digestWriter.recent()) {
    try {
      const event = await eventAt(deps, eventId, (time) => quarterOfNight(time) < PLACES.length);
      const place = event && PLACES[quarterOfNight(localTime(deps.system.now(), event.timeZone).time)];
      if (event === undefined || place === undefined) continue;
      const { isMadeUp, differences } = await compareAt(deps, event, place);
      if (!isMadeUp && differences === 0) continue;
      logger.warn('the index of people differs', { eventId, place, differences });
      if (differences > 0) count(METRICS.peopleDiffer, differences);
      await deps.jobs.add(newJob(deps.system, 'make-people', eventId), retentionEnd(event));
    } catch (error) {
      logger.error('people not compared', { error, eventId });
    }
  }
}

function quarterOfNight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 4 + Math.floor(minutes / 15) - NIGHT + QUARTERS) % QUARTERS;
}

/** How many rows are not as the registration says, but for who changed or left just now; and whether the chunk is there at all. */
async function compareAt(deps: CompareDeps, event: Rules, place: string) {
  const since = settled(deps);
  const known = await readChunks(deps, event, [place]);
  const rows = new Rows(known);
  const { changed } = await changedPeople(deps, event, known.cursor, rows);
  const actual = new Map((await rowsAt(deps, event, place)).map((each) => [each.reference, each]));
  // Looked at last: who leaves meanwhile is no difference. Who left long ago and is still there is one.
  const gone = await deps.people.gone(event.id, earlier(deps, HOUR));
  const ours = [...known.people.keys(), ...known.minors.keys()].filter((reference) => chunkOf(reference) === place);
  const differing = [...new Set([...ours, ...actual.keys()])].filter((reference) => {
    const row = changed.has(reference) ? changed.get(reference) : rows.get(reference);
    const is = actual.get(reference);
    const isOnItsWay = gone.has(reference) || (is !== undefined && is.changedAt > since);
    return !isOnItsWay && !isDeepStrictEqual(plain(row), plain(is));
  });
  return { isMadeUp: known.isMadeUp, differences: differing.length };
}

/** What is absent and what is undefined are the same. */
const plain = (row: IndexedRow | undefined): unknown => (row === undefined ? null : JSON.parse(JSON.stringify(row)));
