import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { heldScanKey } from '../check-in-keys.ts';
import { type SentScan, type SentWalkIn, sentScan } from '../scan/scans.schema.ts';
import { HELD_PARTS, HELD_STATUSES, type Held } from './hand-over.ts';

const ITEM_VERSION = 1;

/**
 * A scan that waits for a person, as it was told but for the reference of a registration: whose ticket it is is found again when it is
 * to count, and nothing here says it of whoever had everything erased.
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

export interface HeldScan extends Held {
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

interface Holding extends Pick<Held, 'part'> {
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
  status: Held['status'],
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
