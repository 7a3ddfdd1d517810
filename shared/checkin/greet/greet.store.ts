import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { queryPartition, readItem } from '../../kernel/dynamo/queries.store.ts';
import { putRevised, type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { greetingKey } from '../check-in-keys.ts';
import { type GreetedPerson, type Greeting, storedGreeting } from './greet.schema.ts';

export type GreetingDeps = Needs<'client' | 'registry' | 'system'>;

export interface KeptGreeting extends Greeting {
  readonly eventId: string;
  /** Epoch seconds; 0 where there is none. */
  readonly expiresAt: number;
}

/**
 * As it is now, strongly consistent; or, for what is shown alone, as it was a moment ago, at half the cost. Of one that is over, and that the
 * table has not deleted yet, nothing but its revision is told.
 */
export async function readGreeting(
  { client, registry, system }: GreetingDeps,
  eventId: string,
  { consistent = true } = {},
): Promise<KeptGreeting> {
  const item = await readItem(client, registry, greetingKey(eventId), { consistent });
  const kept = item === undefined ? { eventId, people: [], revision: 0, expiresAt: 0 } : fromGreetingItem(item);
  return isPastItsDay(kept, system.now()) ? { ...kept, people: [] } : kept;
}

/** Whether its day is past: an event that is moved only then brings nothing back. */
export const isPastItsDay = ({ expiresAt }: Pick<KeptGreeting, 'expiresAt'>, now: Date): boolean =>
  expiresAt * 1000 <= now.getTime();

/** Of all events: few have one, and none once it is over, so that they are one partition. */
export const allGreetings = async ({ client, registry }: GreetingDeps): Promise<readonly KeptGreeting[]> =>
  (await queryPartition(client, registry, greetingKey('').pk)).map(fromGreetingItem);

/** @throws ZodError when the table holds something else */
export function fromGreetingItem(item: Record<string, unknown>): KeptGreeting {
  const { v: _, ...greeting } = storedGreeting().parse(item);
  return { ...greeting, eventId: String(item['sk']), expiresAt: Number(item['expiresAt']) };
}

/** @param expiresAt epoch seconds */
export const putGreeting = (
  table: string,
  eventId: string,
  { revision }: Pick<Greeting, 'revision'>,
  people: readonly GreetedPerson[],
  expiresAt: number,
): TransactItem => putRevised(table, revision, { ...greetingKey(eventId), v: 1, people, expiresAt });

/** @param also what is written with it @returns whether it was as it was read */
export const writeGreeting = async (
  { client, registry, system }: GreetingDeps,
  before: KeptGreeting,
  people: readonly GreetedPerson[],
  expiresAt: number,
  also: readonly TransactItem[] = [],
): Promise<boolean> =>
  (await transact(client, [putGreeting(registry, before.eventId, before, people, expiresAt), ...also], system))
    .length === 0;

/** Deletes it where it is as it was read: of one that was written meanwhile the next look decides. */
export async function deleteGreeting(
  { client, registry }: Omit<GreetingDeps, 'system'>,
  { eventId, revision }: Pick<KeptGreeting, 'eventId' | 'revision'>,
): Promise<void> {
  const asRead = { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } };
  try {
    await client.send(new DeleteCommand({ TableName: registry, Key: greetingKey(eventId), ...asRead }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
