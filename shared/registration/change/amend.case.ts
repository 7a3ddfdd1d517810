import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { changed, newMessage } from '../../mail/outbox/new-items.store.ts';
import { consentsInForce } from '../../minors/consent/guardian.ts';
import type { Behind } from '../../seats/admission.ts';
import { type Amended, checkSubmission } from '../apply/submission.ts';
import type { Application, Registration, WaitlistPlace } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { amendSeats, asksForApproval, fieldNeeding } from './amendment.ts';
import { changeHeld } from './change-held.case.ts';
import type { Situation } from './change-registration.case.ts';
import { requireAmendable } from './require-amendable.ts';

type Deps = Needs<'changes' | 'registrations' | 'system'>;

/**
 * Changes what a registration says, by the same rules and quotas as when it was sent, and mails how it stands now.
 * Uncontended: one transaction. What says nothing new changes nothing.
 *
 *   confirmed, waitlisted ── someone else than was approved, or asks for more ──> pending-approval
 *   waitlisted ── needs no full quota any more ──> confirmed
 *   confirmed, online ── wants to come, the room is full ──> waitlisted, meanwhile online
 *
 * While approval is asked for anew the ticket does not work, but seats are kept: the answer may be yes. Whoever waits
 * in the waiting list leaves it, and comes back to the same place.
 *
 * @param amendedFor what it is to say, given what it says
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-amendable`; InvalidInputError for fields that have to change
 */
export async function amend(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
  amendedFor: (before: Registration, event: EventDefinition<string>) => Amended,
): Promise<Registration> {
  const asked = amendableEvent(event);
  return changeHeld(deps, { registration, event }, (situation) => {
    const { before } = situation;
    const now = deps.system.now();
    requireAmendable(before, event, now);
    const band = before.ageBand ?? 'adult';
    const held = asHeld(event, before);
    const result = checkSubmission(asked, { ...amendedFor(held, asked), ageBand: band, email: before.email }, band);
    if ('issues' in result) throw new InvalidInputError(result.issues);
    const application = {
      ...NOT_GIVEN,
      ...result.application,
      // Who keeps a seat in the room of an event that moved online needs none online.
      ...(result.application.mode === held.mode && { mode: before.mode }),
      consents: consentsOf(before, event, result.application),
    };
    if (saysTheSame(before, application)) return undefined;
    const { behind, meanwhile, ...standing } = standingOf(event, situation, application, deps.system.chance());
    const since = before.waiting?.since ?? (standing.status === 'waitlisted' ? now.toISOString() : undefined);
    const isInLine = standing.status !== 'confirmed' && since !== undefined;
    const waits = { waiting: isInLine ? { since, ...(meanwhile && { meanwhile }) } : undefined };
    const isRenamed = before.fullName !== application.fullName && { renamedAt: now.toISOString() };
    const amended = { ...application, ...standing, ...waits, ...isRenamed, definitionVersion: event.version };
    const after = changed(before, amended, now);
    return { after, behind, messages: [newMessage(deps.system, 'updated', after)] };
  });
}

const consentsOf = (
  { guardianConsents }: Registration,
  event: EventDefinition<string>,
  { consents }: Application,
): Application['consents'] =>
  guardianConsents === undefined ? consents : consentsInForce(event, consents, guardianConsents);

/** What should be arranged for someone is kept apart, where the function that amends cannot look. */
export const amendableEvent = (event: EventDefinition<string>): EventDefinition<string> => ({
  ...event,
  questions: event.questions.filter(({ care }) => !care),
});

/** Takes the place of what was given before and is not any longer. */
const NOT_GIVEN = { honorific: undefined, nativeName: undefined };

const saysTheSame = (before: Registration, application: Application): boolean =>
  Object.entries(application).every(([field, value]) => isDeepStrictEqual(before[field as keyof Application], value));

type Standing = Pick<Registration, 'status' | 'seats' | 'approved'> & {
  readonly meanwhile?: WaitlistPlace['meanwhile'];
  readonly behind: readonly Behind[];
};

function standingOf(
  event: EventDefinition<string>,
  { before, counters }: Situation,
  application: Application,
  chance: number,
): Standing {
  const { approved } = before;
  const pending = { status: 'pending-approval', seats: [], behind: [] } as const;
  if (before.status === 'pending-approval' && before.seats.length === 0) return { ...pending, approved };
  const isSuspended = before.status === 'pending-approval' || asksForApproval(event, before, application);
  if (isSuspended && before.status === 'waitlisted') return { ...pending, approved: undefined };
  const amended = amendSeats(event, before, application, counters, chance);
  if ('full' in amended || (isSuspended && amended.status === 'waitlisted')) {
    const full = 'full' in amended ? amended.full : amended.seats.filter(({ state }) => state === 'waiting');
    throw new InvalidInputError(noSeat(full.map((pool) => fieldNeeding(event, before, application, pool))));
  }
  if (isSuspended) return { ...pending, seats: amended.seats, approved: undefined };
  return { ...amended, approved };
}

const noSeat = (fields: readonly string[]): FieldIssue[] =>
  [...new Set(fields)].map((path) => ({ path, code: 'no-seat' }));
