import { isDeepStrictEqual } from 'node:util';
import { countsFor } from '../../event/consents.ts';
import type { Consent, EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { withoutNeeds } from '../../event/questions.ts';
import { signUpSessions } from '../../event/sessions.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { offeringTo } from '../../kernel/text/countries.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { consentsInForce } from '../../minors/consent/guardian.ts';
import type { Behind } from '../../seats/admission.ts';
import { requireAmendable } from '../apply/require-open.ts';
import { type Amended, checkSubmission } from '../apply/submission.ts';
import type { Application, Registration, WaitlistPlace } from '../registration.schema.ts';
import { changed } from '../registration-state.store.ts';
import type { Amendment } from '../self-service.schema.ts';
import { amendSeats, asksForApproval, fieldNeeding } from './amendment.ts';
import type { PlannedChange, Situation } from './change-registration.case.ts';

/** How a change by a member differs from one by the holder. */
export interface MemberTerms {
  /** The event with those questions alone whose answers they read of this person. */
  readonly asked: EventDefinition<string>;
  /** Consents as they are to be: none is asked anew, since nobody consents for another person. */
  readonly consents: Application['consents'];
  /** Whether they may decide on the person as they are to be: nobody else has to look at it then. */
  readonly decidesOn: (after: Application) => boolean;
}

/** What an amendment makes of a registration, without what is mailed of it. */
type PlannedAmendment = Pick<NonNullable<PlannedChange>, 'after' | 'behind'>;

/**
 * What a registration is to say from now on, by the same rules and quotas as when it was sent; nothing where it says so already.
 *
 *   confirmed, waitlisted ── another person than was approved, or asks for more ──> pending-approval
 *   waitlisted ── needs no full quota any more ──> confirmed
 *   confirmed, online ── wants to come, the room is full ──> waitlisted, meanwhile online
 *
 * While approval is asked for anew the ticket does not work, but seats are kept: the answer may be yes. An attendee in the waiting list
 * leaves it, and comes back to the same place.
 *
 * @param amendedFor what it is to say, given what it says
 * @param member where a member changes it for its holder
 * @throws ProblemError `not-amendable`; InvalidInputError for fields that have to change
 */
export function planAmendment(
  { system }: Needs<'system'>,
  event: EventDefinition<string>,
  situation: Situation,
  amendedFor: (before: Registration, event: EventDefinition<string>) => Amended,
  member?: MemberTerms,
): PlannedAmendment | undefined {
  const { before } = situation;
  const now = system.now();
  requireAmendable(before, event, now);
  const asked = member?.asked ?? amendableEvent(event, before);
  const band = before.ageBand ?? 'adult';
  const held = asHeld(event, before);
  const kept = member === undefined ? {} : answersBeyond(asked, before);
  const sent = { ...amendedFor(held, asked), ageBand: band, email: before.email };
  const result = checkSubmission(asked, sent, band, { answers: kept, sessions: before.sessions });
  if ('issues' in result) throw new InvalidInputError(result.issues);
  const application = {
    ...NOT_GIVEN,
    ...result.application,
    // An attendee who keeps a seat in the room of an event that moved online needs none online.
    ...(result.application.mode === held.mode && { mode: before.mode }),
    answers: { ...kept, ...result.application.answers },
    consents: member?.consents ?? consentsOf(before, event, result.application),
  };
  if (saysTheSame(before, application)) return undefined;
  const isDecided = member?.decidesOn(application) === true;
  const { behind, meanwhile, ...standing } = standingOf(event, situation, application, system.chance(), isDecided);
  const since = before.waiting?.since ?? (standing.status === 'waitlisted' ? now.toISOString() : undefined);
  const isInLine = standing.status !== 'confirmed' && since !== undefined;
  const { movedUp } = before.waiting ?? {};
  const place = { ...(meanwhile && { meanwhile }), ...(movedUp && { movedUp }) };
  const waits = { waiting: isInLine ? { ...place, since } : undefined };
  const isRenamed = before.fullName !== application.fullName && {
    certificate: { ...before.certificate, renamedAt: now.toISOString() },
  };
  const amended = { ...application, ...standing, ...waits, ...isRenamed, definitionVersion: event.version };
  return { after: changed(before, amended, now), behind };
}

/** What is left out stays as it is, as far as the event still asks for it. */
export function merged(before: Registration, event: EventDefinition<string>, sent: Amendment): Amended {
  const among = <T>(named: readonly { readonly id: string }[], values: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(values).filter(([id]) => named.some((each) => each.id === id)));
  return {
    ...before,
    ...(before.badgeName === before.fullName && { badgeName: '' }),
    days: stillThere(before.days, event.days),
    sessions: stillThere(before.sessions, signUpSessions(event)),
    ...sent,
    answers: { ...among(event.questions, before.answers), ...sent.answers },
    consents: sent.consents ?? among(event.consents, before.consents),
  };
}

const stillThere = (chosen: readonly string[], offered: readonly { readonly id: string }[]): readonly string[] =>
  chosen.filter((id) => offered.some((each) => each.id === id));

/**
 * What should be arranged for an attendee is kept apart, where the function that amends cannot look. A country or language that they have, and
 * that the event does not offer any more, they keep.
 */
export function amendableEvent(event: EventDefinition<string>, registration: Registration): EventDefinition<string> {
  const languages = [...new Set([...event.languages, registration.language])];
  const consents = event.consents.map((consent) => asGiven(consent, registration));
  return offeringTo({ ...withoutNeeds(event), languages, consents }, registration);
}

/** A yes to a former version that counts for the one of today is kept under its own, which the form then sends back (PW2). */
function asGiven(consent: Consent<string>, { consents }: Registration): Consent<string> {
  const given = consents[consent.id];
  return given !== undefined && countsFor(consent, given) ? { ...consent, version: given } : consent;
}

/** Answers to other questions than an event asks. */
const answersBeyond = (
  { questions }: Pick<EventDefinition<string>, 'questions'>,
  { answers }: Pick<Registration, 'answers'>,
): Application['answers'] =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => questions.every((question) => question.id !== id)));

const consentsOf = (
  { minor }: Registration,
  event: EventDefinition<string>,
  { consents }: Application,
): Application['consents'] =>
  minor?.guardianConsents === undefined ? consents : consentsInForce(event, consents, minor.guardianConsents);

/** Takes the place of what was given before and is not any longer. */
const NOT_GIVEN = { honorific: undefined, nativeName: undefined };

const saysTheSame = (before: Registration, application: Application): boolean =>
  Object.entries(application).every(([field, value]) => isDeepStrictEqual(before[field as keyof Application], value));

type Standing = Pick<Registration, 'status' | 'seats' | 'approved'> & {
  readonly meanwhile?: WaitlistPlace['meanwhile'];
  readonly behind: readonly Behind[];
};

/** @param isDecided whether who changes it may decide on it, and so does */
function standingOf(
  event: EventDefinition<string>,
  { before, counters }: Situation,
  application: Application,
  chance: number,
  isDecided: boolean,
): Standing {
  const pending = { status: 'pending-approval', seats: [], behind: [] } as const;
  if (before.status === 'pending-approval' && before.seats.length === 0)
    return { ...pending, approved: before.approved };
  const asks = asksForApproval(event, before, application);
  const approved = asks && isDecided ? true : before.approved;
  const isSuspended = before.status === 'pending-approval' || (asks && !isDecided);
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
