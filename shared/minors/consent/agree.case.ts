import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { guardianStep } from '../young.ts';
import { type Asked, afterAgreeing, readAsked } from './agreed.case.ts';
import { checkEmergencyPhone, checkGuardianConsents } from './guardian.ts';
import { putGuardian } from './guardian-writes.store.ts';

type Deps = Needs<'changes' | 'registrations' | 'system' | 'tables' | 'young'>;

/** Each lost race means that the registration was moved on between two reads. */
const MOST_RACES = 4;

/**
 * Grants what a guardian ticked, each for itself. Agreeing twice succeeds twice; what was agreed to first stays.
 *
 * @throws InvalidInputError for a required consent that is missing, or was given to other words, or where there is no number for an
 *   emergency; ProblemError `link-not-valid` where everything was deleted meanwhile, or nothing is left of the guardian who was asked:
 *   the minor can name them again; BusyError when rivals do not let go
 */
export async function agree(
  deps: Deps,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  sent: Readonly<Record<string, string>>,
  typedPhone: string,
): Promise<Registration> {
  let read = registration;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (guardianStep(read) !== 'asked') return read;
    const { agreed, issues } = checkGuardianConsents(event, sent);
    const phone = checkEmergencyPhone(typedPhone);
    if ('issue' in phone) throw new InvalidInputError([...issues, { path: 'phone', ...phone.issue }]);
    if (issues.length > 0) throw new InvalidInputError(issues);
    const asked = await readAsked(deps, read);
    if (asked !== undefined) return grant(deps, event, read, asked, agreed, phone.value);
    const now = await deps.registrations.read(event.id, read.reference);
    if (now === undefined || now.revision === read.revision) throw new ProblemError('link-not-valid');
    read = now;
  }
  throw new BusyError();
}

function grant(
  deps: Deps,
  event: EventDefinition<string>,
  read: Registration,
  asked: Asked,
  agreed: Readonly<Record<string, string>>,
  phone: string,
): Promise<Registration> {
  const guardian = { ...asked.guardian, agreedAt: deps.system.now().toISOString(), consents: agreed, phone };
  const put = putGuardian(deps.tables.care, guardian, retentionEnd(event));
  return changeRegistration(deps, event, read, ({ before }) =>
    guardianStep(before) === 'asked' ? afterAgreeing(deps, event, before, asked, agreed, put) : undefined,
  );
}
