import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { endYoung } from '../end-young.case.ts';
import { requireMinor } from '../minors.case.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForVetted } from '../vetted.case.ts';
import { putGuardian } from './guardian.store.ts';
import { consentsInForce } from './guardian.ts';

/**
 * Takes back one consent that a guardian may refuse, such as photos: the registration goes on, and the minor's own yes
 * counts no longer (CS7). Taking back twice succeeds twice.
 *
 * @param also what else is written with it
 * @throws InvalidInputError for a consent that attendance depends on, or that the event does not have
 */
export async function takeBack(
  deps: Needs<'changes' | 'registrations' | 'system' | 'tables' | 'young'>,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  consent: string,
  also: readonly TransactItem[] = [],
): Promise<Registration> {
  if (!isOptional(event, consent)) throw new InvalidInputError([{ path: 'consent', code: 'unknown-option' }]);
  return changeRegistration(deps, event, registration, 'holder', async ({ before }) => {
    // Read anew for each attempt: what another press wrote is not written over.
    const guardian = await deps.young.readGuardian(before);
    const { guardianConsents = {} } = before.minor ?? {};
    if (guardian === undefined || !Object.hasOwn(guardianConsents, consent)) return undefined;
    const { [consent]: _, ...left } = guardianConsents;
    const consents = consentsInForce(event, before.consents, left);
    return {
      after: changed(before, { minor: { ...before.minor, guardianConsents: left }, consents }, deps.system.now()),
      messages: [],
      also: [putGuardian(deps.tables.care, { ...guardian, consents: left }, retentionEnd(event)), ...also],
    };
  });
}

const isOptional = ({ minors }: EventDefinition<string>, consent: string): boolean =>
  minors?.consents.some(({ id, required }) => id === consent && !required) ?? false;

/** For a guardian who has told the focal point, on paper or by phone: the same as their own link would do (CS5). */
export const withdrawForGuardian =
  (
    deps: Needs<
      | 'auditTable'
      | 'changes'
      | 'events'
      | 'registrations'
      | 'roles'
      | 'secrets'
      | 'system'
      | 'tables'
      | 'write'
      | 'young'
    >,
  ): Permitted<typeof SAFEGUARDING_ROUTES.withdrawForGuardian> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const { consent, revision } = request.body;
    const registration = await requireMinor(deps, event, request.params.reference);
    if (registration.revision !== revision) throw new ProblemError('out-of-date');
    const noted = audited(deps, event, caller, 'withdraw-for-guardian', registration);
    if (consent !== undefined) {
      await takeBack(deps, { registration, event }, consent, [noted]);
      return json(200, { status: 'taken-back' });
    }
    const hasAgreed = registration.minor?.guardianConsents !== undefined;
    await endYoung(deps, { registration, event }, hasAgreed ? 'consent-withdrawn' : 'guardian-refused', {
      also: [noted],
    });
    return json(200, { status: 'ended' });
  };
