import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { PUBLISHED_PREFIX } from '../../kernel/dynamo/tables.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { type Published, storedPublished } from '../feedback-items.schema.ts';
import { NOTHING_PUBLISHED } from './published.ts';

/** One step of what organisers see. */
export interface Shown {
  readonly published: Published;
  /** Sealed; absent until the first answers are opened. */
  readonly ledger?: Uint8Array;
  /** What a conditional write compares: 0 where nothing was ever shown. */
  readonly revision: number;
}

const publishedKey = (eventId: string, form: string): ItemKey => ({ pk: `${PUBLISHED_PREFIX}${eventId}`, sk: form });

/** As it is now. @throws ZodError when the table holds something else */
export async function readShown(client: DocumentClient, table: string, eventId: string, form: string): Promise<Shown> {
  const Key = publishedKey(eventId, form);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  if (Item === undefined) return { published: NOTHING_PUBLISHED, revision: 0 };
  const { all, by, ledger, revision } = storedPublished().parse(Item);
  return { published: { all, by }, ledger, revision };
}

/**
 * Moves on to another step. Refused where another request moved on meanwhile.
 *
 * @param shown with the revision that was read
 * @param expiresAt epoch seconds
 */
export const putShown = (
  table: string,
  { eventId, form }: { readonly eventId: string; readonly form: string },
  { published: { all, by }, ledger, revision }: Required<Shown>,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...publishedKey(eventId, form), v: 2, all, by, ledger, revision: revision + 1, expiresAt },
    ...(revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } }),
  },
});
