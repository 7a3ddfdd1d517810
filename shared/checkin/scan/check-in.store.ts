import * as z from 'zod';
import { NOT_THERE } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { checkInKey, scanKey } from '../check-in-keys.ts';
import { type Marks, marksFromTexts, marksToTexts } from '../check-in-marks.ts';
import { type Scan, storedScan } from './scans.schema.ts';

/** 1 had its doubts beside its marks. */
const ITEM_VERSION = 2;

/** How one ticket stands on one list: all marks of its scans, whatever device made them. */
export const storedCheckIn = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  list: field(z.string(), 'attendance', 'event'),
  /** `ticketHash`, base64url. */
  ticket: field(z.string(), 'attendance', 'event'),
  /** With their doubts, in some 42 bytes each: see `marksToTexts`. */
  marks: field(z.array(z.string()), 'attendance', 'minutes'),
  /** Whose ticket it is, as far as we know. */
  reference: field(z.string().optional(), 'attendance', 'event'),
  /** Under which they were counted first: what changes later changes no count. */
  category: field(z.string(), 'attendance', 'event'),
  mode: field(z.string(), 'attendance', 'event'),
  /** Raised with each scan: what a conditional write compares. 0 where there is none yet. */
  revision: field(z.int(), 'records', 'event'),
  /** ISO 8601: an attribute of this name is the key of an index, and text wherever it is. */
  changedAt: field(z.string(), 'attendance', 'minutes'),
}));
export interface CheckIn extends Omit<Output<typeof storedCheckIn>, 'v' | 'changedAt' | 'marks'>, Marks {}

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
      ? { ConditionExpression: NOT_THERE }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': checkIn.revision } }),
  },
});

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
    Item: { ...scanKey(eventId, scan.scanId), v: 1, ...scan, receivedAt, expiresAt },
    ConditionExpression: NOT_THERE,
  },
});
