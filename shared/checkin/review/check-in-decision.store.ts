import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { checkInDecisionKey } from '../check-in-keys.ts';
import { DECISIONS, type Decision } from './decision.ts';

const ITEM_VERSION = 1;

/** What a person decided on scans: written once and never changed. */
export const storedCheckInDecision = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    list: z.string(),
    ticket: z.string(),
    decision: z.enum(DECISIONS),
    note: z.string().optional(),
    scans: z.array(z.string()),
    at: z.string(),
    by: z.string(),
  }),
);

export const CHECK_IN_DECISION_USES = {
  v: ['records', 'event'],
  list: ['attendance', 'event'],
  ticket: ['attendance', 'event'],
  decision: ['attendance', 'event'],
  note: ['attendance', 'event'],
  scans: ['attendance', 'event'],
  at: ['attendance', 'event'],
  by: ['team', 'event'],
} as const satisfies UsesOf<typeof storedCheckInDecision>;

/** @throws ZodError when the table holds something else */
export function fromCheckInDecisionItem(item: Record<string, unknown>): Decision {
  const { v: _, ...decision } = storedCheckInDecision().parse(item);
  return decision;
}

/**
 * Adds a decision after those that were read; refused where somebody else added one meanwhile.
 *
 * @param number how many there were on this ticket and list
 * @param expiresAt epoch seconds
 */
export const addCheckInDecision = (
  table: string,
  eventId: string,
  decision: Decision,
  number: number,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...checkInDecisionKey({ eventId, ...decision }, number), v: ITEM_VERSION, ...decision, expiresAt },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
