import { delegationKey } from '../kernel/dynamo/keys.ts';
import { updateIf } from '../kernel/dynamo/update-if.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import type { Delegation } from './delegation-item.schema.ts';

export interface CoordinatorMailStore {
  /** Stops mail to a coordinator that they can do without, or resumes it; nothing where their list was deleted meanwhile. */
  readonly set: (delegation: Pick<Delegation, 'eventId' | 'id' | 'link'>, isStopped: boolean) => Promise<void>;
}

export const coordinatorMailStore = ({ client, registry: table }: Database<'registry'>): CoordinatorMailStore => ({
  async set({ eventId, id, link }, isStopped) {
    await updateIf(client, {
      TableName: table,
      Key: delegationKey(eventId, id),
      // The revision tells whoever writes the delegation whole at the same time to look again.
      UpdateExpression: `${isStopped ? 'SET optedOut = :yes' : 'REMOVE optedOut'} ADD revision :one`,
      ConditionExpression: 'link = :link',
      ExpressionAttributeValues: { ':link': link, ':one': 1, ...(isStopped && { ':yes': true }) },
    });
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly coordinatorMail: CoordinatorMailStore;
  }
}
