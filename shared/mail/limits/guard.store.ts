import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { guardKey } from '../../kernel/dynamo/keys.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { newJob } from '../outbox/new-items.store.ts';
import { toJobItem } from '../outbox/outbox-items.store.ts';

/** Minutes for which an event asks for proof of work after the last sign of an attack. */
export const GUARDED_FOR = 10;

export const storedGuard = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day'),
  until: field(z.string(), 'impersonal', 'day'),
}));

/** Says until when an event is guarded. */
export const toGuardAttributes = (until: Date) => ({
  v: 1,
  until: until.toISOString(),
  expiresAt: Math.ceil(until.getTime() / 1000),
});

export const isGuarded = (item: Record<string, unknown> | undefined, now: Date): boolean =>
  item !== undefined && Date.parse(storedGuard().parse(item).until) > now.getTime();

interface GuardStore {
  /** Asks the sender of a form of an event for proof of work, until then. */
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

/** How many forms of one event went by mail in one minute, or tests of a message to its author in one hour. */
export const storedMailTurns = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day'),
  taken: field(z.int(), 'impersonal', 'day'),
}));

export const mailTurnsTaken = (item: Record<string, unknown> | undefined): number =>
  item === undefined ? 0 : storedMailTurns().parse(item).taken;
