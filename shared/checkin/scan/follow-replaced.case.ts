import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { checkInKey } from '../check-in-keys.ts';
import type { Door } from '../list/list.ts';
import { anonymiseCheckIns } from '../review/anonymise-check-ins.case.ts';
import { carryOn } from '../review/carry-on.case.ts';
import { fromCheckInItem } from './check-in.store.ts';
import type { Deps } from './deps.case.ts';
import type { NamedHolder } from './holders.case.ts';
import type { SentScan } from './scans.schema.ts';

/**
 * Whose a scan is, of whoever has the ticket now or had it before: a code that somebody else found once it was replaced is nobody's. An
 * undo takes back what was scanned, whenever that is told.
 */
export function holderThen(
  holder: NamedHolder | undefined,
  { kind, correctedAt }: Pick<SentScan, 'kind' | 'correctedAt'>,
): NamedHolder | undefined {
  const wasTheirs = holder?.replaced === undefined || kind === 'undo' || correctedAt < holder.replaced.at;
  return wasTheirs ? holder : undefined;
}

/**
 * Has a scan that was told only once its ticket was replaced follow whoever it was of to the one that they have: they are counted once.
 * Twice is as good as once.
 *
 * @param expiresAt epoch seconds
 */
export async function followReplaced(
  { client, registry, system }: Pick<Deps, 'client' | 'registry' | 'system'>,
  {
    eventId,
    ticket,
    door,
    holder,
  }: { readonly eventId: string; readonly ticket: string; readonly door: Door; readonly holder: NamedHolder },
  expiresAt: number,
): Promise<void> {
  if (holder.replaced === undefined) return;
  const Key = checkInKey(eventId, ticket, door.id);
  const { Item } = await client.send(new GetCommand({ TableName: registry, Key, ConsistentRead: true }));
  if (Item === undefined) return;
  const carried = { checkIn: fromCheckInItem(Item), to: holder.replaced.to, door, holder };
  const deps = { client, registry, system };
  await carryOn(deps, carried, expiresAt);
  await anonymiseCheckIns(deps, eventId, ticket);
}
