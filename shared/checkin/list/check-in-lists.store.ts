import type { EventDefinition } from '../../event/event.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { putRevised, type TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { type CheckInList, type CheckInLists, type Handout, storedCheckInLists } from '../check-in-items.schema.ts';
import { checkInListsKey } from '../check-in-keys.ts';
import type { Device } from '../device/device.schema.ts';
import { handoutTerms } from '../handout/handout.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { listsOf, listTermsOf } from './list.ts';

/**
 * As they are now; or, for what is shown alone, as they were a moment ago, at half the cost.
 *
 * @throws ZodError when the table holds something else
 */
export async function readCheckInLists(
  client: DocumentClient,
  table: string,
  event: Pick<EventDefinition<unknown>, 'id' | 'days' | 'sessions'>,
  { consistent = true } = {},
): Promise<CheckInLists> {
  const item = await readItem(client, table, checkInListsKey(event.id), { consistent });
  if (item === undefined) return { lists: listsOf(event), handouts: [], revision: 0 };
  const { lists, handouts = [], revision } = storedCheckInLists().parse(item);
  return { lists: listsOf(event, lists), handouts, revision };
}

/** @param revision that was read */
export const putCheckInLists = (
  table: string,
  eventId: string,
  lists: readonly CheckInList[],
  revision: number,
  handouts: readonly Handout[] = [],
): TransactItem =>
  putRevised(table, revision, {
    ...{ ...checkInListsKey(eventId), v: 1, lists },
    ...(handouts.length > 0 && { handouts }),
  });

/** What has to be known to scan for a list, be it of a door or of what is handed out; nothing of one whose day or session is gone. */
export function termsOfList(
  event: EventDefinition<unknown>,
  { lists, handouts }: Pick<CheckInLists, 'lists' | 'handouts'>,
  id: string,
): ListTerms | undefined {
  const handout = handouts.find((each) => each.id === id);
  if (handout !== undefined) return handoutTerms(handout);
  const list = lists.find((each) => each.id === id);
  return list && listTermsOf(event, list);
}

/** The lists that a device may scan for, by id; none whose day or session is not in the programme any more. */
export async function doorsOf(
  { client, registry }: { readonly client: DocumentClient; readonly registry: string },
  event: EventDefinition<unknown>,
  device: Device,
): Promise<ReadonlyMap<string, ListTerms>> {
  const known = await readCheckInLists(client, registry, event);
  const wanted = [...known.lists, ...known.handouts].filter(({ id }) => device.lists.includes(id));
  const doors = wanted.flatMap(({ id }) => termsOfList(event, known, id) ?? []);
  return new Map(doors.map((door) => [door.id, door]));
}
