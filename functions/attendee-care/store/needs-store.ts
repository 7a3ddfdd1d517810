import type { Registration } from '../../../shared/domain/registration.ts';
import { checkUnchanged } from '../../../shared/registering/writes.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { type TransactItem, transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';

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
