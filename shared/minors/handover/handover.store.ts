import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { Guardian } from '../consent/guardian.schema.ts';
import { setHandoverTries } from '../consent/guardian-writes.store.ts';

export interface HandoverStore {
  /**
   * Keeps how many wrong codes were tried, together with the note of who tried one: both or nothing.
   *
   * @returns whether nobody else had tried one since the guardian was read
   */
  readonly setTries: (read: Guardian, tries: number, noted: TransactItem) => Promise<boolean>;
}

export const handoverStore = ({ client, care, system }: Given<'care'>): HandoverStore => ({
  setTries: async (read, tries, noted) =>
    (await transact(client, [setHandoverTries(care, read, tries), noted], system)).length === 0,
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly handovers: HandoverStore;
  }
}
