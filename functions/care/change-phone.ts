import { checkEmergencyPhone } from '../../shared/domain/guardian.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { InvalidInputError } from '../../shared/kernel/errors.ts';
import { changed } from '../../shared/mail/outbox/new-items.store.ts';
import { putGuardian } from '../../shared/registering/guardian-writes.ts';
import { changeRegistration } from '../../shared/registration/change/change-registration.case.ts';
import type { RegistrationWithEvent } from '../../shared/registration/registration.store.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import type { Deps } from './deps.ts';

/**
 * Replaces the number at which a guardian who has agreed can be reached in an emergency.
 *
 * @throws InvalidInputError for what is no phone number
 */
export async function changePhone(
  deps: Deps,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  typed: string,
): Promise<Registration> {
  const phone = checkEmergencyPhone(typed);
  if ('issue' in phone) throw new InvalidInputError([{ path: 'phone', ...phone.issue }]);
  return changeRegistration(deps, event, registration, async ({ before }) => {
    // Read anew for each attempt: what another press wrote is not written over.
    const guardian = await deps.young.readGuardian(before);
    return guardian === undefined || before.guardianConsents === undefined
      ? undefined
      : {
          after: changed(before, {}, deps.system.now()),
          messages: [],
          also: [putGuardian(deps.tables.care, { ...guardian, phone: phone.value }, retentionEnd(event))],
        };
  });
}
