import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { registrationKey, registrationPartition } from '../../kernel/dynamo/keys.ts';
import { CROCKFORD } from '../../kernel/text/crockford.ts';
import type { Registration } from '../registration.schema.ts';
import { fromRegistrationItem } from '../registration-item.store.ts';

/** Registrations that are looked at together. */
const PAGE = 100;

/**
 * All registrations of an event in the order of their references, a page at a time, strongly consistent.
 *
 * @param after the reference that was looked at last; none to begin
 */
export async function* registrationPages(
  client: DocumentClient,
  table: string,
  eventId: string,
  after?: string,
): AsyncGenerator<readonly Registration[]> {
  const begin = after === undefined ? 0 : CROCKFORD.indexOf(after.slice(0, 1));
  for (const [index, first] of [...CROCKFORD].slice(begin).entries()) {
    const goesOn = index === 0 && after !== undefined;
    const pages = paginateQuery(
      { client, pageSize: PAGE, ...(goesOn && { startingToken: registrationKey(eventId, after) }) },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': registrationPartition(eventId, first) },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) if (Items.length > 0) yield Items.map(fromRegistrationItem);
  }
}
