import { isCalledOff } from '../../event/event-standing.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import type { GuardianMessageKind, OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';
import { isToCurrentGuardian } from '../../registration/guardian-change.ts';
import type { Registration } from '../../registration/registration.ts';
import { guardianStep } from '../young.ts';
import { consentToken } from './consent-link.store.ts';

type Deps = Needs<'registrations' | 'secrets' | 'siteUrl'>;

/** Mail about the consent itself. */
type ConsentKind = Exclude<GuardianMessageKind, 'guardian-event-status'>;

/**
 * To a minor's guardian, told from the registration as it stands now: nobody is asked again who has answered. Links are
 * made when a mail is written: whoever was asked before them must not get theirs.
 */
export async function aboutConsent(deps: Deps, kind: ConsentKind, message: OutboxMessage): Promise<Told> {
  const { eventId, reference, language: wanted } = message;
  const found = await deps.registrations.readWithEvent(eventId, reference, wanted);
  if (found === undefined) return { obstacle: 'registration-gone' };
  const { registration, event, language } = found;
  // Nobody is asked to agree to what does not take place.
  if (isCalledOff(event) && kind !== 'guardian-receipt') return { obstacle: 'superseded' };
  if (!isCurrent(kind, registration) || !isToCurrentGuardian(registration.guardianChange, message.createdAt))
    return { obstacle: 'superseded' };
  const links = await guardianLinks(deps, registration, language);
  return { message: renderMessage(kind, { event, registration: { reference, language }, links }), event };
}

/** @returns what a guardian is led to, with the page on which they decide */
export async function guardianLinks(deps: Deps, registration: Registration, language: string) {
  const consent = `${deps.siteUrl}/g/${await consentToken(registration, deps.secrets)}?lang=${language}`;
  return { ...eventLinks(deps, registration.eventId, language), consent };
}

function isCurrent(kind: ConsentKind, registration: Registration): boolean {
  if (kind !== 'guardian-receipt') return guardianStep(registration) === 'asked';
  return registration.guardianConsents !== undefined && registration.status !== 'cancelled';
}
