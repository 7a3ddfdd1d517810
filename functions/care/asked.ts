import { retentionEnd } from '../../shared/event/event-times.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import { isProvenConsent, parseConsentToken } from '../../shared/keys/consent-link.ts';
import type { RegistrationWithEvent } from '../../shared/registration/registration.store.ts';
import type { Deps } from './deps.ts';

/**
 * The registration about which someone holds a guardian's link.
 *
 * @throws ProblemError `link-not-valid`, the same for a broken, forged, replaced or expired link, and once everything
 *   about the request was deleted
 */
export async function askedBy(deps: Deps, token: string, language: string): Promise<RegistrationWithEvent> {
  const claim = parseConsentToken(token);
  const found = claim && (await deps.registrations.readWithEvent(claim.eventId, claim.reference, language));
  const valid =
    claim &&
    found &&
    deps.system.now().getTime() < retentionEnd(found.event) * 1000 &&
    isProvenConsent(claim, found.registration, deps.secrets);
  if (!found || !(await valid)) throw new ProblemError('link-not-valid');
  return found;
}
