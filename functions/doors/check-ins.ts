import type { ToSee } from '../../shared/domain/check-in/decision.ts';
import { batchGet } from '../../shared/store/batch-get.ts';
import { type CheckIn, fromCheckInItem } from '../../shared/store/check-in-item.ts';
import { checkInKey } from '../../shared/store/check-in-keys.ts';
import type { Deps } from './deps.ts';

/** What DynamoDB gives in one call. */
const BATCH = 100;

/** How each of these tickets stands on its list. */
export async function readCheckIns(
  { client, registry, system }: Pick<Deps, 'client' | 'registry' | 'system'>,
  eventId: string,
  wanted: readonly ToSee[],
): Promise<ReadonlyMap<ToSee, CheckIn>> {
  const found = new Map<ToSee, CheckIn>();
  for (let begin = 0; begin < wanted.length; begin += BATCH) {
    const some = wanted.slice(begin, begin + BATCH);
    const keyOf = ({ ticket, list }: ToSee) => checkInKey(eventId, ticket, list);
    const find = await batchGet(client, registry, some.map(keyOf), system, true);
    for (const each of some) {
      const item = find(keyOf(each));
      if (item !== undefined) found.set(each, fromCheckInItem(item));
    }
  }
  return found;
}
