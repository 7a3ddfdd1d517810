import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { BusyError } from '../errors.ts';
import type { System } from '../system.ts';
import type { DocumentClient } from './client.ts';
import type { ItemKey } from './keys.ts';

type Item = Record<string, unknown>;

const MOST_ATTEMPTS = 5;

/**
 * Reads up to 100 items of one table in one call; keys that DynamoDB put off are asked for again.
 *
 * @param ConsistentRead for what was written a moment ago, or is decided on: costs twice as much
 *
 * @returns finds an item by its key
 */
export async function batchGet(
  client: DocumentClient,
  table: string,
  keys: readonly ItemKey[],
  system: Pick<System, 'backOff'>,
  ConsistentRead = false,
): Promise<(key: ItemKey) => Item | undefined> {
  const found = new Map<string, Item>();
  let wanted: Item[] = [...keys.map(({ pk, sk }) => ({ pk, sk }))];
  for (let attempt = 1; wanted.length > 0; attempt += 1) {
    const answer = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead } } }),
    );
    for (const item of answer.Responses?.[table] ?? []) found.set(nameOf(item), item);
    wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    if (wanted.length > 0) {
      if (attempt === MOST_ATTEMPTS) throw new BusyError();
      await system.backOff(attempt);
    }
  }
  return (key) => found.get(nameOf({ ...key }));
}

const nameOf = ({ pk, sk }: Item): string => `${pk}|${sk}`;
