import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import type { Pass } from '../kernel/keys/pass.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.ts';
import { putMessage, spendPass } from '../registration/writes.store.ts';
import { type DelegationStore, delegationStore, type Roster } from './delegation.store.ts';
import type { Delegation } from './delegation-item.schema.ts';
import { deleteMember } from './delegation-writes.store.ts';
import { deleteDelegation, putDelegation } from './roster-writes.store.ts';

interface DelegationChange {
  readonly before: Delegation | undefined;
  readonly after: Delegation;
  readonly messages: readonly OutboxMessage[];
  readonly pass?: Pass | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

interface DelegationEnd {
  readonly roster: Roster;
  readonly tombstone: Record<string, unknown>;
  readonly message: OutboxMessage;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface RosterStore extends DelegationStore {
  /** Writes a delegation and mails: both, or neither where it is not as it was read or its pass was spent. */
  readonly write: (change: DelegationChange) => Promise<'done' | 'changed' | 'pass-spent'>;
  /** Deletes a list whole and says so: not where it is not as it was read. */
  readonly erase: (end: DelegationEnd) => Promise<'done' | 'changed'>;
}

/** A transaction takes 100 items. */
const MOST_TOGETHER = 90;

export const rosterStore = ({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): RosterStore => ({
  ...delegationStore({ client, registry, system }),

  async write({ before, after, messages, pass, expiresAt }) {
    const writes = [
      putDelegation(registry, before, after, expiresAt),
      ...(pass ? [spendPass(registry, after.eventId, pass)] : []),
      ...messages.map((message) => putMessage(outbox, message, expiresAt)),
    ];
    const [refusal] = await transact(client, writes, system);
    if (refusal === undefined) return 'done';
    return refusal.position === 0 ? 'changed' : 'pass-spent';
  },

  async erase({ roster: { delegation, members }, tombstone, message, expiresAt }) {
    const lines = members.map((member) => deleteMember(registry, member));
    // More than a transaction takes come together only by naming others again and again; what is left of them names nobody.
    while (lines.length > MOST_TOGETHER) await transact(client, lines.splice(0, MOST_TOGETHER), system);
    const last: TransactItem[] = [
      deleteDelegation(registry, delegation),
      ...lines,
      { Put: { TableName: registry, Item: tombstone } },
      putMessage(outbox, message, expiresAt),
    ];
    return (await transact(client, last, system)).length === 0 ? 'done' : 'changed';
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly rosters: RosterStore;
  }
}
