import { reachedThrough } from '../announcements/write/audience.ts';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { delegationKey } from '../kernel/dynamo/keys.ts';
import type { Given } from '../kernel/parts.store.ts';
import { wantsOptional } from '../mail/fate/mail-state.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { fromDelegationItem } from './delegation-item.schema.ts';

/** Ids of the delegations, of those through which any of these people are reached, whose coordinator stopped mail that can be done without. */
export type StoppedDelegations = (
  eventId: string,
  registrations: readonly Registration[],
) => Promise<ReadonlySet<string>>;

/** What DynamoDB gives in one call. */
const BATCH = 100;

export const stoppedDelegations =
  ({ client, registry: table, system }: Given<'registry', 'backOff'>): StoppedDelegations =>
  async (eventId, registrations) => {
    const ids = [...new Set(registrations.flatMap((each) => reachedThrough(each) ?? []))];
    const stopped = new Set<string>();
    for (let begin = 0; begin < ids.length; begin += BATCH) {
      const keys = ids.slice(begin, begin + BATCH).map((id) => delegationKey(eventId, id));
      const itemOf = await batchGet(client, table, keys, system, true);
      for (const item of keys.map(itemOf)) {
        const delegation = item && fromDelegationItem(item);
        if (delegation && !wantsOptional(delegation)) stopped.add(delegation.id);
      }
    }
    return stopped;
  };

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly stoppedDelegations: StoppedDelegations;
  }
}
