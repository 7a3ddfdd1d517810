import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
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
export const storedHandOver = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    eventId: z.string(),
    id: z.string(),
    device: z.string(),
    by: z.string().optional(),
    at: z.string(),
    entries: z.int().optional(),
    isWhole: z.boolean(),
    /** What its scans come to, by those that are held: `held-scan.store.ts`. */
    parts: z.object({ before: part().optional(), after: part().optional() }),
    /** Raised with each change: what a conditional write compares. */
    revision: z.int(),
  }),
);

export const HAND_OVER_USES = {
  v: ['records', 'event'],
  eventId: ['records', 'event'],
  id: ['records', 'event'],
  device: ['team', 'event'],
  by: ['team', 'event'],
  at: ['team', 'event'],
  entries: ['records', 'event'],
  isWhole: ['records', 'event'],
  parts: ['attendance', 'event'],
  revision: ['records', 'event'],
} as const satisfies UsesOf<typeof storedHandOver>;

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
