import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { handOverKey } from '../check-in-keys.ts';
import { HAND_OVER_DECISIONS, type HandOver } from './hand-over.ts';

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
  /** What its scans come to, by those that are held: `held-scan.store.ts`. */
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
