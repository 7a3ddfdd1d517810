import { type RulesReader, rulesReader } from '../event/rules-reader.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import type { WaitlistEntry } from './waitlist-item.store.ts';
import { waitlistPages } from './waitlist-pages.store.ts';

export interface WaitlistStore {
  readonly readEvent: RulesReader;
  /** Everyone who waits, the longest first. */
  readonly pages: (eventId: string) => AsyncIterable<readonly WaitlistEntry[]>;
}

export const waitlistStore = ({ client, registry: table }: Database<'registry'>): WaitlistStore => ({
  readEvent: rulesReader({ client, registry: table }),
  pages: (eventId) => waitlistPages(client, table, eventId),
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly waitlist: WaitlistStore;
  }
}
