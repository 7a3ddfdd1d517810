import { retentionEnd } from '../../shared/domain/event-times.ts';
import { checkGuardianConsents } from '../../shared/domain/guardian.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { guardianStep } from '../../shared/domain/young.ts';
import { InvalidInputError, ProblemError } from '../../shared/errors.ts';
import { changeRegistration } from '../../shared/registering/change-registration.ts';
import { putGuardian } from '../../shared/registering/guardian-writes.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import { afterAgreeing, readAsked } from './agreed.ts';
import type { Deps } from './deps.ts';

/**
 * Grants what a guardian ticked, each for itself. Agreeing twice succeeds twice; what was agreed to first stays.
 *
 * @throws InvalidInputError for a required consent that is missing, or was given to other words; ProblemError `link-not-valid` where everything was
 *   deleted meanwhile
 */
export async function agree(
  deps: Deps,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  sent: Readonly<Record<string, string>>,
): Promise<Registration> {
  if (guardianStep(registration) !== 'asked') return registration;
  const { agreed, issues } = checkGuardianConsents(event, sent);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const asked = await readAsked(deps, registration);
  if (asked === undefined) {
    const now = await deps.registrations.read(event.id, registration.reference);
    if (now === undefined) throw new ProblemError('link-not-valid');
    return agree(deps, { registration: now, event }, sent);
  }
  const agreedAt = deps.system.now().toISOString();
  const guardian = { ...asked.guardian, agreedAt, consents: agreed };
  const put = putGuardian(deps.tables.care, guardian, retentionEnd(event));
  return changeRegistration(deps, event, registration, ({ before }) =>
    guardianStep(before) === 'asked' ? afterAgreeing(deps, event, before, asked, agreed, put) : undefined,
  );
}
