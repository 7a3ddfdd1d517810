import { type RulesReader, rulesReader } from '../../../shared/event/rules-reader.store.ts';
import type { DocumentClient } from '../../../shared/kernel/dynamo/client.store.ts';
import type { WaitlistEntry } from '../../../shared/store/waitlist-item.ts';
import { waitlistPages } from '../../../shared/store/waitlist-pages.ts';

export interface WaitlistStore {
  readonly readEvent: RulesReader;
  /** Everyone who waits, the longest first. */
  readonly pages: (eventId: string) => AsyncIterable<readonly WaitlistEntry[]>;
}

export const waitlistStore = (client: DocumentClient, table: string): WaitlistStore => ({
  readEvent: rulesReader(client, table),
  pages: (eventId) => waitlistPages(client, table, eventId),
});
