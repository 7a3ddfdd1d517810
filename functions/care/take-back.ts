import { consentsInForce } from '../../shared/domain/guardian.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import type { TransactItem } from '../../shared/kernel/dynamo/transact.store.ts';
import { InvalidInputError } from '../../shared/kernel/errors.ts';
import { changed } from '../../shared/mail/outbox/new-items.store.ts';
import { putGuardian } from '../../shared/registering/guardian-writes.ts';
import { changeRegistration } from '../../shared/registration/change/change-registration.case.ts';
import type { RegistrationWithEvent } from '../../shared/registration/registration.store.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import type { Deps } from './deps.ts';

/**
 * Takes back one consent that a guardian may refuse, such as photos: the registration goes on, and the minor's own yes
 * counts no longer (CS7). Taking back twice succeeds twice.
 *
 * @param also what else is written with it
 * @throws InvalidInputError for a consent that attendance depends on, or that the event does not have
 */
export async function takeBack(
  deps: Deps,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  consent: string,
  also: readonly TransactItem[] = [],
): Promise<Registration> {
  if (!isOptional(event, consent)) throw new InvalidInputError([{ path: 'consent', code: 'unknown-option' }]);
  return changeRegistration(deps, event, registration, async ({ before }) => {
    // Read anew for each attempt: what another press wrote is not written over.
    const guardian = await deps.young.readGuardian(before);
    const { guardianConsents = {} } = before;
    if (guardian === undefined || !Object.hasOwn(guardianConsents, consent)) return undefined;
    const { [consent]: _, ...left } = guardianConsents;
    const consents = consentsInForce(event, before.consents, left);
    return {
      after: changed(before, { guardianConsents: left, consents }, deps.system.now()),
      messages: [],
      also: [putGuardian(deps.tables.care, { ...guardian, consents: left }, retentionEnd(event)), ...also],
    };
  });
}

const isOptional = ({ minors }: EventDefinition<string>, consent: string): boolean =>
  minors?.consents.some(({ id, required }) => id === consent && !required) ?? false;
