import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { count, logger } from '../../kernel/log.store.ts';
import { METRICS } from '../../kernel/metrics.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import { eventAt } from '../../registration/people/people.case.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import type { SharedMark } from '../roster/check-in-feed.store.ts';
import {
  type AttendanceChunk,
  addMark,
  type MarksByTicket,
  RECENT_MARKS,
  settledAt,
  sizeOf,
  TICKET_PARTS,
  ticketPart,
} from './attendance-index.store.ts';

/*
 * The index of an event's attendance: what phones told of scans and who joined online, in a chunk for each of 32 parts of all tickets, and
 * one of what was told since these were written. It is written by the size of what was told, never by time. Marks are facts, so that to add
 * one twice is as good as once: whatever a run leaves off, the next one does.
 */

type Deps = Needs<'attendanceIndex' | 'client' | 'readRules' | 'registry' | 'system'>;
type Rules = EventDefinition<string>;

/** Milliseconds after which a minute begins with no further event, and the event that it is at is left to the next minute. */
const MINUTE_TIME = 10_000;
/** Marks that are taken in between two writings: some 8 MB. */
const MOST_TOLD = 40_000;
/** More of them than the others hold a sixteenth of are laid to these; some 20 bytes each, and an item holds 400 KB. */
const FEWEST_RECENT = 200;
const MOST_RECENT = 10_000;
const mostRecent = (others: number): number => Math.min(MOST_RECENT, Math.max(FEWEST_RECENT, others / 16));
/** A mark in so many is written with the recent ones: they take a write unit for fifty. */
const WRITTEN_WITH = 50;

/** Until when all that was told of an event was looked at; how many of it are too few to be written yet, and with how many they would be. */
interface Kept {
  readonly upTo: string;
  readonly waiting: number;
  readonly size: number;
}

/** The same of each event, as far as an instance knows. */
type AttendanceUpTo = Map<string, Kept>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly attendanceUpTo: AttendanceUpTo;
  }
}

/**
 * Brings the index of each event up to date for which enough was scanned: of an event that is not noted as changed it asks nothing. Where
 * there is no index, or it was lost, it is made from all that was told. Events for which there is no time are left to the next minute.
 */
export async function indexAttendance(deps: Deps & Needs<'attendanceUpTo' | 'changedEvents'>): Promise<void> {
  const { attendanceUpTo, changedEvents, system } = deps;
  const begun = system.now().getTime();
  const hasTime = () => system.now().getTime() - begun < MINUTE_TIME;
  for (const noted of await changedEvents.of('attendance')) {
    if (!hasTime()) return;
    const { eventId } = noted;
    try {
      const upTo = await keepAttendance(deps, eventId, hasTime, attendanceUpTo.get(eventId));
      if (upTo === undefined) {
        attendanceUpTo.delete(eventId);
        continue;
      }
      attendanceUpTo.set(eventId, upTo);
      await changedEvents.settle('attendance', noted);
    } catch (error) {
      attendanceUpTo.delete(eventId);
      logger.error('attendance not indexed', { error, eventId });
    }
  }
}

/**
 * Takes in what was told.
 *
 * @param known what was so when this was done last
 * @returns until when all was looked at; nothing where nobody knows
 */
export async function keepAttendance(
  deps: Deps,
  eventId: string,
  hasTime: () => boolean,
  known?: Kept,
): Promise<Kept | undefined> {
  const { attendanceIndex: index, system } = deps;
  if (known !== undefined && (await isQuiet(deps, eventId, known))) return known;
  const event = await deps.readRules(eventId);
  while (event !== undefined) {
    const kept = await deps.attendanceIndex.chunk(eventId, RECENT_MARKS);
    const before = kept.chunk;
    const marks = new Map([...(before?.marks ?? [])].map(([ticket, each]) => [ticket, [...each]]));
    const size = sizeOf(marks);
    const looked = settledAt(system.now(), system.now().toISOString());
    const { told, upTo, isWhole } = await since(deps, event, before?.upTo ?? '');
    const fresh = told.filter((each) => addMark(marks, each)).length;
    const isLittle = fresh * WRITTEN_WITH < size;
    if (fresh === 0 || (isLittle && isWhole)) return { upTo: looked, waiting: fresh, size };
    const all = { event, marks, told, upTo, before };
    const next = size + fresh > mostRecent(before?.others ?? 0) ? await layDown(deps, all) : { ...before, marks };
    const chunk = { since: '', ...next, upTo, writtenAt: system.now().toISOString() };
    const isWritten = await index.write(eventId, RECENT_MARKS, kept, chunk, retentionEnd(event));
    // Another run that came first does what is left, and the next minute the rest.
    if (!isWritten || !hasTime()) return undefined;
    if (isWhole) return { upTo: looked, waiting: 0, size: sizeOf(chunk.marks) };
  }
  // There is no such event any more, and nothing to keep.
  return { upTo: '', waiting: 0, size: 0 };
}

/** Whether nothing was told since, or too little to be written: what waits costs no look at the index each minute. */
async function isQuiet({ attendanceIndex }: Deps, eventId: string, { upTo, waiting, size }: Kept) {
  let all = waiting;
  for await (const { told } of attendanceIndex.told(eventId, upTo, false)) {
    all += told.length;
    if (told.length > 0 && all * WRITTEN_WITH >= size) return false;
  }
  return true;
}

type Told = SharedMark & { readonly at: string };

/** What was told after an instant, as much as is taken in at once, and how far that reaches. */
async function since({ attendanceIndex, client, registry, system }: Deps, event: Rules, from: string) {
  const told: Told[] = [];
  if (from === '') {
    const { lists } = await readCheckInLists(client, registry, event);
    const joined = lists.filter(({ place }) => place.kind === 'session').map(({ id }) => id);
    for (const mark of await attendanceIndex.toldBefore(event.id, joined)) told.push({ ...mark, at: '' });
  }
  for await (const page of attendanceIndex.told(event.id, from, true)) {
    told.push(...page.told);
    const upTo = settledAt(system.now(), page.upTo);
    if (told.length >= MOST_TOLD && upTo > from) return { told, upTo, isWhole: false };
  }
  const upTo = settledAt(system.now(), told.at(-1)?.at || from);
  return { told, upTo: upTo > from ? upTo : from, isWhole: true };
}

interface ToLay {
  readonly event: Rules;
  readonly marks: MarksByTicket;
  readonly told: readonly Told[];
  readonly upTo: string;
  readonly before: AttendanceChunk | undefined;
}

/** Lays marks to the chunks that they belong to. @returns what is left of the recent ones: what will be told again */
async function layDown(deps: Deps, { event, marks, told, upTo, before }: ToLay) {
  const isNew = (before?.since ?? '') === '';
  const sizes = TICKET_PARTS.map((place) => layTo(deps, event, { place, marks, upTo, isNew }));
  const others = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  const again: MarksByTicket = new Map();
  for (const each of told) if (each.at > upTo) addMark(again, each);
  return { marks: again, others, since: upTo };
}

/** @returns how many marks the chunk holds */
function layTo(
  deps: Deps,
  event: Rules,
  { place, marks, upTo, isNew }: Pick<ToLay, 'marks' | 'upTo'> & { readonly place: string; readonly isNew: boolean },
): Promise<number> {
  const { attendanceIndex: index, system } = deps;
  return untilWritten(system, async () => {
    const kept = await index.chunk(event.id, place);
    const { chunk } = kept;
    const own = chunk?.marks ?? (isNew ? new Map() : await marksAt(deps, event.id, new Set([place])));
    for (const [ticket, some] of marks) if (ticketPart(ticket) === place) for (const each of some) addMark(own, each);
    const furthest = chunk !== undefined && chunk.upTo > upTo ? chunk.upTo : upTo;
    const next = { marks: own, upTo: furthest, writtenAt: system.now().toISOString() };
    return (await index.write(event.id, place, kept, next, retentionEnd(event))) ? sizeOf(own) : undefined;
  });
}

/** Where the chunks stand where nothing has a time: an empty one says that there are none. */
const BEFORE_ALL = '0';

/** All marks of the tickets of some places, from everything that was told. */
export async function marksAt(
  { attendanceIndex }: Needs<'attendanceIndex'>,
  eventId: string,
  places: ReadonlySet<string>,
): Promise<MarksByTicket> {
  const marks: MarksByTicket = new Map();
  for await (const { told } of attendanceIndex.told(eventId, '', true)) {
    for (const each of told) if (places.has(ticketPart(each.ticket))) addMark(marks, each);
  }
  return marks;
}

/**
 * Overwrites the whole index by all that was told, and leaves nothing in it of what it said before.
 *
 * @returns whether it did: not where another run wrote meanwhile
 */
export async function overwriteAttendance(deps: Omit<Deps, 'readRules'>, event: Rules): Promise<boolean> {
  const { attendanceIndex: index, client, registry, system } = deps;
  const recent = await deps.attendanceIndex.chunk(event.id, RECENT_MARKS);
  const parts = new Map(TICKET_PARTS.map((place): [string, MarksByTicket] => [place, new Map()]));
  const add = (each: SharedMark): void => void addMark(parts.get(ticketPart(each.ticket)) ?? new Map(), each);
  const { lists } = await readCheckInLists(client, registry, event);
  const before = await index.toldBefore(
    event.id,
    lists.map(({ id }) => id),
  );
  for (const each of before) add(each);
  let last = '';
  for await (const page of index.told(event.id, '', true)) {
    for (const each of page.told) add(each);
    last = page.upTo;
  }
  const others = [...parts.values()].reduce((sum, marks) => sum + sizeOf(marks), 0);
  if (recent.version === 0 && others === 0) return true;
  const upTo = settledAt(system.now(), last) || BEFORE_ALL;
  const written = { upTo, writtenAt: system.now().toISOString() };
  for (const [place, marks] of parts) {
    const kept = await deps.attendanceIndex.chunk(event.id, place);
    if (!(await index.write(event.id, place, kept, { ...written, marks }, retentionEnd(event)))) return false;
  }
  const none = { ...written, marks: new Map(), since: upTo, others };
  return index.write(event.id, RECENT_MARKS, recent, none, retentionEnd(event));
}

/** Has the index made anew from all that was told, in the minutes that follow; what a run after the job began is left as it is. */
export async function resetAttendance(
  deps: Needs<'attendanceIndex' | 'changedEvents' | 'readRules' | 'system'>,
  { eventId, createdAt }: Pick<Job, 'eventId' | 'createdAt'>,
) {
  const event = await deps.readRules(eventId);
  const kept = await deps.attendanceIndex.chunk(eventId, RECENT_MARKS);
  if (event === undefined || kept.version === 0 || (kept.chunk?.writtenAt ?? '') > createdAt) return;
  const nothing = { marks: new Map(), upTo: '', since: '', writtenAt: deps.system.now().toISOString() };
  await deps.attendanceIndex.write(eventId, RECENT_MARKS, kept, nothing, retentionEnd(event));
  await deps.changedEvents.note('attendance', eventId);
}

type CompareDeps = Deps & Needs<'attendanceUpTo' | 'changedEvents' | 'digestWriter' | 'timeZones'>;

/** Milliseconds for which scans that came late are looked for. */
const COMPARED = 3 * 24 * 3_600_000;
/** Local time at an event in the quarter of an hour after which its index is compared. */
const NIGHT = '03:00';
const NIGHT_ENDS = '03:15';

/**
 * At night, looks whether the index has all that was told of events where anyone was scanned in these days. Where it has not, that is
 * counted, and the index made anew.
 */
export async function compareAttendance(deps: CompareDeps): Promise<void> {
  const { attendanceIndex: index, digestWriter, system } = deps;
  for (const eventId of await digestWriter.recent()) {
    try {
      const event = await eventAt(deps, eventId, (time) => time >= NIGHT && time < NIGHT_ENDS);
      if (event === undefined) continue;
      const find = await index.chunks(eventId, [RECENT_MARKS, ...TICKET_PARTS], false);
      const recent = find(RECENT_MARKS).chunk;
      if (recent === undefined || Date.parse(recent.writtenAt) < system.now().getTime() - COMPARED) continue;
      const marks = new Map(recent.marks);
      for (const place of TICKET_PARTS) {
        for (const some of find(place).chunk?.marks.values() ?? []) for (const each of some) addMark(marks, each);
      }
      let differences = 0;
      for await (const { told } of index.told(eventId, '', true)) {
        differences += told.filter((each) => each.at <= recent.upTo && addMark(marks, each)).length;
      }
      if (differences === 0) continue;
      logger.warn('the index of attendance differs', { eventId, differences });
      count(METRICS.peopleDiffer, differences);
      await resetAttendance(deps, { eventId, createdAt: system.now().toISOString() });
      deps.attendanceUpTo.delete(eventId);
    } catch (error) {
      logger.error('attendance not compared', { error, eventId });
    }
  }
}
