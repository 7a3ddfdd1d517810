import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ToldScan } from '../../contract/checkin/scans.ts';
import type { Door } from '../../domain/check-in/list.ts';
import { fromCheckInItem } from '../../store/check-in-item.ts';
import { checkInKey } from '../../store/check-in-keys.ts';
import { carryOn } from '../carry-on.ts';
import { unnameCheckIns } from '../unname-check-ins.ts';
import type { Deps } from './deps.ts';
import type { NamedHolder } from './holders.ts';

/**
 * Whose a scan is, of whoever has the ticket now or had it before: a code that somebody else found once it was replaced is nobody's. An
 * undo takes back what was scanned, whenever that is told.
 */
export function holderThen(
  holder: NamedHolder | undefined,
  { kind, correctedAt }: Pick<ToldScan, 'kind' | 'correctedAt'>,
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
  { client, registry, system }: Deps,
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
  await unnameCheckIns(deps, eventId, ticket);
}
