import type { Came, TookPart } from '../../feedback/form/attended.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { checkInKey } from '../check-in-keys.ts';
import type { CheckInList } from '../list/list.ts';
import { fromCheckInItem } from '../scan/check-in.store.ts';
import { passageOf } from '../scan/passage.ts';

/** On which lists someone came in, in the room or online; whom a door let in and took back did not. All of one ticket is one read. */
export async function whereTheyCame(
  client: DocumentClient,
  table: string,
  { eventId, ticketId }: { readonly eventId: string; readonly ticketId: string },
  lists: readonly CheckInList[],
): Promise<Came> {
  const ticket = ticketHashOf({ ticketId });
  const items = await queryPartition(client, table, checkInKey(eventId, ticket, '').pk);
  const came = items.map(fromCheckInItem).flatMap(({ list, marks, mode, category }): [string, TookPart][] => {
    const passing = lists.find(({ id }) => id === list)?.passing;
    if (passing === undefined || passageOf(marks, passing).checkIn === undefined) return [];
    return [[list, { mode: mode === 'online' ? 'online' : 'in-person', category }]];
  });
  return Object.fromEntries(came);
}
