import type { EventDefinition } from '../event/event.ts';
import { careEnd } from '../event/event-times.ts';
import type { CareAnswers } from '../event/questions.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { System } from '../kernel/system.store.ts';
import { newId } from '../mail/outbox/new-items.store.ts';
import { careNeedsKey, type Needy, toCareNeedsItem } from './care-needs-item.schema.ts';

/**
 * Keeps what should be arranged for someone, in place of what was kept, and as not arranged yet.
 *
 * @param table the physical name of `Care`
 */
export function putCareNeeds(
  system: System,
  table: string,
  event: EventDefinition<string>,
  { eventId, reference }: Needy,
  answers: CareAnswers,
): TransactItem {
  const needs = { eventId, reference, answers, edition: newId(system), sentAt: system.now().toISOString() };
  return { Put: { TableName: table, Item: toCareNeedsItem(needs, careEnd(event)) } };
}

/** Nothing where there is nothing to arrange. */
export const careWrites = (
  system: System,
  table: string,
  event: EventDefinition<string>,
  of: Needy,
  answers: CareAnswers,
): TransactItem[] => (Object.keys(answers).length === 0 ? [] : [putCareNeeds(system, table, event, of, answers)]);

/** @param table the physical name of `Care` */
export const deleteCareNeeds = (table: string, of: Needy): TransactItem => ({
  Delete: { TableName: table, Key: careNeedsKey(of) },
});
