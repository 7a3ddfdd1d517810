import { retentionEnd } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { isProvenConsent, parseConsentToken } from './consent-link.store.ts';

type Deps = Needs<'registrations' | 'secrets' | 'system'>;

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
