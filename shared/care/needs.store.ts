import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import type { System } from '../kernel/system.store.ts';
import type { Registration } from '../registration/registration.ts';
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

export const needsStore = (
  client: DocumentClient,
  { registry }: { readonly registry: string },
  system: System,
): NeedsStore => ({
  write: async (registration, item) =>
    (await transact(client, [checkUnchanged(registry, registration), item], system)).length === 0,
});
