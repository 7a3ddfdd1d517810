import { eventEnd } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { readmission } from '../cancel/undo-cancel.case.ts';
import { changeHeld } from '../change/change-registration.case.ts';
import { hashHolder, hashRequest } from '../hashes.store.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed, newTicketId } from '../registration-state.store.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'system'>;

/**
 * The attendee says that a registration is theirs, by a link that only its address got. Twice is as good as once. One who lost a seat
 * meanwhile, since they had not said so, gets one again, or stands first among those who wait.
 *
 * @throws ProblemError `not-undoable` once the event is over, `registered-anew` when the address has another registration by now
 */
export async function prove(deps: Deps, { registration, event }: RegistrationWithEvent): Promise<Registration> {
  const { eventId, reference } = registration;
  const addressHash = await hashHolder(deps.secrets, registration);
  const request = await hashRequest(deps.secrets, eventId, `prove:${reference}:${registration.revision}`);
  return changeHeld(deps, { registration, event }, (situation) => {
    const { before, lock } = situation;
    const now = deps.system.now();
    // Also where something else proved it since, such as a link that an organiser handed over: the seat is still lost.
    if (before.seatLostAt === undefined || before.status !== 'expired') {
      return before.unproven && { after: changed(before, {}, now), messages: [] };
    }
    if (now >= eventEnd(event)) throw new ProblemError('not-undoable');
    if (lock !== undefined) throw new ProblemError('registered-anew');
    const { behind, ...standing } = readmission(event, situation, deps.system.chance());
    const waits = standing.status === 'waitlisted' && { waiting: { since: before.submittedAt } };
    const after = changed(before, { ...standing, ...waits, ticketId: newTicketId(deps.system) }, now);
    return {
      after,
      behind,
      lock: { put: { reference, request }, addressHash },
      messages: [newMessage(deps.system, standing.status, after)],
    };
  });
}
