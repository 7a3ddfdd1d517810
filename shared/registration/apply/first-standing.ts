import type { RegistrationStatus } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { admit, type Behind } from '../../seats/admission.ts';
import { type Counters, poolsFor } from '../../seats/quota.ts';
import type { Seat } from '../../seats/seat.schema.ts';
import { needsApproval } from '../decide/approval.ts';
import type { Application } from '../registration.schema.ts';

/** Where an attendee stands who has just answered everything. */
export interface FirstStanding {
  readonly status: RegistrationStatus & ('pending-approval' | 'confirmed' | 'waitlisted');
  readonly seats: readonly Seat[];
  /** As the admission says. */
  readonly behind: readonly Behind[];
}

/** A person's decision where the event asks for one, else a seat in every quota, else waiting where there is none. */
export const firstStatus = (
  event: EventDefinition<string>,
  application: Application,
  counters: Counters,
  chance: number,
  own = chance,
): FirstStanding =>
  needsApproval(event, application)
    ? { status: 'pending-approval', seats: [], behind: [] }
    : admit(poolsFor(event, application), [], counters, chance, own);
