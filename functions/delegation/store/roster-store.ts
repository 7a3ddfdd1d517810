import type { Delegation } from '../../../shared/domain/delegation.ts';
import type { OutboxMessage } from '../../../shared/domain/message.ts';
import type { SolvedChallenge } from '../../../shared/keys/proof-of-work.ts';
import { putMessage, spendProof, type Tables } from '../../../shared/registering/writes.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { type DelegationStore, delegationStore } from '../../../shared/store/delegation-store.ts';
import { transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';
import { putDelegation } from './roster-writes.ts';

interface DelegationChange {
  readonly before: Delegation | undefined;
  readonly after: Delegation;
  readonly messages: readonly OutboxMessage[];
  readonly proof?: SolvedChallenge | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface RosterStore extends DelegationStore {
  /** Writes a delegation and mails: both, or neither where it is not as it was read or the proof was spent. */
  readonly write: (change: DelegationChange) => Promise<'done' | 'changed' | 'proof-spent'>;
}

export const rosterStore = (client: DocumentClient, { registry, outbox }: Tables, system: System): RosterStore => ({
  ...delegationStore(client, registry, system),

  async write({ before, after, messages, proof, expiresAt }) {
    const writes = [
      putDelegation(registry, before, after, expiresAt),
      ...(proof ? [spendProof(registry, after.eventId, proof)] : []),
      ...messages.map((message) => putMessage(outbox, message, expiresAt)),
    ];
    const [refusal] = await transact(client, writes, system);
    if (refusal === undefined) return 'done';
    return refusal.position === 0 ? 'changed' : 'proof-spent';
  },
});
