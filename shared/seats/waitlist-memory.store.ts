import type { EventDefinition } from '../event/event.ts';
import type { System } from '../kernel/system.store.ts';

/** What is known of an event's waiting list without reading it. */
export interface KnownWaitlist {
  /** Everyone in it waits for a quota that the event has, so that its counters say whether anyone can have a seat. */
  readonly isOfQuotas: boolean;
  /** It was gone through to its end, and that is so. */
  readonly noteOfQuotas: () => void;
}

export type WaitlistMemory = (event: EventDefinition<string>) => KnownWaitlist;

/** Milliseconds after a publication within which somebody may still enter the list by the definition before: requests end in 30 s. */
const ENTERED_BY_THEN = 60_000;

/**
 * Remembers which waiting lists hold nobody who waits for a quota that was taken away: they alone may have a seat although all are
 * taken. A list is gone through once for each version of the event, when nobody enters it by the one before any more.
 */
export function waitlistMemory({ now }: Pick<System, 'now'>): WaitlistMemory {
  const seen = new Map<string, { readonly version: number; readonly at: number; isOfQuotas: boolean }>();
  return ({ id, version }) => {
    const at = now().getTime();
    const before = seen.get(id);
    const known = before?.version === version ? before : { version, at, isOfQuotas: false };
    seen.set(id, known);
    return {
      isOfQuotas: known.isOfQuotas,
      noteOfQuotas: () => {
        known.isOfQuotas ||= at - known.at >= ENTERED_BY_THEN;
      },
    };
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly waitlistMemory: WaitlistMemory;
  }
}
