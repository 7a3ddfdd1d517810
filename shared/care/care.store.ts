import type { EventDefinition } from '../event/event.ts';
import { careEnd } from '../event/event-times.ts';
import type { CareAnswers } from '../event/questions.ts';
import { queryPartition, readItem } from '../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import type { System } from '../kernel/system.store.ts';
import { CROCKFORD } from '../kernel/text/crockford.ts';
import { newId } from '../mail/outbox/new-items.store.ts';
import {
  type Arranged,
  type CareNeeds,
  careNeedsKey,
  careNeedsPartition,
  fromCareNeedsItem,
  type Needy,
  toCareNeedsItem,
} from './care.schema.ts';

/**
 * Keeps what should be arranged for an attendee, in place of what was kept, and as not arranged yet.
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

/**
 * Adds to what is kept of an attendee, which is not read for it; what was arranged was so without this.
 *
 * @param table the physical name of `Care`
 */
export function addCareNeeds(
  system: System,
  table: string,
  event: EventDefinition<string>,
  of: Needy,
  answers: CareAnswers,
): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: careNeedsKey(of),
      UpdateExpression: [
        'SET #v = :v, eventId = :eventId, #reference = :reference, edition = :edition, sentAt = :sentAt, expiresAt = :until',
        'answers = if_not_exists(answers, :none), added = list_append(if_not_exists(added, :nothing), :more) REMOVE arranged',
      ].join(', '),
      ExpressionAttributeNames: { '#v': 'v', '#reference': 'reference' },
      ExpressionAttributeValues: {
        ':v': 1,
        ':eventId': of.eventId,
        ':reference': of.reference,
        ':edition': newId(system),
        ':sentAt': system.now().toISOString(),
        ':until': careEnd(event),
        ':none': {},
        ':nothing': [],
        ':more': [answers],
      },
    },
  };
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

interface CareNeedsStore {
  /** All of an event, in no order. */
  readonly list: (eventId: string) => Promise<readonly CareNeeds[]>;
  readonly read: (of: Needy) => Promise<CareNeeds | undefined>;
  /**
   * Says that something is arranged, or is not after all, together with the note of who says so.
   *
   * @returns whether it still was the same text; otherwise nothing is written
   */
  readonly arrange: (needs: CareNeeds, arranged: Arranged | undefined, noted: TransactItem) => Promise<boolean>;
}

const SAME_TEXT = 'edition = :edition';

export const careNeedsStore = ({ client, care: table, system }: Given<'care'>): CareNeedsStore => ({
  async list(eventId) {
    const partitions = [...CROCKFORD].map((first) => queryPartition(client, table, careNeedsPartition(eventId, first)));
    return (await Promise.all(partitions)).flat().map(fromCareNeedsItem);
  },

  async read(of) {
    const item = await readItem(client, table, careNeedsKey(of));
    return item && fromCareNeedsItem(item);
  },

  async arrange(needs, arranged, noted) {
    const update: TransactItem = {
      Update: {
        TableName: table,
        Key: careNeedsKey(needs),
        UpdateExpression: arranged ? 'SET arranged = :arranged' : 'REMOVE arranged',
        ConditionExpression: SAME_TEXT,
        ExpressionAttributeValues: { ':edition': needs.edition, ...(arranged && { ':arranged': arranged }) },
      },
    };
    return (await transact(client, [update, noted], system)).length === 0;
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly careNeeds: CareNeedsStore;
  }
}
