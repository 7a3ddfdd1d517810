import { ProblemError } from '../../shared/errors.ts';
import { isProven, parseManageToken } from '../../shared/keys/manage-link.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

/**
 * The registration whose link someone holds.
 *
 * @throws ProblemError `link-not-valid`, the same for a broken, forged, replaced or forgotten link
 */
export async function holderOf(deps: Deps, token: string, language: string): Promise<RegistrationWithEvent> {
  const claim = parseManageToken(token);
  const found = claim && (await deps.registrations.readWithEvent(claim.eventId, claim.reference, language));
  if (!claim || !found || !(await isProven(claim, found.registration, deps.secrets))) {
    throw new ProblemError('link-not-valid');
  }
  return found;
}

/** The token of an `Authorization: Bearer` header; anything else is no valid link. */
export const bearerToken = (authorization = ''): string => /^Bearer ([\w.-]{1,200})$/i.exec(authorization)?.[1] ?? '';
