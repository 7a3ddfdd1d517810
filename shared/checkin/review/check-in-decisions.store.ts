import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { updateIf } from '../../kernel/dynamo/update-if.store.ts';
import { checkInDecisionKey, checkInDecisionsOn } from '../check-in-keys.ts';
import type { CheckIn } from '../scan/check-in.store.ts';

type Named = Pick<CheckIn, 'eventId' | 'list' | 'ticket'>;

/** What was decided on one ticket and list, as it is kept, in order; strongly consistent. */
export async function decisionItemsOn(
  client: DocumentClient,
  table: string,
  of: Named,
): Promise<readonly (Record<string, unknown> & ItemKey)[]> {
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :begin)',
    ExpressionAttributeValues: { ':pk': checkInDecisionKey(of, 0).pk, ':begin': checkInDecisionsOn(of) },
    ConsistentRead: true,
  };
  const found: (Record<string, unknown> & ItemKey)[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    found.push(...Items.map((item) => ({ ...item, pk: String(item['pk']), sk: String(item['sk']) })));
  }
  return found;
}

/** Erases what was written beside the decisions on one ticket and list; that they were taken stays. Twice is as good as once. */
export async function eraseDecisionNotes(client: DocumentClient, table: string, of: Named): Promise<void> {
  const noted = (await decisionItemsOn(client, table, of)).filter(({ note }) => note !== undefined);
  for (const { pk, sk } of noted) {
    await updateIf(client, {
      TableName: table,
      Key: { pk, sk },
      UpdateExpression: 'REMOVE #note',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#note': 'note' },
    });
  }
}
