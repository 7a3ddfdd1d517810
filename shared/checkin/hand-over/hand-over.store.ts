import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { handOverKey, heldScanKey } from '../check-in-keys.ts';
import { type SentScan, type SentWalkIn, sentScan } from '../scan/scans.schema.ts';
import { HAND_OVER_DECISIONS, type HandOver, HELD_PARTS, HELD_STATUSES, type PartState } from './hand-over.ts';

const ITEM_VERSION = 1;

const part = () =>
  z.object({
    statuses: z.object({ open: z.int(), counted: z.int(), 'left-out': z.int(), refused: z.int() }),
    from: z.int(),
    to: z.int(),
    pressed: z.object({ decision: z.enum(HAND_OVER_DECISIONS), by: z.string(), at: z.string() }).optional(),
  });

/** Scans of a phone that wait for a person, as one thing to be looked at: how many, from when to when, and who brought them. */
export const storedHandOver = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  id: field(z.string(), 'records', 'event'),
  device: field(z.string(), 'team', 'event'),
  by: field(z.string().optional(), 'team', 'event'),
  at: field(z.string(), 'team', 'event'),
  entries: field(z.int().optional(), 'records', 'event'),
  isWhole: field(z.boolean(), 'records', 'event'),
  /** What its scans come to, by those that are held, below. */
  parts: field(z.object({ before: part().optional(), after: part().optional() }), 'attendance', 'event'),
  /** Raised with each change: what a conditional write compares. */
  revision: field(z.int(), 'records', 'event'),
}));

export interface StoredHandOver extends HandOver {
  /** 0 where there is none yet. */
  readonly revision: number;
}

/** @throws ZodError when the table holds something else */
export function fromHandOverItem(item: Record<string, unknown>): StoredHandOver {
  const { v: _, ...handOver } = storedHandOver().parse(item);
  return handOver;
}

/** @param handOver with the revision that was read @param expiresAt epoch seconds */
export const putHandOver = (table: string, handOver: StoredHandOver, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...handOverKey(handOver.eventId, handOver.id),
      v: ITEM_VERSION,
      ...handOver,
      revision: handOver.revision + 1,
      expiresAt,
    },
    ...(handOver.revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': handOver.revision } }),
  },
});

/**
 * A scan that waits for a person, as it was told but for the reference of a registration: whose ticket it is is found again when it is
 * to count, and nothing here says it of an attendee who had everything erased.
 */
export const storedHeldScan = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  part: field(z.enum(HELD_PARTS), 'attendance', 'event'),
  status: field(z.enum(HELD_STATUSES), 'attendance', 'event'),
  /** By the phone, epoch milliseconds. */
  at: field(z.int(), 'attendance', 'event'),
  /** Absent once it counts: then it is a scan like any other. */
  scan: field(sentScan.optional(), 'attendance', 'event'),
  walkIn: field(sentScan.unwrap().shape.walkIn, 'person', 'event'),
}));

export interface HeldScan extends PartState {
  readonly scanId: string;
  /** What is brought in where it is to count. */
  readonly told?: SentScan | undefined;
}

/** @throws ZodError when the table holds something else */
export function fromHeldScanItem(item: Record<string, unknown>): HeldScan {
  const { v: _, scan, walkIn, ...held } = storedHeldScan().parse(item);
  const told = scan && { ...scan, ...(walkIn && { walkIn }) };
  return { ...held, scanId: String(item['sk']), told };
}

interface Holding extends Pick<PartState, 'part'> {
  readonly eventId: string;
  readonly handOver: string;
}

/** @param expiresAt epoch seconds */
export const putHeldScan = (
  table: string,
  { eventId, handOver, part }: Holding,
  { walkIn, reference: _, ...scan }: SentScan,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...heldScanKey(eventId, handOver, scan.scanId),
      ...{ v: ITEM_VERSION, part, status: 'open', at: scan.correctedAt, scan, expiresAt },
      ...(walkIn && { walkIn: walkIn satisfies SentWalkIn }),
    },
  },
});

/** Of one that counts nothing is left but that it did. */
export const changeHeldScan = (
  table: string,
  { eventId, handOver }: Omit<Holding, 'part'>,
  scanId: string,
  status: PartState['status'],
): TransactItem => ({
  Update: {
    TableName: table,
    Key: heldScanKey(eventId, handOver, scanId),
    UpdateExpression: `SET #status = :status${status === 'counted' ? ' REMOVE #scan, walkIn' : ''}`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#status': 'status', ...(status === 'counted' && { '#scan': 'scan' }) },
    ExpressionAttributeValues: { ':status': status },
  },
});
