import type { Hold, Holder } from '../holder.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { type CheckInEffect, dayAt } from './passage.ts';
import type { ScanMark } from './scan.ts';

/** Why an attendee does not come in here. */
export type Refusal =
  /** Cancelled, declined, or confirmed no more: the desk knows. */
  | 'not-confirmed'
  | 'not-yet'
  | 'over'
  /** Registered to attend online. */
  | 'other-mode'
  | 'other-day'
  | 'other-category'
  | 'not-signed-up'
  /** Of a closed session, whatever the reason: an attendee not let in learns nothing of it. */
  | 'closed-session';

export type Verdict =
  /** To be let in, and noted. `isFull`: the room holds no more, and staff decide. */
  | { readonly kind: 'admit'; readonly isFull: boolean }
  /** To be noted as gone. `wasInside` is false of an attendee who came in unseen. */
  | { readonly kind: 'leave'; readonly wasInside: boolean }
  /** In already: nothing to be noted. */
  | { readonly kind: 'already-in'; readonly earlier: ScanMark }
  /** Under 18 and about to leave: nobody is noted as gone before it is known with whom (CS24). */
  | { readonly kind: 'ask-companion'; readonly wasInside: boolean }
  /** A chaperone about to leave, and how many of those whom they look after are still inside. */
  | { readonly kind: 'wards-inside'; readonly count: number }
  /** To the safeguarding desk. */
  | { readonly kind: 'hold'; readonly why: Hold }
  | { readonly kind: 'refuse'; readonly why: Refusal };

export interface Occasion {
  readonly direction: 'in' | 'out';
  /** By the server's clock, as well as the device can tell, epoch milliseconds. */
  readonly at: number;
  /** How many people are inside, as far as the device knows. */
  readonly inside: number;
  /** How many of those whom they look after are inside, as far as the device knows. */
  readonly wardsInside: number;
}

/**
 * Whether an attendee may pass a door. It is the same on a phone without a network and on the server: what differs is
 * only how much they know.
 *
 * @param passage of this ticket on this list, from all scans that are known here
 */
export function verdictOf(
  door: ListTerms,
  holder: Holder,
  passage: CheckInEffect,
  { direction, at, inside, wardsInside }: Occasion,
): Verdict {
  const isInside = isInsideAt(door, passage, at);
  // Nobody is kept in.
  if (direction === 'out') {
    if (holder.isMinor) return { kind: 'ask-companion', wasInside: isInside };
    return wardsInside > 0 ? { kind: 'wards-inside', count: wardsInside } : { kind: 'leave', wasInside: isInside };
  }
  const why = whyRefused(door, holder, at);
  if (why !== undefined) return { kind: 'refuse', why };
  if (holder.hold !== undefined) return { kind: 'hold', why: holder.hold };
  if (isInside && passage.last !== undefined && door.passing !== 'again') {
    return { kind: 'already-in', earlier: passage.last };
  }
  return { kind: 'admit', isFull: door.capacity !== undefined && !isInside && inside >= door.capacity };
}

/** Whether they are inside at an instant: who came on an earlier day comes anew where a list counts each day. */
export const isInsideAt = (door: ListTerms, { isInside, last }: CheckInEffect, at: number): boolean =>
  isInside && last !== undefined && dayAt(door, last.correctedAt) === dayAt(door, at);

/** Whether an attendee is expected at a door by their registration, whenever they come; who goes to the safeguarding desk first is too. */
export const isExpected = (door: ListTerms, holder: Holder): boolean =>
  holder.isConfirmed && whyNotHere(door, holder) === undefined;

/** Why one gets nothing there, or does not come in; nothing where they do. @param at epoch milliseconds */
export function whyRefused(door: ListTerms, holder: Holder, at: number): Refusal | undefined {
  if (!holder.isConfirmed) return 'not-confirmed';
  const why = whyNotHere(door, holder);
  if (why !== undefined) return door.isClosed ? 'closed-session' : why;
  if (at < door.opensAt) return 'not-yet';
  return at >= door.closesAt ? 'over' : undefined;
}

/** A person whose role is not attendee goes wherever the others are; but what is closed is closed to them too. */
function whyNotHere(door: ListTerms, { mode, days, category, sessions, role }: Holder): Refusal | undefined {
  if (!door.modes.includes(mode)) return 'other-mode';
  if (role !== 'attendee' && !door.isClosed) return undefined;
  if (door.day !== undefined && !days.includes(door.day)) return 'other-day';
  if (door.categories !== undefined && !door.categories.includes(category)) return 'other-category';
  if (door.session !== undefined && !sessions.includes(door.session)) return 'not-signed-up';
  return undefined;
}
