import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { scanKey } from '../check-in-keys.ts';
import { COMPANIONS, type Scan } from './scan.ts';

const ITEM_VERSION = 1;

/** A scan exactly as a device told of it, and when. */
export const storedScan = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
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
    Item: { ...scanKey(eventId, scan.scanId), v: ITEM_VERSION, ...scan, receivedAt, expiresAt },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
