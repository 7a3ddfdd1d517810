import type { SplitCounter } from '../../../shared/domain/kept-seats.ts';
import { type CounterId, countersOf } from '../../../shared/domain/quota.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { counterKey } from '../../../shared/store/keys.ts';
import { type Patient, transact } from '../../../shared/store/transact.ts';

export interface SplitStore {
  /**
   * Rewrites all counters of a split pool, if nobody joined or left the waiting list and no seat was given back since they
   * were read. Whoever is about to join has to look again.
   *
   * @returns whether it was done
   */
  readonly rewrite: (eventId: string, quota: string, before: Counters, after: Counters) => Promise<boolean>;
}

type Counters = readonly SplitCounter[];

const AS_READ = 'waiting = :waiting AND kept = :keptBefore';

export function splitStore(client: DocumentClient, table: string, system: Patient): SplitStore {
  const write = (eventId: string, id: CounterId, before: SplitCounter, after: SplitCounter) => ({
    Update: {
      TableName: table,
      Key: counterKey(eventId, id),
      UpdateExpression: 'SET kept = :kept ADD #capacity :capacity, #open :open, openings :one',
      ConditionExpression: AS_READ,
      ExpressionAttributeNames: { '#capacity': 'capacity', '#open': 'open' },
      ExpressionAttributeValues: {
        ':kept': after.split.kept,
        ':capacity': after.capacity - before.capacity,
        ':open': after.split.open - before.split.open,
        ':one': 1,
        ':waiting': before.waiting,
        ':keptBefore': before.split.kept,
      },
    },
  });
  return {
    async rewrite(eventId, quota, before, after) {
      const writes = countersOf({ quota, shards: before.length }).flatMap((id) => {
        const [from, to] = [before[id.shard], after[id.shard]];
        return from && to ? [write(eventId, id, from, to)] : [];
      });
      return (await transact(client, writes, system)).length === 0;
    },
  };
}
