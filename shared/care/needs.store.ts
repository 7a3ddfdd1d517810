import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { checkUnchanged } from '../registration/writes.store.ts';

export interface NeedsStore {
  /**
   * Writes what someone needs, while the registration is as it was read: it may have been cancelled, or be someone
   * else's by now.
   *
   * @returns whether it was
   */
  readonly write: (registration: Registration, item: TransactItem) => Promise<boolean>;
}

export const needsStore = ({ client, registry, system }: Given<'registry'>): NeedsStore => ({
  write: async (registration, item) =>
    (await transact(client, [checkUnchanged(registry, registration), item], system)).length === 0,
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly needs: NeedsStore;
  }
}
