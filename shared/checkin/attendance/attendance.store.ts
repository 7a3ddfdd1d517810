import * as z from 'zod';
import type { EventDefinition } from '../../event/event.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import type { CheckInList } from '../check-in-items.schema.ts';
import {
  type CheckInCountId,
  checkInCountKey,
  checkInCountPartition,
  checkInKey,
  countedBy,
} from '../check-in-keys.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { scansOf } from '../list/list.ts';
import { type CheckIn, fromCheckInItem } from '../scan/check-in.store.ts';
import { type Stay, stayOf } from '../scan/passage.ts';
import { ONLINE } from '../scan/scan.ts';
import type { Attendance, Came, TookPart } from './arrivals.ts';

/** As which group and mode a ticket of nobody is counted. */
export const NOBODY = 'unknown';

/** What one device counted; sums over all of a list are exact. */
export const storedCheckInCount = stored(() => ({
  category: field(z.string(), 'impersonal', 'event'),
  mode: field(z.string(), 'impersonal', 'event'),
  /** People who came. It may be below zero where another device counted them first. */
  came: field(z.int(), 'impersonal', 'event'),
  inside: field(z.int(), 'impersonal', 'event'),
}));

/** @throws ZodError when the table holds something else */
export const fromCheckInCountItem = (item: Record<string, unknown>): z.output<ReturnType<typeof storedCheckInCount>> =>
  storedCheckInCount().parse(item);

/** @param expiresAt epoch seconds */
export const addToCount = (
  table: string,
  eventId: string,
  id: CheckInCountId,
  change: { readonly came: number; readonly inside: number },
  expiresAt: number,
): TransactItem => ({
  Update: {
    TableName: table,
    Key: checkInCountKey(eventId, id),
    UpdateExpression: 'SET category = :category, #mode = :mode, expiresAt = :end ADD came :came, inside :inside',
    ExpressionAttributeNames: { '#mode': 'mode' },
    ExpressionAttributeValues: {
      ':category': id.category,
      ':mode': id.mode,
      ':end': expiresAt,
      ':came': change.came,
      ':inside': change.inside,
    },
  },
});

/** How many people of one group and mode came to a list, as far as one device or lane counted them. */
export interface Counted {
  readonly list: string;
  readonly isOnline: boolean;
  readonly category: string;
  readonly mode: string;
  /** It may be below zero where another device counted them first. */
  readonly came: number;
}

/** Milliseconds for which it is remembered: many ask at once when a session ends, and what they are told moves slowly. */
const FRESH = 30_000;

/** Reads what all lists of an event counted: a unit a list, or more where many devices counted on it. */
export function countsMemory({
  client,
  registry: table,
  system: { now },
}: Given<'registry', 'now'>): (
  eventId: string,
  lists: readonly Pick<CheckInList, 'id'>[],
) => Promise<readonly Counted[]> {
  const known = new Map<string, { readonly at: number; readonly counted: Promise<readonly Counted[]> }>();
  return (eventId, lists) => {
    const at = now().getTime();
    const before = known.get(eventId);
    if (before !== undefined && at - before.at < FRESH) return before.counted;
    const counted = Promise.all(lists.map(({ id }) => countedOn(client, table, eventId, id))).then((each) =>
      each.flat(),
    );
    known.set(eventId, { at, counted });
    counted.catch(() => known.delete(eventId));
    return counted;
  };
}

/** What was counted on one list. */
export async function countedOn(
  client: DocumentClient,
  table: string,
  eventId: string,
  list: string,
): Promise<readonly Counted[]> {
  const items = await queryPartition(client, table, checkInCountPartition(eventId, list));
  return items.map((item) => {
    const { category, mode, came } = fromCheckInCountItem(item);
    return { list, isOnline: String(item['sk']).startsWith(countedBy(ONLINE)), category, mode, came };
  });
}

/**
 * The lists on which anybody was scanned at a door: neither a ticket of nobody, nor one that another device took back.
 *
 * @param andOnline also those to which people came online alone
 */
export function scannedOn(
  counted: readonly Counted[],
  andOnline: 'and-online' | undefined = undefined,
): ReadonlySet<string> {
  const sums = new Map<string, number>();
  for (const { list, category, isOnline, came } of counted) {
    if (category !== NOBODY && (andOnline || !isOnline)) sums.set(list, (sums.get(list) ?? 0) + came);
  }
  return new Set([...sums].filter(([, came]) => came > 0).map(([list]) => list));
}

/** How many of each group, or in each way, came at the least: who is on several lists is counted once, on that where most of their group are. */
export function cameAtLeast(
  dimension: 'mode' | 'category',
  counted: readonly Counted[],
  lists: readonly string[],
): Readonly<Record<string, number>> {
  const most: Record<string, number> = {};
  for (const list of lists) {
    const onList: Record<string, number> = {};
    for (const each of counted) {
      if (each.list === list) onList[each[dimension]] = (onList[each[dimension]] ?? 0) + each.came;
    }
    for (const [group, came] of Object.entries(onList)) most[group] = Math.max(most[group] ?? 0, came);
  }
  return most;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly counts: ReturnType<typeof countsMemory>;
  }
}

/** That an attendee came in on a list, in the room or online. */
interface CameIn extends TookPart, Stay {
  readonly list: CheckInList;
}

/**
 * Where an attendee came in, in order of time, and on one day in that of lists where no more is kept of it; whom a door let in and took back
 * did not. All of one ticket is one read.
 *
 * @param before tickets, as hashes, that they had, where what was attended with them may not have followed yet
 */
export async function cameIn(
  client: DocumentClient,
  table: string,
  of: { readonly eventId: string; readonly ticketId: string },
  event: Dated,
  lists: readonly CheckInList[],
  before: readonly string[] = [],
): Promise<readonly CameIn[]> {
  return cameBy(event, await checkInsOf(client, table, of, before), lists);
}

/** How all tickets of an attendee stand, at doors and where things are handed out. */
export async function checkInsOf(
  client: DocumentClient,
  table: string,
  { eventId, ticketId }: { readonly eventId: string; readonly ticketId: string },
  before: readonly string[],
  options?: { readonly consistent: boolean },
): Promise<readonly CheckIn[]> {
  const now = ticketHashOf({ ticketId });
  const read = [now, ...before].map((ticket) =>
    queryPartition(client, table, checkInKey(eventId, ticket, '').pk, options),
  );
  return (await Promise.all(read))
    .flatMap((items) => items.map(fromCheckInItem))
    .filter((checkIn) => checkIn.ticket === now || isStillTheirs(checkIn));
}

type Dated = Parameters<typeof scansOf>[0];

/** Where one came in, by how all of their tickets stand; to a day also by an entrance. */
export function cameBy(event: Dated, theirs: readonly CheckIn[], lists: readonly CheckInList[]): readonly CameIn[] {
  return lists
    .flatMap((list): CameIn[] => {
      const isOf = scansOf(event, list, lists);
      const marks = theirs.flatMap((each) => each.marks.filter((mark) => isOf({ list: each.list, mark })));
      const stay = stayOf(marks, list.passing);
      const counted = theirs.find((checkIn) => checkIn.marks.some(({ scanId }) => scanId === stay?.first.scanId));
      if (stay === undefined || counted === undefined) return [];
      const { mode, category } = counted;
      return [{ list, ...stay, mode: mode === 'online' ? 'online' : 'in-person', category }];
    })
    .sort((a, b) => a.first.correctedAt - b.first.correctedAt);
}

/** Of a former ticket: what names nobody was carried over, or is of a person who found a ticket that admits nobody any more. */
export const isStillTheirs = ({ reference }: Pick<CheckIn, 'reference'>): boolean => reference !== undefined;

/** On which lists an attendee came in. */
export async function whereTheyCame(...about: Parameters<typeof cameIn>): Promise<Came> {
  const came = await cameIn(...about);
  return Object.fromEntries(came.map(({ list, mode, category }) => [list.id, { mode, category }]));
}

/** Where an attendee came, and where anybody did, at doors and online alike. */
type Attending = (
  event: EventDefinition<unknown>,
  registration: Pick<Registration, 'eventId' | 'ticketId'>,
) => Promise<Attendance & { readonly scannedAtDoors: Attendance['scanned'] }>;

/** @param registry its physical name */
export function attending({ client, registry, system }: Given<'registry', 'now'>): Attending {
  const counts = countsMemory({ client, registry, system });
  return async (event, registration) => {
    const { lists } = await readCheckInLists(client, registry, event);
    const [came, counted] = await Promise.all([
      whereTheyCame(client, registry, registration, event, lists),
      counts(event.id, lists),
    ]);
    return { lists, came, scanned: scannedOn(counted, 'and-online'), scannedAtDoors: scannedOn(counted) };
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** Where an attendee came, at doors and online. */
    readonly attending: Attending;
  }
}
