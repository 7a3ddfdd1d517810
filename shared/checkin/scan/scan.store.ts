import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { scanKey } from '../check-in-keys.ts';
import { COMPANIONS, type Scan } from './scan.ts';

const ITEM_VERSION = 1;

/** A scan exactly as a device told of it, and when. */
export const storedScan = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    scanId: z.string(),
    list: z.string(),
    ticket: z.string(),
    device: z.string(),
    kind: z.enum(['in', 'out', 'undo']),
    undoes: z.string().optional(),
    reason: z.string().optional(),
    companion: z.enum(COMPANIONS).optional(),
    scannedAt: z.int(),
    correctedAt: z.int(),
    /** By our clock, epoch milliseconds. */
    receivedAt: z.int(),
  }),
);

export const SCAN_USES = {
  v: ['records', 'event'],
  scanId: ['attendance', 'event'],
  list: ['attendance', 'event'],
  ticket: ['attendance', 'event'],
  device: ['attendance', 'event'],
  kind: ['attendance', 'event'],
  undoes: ['attendance', 'event'],
  reason: ['attendance', 'event'],
  companion: ['attendance', 'event'],
  scannedAt: ['attendance', 'event'],
  correctedAt: ['attendance', 'event'],
  receivedAt: ['attendance', 'event'],
} as const satisfies UsesOf<typeof storedScan>;

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
