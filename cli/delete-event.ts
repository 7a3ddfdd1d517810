import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { consentWordsKey } from '../shared/event/consent-words.store.ts';
import { deletedAt, eventTombstone, rulesReader } from '../shared/event/event.store.ts';
import { deleteItems } from '../shared/event/publish/delete-event.case.ts';
import { WRITES_END } from '../shared/event/publish/retention.case.ts';
import { isCanary } from '../shared/kernel/canary.ts';
import type { DocumentClient } from '../shared/kernel/dynamo/client.store.ts';
import { eventListKey, versionKey } from '../shared/kernel/dynamo/keys.ts';
import type { TableName } from '../shared/kernel/dynamo/tables.ts';
import type { System } from '../shared/kernel/system.store.ts';

/** All but `Audit`, whose entries go at the end of the event's retention as those of any event, with what says who was erased. */
type EventTables = Readonly<Partial<Record<Exclude<TableName, 'audit'>, string>>>;

/**
 * Deletes an event with everyone and everything in it: first the event, so that nobody registers any more, then what is left of it. Stopped and
 * done again, it goes on. Its id is nobody else's until the end of its retention: a restore would delete that, too.
 *
 * @returns how many items were deleted
 * @throws Error of the event of the canary, whose end is in 2100
 */
export async function deleteEvent(
  client: DocumentClient,
  { audit, ...tables }: EventTables & { readonly registry: string; readonly audit: string },
  eventId: string,
  system: Pick<System, 'now' | 'wait'>,
): Promise<number> {
  if (isCanary(eventId))
    throw new Error(
      `"${eventId}" is the event in which the system tries itself: it holds nobody, and is made anew in its place`,
    );
  const event = await rulesReader({ client, registry: tables.registry })(eventId);
  if (event !== undefined) {
    const Item = eventTombstone(event, system.now());
    for (const TableName of [audit, tables.registry]) await client.send(new PutCommand({ TableName, Item }));
    for (const Key of [versionKey(eventId), eventListKey(eventId), consentWordsKey(eventId)])
      await client.send(new DeleteCommand({ TableName: tables.registry, Key }));
  }
  const gone = await deletedAt(client, tables.registry, eventId);
  if (gone !== undefined) await system.wait(Date.parse(gone) + WRITES_END - system.now().getTime());
  let deleted = 0;
  for (let found = 1; found > 0; deleted += found) {
    found = 0;
    for (const [name, table] of Object.entries(tables))
      found += (await deleteItems(client, { eventId, name: name as keyof EventTables, table })).deleted;
  }
  return deleted;
}
