import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { registrationKey, registrationPartition } from '../../kernel/dynamo/keys.ts';
import type { System } from '../../kernel/system.store.ts';
import { CROCKFORD } from '../../kernel/text/crockford.ts';
import type { Registration } from '../registration.schema.ts';
import { fromRegistrationItem } from '../registration.store.ts';

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

/** Registrations by their references, as they are now; those that are not there any more are left out. */
export async function readRegistrations(
  client: DocumentClient,
  table: string,
  eventId: string,
  references: readonly string[],
  system: Pick<System, 'backOff'>,
): Promise<readonly Registration[]> {
  const keys = [...new Set(references)].map((reference) => registrationKey(eventId, reference));
  const pages = Array.from({ length: Math.ceil(keys.length / PAGE) }, (_, page) =>
    keys.slice(page * PAGE).slice(0, PAGE),
  );
  const read = pages.map(async (page) => {
    const find = await batchGet(client, table, page, system, true);
    return page.flatMap((key) => {
      const item = find(key);
      return item === undefined ? [] : [item];
    });
  });
  return (await Promise.all(read)).flat().map(fromRegistrationItem);
}
