import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { BusyError } from '../errors.ts';
import type { System } from '../system.store.ts';
import type { DocumentClient } from './client.store.ts';
import type { ItemKey } from './keys.ts';
import { PASSING } from './transact.store.ts';

type Item = Record<string, unknown>;

const MOST_ATTEMPTS = 8;

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
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    try {
      const { Responses = [] } = await client.send(new TransactGetCommand({ TransactItems: gets }));
      return keys.map((_, index) => Responses[index]?.Item);
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (attempt < MOST_ATTEMPTS) await system.backOff(attempt);
    }
  }
  throw new BusyError();
}

const isPassing = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code !== undefined && PASSING.has(Code));
