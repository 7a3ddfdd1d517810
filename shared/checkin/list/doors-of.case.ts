import type { EventDefinition } from '../../event/event.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { Device } from '../device/check-in-device.schema.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { readCheckInLists } from './check-in-lists.store.ts';
import { listTermsOf } from './list.ts';

/** The lists that a device may scan for, by id; none whose day or session is not in the programme any more. */
export async function doorsOf(
  { client, registry }: { readonly client: DocumentClient; readonly registry: string },
  event: EventDefinition<unknown>,
  device: Device,
): Promise<ReadonlyMap<string, ListTerms>> {
  const { lists } = await readCheckInLists(client, registry, event);
  const doors = lists.filter(({ id }) => device.lists.includes(id)).flatMap((list) => listTermsOf(event, list) ?? []);
  return new Map(doors.map((door) => [door.id, door]));
}
