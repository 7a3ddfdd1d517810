import type { EventDefinition } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { audited, noteMinor } from '../../team/audit/audited.case.ts';
import { teamNames } from '../../team/role/member-names.case.ts';
import { isVetted } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import type { Guardian } from '../consent/guardian.schema.ts';
import { isOnPaper, requireMinor, SECOND_PERSONS } from '../minors.case.ts';
import type { HandoverView } from '../minors.schema.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForVetted, FOCAL_POINTS } from '../vetted.case.ts';
import { hasHandoverCode, isHandoverCode } from './handover.store.ts';
import { checkCall, handoverInForce, triesLeft, waitingHandover } from './handover.ts';

type HandoverDeps = Needs<'auditTable' | 'events' | 'registrations' | 'roles' | 'system' | 'write' | 'young'>;

/**
 * How a minor leaves, as their guardian said: of one at a time, and each look is noted, or there is none (CS14, CS15). A member who may
 * only be a second person sees what waits for one, to hold it against the paper.
 *
 * @throws ProblemError `not-vetted` for such a one where nothing waits
 */
export const showHandover =
  (deps: HandoverDeps): Permitted<typeof SAFEGUARDING_ROUTES.showHandover> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller, SECOND_PERSONS);
    const isAtDesk = isVetted(caller.grants, FOCAL_POINTS, lastDay(event));
    const registration = await requireMinor(deps, event, request.params.reference);
    const guardian = await deps.young.readGuardian(registration);
    if (!isAtDesk && !(guardian && waitingHandover(guardian))) throw new ProblemError('not-vetted');
    await noteMinor(deps, event, caller, registration.reference, 'read-handover');
    if (guardian === undefined) throw new ProblemError('not-found');
    const said = isAtDesk ? await saidView(deps, event, guardian) : undefined;
    const waiting = await waitingView(deps, event, guardian, caller);
    return json(200, { ...handoverView(registration, guardian), said, waiting } satisfies HandoverView);
  };

function handoverView(registration: Registration, guardian: Guardian) {
  const { name, phone } = guardian;
  return {
    guardian: { name, phone },
    isOnPaper: isOnPaper(registration),
    hasCode: registration.minor?.guardianConsents !== undefined && hasHandoverCode(registration, guardian),
    triesLeft: triesLeft(guardian),
  };
}

async function saidView(
  deps: HandoverDeps,
  event: EventDefinition<string>,
  guardian: Guardian,
): Promise<HandoverView['said']> {
  const inForce = handoverInForce(guardian);
  if (inForce === undefined) return undefined;
  const { notedBy, confirmedBy, confirmedAt, adults, ...said } = inForce;
  if (notedBy === undefined) return { ...said, adults: [...adults] };
  const nameOf = await teamNames(deps, event.id, [notedBy, ...(confirmedBy ? [confirmedBy] : [])]);
  const noted = { by: nameOf(notedBy), confirmedAt, ...(confirmedBy && { confirmedBy: nameOf(confirmedBy) }) };
  return { ...said, adults: [...adults], noted };
}

async function waitingView(
  deps: HandoverDeps,
  event: EventDefinition<string>,
  guardian: Guardian,
  { id }: Caller,
): Promise<HandoverView['waiting']> {
  const waiting = waitingHandover(guardian);
  if (waiting === undefined) return undefined;
  const { alone, adults, never, saidAt: notedAt, notedBy } = waiting;
  const nameOf = await teamNames(deps, event.id, [notedBy]);
  return { alone, adults: [...adults], never, notedAt, notedBy: nameOf(notedBy), isOwn: notedBy === id };
}

type HandoverCodeDeps = Needs<
  'auditTable' | 'events' | 'handovers' | 'registrations' | 'roles' | 'secrets' | 'system' | 'write' | 'young'
>;

/** Each lost race means that another desk tried a code at the same time. */
const MOST_RACES = 12;

/**
 * Whether what the person who fetches a minor says is the code on the guardian's page. Each try is noted; five wrong ones lock the code,
 * also where several desks try at once: a try is answered only once it was counted, on the condition that no other was since it was read.
 */
export const checkHandoverCode =
  (deps: HandoverCodeDeps): Permitted<typeof SAFEGUARDING_ROUTES.checkHandoverCode> =>
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
      const noted = audited(deps, event, caller, isRight ? 'accept-handover' : 'refuse-handover', registration);
      const isCounted = await deps.handovers.setTries(guardian, tries, noted);
      return isCounted ? { isRight, triesLeft: triesLeft({ handoverTries: tries }) } : undefined;
    });
    return json(200, answer);
  };

/** Opens a code that wrong ones have locked, for a vetted person who called the guardian and says what they heard: both is noted. */
export const reopenHandoverCode =
  (deps: HandoverCodeDeps): Permitted<typeof SAFEGUARDING_ROUTES.reopenHandoverCode> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const why = requireCall(request.body.why);
    const registration = await requireMinor(deps, event, request.params.reference);
    const noted = audited(deps, event, caller, 'reopen-handover', registration, { why });
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
  { young }: Pick<HandoverCodeDeps, 'young'>,
  registration: Registration,
  change: (guardian: Guardian) => Promise<T | undefined>,
): Promise<T> {
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const guardian = registration.minor?.guardianConsents && (await young.readGuardian(registration));
    if (!guardian) throw new ProblemError('not-found');
    const done = await change(guardian);
    if (done !== undefined) return done;
  }
  throw new BusyError();
}
