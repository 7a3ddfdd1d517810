import { isDeepStrictEqual } from 'node:util';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { inParts, PARTS, type Stamped, WRITES_END } from '../../event/publish/retention.case.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import { fromRegistrationItem, putRegistration } from '../../registration/registration.store.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { checkInCountPartition, checkInKey } from '../check-in-keys.ts';
import { marksToTexts } from '../check-in-marks.ts';
import { fromHandOverItem, fromHeldScanItem } from '../held-scans/held-scans.store.ts';
import { fromCheckInDoubtItem } from '../review/decision.store.ts';
import { fromCheckInFeedItem, type SharedMark, sharedMarkToText } from '../roster/check-in-feed.store.ts';
import { fromCheckInItem, fromScanItem } from '../scan/check-in.store.ts';
import { LANES } from '../scan/keep-scan.case.ts';
import { ONLINE } from '../scan/scan.ts';
import { onlineLane, stepOfLane } from './arrivals.ts';
import { addToCount, fromCheckInCountItem } from './attendance.store.ts';
import { overwriteAttendance } from './keep-attendance.case.ts';
import {
  areMinutesOver,
  isWithoutMinute,
  minutesKept,
  type NoonOf,
  noonsIn,
  scanWithoutMinutes,
  withoutMinutes,
} from './minutes.ts';

/*
 * Thirty days after an event, all that is kept of who came and left says the day, and not the minute. The table is gone through part by part, as
 * where its end moves; what has no minutes is passed over, so that it may be stopped anywhere, and be done twice. What a phone brings in later
 * is kept without them (`keep-scan.case.ts`).
 */

type Deps = Needs<'attendanceIndex' | 'client' | 'digestWriter' | 'jobs' | 'readRules' | 'registry' | 'system'>;
type Rules = EventDefinition<string>;
type Item = Readonly<Record<string, unknown>>;

/** Milliseconds after which one run leaves the rest to another: it must end well within the function's 30 seconds. */
const TIME = 12_000;
const AT_ONCE = 25;

/**
 * Leaves no minute of events that were over for long, those of before included. Who writes with minutes while they end is waited for. Events
 * of which all is forgotten are passed over.
 */
export async function forgetMinutes(deps: Deps): Promise<void> {
  const { digestWriter, readRules, system } = deps;
  const begun = system.now().getTime();
  const hasTime = () => system.now().getTime() - begun < TIME;
  for (const eventId of await digestWriter.events()) {
    if (!hasTime()) return;
    try {
      const event = await readRules(eventId);
      if (event === undefined || !areMinutesOver(minutesKept(event), begun - WRITES_END)) continue;
      await forgetMinutesOf(deps, event, hasTime);
    } catch (error) {
      logger.error('minutes not forgotten', { error, eventId });
    }
  }
}

/** Indexes come last: that of people is made of their registrations, and that of attendance of what was told. */
const forgetMinutesOf = (deps: Deps, event: Rules, hasTime: () => boolean): Promise<Stamped> => {
  const { id: eventId, version } = event;
  const { until, timeZone } = minutesKept(event);
  const work = { eventId, version, progress: 'minuteParts', most: PARTS + 2 } as const;
  const of = { eventId, until, noonOf: noonsIn(timeZone), now: deps.system.now() };
  return inParts(work, deps, hasTime, async (part) => {
    if (part < PARTS) return forgetPart(deps, of, part, hasTime);
    if (part > PARTS) return { changed: 0, isWhole: await overwriteAttendance(deps, event) };
    await deps.jobs.add(newJob(deps.system, 'make-people', eventId), retentionEnd(event));
    return { changed: 0, isWhole: true };
  });
};

interface Forgetting {
  readonly eventId: string;
  /** Until when minutes were kept, epoch milliseconds. */
  readonly until: number;
  readonly noonOf: NoonOf;
  readonly now: Date;
}

async function forgetPart(deps: Deps, of: Forgetting, part: number, hasTime: () => boolean): Promise<Stamped> {
  let changed = 0;
  const scan = { ...scanFor(deps.registry, of.eventId), Segment: part, TotalSegments: PARTS };
  for await (const { Items = [] } of paginateScan({ client: deps.client }, scan)) {
    for (let from = 0; from < Items.length; from += AT_ONCE) {
      if (!hasTime()) return { changed, isWhole: false };
      const some = Items.slice(from, from + AT_ONCE);
      const writes = await writesFor(deps, of, some);
      const written = await Promise.all(writes.map((write) => transact(deps.client, write, deps.system)));
      // What changed since it was read is read anew by the next run.
      if (written.some((refusals) => refusals.length > 0)) return { changed, isWhole: false };
      changed += writes.length;
    }
  }
  return { changed, isWhole: true };
}

/** Partitions that begin so, and those that are called so. */
const placesOf = (eventId: string) => ({
  begin: ['CHECK-IN', 'SCAN', 'HELD-SCAN', 'CHECK-IN-COUNT', 'CHECK-IN-FEED', 'REGISTRATION', 'NOTES'].map(
    (kind) => `${kind}#${eventId}#`,
  ),
  are: ['CHECK-IN-FEED', 'CHECK-IN-DOUBT', 'HAND-OVER', 'DEVICE'].map((kind) => `${kind}#${eventId}`),
});

function scanFor(TableName: string, eventId: string) {
  const { begin, are } = placesOf(eventId);
  const values = [...begin, ...are];
  const places = values.map((_, n) => (n < begin.length ? `begins_with(pk, :pk${n})` : `pk = :pk${n}`));
  return {
    TableName,
    FilterExpression: places.join(' OR '),
    ExpressionAttributeValues: Object.fromEntries(values.map((pk, n) => [`:pk${n}`, pk])),
    ConsistentRead: true,
  };
}

/** What is to be written for each of some items that has minutes still: one transaction each. */
async function writesFor(
  { client, registry, system }: Deps,
  of: Forgetting,
  items: readonly Item[],
): Promise<readonly (readonly TransactItem[])[]> {
  const { eventId, noonOf } = of;
  const told = items.flatMap((item) => {
    try {
      return kindOf(item) === 'CHECK-IN-FEED' ? withMinutes(item, of) : [];
    } catch {
      // It is said below of which item.
      return [];
    }
  });
  const standsAt = ({ ticket, list }: SharedMark): ItemKey => checkInKey(eventId, ticket, list);
  const keys = new Map(told.map(standsAt).map((key) => [`${key.pk} ${key.sk}`, key]));
  const find = await batchGet(client, registry, [...keys.values()], system, true);
  const inDays = (shared: SharedMark): SharedMark => {
    const stands = find(standsAt(shared));
    const marks = stands === undefined ? [shared.mark] : fromCheckInItem(stands).marks;
    const mark = withoutMinutes(marks, noonOf).find(({ scanId }) => scanId === shared.mark.scanId);
    return { ...shared, mark: mark ?? { ...shared.mark, correctedAt: noonOf(shared.mark.correctedAt) } };
  };
  return items.flatMap((item) => {
    try {
      const write = WRITES[kindOf(item)]?.(item, { ...of, table: registry, inDays });
      return write === undefined ? [] : [write];
    } catch (error) {
      // What nobody can read keeps none of the others with their minutes.
      logger.error('minutes not read', { error, eventId, kind: kindOf(item) });
      return [];
    }
  });
}

const kindOf = (item: Item): string => keyOf(item).pk.split('#')[0] ?? '';

const keyOf = (item: Item): ItemKey => ({ pk: String(item['pk']), sk: String(item['sk']) });

interface Writing extends Forgetting {
  readonly table: string;
  /** What was told of a scan, by the day, as its ticket's scans have it. */
  readonly inDays: (shared: SharedMark) => SharedMark;
}

/** By the first word of the partition: what is written; nothing where no minute is left. */
const WRITES: Readonly<Record<string, (item: Item, writing: Writing) => readonly TransactItem[] | undefined>> = {
  'CHECK-IN': (item, { table, noonOf }) => {
    const { marks, doubts, revision } = fromCheckInItem(item);
    const days = {
      marks: marksToTexts({ marks: withoutMinutes(marks, noonOf), doubts }),
      changedAt: isoNoon(item['changedAt'], noonOf),
    };
    return isAsKept(item, days) ? undefined : [set(table, item, { ...days, revision: revision + 1 }, ['revision'])];
  },

  SCAN: (item, { table, noonOf }) => {
    const { receivedAt, ...scan } = fromScanItem(item);
    const { scannedAt, correctedAt } = scanWithoutMinutes(scan, noonOf);
    return ifOther(table, item, { scannedAt, correctedAt, receivedAt: noonOf(receivedAt) }, 'by');
  },

  'CHECK-IN-FEED': (item, of) => {
    if (withMinutes(item, of).length === 0) return undefined;
    const { table, inDays } = of;
    const marks = fromCheckInFeedItem(item).map(inDays).map(sharedMarkToText);
    const { pk, sk } = keyOf(item);
    const place = placeInDays(sk, of);
    if (place === sk) return ifOther(table, item, { marks });
    return [
      { Delete: { TableName: table, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' } },
      { Put: { TableName: table, Item: { ...item, sk: place, marks } } },
    ];
  },

  'CHECK-IN-DOUBT': (item, { table, noonOf }) =>
    ifOther(table, item, { since: noonOf(fromCheckInDoubtItem(item).since) }),

  'HELD-SCAN': (item, { table, noonOf }) => {
    const { at, told } = fromHeldScanItem(item);
    if (told === undefined) return ifOther(table, item, { at: noonOf(at) });
    const { scannedAt, correctedAt } = scanWithoutMinutes(told, noonOf);
    return ifOther(table, item, { at: noonOf(at), scan: { ...(item['scan'] as object), scannedAt, correctedAt } });
  },

  'HAND-OVER': (item, { table, noonOf }) => {
    const { parts, revision } = fromHandOverItem(item);
    const days = Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, { ...part, from: noonOf(part.from), to: noonOf(part.to) }]),
    );
    if (isDeepStrictEqual(days, parts)) return undefined;
    return [set(table, item, { parts: days, revision: revision + 1 }, ['revision'])];
  },

  // A ticket at a door shows whose it is, and who walks in is registered there: both say when that was. Of the change itself, now is said.
  REGISTRATION: (item, { table, noonOf, now }) => {
    const before = fromRegistrationItem(item);
    const { proven, submittedAt, walkIn } = before;
    const isAtDoor = walkIn !== undefined || proven?.how === 'ticket';
    const days = {
      ...(proven && isAtDoor && { proven: { ...proven, at: isoNoon(proven.at, noonOf) } }),
      ...(walkIn && { submittedAt: isoNoon(submittedAt, noonOf) }),
    };
    if (isDeepStrictEqual({ ...before, ...days }, before)) return undefined;
    return [putRegistration(table, before, changed(before, days, now), Number(item['expiresAt']), 'system')];
  },

  // Notes on people are kept for as long as minutes.
  NOTES: (item, { table }) => [{ Delete: { TableName: table, Key: keyOf(item) } }],

  // Of a phone that was shut out: without its newest scan, all that it sends is for a person.
  DEVICE: (item, { table }) => {
    if (item['newestBrought'] === undefined) return undefined;
    const UpdateExpression = 'REMOVE newestBrought';
    return [
      { Update: { TableName: table, Key: keyOf(item), UpdateExpression, ConditionExpression: 'attribute_exists(pk)' } },
    ];
  },

  // Who joined online is counted by the five minutes in which they did, often one of a group.
  'CHECK-IN-COUNT': (item, { table, noonOf, eventId }) => {
    const { pk, sk } = keyOf(item);
    const [device, before, category = '', mode = ''] = sk.split('#');
    if (device !== ONLINE) return undefined;
    const lane = onlineLane(noonOf(stepOfLane(Number(before), LANES)), Number(before) % LANES, LANES);
    if (lane === Number(before)) return undefined;
    const { came, inside } = fromCheckInCountItem(item);
    const list = pk.slice(checkInCountPartition(eventId, '').length);
    const id = { list, device, lane, category, mode };
    return [
      {
        Delete: {
          TableName: table,
          Key: { pk, sk },
          ConditionExpression: 'came = :came AND inside = :inside',
          ExpressionAttributeValues: { ':came': came, ':inside': inside },
        },
      },
      addToCount(table, eventId, id, { came, inside }, Number(item['expiresAt'])),
    ];
  },
};

/** Marks of what was told, where any of them, or when it was, has a minute still. */
function withMinutes(item: Item, of: Forgetting): readonly SharedMark[] {
  const { sk } = keyOf(item);
  const marks = fromCheckInFeedItem(item);
  const isDone = placeInDays(sk, of) === sk && marks.every(({ mark }) => isWithoutMinute(mark, of.noonOf));
  return isDone ? [] : marks;
}

/** What was told later was brought in then: when that was is nobody's attendance, and readers follow by it. */
function placeInDays(sk: string, { noonOf, until }: Forgetting): string {
  const [at = '', ...rest] = sk.split('#');
  return Date.parse(at) >= until ? sk : [isoNoon(at, noonOf), ...rest].join('#');
}

const isoNoon = (at: unknown, noonOf: NoonOf): string => new Date(noonOf(Date.parse(String(at)))).toISOString();

type Values = Readonly<Record<string, unknown>>;

const isAsKept = (item: Item, values: Values): boolean =>
  Object.entries(values).every(([name, value]) => isDeepStrictEqual(item[name], value));

/** Nothing where the item has these values, and not what is to be left out. */
function ifOther(table: string, item: Item, values: Values, leftOut?: string): readonly TransactItem[] | undefined {
  const without = leftOut !== undefined && item[leftOut] !== undefined ? leftOut : undefined;
  if (without === undefined && isAsKept(item, values)) return undefined;
  return [set(table, item, values, Object.keys(values), without)];
}

/** @param compared attributes that must be as they were read @param without one that is removed */
function set(table: string, item: Item, values: Values, compared: readonly string[], without?: string): TransactItem {
  const names = [...new Set([...Object.keys(values), ...compared, ...(without === undefined ? [] : [without])])];
  return {
    Update: {
      TableName: table,
      Key: keyOf(item),
      UpdateExpression: `SET ${Object.keys(values)
        .map((name) => `#${name} = :${name}`)
        .join(', ')}${without === undefined ? '' : ` REMOVE #${without}`}`,
      ConditionExpression: compared.map((name) => `#${name} = :was_${name}`).join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries([
        ...Object.entries(values).map(([name, value]) => [`:${name}`, value]),
        ...compared.map((name) => [`:was_${name}`, item[name]]),
      ]),
    },
  };
}
