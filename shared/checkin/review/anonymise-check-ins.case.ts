import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import { type Patient, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { checkInKey } from '../check-in-keys.ts';
import { eraseDecisionNotes } from './check-in-decisions.store.ts';

export type CheckInDeps = Given<'registry', keyof Patient>;

/**
 * Leaves nothing of whose ticket it was that came in, nor what anyone noted of them. What stays are scans of a ticket whose id is kept
 * nowhere, so that counts stay exact also where a phone brings them in again, and what was decided on them. Twice is as good as once.
 *
 * @param ticket `ticketHash`, base64url
 */
export async function anonymiseCheckIns(
  { client, registry, system }: CheckInDeps,
  eventId: string,
  ticket: string,
): Promise<void> {
  const items = await queryPartition(client, registry, checkInKey(eventId, ticket, '').pk);
  // Notes first: a check-in that names nobody is passed over when this is done again.
  for (const { sk } of items) await eraseDecisionNotes(client, registry, { eventId, list: String(sk), ticket });
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

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly checkIns: CheckInDeps;
  }
}
