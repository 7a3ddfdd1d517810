import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { ownSessions } from '../../event/sessions.ts';
import type { FormerStanding } from '../../mail/outbox/message.schema.ts';
import { type Admission, admit } from '../../seats/admission.ts';
import { type Counters, poolName, poolsFor, type QuotaChoices } from '../../seats/quota.ts';
import type { PoolId, Seat } from '../../seats/seat.schema.ts';
import { needsApproval } from '../decide/approval.ts';
import type { Application, Registration } from '../registration.schema.ts';

/** What, once changed, makes an attendee another person to their approver. */
const WHO = ['fullName', 'organisation', 'country', 'category'] as const;

/**
 * Whether a person has to look at an amended registration: where what they once approved is for another person now, or
 * where it newly asks for what needs approval.
 */
export function asksForApproval(
  event: Pick<EventDefinition<string>, 'categories'>,
  before: Registration,
  after: Application,
): boolean {
  if (WHO.some((field) => before[field] !== after[field]))
    return before.approved === true || needsApproval(event, after);
  return after.closedSessions && !before.closedSessions && needsApproval(event, after);
}

/** How an attendee stood before a change, as the mail about it is told. */
export const formerStanding = (event: EventDefinition<string>, before: Registration): FormerStanding => ({
  ...{ status: before.status, mode: asHeld(event, before).mode, days: [...before.days] },
  sessions: ownSessions(event, before).map(({ id }) => id),
});

export type AmendedSeats =
  | (Admission & { readonly meanwhile: 'online' | undefined })
  /** Pools that are newly needed and have no seat. */
  | { readonly full: readonly PoolId[] };

/**
 * The seats of an amended registration. What is held or waited for is kept wherever it is still needed; nobody newly
 * waits, but for an attendee online who wants to come to the room: they take part online until there is a seat.
 */
export function amendSeats(
  event: Pick<EventDefinition<string>, 'quotas'>,
  before: Registration,
  application: Application,
  counters: Counters,
  chance: number,
): AmendedSeats {
  if (before.role !== 'attendee') return { status: 'confirmed', seats: [], behind: [], meanwhile: undefined };
  const admission = admit(poolsFor(event, application), before.seats, counters, chance);
  if (admission.status === 'confirmed') return { ...admission, meanwhile: undefined };
  const full = admission.seats.filter((seat) => !isAmong(before.seats, seat));
  const mayWait = before.status === 'confirmed' && before.mode === 'online' && application.mode === 'in-person';
  if (full.length > 0 && !mayWait) return { full };
  if (full.length === 0 && before.waiting?.meanwhile === undefined) return { ...admission, meanwhile: undefined };
  const online = seatsOnline(event, application, before.seats, counters, chance);
  if ('full' in online) return online;
  return { ...admission, seats: [...admission.seats, ...online.seats], meanwhile: 'online' };
}

/** What it takes to attend online while waiting for the room; or what of it has no seat. */
export function seatsOnline(
  event: Pick<EventDefinition<string>, 'quotas'>,
  application: QuotaChoices,
  held: readonly Seat[],
  counters: Counters,
  chance: number,
): { readonly seats: readonly Seat[] } | { readonly full: readonly PoolId[] } {
  const { status, seats } = admit(poolsFor(event, { ...application, mode: 'online' }), held, counters, chance);
  return status === 'confirmed' ? { seats } : { full: seats };
}

const isAmong = (pools: readonly PoolId[], pool: PoolId): boolean =>
  pools.some((each) => poolName(each) === poolName(pool));

/** What may bring an attendee a quota, in the order in which they would rather change it back. */
const MAY_NEED = ['sessions', 'mode', 'category', 'organisation', 'country'] as const;

/** The field whose change newly needs a seat in a pool. */
export function fieldNeeding(
  event: Pick<EventDefinition<string>, 'quotas'>,
  before: Registration,
  after: Application,
  pool: PoolId,
): (typeof MAY_NEED)[number] {
  const without = (field: (typeof MAY_NEED)[number]) => poolsFor(event, { ...after, [field]: before[field] });
  return MAY_NEED.find((field) => !isAmong(without(field), pool)) ?? 'mode';
}
