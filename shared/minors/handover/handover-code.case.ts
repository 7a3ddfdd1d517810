import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Guardian } from '../consent/guardian.schema.ts';
import { requireMinor } from '../minors.case.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForVetted } from '../vetted.case.ts';
import { checkCall, triesLeft } from './handover.ts';
import { hasHandoverCode, isHandoverCode } from './handover-code.store.ts';

type Deps = Needs<
  | 'auditTable'
  | 'events'
  | 'handovers'
  | 'listRegistrations'
  | 'registrations'
  | 'roles'
  | 'secrets'
  | 'system'
  | 'write'
  | 'young'
>;

/** Each lost race means that another desk tried a code at the same time. */
const MOST_RACES = 12;

/**
 * Whether what whoever fetches them says is the code on the guardian's page. Each try is noted; five wrong ones lock the code, also
 * where several desks try at once: a try is answered only once it was counted, on the condition that no other was since it was read.
 */
export const checkHandoverCode =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.checkHandoverCode> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const registration = await requireMinor(deps, event, request.params.reference);
    const answer = await onGuardian(deps, registration, async (guardian) => {
      const isLocked = triesLeft(guardian) === 0;
      const isRight = !isLocked && (await isHandoverCode(request.body.code, registration, guardian, deps.secrets));
      const { handoverTries = 0 } = guardian;
      // Before there is a code nothing is wrong yet: a later one is not locked by it.
      const isWrong = !isRight && !isLocked && hasHandoverCode(registration, guardian);
      const tries = isWrong ? handoverTries + 1 : handoverTries;
      const noted = audited(
        deps,
        event,
        caller,
        isRight ? 'accept-handover' : 'refuse-handover',
        registration.reference,
      );
      const isCounted = await deps.handovers.setTries(guardian, tries, noted);
      return isCounted ? { isRight, triesLeft: triesLeft({ handoverTries: tries }) } : undefined;
    });
    return json(200, answer);
  };

/** Opens a code that wrong ones have locked, for a vetted person who called the guardian and says what they heard: both is noted. */
export const reopenHandoverCode =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.reopenHandoverCode> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const why = requireCall(request.body.why);
    const registration = await requireMinor(deps, event, request.params.reference);
    const noted = audited(deps, event, caller, 'reopen-handover', registration.reference, { why });
    const answer = await onGuardian(deps, registration, async (guardian) => {
      const isDone = await deps.handovers.setTries(guardian, 0, noted);
      return isDone ? { triesLeft: triesLeft({}) } : undefined;
    });
    return json(200, answer);
  };

function requireCall(typed: string): string {
  const why = checkCall(typed);
  if ('issue' in why) throw new InvalidInputError([{ path: 'why', ...why.issue }]);
  return why.value;
}

/** @param change nothing where the guardian is not as they were read any more @throws ProblemError `not-found` before they have agreed */
async function onGuardian<T>(
  { young }: Pick<Deps, 'young'>,
  registration: Registration,
  change: (guardian: Guardian) => Promise<T | undefined>,
): Promise<T> {
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const guardian = registration.guardianConsents && (await young.readGuardian(registration));
    if (!guardian) throw new ProblemError('not-found');
    const done = await change(guardian);
    if (done !== undefined) return done;
  }
  throw new BusyError();
}
