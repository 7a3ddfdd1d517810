import { checkInKey } from '../store/check-in-keys.ts';
import type { DocumentClient } from '../store/client.ts';
import type { ItemKey } from '../store/keys.ts';
import { queryPartition } from '../store/query-partition.ts';
import { transact } from '../store/transact.ts';
import type { System } from '../system.ts';

export interface CheckInDeps {
  readonly client: DocumentClient;
  /** Physical name of `Registry`. */
  readonly registry: string;
  readonly system: Pick<System, 'now' | 'backOff'>;
}

/**
 * Leaves nothing of whose ticket it was that came in. What stays are scans of a ticket whose id is kept nowhere, so that counts
 * stay exact also where a phone brings them in again. Twice is as good as once.
 *
 * @param ticket `ticketHash`, base64url
 */
export async function unnameCheckIns(
  { client, registry, system }: CheckInDeps,
  eventId: string,
  ticket: string,
): Promise<void> {
  const items = await queryPartition(client, registry, checkInKey(eventId, ticket, '').pk);
  for (const { pk, sk } of items.filter(
    ({ reference }) => reference !== undefined,
  ) as readonly unknown[] as ItemKey[]) {
    const Update = {
      TableName: registry,
      Key: { pk, sk },
      UpdateExpression: 'SET revision = revision + :one REMOVE #reference',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#reference': 'reference' },
      ExpressionAttributeValues: { ':one': 1 },
    };
    await transact(client, [{ Update }], system);
  }
}
