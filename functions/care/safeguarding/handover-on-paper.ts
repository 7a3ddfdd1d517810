import type { Registration } from '../../../shared/domain/registration.ts';
import { ProblemError } from '../../../shared/errors.ts';
import { json } from '../../../shared/http/reply.ts';
import { handoverCode } from '../../../shared/keys/handover-code.ts';
import { audited } from '../../../shared/organising/audited.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { changeGuardian, requireHandover } from '../say-handover.ts';
import { isOnPaper } from './handover.ts';
import { minorView } from './minor-view.ts';
import { requireMinor } from './minors.ts';
import { eventForVetted } from './vetted.ts';

/** Notes how someone under 18 leaves from what a guardian without a page has signed on paper (CS3, CS24). */
export const noteHandover =
  (deps: Deps): Permitted<'noteHandover'> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const { handover: sent, revision } = request.body;
    const handover = { ...requireHandover(sent, deps.system.now()), notedBy: caller.id };
    const registration = await requireMinor(deps, event, request.params.reference);
    requirePaper(registration);
    const noted = audited(deps, event, caller, 'note-handover', registration.reference);
    const after = await changeGuardian(
      deps,
      { registration, event },
      (guardian, before) => {
        if (before.revision !== revision) throw new ProblemError('out-of-date');
        return { ...guardian, handover };
      },
      [noted],
    );
    return json(200, await minorView(deps, event, after, caller));
  };

/**
 * Makes a code to hand to a guardian without a page, in place of the one before. It is told this once, and stored nowhere. It does not
 * open what wrong codes have locked: for that somebody calls the guardian.
 */
export const makeHandoverCode =
  (deps: Deps): Permitted<'makeHandoverCode'> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const registration = await requireMinor(deps, event, request.params.reference);
    requirePaper(registration);
    const noted = audited(deps, event, caller, 'make-handover-code', registration.reference);
    let version = 0;
    await changeGuardian(
      deps,
      { registration, event },
      ({ handoverCodeVersion = 0, ...guardian }) => {
        version = handoverCodeVersion + 1;
        return { ...guardian, handoverCodeVersion: version };
      },
      [noted],
    );
    const code = await handoverCode(registration, { handoverCodeVersion: version }, deps.secrets);
    if (code === undefined) throw new Error('a code that was made is missing');
    return json(200, { code });
  };

/** @throws ProblemError `out-of-date` where the guardian has a page, on which they say so themselves, or has not agreed */
function requirePaper(registration: Registration): void {
  if (!isOnPaper(registration)) throw new ProblemError('out-of-date');
}
