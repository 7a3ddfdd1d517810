import { BusyError, ProblemError } from '../../kernel/errors.ts';
import { type Guarded, guarded, linkToken } from '../../kernel/http/handler.case.ts';
import { seeOther } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { requireNotCalledOff } from '../../registration/apply/require-open.ts';
import { changeHeld } from '../../registration/change/change-registration.case.ts';
import { holderOf } from '../../registration/holder-of.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { guardianAsked } from '../apply/guardian-asked.case.ts';
import { guardianStep } from '../young.ts';
import { readAsked } from './decide.case.ts';
import type { GUARDIAN_ROUTES } from './guardian.routes.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables' | 'young'>;

/** The button in the page that the first mail leads to. It is here since whom to ask is read from `Care`. */
export const postAskGuardian = (deps: Deps): Guarded<typeof GUARDIAN_ROUTES.postAskGuardian> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token } }, held) => {
      await askGuardian(deps, held);
      return seeOther(`/m/${token}?lang=${held.language}`);
    },
  );

/** Each lost race means that the registration was moved on between two reads. */
const MOST_RACES = 4;

/**
 * The reader of the mail to a minor's address says that they are the minor: that proves the address, and now their
 * guardian is asked. Pressing twice succeeds twice; where there is nothing to prove, nothing happens.
 *
 * @throws ProblemError where the event was called off, and `link-not-valid` where everything was deleted meanwhile;
 *   BusyError when rivals do not let go
 */
export async function askGuardian(deps: Deps, { registration, event }: RegistrationWithEvent): Promise<void> {
  let read: Registration = registration;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (guardianStep(read) !== 'unproven') return;
    requireNotCalledOff(event);
    const named = await readAsked(deps, read);
    if (named !== undefined) {
      await changeHeld(deps, { registration: read, event }, ({ before }) =>
        guardianStep(before) === 'unproven' ? guardianAsked(deps, event, before, named) : undefined,
      );
      return;
    }
    const now = await deps.registrations.read(event.id, read.reference);
    if (now === undefined || now.revision === read.revision) throw new ProblemError('link-not-valid');
    read = now;
  }
  throw new BusyError();
}
