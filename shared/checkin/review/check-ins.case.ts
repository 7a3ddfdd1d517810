import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { checkInKey } from '../check-in-keys.ts';
import { type CheckIn, fromCheckInItem } from '../scan/check-in.store.ts';

type Deps = Needs<'client' | 'registry' | 'system'>;

/** What DynamoDB gives in one call. */
const BATCH = 100;

/** A ticket on a list. */
type Named = Pick<CheckIn, 'list' | 'ticket'>;

/** How each of these tickets stands on its list; nothing of one that was never scanned there. */
export async function readCheckIns(
  { client, registry, system }: Pick<Deps, 'client' | 'registry' | 'system'>,
  eventId: string,
  wanted: readonly Named[],
): Promise<(of: Named) => CheckIn | undefined> {
  const nameOf = ({ list, ticket }: Named): string => `${list} ${ticket}`;
  const keys = [...new Map(wanted.map((each) => [nameOf(each), checkInKey(eventId, each.ticket, each.list)])).values()];
  const found = new Map<string, CheckIn>();
  for (let begin = 0; begin < keys.length; begin += BATCH) {
    const some = keys.slice(begin, begin + BATCH);
    const find = await batchGet(client, registry, some, system, true);
    for (const key of some) {
      const item = find(key);
      if (item === undefined) continue;
      const checkIn = fromCheckInItem(item);
      found.set(nameOf(checkIn), checkIn);
    }
  }
  return (of) => found.get(nameOf(of));
}
