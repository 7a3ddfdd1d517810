import type { EventDefinition } from '../../event/event.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { UnprovenSeat } from '../../seats/unproven-seat.ts';
import { readUnprovenSeats } from '../../seats/unproven-seats.store.ts';
import type { WaitlistEntry } from '../../seats/waitlist-item.store.ts';
import { waitlistPages } from '../../seats/waitlist-pages.store.ts';
import { readRegistrations } from '../list/read-registrations.store.ts';
import type { Registration } from '../registration.schema.ts';

/** Seats that nobody has proven, and everyone who waits, the longest first. */
interface UnprovenList {
  readonly seats: (event: EventDefinition<string>) => Promise<readonly UnprovenSeat[]>;
  readonly waiting: (eventId: string) => Promise<readonly WaitlistEntry[]>;
  readonly registrations: (eventId: string, references: readonly string[]) => Promise<readonly Registration[]>;
}

export const unprovenList = ({ client, registry, system }: Given<'registry'>): UnprovenList => ({
  seats: (event) => readUnprovenSeats(client, registry, event),
  async waiting(eventId) {
    const all: WaitlistEntry[] = [];
    for await (const page of waitlistPages(client, registry, eventId)) all.push(...page);
    return all;
  },
  registrations: (eventId, references) => readRegistrations(client, registry, eventId, references, system),
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly unprovenSeats: UnprovenList;
  }
}
