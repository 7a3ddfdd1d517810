import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { revocationsKey } from '../checkin/check-in-keys.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';

const ITEM_VERSION = 1;

/** The list of an event's revoked tickets, as it was signed last. */
export const storedRevocations = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** Of the list: it never falls. */
  version: field(z.int(), 'records', 'event'),
  /** Epoch seconds. */
  issuedAt: field(z.int(), 'records', 'event'),
  /** A hash of what the list was made from: as long as that is the same, so is the list. */
  madeOf: field(z.string(), 'records', 'event'),
  /** A hash of the tickets on it. */
  tickets: field(z.string(), 'records', 'event'),
  /** As phones verify it (`ticket/revocation-list.ts`), base64url. */
  list: field(z.string(), 'records', 'event'),
}));

export type StoredRevocations = Omit<z.output<ReturnType<typeof storedRevocations>>, 'v'>;

/** As it is now; none where no phone was ever let in. */
export async function readRevocations(
  client: DocumentClient,
  table: string,
  eventId: string,
): Promise<StoredRevocations | undefined> {
  const Key = revocationsKey(eventId);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  if (Item === undefined) return undefined;
  const { v: _, ...revocations } = storedRevocations().parse(Item);
  return revocations;
}

/**
 * Puts a list in place of the one that was read. Versions only rise (TK8).
 *
 * @param expiresAt epoch seconds
 */
export const putRevocations = (
  table: string,
  eventId: string,
  before: StoredRevocations | undefined,
  after: StoredRevocations,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...revocationsKey(eventId), v: ITEM_VERSION, ...after, expiresAt },
    ...(before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'version = :version AND issuedAt = :issuedAt',
          ExpressionAttributeValues: { ':version': before.version, ':issuedAt': before.issuedAt },
        }),
  },
});
