import { crc32 } from 'node:zlib';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { FOLLOWED } from '../../event/job.store.ts';
import type { Kept } from '../../kernel/dynamo/chunks.store.ts';
import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import { CHANGES_SETTLE } from '../list/registration-changes.store.ts';
import { chunkOf, type IndexedRows, isHeavy, type PeopleChunk, PLACES, RECENT, rowInIndex } from './people.store.ts';
import { type IndexedRow, shapeOf } from './person.ts';

/*
 * The index of an event's people: a chunk for each first character of a reference, and one of those who changed since these were written. It
 * is written by the size of what changed, never by time. Each writer reads a chunk, then who is gone, then writes it if it is as it was read:
 * an erased person is written back by nobody, for erasing has both of their chunks written anew after it says that they are gone. Adults and
 * minors lie apart in a chunk, and are kept by the same rules.
 */

type Deps = Needs<'jobs' | 'people' | 'readRules' | 'system'>;
type Rules = EventDefinition<string>;

/** How often a chunk is written anew because another one came first. */
const MOST_RACES = 8;
/** Milliseconds after which one run leaves the rest to another: it must end well within the function's 30 seconds. */
const TIME = 15_000;
/** Milliseconds after which a minute begins with no further event: the one that it is at may take as long as a run. */
const MINUTE_TIME = 5_000;
/** People whose changes are read between two writings: some 8 MB of registrations. */
const MOST_CHANGES = 3_000;
/** More of them than the others hold an eighth of are laid to these; an item holds some 8,000. */
export const FEWEST_RECENT = 300;
const MOST_RECENT = 4_000;
const mostRecent = (others: number): number => Math.min(MOST_RECENT, Math.max(FEWEST_RECENT, others / 8));

/** Where the index of each event stands, as far as an instance knows. */
type IndexedUpTo = Map<string, string>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly indexedUpTo: IndexedUpTo;
  }
}

/** Changes in one of sixteen partitions that show that a reader would have to read many of them one by one. */
const MANY_IN_ONE = 4;

/**
 * Brings the index of each event up to date of which much changed, and makes that of one that has none: of an event that is not noted as
 * changed it asks nothing. Events for which there is no time are left to the next minute.
 */
export async function indexPeople(deps: Deps & Needs<'changedEvents' | 'indexedUpTo'>): Promise<void> {
  const { changedEvents, system } = deps;
  const begun = system.now().getTime();
  for (const noted of await changedEvents.of('people')) {
    if (system.now().getTime() - begun > MINUTE_TIME) return;
    const { eventId } = noted;
    try {
      await indexPeopleOf(deps, eventId);
      await changedEvents.settle('people', noted);
    } catch (error) {
      logger.error('people not indexed', { error, eventId });
    }
  }
}

async function indexPeopleOf(deps: Deps & Needs<'indexedUpTo'>, eventId: string): Promise<void> {
  const { indexedUpTo, people, system } = deps;
  const upTo = indexedUpTo.get(eventId) ?? (await whereItStands(people, eventId));
  if (upTo !== undefined) indexedUpTo.set(eventId, upTo);
  if (upTo !== undefined && (await people.sample(eventId, upTo)) < MANY_IN_ONE) return;
  indexedUpTo.delete(eventId);
  await keepPeople(deps, newJob(system, 'index-people', eventId));
}

/** Calls come a quarter of an hour apart, and each is for a quarter of all events. */
const [QUARTER, QUARTERS] = [15 * 60_000, 4];

/** Events that may change and have their turn of this hour. */
export async function eventsOfQuarter({
  digestWriter,
  system,
}: Needs<'digestWriter' | 'system'>): Promise<readonly string[]> {
  const quarter = Math.floor(system.now().getTime() / QUARTER) % QUARTERS;
  return (await digestWriter.recent()).filter((eventId) => crc32(eventId) % QUARTERS === quarter);
}

/** Whatever was lost of notes, and whatever changed too little for one: each event that may change is looked at once an hour. */
export async function noteHourly(deps: Needs<'changedEvents' | 'digestWriter' | 'system'>): Promise<void> {
  const { changedEvents } = deps;
  const due = await eventsOfQuarter(deps);
  await Promise.all(due.flatMap((eventId) => FOLLOWED.map((what) => changedEvents.note(what, eventId))));
}

/** Nowhere, where what could not be read was emptied when a person was erased. */
async function whereItStands(people: Deps['people'], eventId: string): Promise<string | undefined> {
  const { chunk } = (await people.chunks(eventId, [RECENT], false))(RECENT);
  return chunk?.upTo === '' ? undefined : chunk?.upTo;
}

/**
 * Brings the index up to date, and makes it where there is none, or it is another version's. Of an erased person, whom the job names, it
 * leaves nothing.
 */
export async function keepPeople(deps: Deps, job: Job): Promise<void> {
  const event = await deps.readRules(job.eventId);
  if (event === undefined) return;
  if (job.reference !== undefined) return dropPerson(deps, event, job.reference);
  const begun = deps.system.now().getTime();
  let own: number | undefined;
  for (let races = 0; races < MOST_RACES; ) {
    const kept = await deps.people.chunk(event.id, RECENT);
    const recent = kept.chunk;
    if (recent?.shape !== shapeOf(event)) return makeFor(deps, event, job);
    // What was changed before the job was written is found by the run that wrote it, which goes on by itself.
    if (kept.version !== own && recent.writtenAt > job.createdAt) return;
    const { isWritten, isWhole } = await follow(deps, event, kept, recent);
    if (isWritten && isWhole) return;
    if (deps.system.now().getTime() - begun > TIME) return goOn(deps, event, newJob(deps.system, job.job, event.id));
    if (isWritten) own = kept.version + 1;
    else {
      races += 1;
      await deps.system.backOff(races);
    }
  }
  throw new BusyError();
}

const goOn = ({ jobs }: Deps, event: Rules, job: Job): Promise<void> => jobs.add(job, retentionEnd(event));

/** Takes in some of what changed. @returns whether it was written, and whether that was all */
async function follow(
  deps: Deps,
  event: Rules,
  kept: Kept<PeopleChunk>,
  recent: PeopleChunk,
): Promise<{ readonly isWritten: boolean; readonly isWhole: boolean }> {
  const rows = byReference(recent);
  const { changed, cursor, isWhole } = await changedPeople(deps, event, recent.upTo, rows, MOST_CHANGES);
  for (const [reference, row] of changed) {
    if (row === undefined) rows.delete(reference);
    else rows.set(reference, row);
  }
  const all = [...rows.values()];
  const next =
    all.length > mostRecent(recent.others ?? 0) || isHeavy(apart(all))
      ? { ...NOBODY, since: cursor, others: await layDown(deps, event, all, cursor) }
      : { ...apart(all), since: recent.since, others: recent.others };
  const isWritten = await writeChunk(deps, event, RECENT, kept, { ...next, upTo: cursor });
  return { isWritten, isWhole };
}

const NOBODY: IndexedRows = { people: [], minors: [] };

/** Everyone in a chunk. */
const byReference = ({ people, minors }: IndexedRows): Map<string, IndexedRow> =>
  new Map([...people, ...minors].map((each) => [each.reference, each]));

/** Adults and minors, each where they belong by now. */
export const apart = (rows: readonly IndexedRow[]): IndexedRows => ({
  people: rows.filter((each) => each.ageBand === undefined),
  minors: rows.filter((each) => each.ageBand === 'minor'),
});

interface Changes {
  /** By reference; `undefined` are those who are there no more. */
  readonly changed: ReadonlyMap<string, IndexedRow | undefined>;
  readonly cursor: string;
  /** Nothing is left but what changed a moment ago, which is told again anyway. */
  readonly isWhole: boolean;
}

/**
 * Who changed since, as they are now, but for those who are known as they are.
 *
 * @param most after so many it leaves the rest
 */
export async function changedPeople(
  deps: Needs<'people'>,
  event: Rules,
  from: string,
  known: Pick<ReadonlyMap<string, IndexedRow>, 'get'>,
  most = Number.POSITIVE_INFINITY,
): Promise<Changes> {
  const changed = new Map<string, IndexedRow | undefined>();
  let cursor = from;
  for await (const page of deps.people.changes(event.id, from)) {
    const news = page.changed.filter(({ reference, revision }) => {
      const row = changed.get(reference) ?? known.get(reference);
      return row === undefined || row.revision < revision;
    });
    const references = news.map(({ reference }) => reference);
    const found = references.length === 0 ? [] : await deps.people.registrations(event.id, references);
    for (const reference of references) changed.set(reference, undefined);
    for (const each of found) changed.set(each.reference, rowInIndex(event, each));
    cursor = page.cursor;
    if (changed.size >= most) {
      const last = page.changed.at(-1);
      return { changed, cursor, isWhole: last !== undefined && `${last.changedAt}#${last.reference}` > cursor };
    }
  }
  return { changed, cursor, isWhole: true };
}

/** Lays those who changed to the chunks that they belong to. @returns how many people these hold */
async function layDown(deps: Deps, event: Rules, rows: readonly IndexedRow[], upTo: string): Promise<number> {
  const sizes = PLACES.map((place) => {
    const belong = rows.filter(({ reference }) => chunkOf(reference) === place);
    return layTo(deps, event, place, belong, upTo);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** @returns how many people the chunk holds */
function layTo(deps: Deps, event: Rules, place: string, rows: readonly IndexedRow[], upTo: string): Promise<number> {
  return rewrite(deps, event, place, async ({ chunk }) => {
    if (chunk?.shape !== shapeOf(event)) return anew(deps, event, place);
    const all = byReference(chunk);
    for (const each of rows)
      if ((all.get(each.reference)?.revision ?? 0) < each.revision) all.set(each.reference, each);
    return { ...chunk, ...apart([...all.values()]), upTo: chunk.upTo < upTo ? upTo : chunk.upTo };
  });
}

type Content = IndexedRows & Pick<PeopleChunk, 'upTo'> & Partial<Omit<PeopleChunk, 'version'>>;

/** Writes a chunk anew, by what it is when nobody else writes it. @returns how many people it holds */
function rewrite(
  deps: Deps,
  event: Rules,
  place: string,
  next: (kept: Kept<PeopleChunk>) => Promise<Content>,
): Promise<number> {
  return untilWritten(deps.system, async () => {
    const kept = await deps.people.chunk(event.id, place);
    const content = await next(kept);
    return (await writeChunk(deps, event, place, kept, content)) ? sizeOf(content) : undefined;
  });
}

const sizeOf = ({ people, minors }: IndexedRows): number => people.length + minors.length;

async function writeChunk(
  deps: Deps,
  event: Rules,
  place: string,
  kept: Kept<PeopleChunk>,
  content: Content,
): Promise<boolean> {
  const gone = await deps.people.gone(event.id);
  const isThere = ({ reference }: IndexedRow): boolean => !gone.has(reference);
  const rows = { people: content.people.filter(isThere), minors: content.minors.filter(isThere) };
  const writtenAt = deps.system.now().toISOString();
  const next = { shape: shapeOf(event), writtenAt, ...content, ...rows };
  return deps.people.write(event.id, place, kept, next, retentionEnd(event));
}

/** What a chunk is where it is made from registrations alone. */
async function anew(deps: Deps, event: Rules, place: string): Promise<Content> {
  const upTo = settled(deps);
  return { ...apart(await rowsAt(deps, event, place)), upTo };
}

/** Everyone whose reference begins so, from registrations. */
export const rowsAt = async (
  { people }: Needs<'people'>,
  event: Rules,
  place: string,
): Promise<readonly IndexedRow[]> => (await people.partition(event.id, place)).map((each) => rowInIndex(event, each));

/** Where in the index of changes it stands who reads registrations from now on. */
export const settled = ({ system }: Needs<'system'>): string =>
  new Date(system.now().getTime() - CHANGES_SETTLE).toISOString();

/**
 * Makes the index from registrations, whatever there is of it: chunks that a run before this one made for the same job are left as they are.
 * Where there is no time for all, another job goes on.
 */
export async function makePeople(deps: Deps, job: Job): Promise<void> {
  const event = await deps.readRules(job.eventId);
  if (event !== undefined) await makeFor(deps, event, job);
}

async function makeFor(deps: Deps, event: Rules, job: Job): Promise<void> {
  const { people, system } = deps;
  const begun = system.now().getTime();
  const upTo = settled(deps);
  const before = await deps.people.chunk(event.id, RECENT);
  let others = 0;
  let since = upTo;
  let isMadeHere = false;
  for (const place of PLACES) {
    if (system.now().getTime() - begun > TIME) {
      return goOn(deps, event, { ...newJob(system, 'make-people', event.id), createdAt: job.createdAt });
    }
    const { chunk } = await people.chunk(event.id, place);
    const isMade = chunk?.shape === shapeOf(event) && chunk.writtenAt > job.createdAt;
    isMadeHere ||= !isMade;
    others += isMade ? sizeOf(chunk) : await rewrite(deps, event, place, () => anew(deps, event, place));
    if (isMade && chunk.upTo < since) since = chunk.upTo;
  }
  // Many readers of an index that is not there ask for it at once.
  if (!isMadeHere && before.chunk?.shape === shapeOf(event)) return;
  // Where it is refused, another run that came first has made the same, or those who changed begin where they did.
  await writeChunk(deps, event, RECENT, before, { ...NOBODY, since, upTo: since, others });
}

/** Leaves nothing of an erased person, neither in their chunk nor among those who changed. */
async function dropPerson(deps: Deps, event: Rules, reference: string): Promise<void> {
  let isLost = false;
  for (const place of [chunkOf(reference), RECENT]) {
    // Who makes a chunk where none is may hold the person already: it has to come second. No run begins those who changed with anybody.
    if (place === RECENT && (await deps.people.chunk(event.id, place)).version === 0) continue;
    await rewrite(deps, event, place, async ({ chunk }) => {
      if (chunk !== undefined) return chunk;
      // Nothing can be taken out of what cannot be read. Without shape, those who changed are made anew with all others.
      isLost ||= place === RECENT;
      return place === RECENT ? { ...NOBODY, upTo: '', shape: '' } : anew(deps, event, place);
    });
  }
  if (isLost) await goOn(deps, event, newJob(deps.system, 'make-people', event.id));
}
