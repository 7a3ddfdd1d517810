import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { checkEmergencyPhone } from './guardian.ts';
import { putGuardian } from './guardian-writes.store.ts';

type Deps = Needs<'changes' | 'registrations' | 'system' | 'tables' | 'young'>;

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
