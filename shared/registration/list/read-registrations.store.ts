import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { registrationKey } from '../../kernel/dynamo/keys.ts';
import type { System } from '../../kernel/system.store.ts';
import type { Registration } from '../registration.schema.ts';
import { fromRegistrationItem } from '../registration-item.store.ts';

/** Items that DynamoDB reads in one call. */
const PAGE = 100;

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
