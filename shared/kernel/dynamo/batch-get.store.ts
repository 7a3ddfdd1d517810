import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { BusyError } from '../errors.ts';
import type { System } from '../system.store.ts';
import type { DocumentClient } from './client.store.ts';
import type { ItemKey } from './keys.ts';
import { PASSING } from './transact.store.ts';

type Item = Record<string, unknown>;

const MOST_ATTEMPTS = 5;

/** DynamoDB's limit for the keys of one call. */
const AT_ONCE = 100;

/**
 * Reads items of one table, up to 100 in one call; keys that DynamoDB put off are asked for again.
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
  const all = keys.map(({ pk, sk }) => ({ pk, sk }));
  const calls = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, call) =>
    all.slice(call * AT_ONCE, (call + 1) * AT_ONCE),
  );
  await Promise.all(calls.map((some) => getSome(client, table, some, system, ConsistentRead, found)));
  return (key) => found.get(nameOf({ ...key }));
}

async function getSome(
  client: DocumentClient,
  table: string,
  keys: readonly Item[],
  system: Pick<System, 'backOff'>,
  ConsistentRead: boolean,
  found: Map<string, Item>,
): Promise<void> {
  let wanted: Item[] = [...keys];
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
}

const nameOf = ({ pk, sk }: Item): string => `${pk}|${sk}`;

const MOST_READS = 8;

/**
 * Reads items as they are at one instant: never some from before a transaction and some from after it, as even a
 * strongly consistent `BatchGetItem` may. Costs four times as much as an ordinary read. While a transaction is writing
 * one of the items DynamoDB refuses, and the SDK does not try again.
 *
 * @returns the items, in the order of their keys
 * @throws BusyError when writers did not let go
 */
export async function readTogether(
  client: DocumentClient,
  table: string,
  keys: readonly ItemKey[],
  system: Pick<System, 'backOff'>,
): Promise<readonly (Item | undefined)[]> {
  const gets = keys.map(({ pk, sk }) => ({ Get: { TableName: table, Key: { pk, sk } } }));
  for (let attempt = 1; attempt <= MOST_READS; attempt += 1) {
    try {
      const { Responses = [] } = await client.send(new TransactGetCommand({ TransactItems: gets }));
      return keys.map((_, index) => Responses[index]?.Item);
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (attempt < MOST_READS) await system.backOff(attempt);
    }
  }
  throw new BusyError();
}

const isPassing = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code !== undefined && PASSING.has(Code));
