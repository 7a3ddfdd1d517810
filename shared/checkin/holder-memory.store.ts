import type { EventDefinition } from '../event/event.ts';
import { asHeld } from '../event/event-standing.ts';
import type { System } from '../kernel/system.store.ts';
import { type Holder, NO_HEADCOUNT, type TicketHolder, ticketHolderOf } from './holder.ts';

/** What a door has to know of everyone who is registered, to count who is expected. */
export type HoldersOf = (event: EventDefinition<string>) => Promise<readonly Holder[]>;

/** Milliseconds for which it is remembered: at least as long as screens wait between two looks, and a minute of 5,000 people. */
const LEAST = 4_000;
const PER_PERSON = 12;

/**
 * Reads them the less often the more there are: a screen that shows what doors count asks every few seconds, and how many people
 * are expected changes far more slowly than how many came. What changed of the people index takes 9 read units.
 */
export function holderMemory(
  list: (event: EventDefinition<string>) => Promise<readonly TicketHolder[]>,
  { now }: Pick<System, 'now'>,
): HoldersOf {
  const known = new Map<
    string,
    { readonly at: number; readonly version: number; readonly holders: readonly Holder[] }
  >();
  return async (event) => {
    const at = now().getTime();
    const before = known.get(event.id);
    if (
      before !== undefined &&
      before.version === event.version &&
      at - before.at < Math.max(LEAST, before.holders.length * PER_PERSON)
    )
      return before.holders;
    const holders = (await list(event)).map((each) => ticketHolderOf(event, asHeld(event, each), NO_HEADCOUNT));
    known.set(event.id, { at, version: event.version, holders });
    return holders;
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly holdersOf: HoldersOf;
  }
}
