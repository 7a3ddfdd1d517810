import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { toJobItem } from '../../event/job-item.store.ts';
import { guardKey } from '../../kernel/dynamo/keys.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { newJob } from '../outbox/new-items.store.ts';
import { isGuarded, toGuardAttributes } from './guard-item.store.ts';

export interface GuardStore {
  /** Asks whoever sends a form of an event for proof of work, until then. */
  readonly raise: (eventId: string, until: Date) => Promise<void>;
}

/** Seconds for which a job is kept that nobody does. */
const JOB_KEPT = 24 * 60 * 60;

export const guardStore = ({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): GuardStore => ({
  async raise(eventId, until) {
    const Item = { ...guardKey(eventId), ...toGuardAttributes(until) };
    const put = new PutCommand({ TableName: registry, Item, ReturnValues: 'ALL_OLD' });
    const { Attributes: before } = await client.send(put);
    if (isGuarded(before, system.now())) return;
    // While it is guarded, seats that nobody proved in time go by themselves: no timer may come within these minutes.
    const job = newJob(system, 'promote', eventId);
    const expiresAt = Math.ceil(until.getTime() / 1000) + JOB_KEPT;
    await client.send(new PutCommand({ TableName: outbox, Item: { ...toJobItem(job), expiresAt } }));
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly guards: GuardStore;
  }
}
