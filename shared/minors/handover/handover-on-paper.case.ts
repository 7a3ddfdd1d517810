import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { confirmHandover, putGuardian } from '../consent/guardian.store.ts';
import { isOnPaper, minorView, requireMinor, requireSecondPerson, SECOND_PERSONS } from '../minors.case.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForVetted } from '../vetted.case.ts';
import { handoverCodeOf } from './handover.store.ts';
import { handoverInForce, waitingHandover } from './handover.ts';
import { changeGuardianItem, requireHandover } from './say-handover.case.ts';

type Deps = Needs<
  'auditTable' | 'changes' | 'events' | 'registrations' | 'roles' | 'secrets' | 'system' | 'tables' | 'write' | 'young'
>;

/**
 * Notes how a minor leaves from what a guardian without a page has signed on paper (CS3, CS24). It counts for nothing until a
 * second person has confirmed it; what was confirmed before counts meanwhile.
 */
export const noteHandover =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.noteHandover> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const { handover: sent, revision } = request.body;
    const statement = { ...requireHandover(sent, deps.system.now()), notedBy: caller.id };
    const registration = await requireMinor(deps, event, request.params.reference);
    requirePaper(registration);
    const noted = audited(deps, event, caller, 'note-handover', registration);
    const after = await changeGuardianItem(
      deps,
      { registration, event },
      (guardian, before) => {
        if (before.revision !== revision) throw new ProblemError('out-of-date');
        return { ...guardian, handover: { ...statement, former: handoverInForce(guardian) } };
      },
      [noted],
    );
    return json(200, await minorView(deps, event, after, caller));
  };

/**
 * The decision of a second person. The member who noted it cannot confirm it, not even where two requests overlap: the write itself depends
 * on who noted it.
 */
export const decideHandover =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.decideHandover> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller, SECOND_PERSONS);
    const { decision, revision } = request.body;
    const registration = await requireMinor(deps, event, request.params.reference);
    requirePaper(registration);
    const isConfirmed = decision === 'confirm';
    const noted = audited(deps, event, caller, `${decision}-handover`, registration);
    const after = await changeGuardianItem(
      deps,
      { registration, event },
      async (guardian, before) => {
        const waiting = waitingHandover(guardian);
        if (before.revision !== revision || waiting === undefined) throw new ProblemError('out-of-date');
        const { former, ...statement } = waiting;
        if (!isConfirmed) return { ...guardian, handover: former };
        await requireSecondPerson(deps, event.id, statement.notedBy, caller);
        const confirmedAt = deps.system.now().toISOString();
        return { ...guardian, handover: { ...statement, confirmedBy: caller.id, confirmedAt } };
      },
      [noted],
      isConfirmed ? confirmHandover : putGuardian,
    );
    return json(200, await minorView(deps, event, after, caller));
  };

/**
 * Makes a code to hand to a guardian without a page, in place of the one before, once two people have read the same paper. It is told this
 * once, and stored nowhere; who made it is kept. It does not open what wrong codes have locked: for that a member calls the guardian.
 */
export const makeHandoverCode =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.makeHandoverCode> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const registration = await requireMinor(deps, event, request.params.reference);
    requirePaper(registration);
    const noted = audited(deps, event, caller, 'make-handover-code', registration);
    let version = 0;
    await changeGuardianItem(
      deps,
      { registration, event },
      (guardian) => {
        if (handoverInForce(guardian) === undefined) throw new ProblemError('handover-unconfirmed');
        const { handoverCodeVersion = 0 } = guardian;
        version = handoverCodeVersion + 1;
        const handoverCodeMade = { by: caller.id, at: deps.system.now().toISOString() };
        return { ...guardian, handoverCodeVersion: version, handoverCodeMade };
      },
      [noted],
    );
    const code = await handoverCodeOf(registration, { handoverCodeVersion: version }, deps.secrets);
    if (code === undefined) throw new Error('a code that was made is missing');
    return json(200, { code });
  };

/** @throws ProblemError `out-of-date` where the guardian has a page, on which they say so themselves, or has not agreed */
function requirePaper(registration: Registration): void {
  if (!isOnPaper(registration)) throw new ProblemError('out-of-date');
}
