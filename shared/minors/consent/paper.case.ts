import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';
import { changeRegistration, type PlannedChange } from '../../registration/change/change-registration.case.ts';
import type { MinorDetails, Registration } from '../../registration/registration.schema.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { minorView, requireMinor, requireSecondPerson, SECOND_PERSONS } from '../minors.case.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForVetted } from '../vetted.case.ts';
import { answerBy, guardianStep } from '../young.ts';
import { type Asked, afterAgreeing, readAsked } from './decide.case.ts';
import type { Guardian, PaperConsent } from './guardian.schema.ts';
import { confirmGuardian, movePendingAnswer, putGuardian } from './guardian.store.ts';
import { checkPaper } from './guardian.ts';

type Deps = Needs<
  'auditTable' | 'changes' | 'events' | 'registrations' | 'roles' | 'system' | 'tables' | 'write' | 'young'
>;

/** Records what stands on a signed form. It counts for nothing until a second person has confirmed it (CS3). */
export const recordPaper =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.recordPaper> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const { revision, ...sent } = request.body;
    const now = deps.system.now();
    const checked = checkPaper(event, sent, localDate(now, event.timeZone));
    if ('issues' in checked) throw new InvalidInputError(checked.issues);
    const registration = await requireMinor(deps, event, request.params.reference);
    requireStep(registration, 'paper-awaited', revision);
    const asked = await readAsked(deps, registration);
    if (asked === undefined) throw new ProblemError('out-of-date');
    const paper = { ...checked, recordedBy: caller.id, recordedAt: now.toISOString() };
    const recorded = audited(deps, event, caller, 'record-paper', registration);
    const after = await changeRegistration(deps, event, registration, caller, ({ before }) => {
      requireStep(before, 'paper-awaited', revision);
      const { after, messages, also = [] } = waiting(deps, event, before, asked, { ...asked.guardian, paper });
      return { after, messages, also: [...also, recorded] };
    });
    return json(200, await minorView(deps, event, after, caller));
  };

/**
 * The decision of a second person. The member who recorded a form cannot confirm it, not even where two requests overlap: the
 * write itself depends on who recorded it.
 */
export const decidePaper =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.decidePaper> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller, SECOND_PERSONS);
    const { decision, revision } = request.body;
    const registration = await requireMinor(deps, event, request.params.reference);
    requireStep(registration, 'paper-recorded', revision);
    const asked = await readAsked(deps, registration);
    if (asked === undefined) throw new ProblemError('out-of-date');
    const { paper, ...guardian } = asked.guardian;
    if (paper === undefined) throw new ProblemError('out-of-date');
    if (decision === 'confirm') await requireSecondPerson(deps, event.id, paper.recordedBy, caller);
    const noted = audited(deps, event, caller, `${decision}-paper`, registration);
    const after = await changeRegistration(deps, event, registration, caller, ({ before }) => {
      requireStep(before, 'paper-recorded', revision);
      const decided =
        decision === 'confirm'
          ? confirmed(deps, event, before, asked, paper, caller)
          : waiting(deps, event, before, asked, guardian);
      return { ...decided, also: [...(decided.also ?? []), noted] };
    });
    return json(200, await minorView(deps, event, after, caller));
  };

/** The next step on the way, with a time of its own: a recorded form, or none any more. */
function waiting(
  deps: Deps,
  event: EventDefinition<string>,
  before: Registration,
  { pending }: Asked,
  guardian: Guardian,
): NonNullable<PlannedChange> {
  const now = deps.system.now();
  const until = answerBy(event, now, true).toISOString();
  const consentOnPaper: MinorDetails['consentOnPaper'] = guardian.paper === undefined ? 'awaited' : 'recorded';
  return {
    after: changed(before, { minor: { ...before.minor, consentOnPaper, answerBy: until } }, now),
    messages: [],
    also: [
      putGuardian(deps.tables.care, guardian, retentionEnd(event)),
      ...movePendingAnswer(deps.tables, pending, { answerBy: until, reminders: [] }, retentionEnd(event)),
    ],
  };
}

function confirmed(
  deps: Deps,
  event: EventDefinition<string>,
  before: Registration,
  asked: Asked,
  paper: PaperConsent,
  { id: confirmedBy }: Caller,
): NonNullable<PlannedChange> {
  const { consents, phone } = paper;
  const confirmedAt = deps.system.now().toISOString();
  const guardian = {
    ...asked.guardian,
    agreedAt: confirmedAt,
    consents,
    ...(phone !== undefined && { phone }),
    paper: { ...paper, confirmedBy, confirmedAt },
  };
  const put = confirmGuardian(deps.tables.care, guardian, confirmedBy, retentionEnd(event));
  return afterAgreeing(deps, event, before, asked, consents, put);
}

/** @throws ProblemError `out-of-date` */
function requireStep(registration: Registration, step: ReturnType<typeof guardianStep>, revision: number): void {
  if (guardianStep(registration) !== step || registration.revision !== revision) throw new ProblemError('out-of-date');
}
