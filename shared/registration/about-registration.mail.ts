import type { RegistrationStatus } from '../event/attendee.ts';
import { isCalledOff } from '../event/event-standing.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { addressIdentity } from '../kernel/text/email-address.ts';
import { isUnreachable } from '../mail/fate/mail-state.ts';
import type { OutboxMessage, RegistrationMessageKind } from '../mail/outbox/message.ts';
import type { Told } from '../mail/outbox/told.case.ts';
import { type Message, renderMessage } from '../message.ts';
import { guardianCode } from '../minors/consent/guardian-code.store.ts';
import { guardianStep } from '../minors/young.ts';
import { aboutCalledOff } from './change/about-called-off.mail.ts';
import type { RegistrationWithEvent } from './registration.store.ts';
import type { Registration } from './registration.ts';
import { dataOf } from './registration-data.case.ts';

type Deps = Needs<'announcements' | 'readTold' | 'registrations' | 'secrets' | 'signer' | 'siteUrl'>;

/** Told from the registration as it stands now. */
export async function aboutRegistration(
  deps: Deps,
  kind: RegistrationMessageKind,
  message: OutboxMessage,
): Promise<Told> {
  const { eventId, reference, language, to } = message;
  const found = await deps.registrations.readWithEvent(eventId, reference, language);
  if (found === undefined) return { obstacle: 'registration-gone' };
  if (!isCurrent(kind, found.registration) || !isTheirs(found.registration, to)) {
    return { obstacle: 'superseded' };
  }
  if (isCalledOff(found.event) && SPEAKS_OF_COMING.includes(kind)) return aboutCalledOff(deps, kind, found, message);
  return { message: await render(deps, kind, found, message), event: found.event };
}

/** What is told of an event that takes place: of one that was called off, another mail tells everyone. */
const SPEAKS_OF_COMING: readonly RegistrationMessageKind[] = [
  'confirmed',
  'pending-approval',
  'waitlisted',
  'promoted',
  'updated',
  'pending-guardian',
  'pending-paper',
  'guardian-agreed',
  'chaperone-request',
  'ask-proof',
  'seat-released',
];

const CHANGEABLE: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];

/**
 * A ticket mailed after its registration was cancelled would only be turned away at the door, and whoever took a cancellation back
 * must not read of it after their new ticket.
 */
function isCurrent(kind: RegistrationMessageKind, registration: Registration): boolean {
  const { status } = registration;
  if (kind === 'chaperone-request') return isAsked(registration);
  if (kind === 'guardian-agreed') return guardianStep(registration) === 'agreed';
  if (kind === 'guardian-code') return awaitsCode(registration);
  if (kind === 'guardian-unreachable') return isUnreachable(registration.guardianMail);
  if (TO_WHOEVER_HOLDS_IT.includes(kind)) return status !== 'cancelled';
  if (kind === 'ask-proof') return registration.unproven === true && CHANGEABLE.includes(status);
  if (kind === 'seat-released') return status === 'expired' && registration.seatLostAt !== undefined;
  if (kind === 'promoted') return status === 'confirmed';
  if (kind === 'updated') return CHANGEABLE.includes(status);
  return status === kind;
}

/** The first mail to someone under 18 is the same where their address holds a registration already (AU9). */
const TO_WHOEVER_HOLDS_IT: readonly RegistrationMessageKind[] = [
  'already-registered',
  'link',
  'pending-guardian',
  'pending-paper',
];

const awaitsCode = (registration: Registration): boolean =>
  MAY_CHANGE_GUARDIAN.includes(guardianStep(registration)) && registration.guardianChange?.request === undefined;

const MAY_CHANGE_GUARDIAN: readonly ReturnType<typeof guardianStep>[] = ['unproven', 'asked'];

const isAsked = ({ chaperoning }: Registration): boolean =>
  chaperoning?.askedAt !== undefined && chaperoning.acceptedAt === undefined && chaperoning.declinedAt === undefined;

/** Links are made when a mail is written: one that waited for whoever came before a substitute would carry the new one. */
export const isTheirs = ({ email }: Registration, to: string | undefined): boolean =>
  to !== undefined && addressIdentity(to) === addressIdentity(email);

async function render(
  deps: Deps,
  kind: RegistrationMessageKind,
  found: RegistrationWithEvent,
  { createdAt }: OutboxMessage,
): Promise<Message> {
  const { registration, event } = found;
  const data = await dataOf(deps, found, createdAt);
  if (kind === 'guardian-code') {
    const { guardianChange } = registration;
    if (guardianChange === undefined) throw new Error('nobody asked for a code');
    return renderMessage(kind, { ...data, code: await guardianCode(registration, guardianChange, deps.secrets) });
  }
  const ticket = async () => ({ ...data, ticket: await deps.signer.sign(event, registration) });
  if (kind === 'confirmed' || kind === 'promoted') return renderMessage(kind, await ticket());
  if (kind === 'updated' && registration.status === 'confirmed') return renderMessage(kind, await ticket());
  return renderMessage(kind, data);
}
