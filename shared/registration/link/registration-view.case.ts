import type { EventDefinition, Session } from '../../event/event.ts';
import { asHeld, isCalledOff } from '../../event/event-standing.ts';
import { sessionsFor } from '../../event/sessions.ts';
import { isUnreachable, lapsesAt } from '../../mail/fate/mail-fate.ts';
import { minorsOf, needsChaperone, tieStep } from '../../minors/chaperone/chaperone.ts';
import { guardianStep } from '../../minors/young.ts';
import { waitingFor } from '../../seats/quota.ts';
import type { SignedTicket } from '../../ticket/ticket-key.store.ts';
import { stillToAnswer } from '../apply/still-to-answer.ts';
import { questionShown } from '../ask/asked.ts';
import { reasonIn } from '../decide/approval.ts';
import type { Chaperoning, Registration } from '../registration.schema.ts';
import type { RegistrationView } from '../self-service.schema.ts';

/** What a holder sees of a registration: nothing of seats, counters, revisions or keys. */
export function holderView(
  of: Registration,
  event: EventDefinition<string>,
  token: string,
  ticket: SignedTicket | undefined,
  language: string,
): RegistrationView {
  const registration = asHeld(event, of);
  const {
    seats: _,
    ticketId,
    hadTicket,
    linkVersion,
    revision,
    definitionVersion,
    changedAt,
    eventId,
    waiting,
    approved,
    pendingSince,
    proven,
    unproven,
    seatLostAt,
    invitation,
    walkIn,
    onBehalf,
    consentsGiven,
    delegation,
    minor,
    chaperoning,
    mail,
    hasNeeds,
    careAnswered,
    certificate,
    formerHolders,
    declineReason,
    tags: ownTags,
    history,
    asked,
    handed,
    ...shown
  } = registration;
  const sessions = joinableSessions(event, registration);
  const lapse = lapsesAt(registration);
  const waits = waitingFor(event, registration);
  const unanswered = stillToAnswer(event, of);
  return {
    ...shown,
    meanwhile: waiting?.meanwhile,
    careAnsweredAt: careAnswered?.at,
    declineReason: declineReason && reasonIn(declineReason, language),
    question: questionShown(registration),
    guardianConsents: minor?.guardianConsents,
    consentOnPaper: minor?.consentOnPaper,
    answerBy: minor?.answerBy,
    ...(onBehalf && { onBehalf: { at: onBehalf.at, consents: onBehalf.consents } }),
    ...(unanswered.length > 0 && { unanswered }),
    ...(waits && { waitingFor: waits }),
    ...(registration.status === 'expired' && seatLostAt !== undefined && { seatLost: true }),
    ...(isUnreachable(mail) && { unreachable: lapse ? { lapsesAt: lapse.toISOString() } : {} }),
    ...(isUnproven(registration) && { unproven: true }),
    ...(isUnreachable(minor?.guardianMail) && { guardianUnreachable: true }),
    event: { id: eventId, title: event.title },
    ...(delegation && !delegation.throughCoordinator && { coordinator: delegation.shown ? 'sees' : 'unseeing' }),
    ...(needsChaperone(registration) && {
      chaperone: isArranged(tieStep(registration.days, registration.minor?.chaperone, event)) ? 'arranged' : 'sought',
    }),
    ...(isAsked(chaperoning) && {
      chaperoning: { state: chaperoning.acceptedAt ? 'accepted' : 'asked', minors: minorsOf(registration).length },
    }),
    ...(ticket && { ticket: { ...ticket, expiresAt: ticket.expiresAt.toISOString() } }),
    ...(sessions.length > 0 && {
      joinLinks: sessions.map(({ id, title }) => ({ session: id, title, path: `/j/${token}/${id}` })),
    }),
  };
}

/** Whether a press is awaited. As long as the guardian's answer is, that is what the guardian waits for, if anything. */
const isUnproven = (registration: Registration): boolean =>
  registration.status === 'pending-guardian'
    ? guardianStep(registration) === 'unproven'
    : registration.unproven === true;

/** Whether there is an adult for every day who said yes. */
const isArranged = (step: ReturnType<typeof tieStep>): boolean => step === 'not-vetted' || step === 'safe';

/** An adult who said no is not asked again on their page. */
const isAsked = (chaperoning: Registration['chaperoning']): chaperoning is Chaperoning =>
  chaperoning?.askedAt !== undefined && chaperoning.declinedAt === undefined;

/**
 * The sessions that an attendee may join online: those with a meeting that they may know of, on their days. Where places are
 * limited, only those they signed up for. Those with a seat in the room may join too, and change nothing by it: they may be ill.
 */
export function joinableSessions(
  event: EventDefinition<string>,
  registration: Registration,
): readonly Session<string>[] {
  if (isCalledOff(event) || !mayJoin(registration)) return [];
  return sessionsFor(event, registration).filter(
    ({ id, meetingUrl, day, signUp }) =>
      meetingUrl !== undefined && registration.days.includes(day) && (!signUp || registration.sessions.includes(id)),
  );
}

const mayJoin = ({ status, waiting }: Registration): boolean =>
  status === 'confirmed' || (status === 'waitlisted' && waiting?.meanwhile === 'online');
