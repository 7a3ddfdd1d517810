import type { GuardianMessageKind, OutboxMessage } from '../../shared/domain/message.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { guardianStep } from '../../shared/domain/young.ts';
import { consentToken } from '../../shared/keys/consent-link.ts';
import { renderMessage } from '../../shared/mail/message.ts';
import type { Deps } from './deps.ts';
import { eventLinks } from './event-links.ts';
import type { Told } from './told.ts';

/** To a minor's guardian, told from the registration as it stands now: nobody is asked again who has answered. */
export async function aboutConsent(
  deps: Deps,
  kind: GuardianMessageKind,
  { eventId, reference, language: wanted }: OutboxMessage,
): Promise<Told> {
  const found = await deps.registrations.readWithEvent(eventId, reference, wanted);
  if (found === undefined) return { obstacle: 'registration-gone' };
  const { registration, event, language } = found;
  if (!isCurrent(kind, registration)) return { obstacle: 'superseded' };
  const consent = `${deps.siteUrl}/g/${await consentToken(registration, deps.secrets)}?lang=${language}`;
  const links = { ...eventLinks(deps, eventId, language), consent };
  return { message: renderMessage(kind, { event, registration: { reference, language }, links }), event };
}

function isCurrent(kind: GuardianMessageKind, registration: Registration): boolean {
  if (kind !== 'guardian-receipt') return guardianStep(registration) === 'asked';
  return registration.guardianConsents !== undefined && registration.status !== 'cancelled';
}
