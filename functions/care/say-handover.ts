import { retentionEnd } from '../../shared/domain/event-times.ts';
import type { Guardian } from '../../shared/domain/guardian.ts';
import { checkHandover, type HandoverSent } from '../../shared/domain/handover.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { InvalidInputError, ProblemError } from '../../shared/errors.ts';
import { changeRegistration } from '../../shared/registering/change-registration.ts';
import { putGuardian } from '../../shared/registering/guardian-writes.ts';
import { changed } from '../../shared/registering/new-items.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

type Asked = Pick<RegistrationWithEvent, 'registration' | 'event'>;

/**
 * Keeps how a minor leaves, as a guardian who has agreed says: in `Care` and nowhere else (CS24).
 *
 * @throws InvalidInputError for fields that have to change; ProblemError `not-amendable` before they have agreed
 */
export function sayHandover(deps: Deps, asked: Asked, sent: HandoverSent): Promise<Registration> {
  const handover = checkHandover(sent, deps.system.now());
  if ('issues' in handover) throw new InvalidInputError(handover.issues);
  return changeGuardianItem(deps, asked, (guardian) => ({ ...guardian, handover }));
}

/** Another code than the one that the guardian has told someone. */
export const replaceHandoverCode = (deps: Deps, asked: Asked): Promise<Registration> =>
  changeGuardianItem(deps, asked, ({ handoverCodeVersion = 1, ...guardian }) => ({
    ...guardian,
    handoverCodeVersion: handoverCodeVersion + 1,
  }));

/** The registration is written with it, so that two changes of one guardian's item exclude each other. */
const changeGuardianItem = (
  deps: Deps,
  { registration, event }: Asked,
  change: (guardian: Guardian) => Guardian,
): Promise<Registration> =>
  changeRegistration(deps, event, registration, async ({ before }) => {
    // Read anew for each attempt: what another press wrote is not written over.
    const guardian = before.guardianConsents && (await deps.young.readGuardian(before));
    if (!guardian) throw new ProblemError('not-amendable');
    return {
      after: changed(before, {}, deps.system.now()),
      messages: [],
      also: [putGuardian(deps.tables.care, change(guardian), retentionEnd(event))],
    };
  });
