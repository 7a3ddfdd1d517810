import type { Guardian } from '../../../shared/domain/guardian.ts';
import type { DocumentClient } from '../../../shared/kernel/dynamo/client.store.ts';
import { type TransactItem, transact } from '../../../shared/kernel/dynamo/transact.store.ts';
import type { System } from '../../../shared/kernel/system.store.ts';
import { setHandoverTries } from '../../../shared/registering/guardian-writes.ts';
import type { YoungTables } from '../../../shared/registering/young-store.ts';

export interface HandoverStore {
  /**
   * Keeps how many wrong codes were tried, together with the note of who tried one: both or nothing.
   *
   * @returns whether nobody else had tried one since the guardian was read
   */
  readonly setTries: (read: Guardian, tries: number, noted: TransactItem) => Promise<boolean>;
}

export const handoverStore = (
  client: DocumentClient,
  { care }: Pick<YoungTables, 'care'>,
  system: System,
): HandoverStore => ({
  setTries: async (read, tries, noted) =>
    (await transact(client, [setHandoverTries(care, read, tries), noted], system)).length === 0,
});
