import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { checkInKey, scanKey } from '../check-in-keys.ts';
import { type Marks, marksFromTexts, marksToTexts } from '../check-in-marks.ts';
import { COMPANIONS, type Scan, type ScanMark } from './scan.ts';

/** 1 had its doubts beside its marks. */
const ITEM_VERSION = 2;

/** How one ticket stands on one list: all marks of its scans, whatever device made them. */
export interface CheckIn {
  readonly eventId: string;
  readonly list: string;
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  readonly marks: readonly ScanMark[];
  /** Scans that were let pass although we would not have, and why. */
  readonly doubts: Marks['doubts'];
  /** Whose ticket it is, as far as we know. */
  readonly reference?: string | undefined;
  /** Under which they were counted first: what changes later changes no count. */
  readonly category: string;
  readonly mode: string;
  /** Raised with each scan: what a conditional write compares. 0 where there is none yet. */
  readonly revision: number;
}

export const storedCheckIn = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  list: field(z.string(), 'attendance', 'event'),
  ticket: field(z.string(), 'attendance', 'event'),
  /** With their doubts, in some 42 bytes each: see `marksToTexts`. */
  marks: field(z.array(z.string()), 'attendance', 'event'),
  reference: field(z.string().optional(), 'attendance', 'event'),
  category: field(z.string(), 'attendance', 'event'),
  mode: field(z.string(), 'attendance', 'event'),
  revision: field(z.int(), 'records', 'event'),
  /** ISO 8601: an attribute of this name is the key of an index, and text wherever it is. */
  changedAt: field(z.string(), 'records', 'event'),
}));

/** @throws ZodError when the table holds something else */
export function fromCheckInItem(item: Record<string, unknown>): CheckIn {
  const { v: _, changedAt: __, marks, ...checkIn } = storedCheckIn().parse(item);
  return { ...checkIn, ...marksFromTexts(marks) };
}

/**
 * @param checkIn with the revision that was read
 * @param changedAt epoch milliseconds
 * @param expiresAt epoch seconds
 */
export const putCheckIn = (
  table: string,
  { marks, doubts, ...checkIn }: CheckIn,
  changedAt: number,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...checkInKey(checkIn.eventId, checkIn.ticket, checkIn.list),
      v: ITEM_VERSION,
      ...checkIn,
      marks: marksToTexts({ marks, doubts }),
      revision: checkIn.revision + 1,
      changedAt: new Date(changedAt).toISOString(),
      expiresAt,
    },
    ...(checkIn.revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': checkIn.revision } }),
  },
});

const SCAN_VERSION = 1;

/** A scan exactly as a device told of it, and when. */
export const storedScan = stored(() => ({
  v: field(z.literal(SCAN_VERSION), 'records', 'event'),
  scanId: field(z.string(), 'attendance', 'event'),
  list: field(z.string(), 'attendance', 'event'),
  ticket: field(z.string(), 'attendance', 'event'),
  device: field(z.string(), 'attendance', 'event'),
  kind: field(z.enum(['in', 'out', 'undo']), 'attendance', 'event'),
  undoes: field(z.string().optional(), 'attendance', 'event'),
  reason: field(z.string().optional(), 'attendance', 'event'),
  companion: field(z.enum(COMPANIONS).optional(), 'attendance', 'event'),
  scannedAt: field(z.int(), 'attendance', 'event'),
  correctedAt: field(z.int(), 'attendance', 'event'),
  /** By our clock, epoch milliseconds. */
  receivedAt: field(z.int(), 'attendance', 'event'),
}));

/** @throws ZodError when the table holds something else */
export function fromScanItem(item: Record<string, unknown>): Scan & { readonly receivedAt: number } {
  const { v: _, ...scan } = storedScan().parse(item);
  return scan;
}

/** A scan is written once and never changed. @param expiresAt epoch seconds */
export const putScan = (
  table: string,
  eventId: string,
  scan: Scan,
  receivedAt: number,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...scanKey(eventId, scan.scanId), v: SCAN_VERSION, ...scan, receivedAt, expiresAt },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
