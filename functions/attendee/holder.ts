import { retentionEnd } from '../../shared/domain/event-times.ts';
import { ProblemError } from '../../shared/errors.ts';
import { isProven, parseManageToken } from '../../shared/keys/manage-link.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

/**
 * The registration whose link someone holds.
 *
 * @throws ProblemError `link-not-valid`, the same for a broken, forged, replaced, expired or forgotten link
 */
export async function holderOf(deps: Deps, token: string, language: string): Promise<RegistrationWithEvent> {
  const claim = parseManageToken(token);
  const found = claim && (await deps.registrations.readWithEvent(claim.eventId, claim.reference, language));
  const valid =
    claim && found && !isExpired(found, deps.system.now()) && isProven(claim, found.registration, deps.secrets);
  if (!found || !(await valid)) throw new ProblemError('link-not-valid');
  return found;
}

/** A link lives as long as what it leads to; the table may take two days more to forget. */
const isExpired = ({ event }: RegistrationWithEvent, now: Date): boolean => now.getTime() >= retentionEnd(event) * 1000;

/** The token of an `Authorization: Bearer` header; anything else is no valid link. */
export const bearerToken = (authorization = ''): string => /^Bearer ([\w.-]{1,200})$/i.exec(authorization)?.[1] ?? '';
