import type { Delegation } from '../../../shared/domain/delegation.ts';
import type { OutboxMessage } from '../../../shared/domain/message.ts';
import type { Pass } from '../../../shared/registering/pass.ts';
import { putMessage, spendPass, type Tables } from '../../../shared/registering/writes.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { type DelegationStore, delegationStore } from '../../../shared/store/delegation-store.ts';
import { transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';
import { putDelegation } from './roster-writes.ts';

interface DelegationChange {
  readonly before: Delegation | undefined;
  readonly after: Delegation;
  readonly messages: readonly OutboxMessage[];
  readonly pass?: Pass | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface RosterStore extends DelegationStore {
  /** Writes a delegation and mails: both, or neither where it is not as it was read or its pass was spent. */
  readonly write: (change: DelegationChange) => Promise<'done' | 'changed' | 'pass-spent'>;
}

export const rosterStore = (client: DocumentClient, { registry, outbox }: Tables, system: System): RosterStore => ({
  ...delegationStore(client, registry, system),

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
});
