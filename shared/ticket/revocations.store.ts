import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { revocationsKey } from '../checkin/check-in-keys.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';

const ITEM_VERSION = 1;

/** The list of an event's revoked tickets, as it was signed last. */
export const storedRevocations = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    /** Of the list: it never falls. */
    version: z.int(),
    /** Epoch seconds. */
    issuedAt: z.int(),
    /** A hash of what the list was made from: as long as that is the same, so is the list. */
    madeOf: z.string(),
    /** A hash of the tickets on it. */
    tickets: z.string(),
    /** As phones verify it (`ticket/revocation-list.ts`), base64url. */
    list: z.string(),
  }),
);

export type StoredRevocations = Omit<z.output<ReturnType<typeof storedRevocations>>, 'v'>;

export const REVOCATIONS_USES = {
  v: ['records', 'event'],
  version: ['records', 'event'],
  issuedAt: ['records', 'event'],
  madeOf: ['records', 'event'],
  tickets: ['records', 'event'],
  list: ['records', 'event'],
} as const satisfies UsesOf<typeof storedRevocations>;

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
