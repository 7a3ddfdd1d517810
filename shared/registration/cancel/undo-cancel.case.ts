import type { RegistrationStatus } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { type Admission, admit } from '../../seats/admission.ts';
import { poolsFor } from '../../seats/quota.ts';
import { changeRegistration, type Situation } from '../change/change-registration.case.ts';
import { needsApproval } from '../decide/approval.ts';
import { hashHolder, hashRequest } from '../hashes.store.ts';
import { provenBy } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed, newTicketId } from '../registration-state.store.ts';
import type { CancelDeps } from './cancel.case.ts';
import { mayUndo } from './undo.ts';

const IS_UP_AGAIN: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];

/**
 * Takes up a registration that was cancelled less than a day ago, at the end of every line: its seat may be another's by now. The ticket is
 * a new one, for the old may be known as revoked. Twice is as good as once.
 *
 * @throws ProblemError `not-undoable`, or `registered-anew` when its address has another registration by now
 */
export async function undoCancel(
  deps: Omit<CancelDeps, 'tables'>,
  { registration, event }: RegistrationWithEvent,
): Promise<Registration> {
  const { eventId, reference } = registration;
  const addressHash = await hashHolder(deps.secrets, registration);
  const request = await hashRequest(deps.secrets, eventId, `undo:${reference}:${registration.revision}`);
  return changeRegistration(deps, event, registration, (situation) => {
    const { before, lock } = situation;
    if (IS_UP_AGAIN.includes(before.status)) return undefined;
    const now = deps.system.now();
    if (!mayUndo(before, event, now)) throw new ProblemError('not-undoable');
    if (lock !== undefined) throw new ProblemError('registered-anew');
    const { behind, ...standing } = readmission(event, situation, deps.system.chance());
    const waits = standing.status === 'waitlisted' && { waiting: { since: now.toISOString() } };
    // A holder takes it up by mail, or a coordinator, who vouches.
    const after = provenBy(changed(before, { ...standing, ...waits, ticketId: newTicketId(deps.system) }, now), 'mail');
    return {
      after,
      behind,
      lock: { put: { reference, request }, addressHash },
      messages: [newMessage(deps.system, standing.status, after)],
    };
  });
}

/** Where an attendee comes in again who had ended: with a seat, waiting, or for a decision. */
export function readmission(
  event: EventDefinition<string>,
  { before, counters }: Situation,
  chance: number,
): Admission | { status: 'pending-approval'; seats: []; behind: [] } {
  if (!before.approved && needsApproval(event, before)) return { status: 'pending-approval', seats: [], behind: [] };
  if (before.role !== 'attendee') return { status: 'confirmed', seats: [], behind: [] };
  return admit(poolsFor(event, before), [], counters, chance);
}
