import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { checkInDecisionKey } from '../check-in-keys.ts';
import { DECISIONS, type Decision } from './decision.ts';

const ITEM_VERSION = 1;

/** What a person decided on scans: written once and never changed. */
export const storedCheckInDecision = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  list: field(z.string(), 'attendance', 'event'),
  ticket: field(z.string(), 'attendance', 'event'),
  decision: field(z.enum(DECISIONS), 'attendance', 'event'),
  note: field(z.string().optional(), 'attendance', 'event'),
  scans: field(z.array(z.string()), 'attendance', 'event'),
  at: field(z.string(), 'attendance', 'event'),
  by: field(z.string(), 'team', 'event'),
}));

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
