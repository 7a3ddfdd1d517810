import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { consentsInForce } from './guardian.ts';
import { putGuardian } from './guardian-writes.store.ts';

type Deps = Needs<'changes' | 'registrations' | 'system' | 'tables' | 'young'>;

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
