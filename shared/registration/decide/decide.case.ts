import { deleteCareNeeds } from '../../care/care.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isEventOver } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleaned } from '../../kernel/text/cleaned.ts';
import { lapsesAt } from '../../mail/fate/mail-fate.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import { deleteGuardian } from '../../minors/consent/guardian.store.ts';
import { admit } from '../../seats/admission.ts';
import { poolsFor } from '../../seats/quota.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf, ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { requireOpen } from '../apply/require-open.ts';
import { formerStanding } from '../change/amendment.ts';
import { changeRegistration, type PlannedChange, type Situation } from '../change/change-registration.case.ts';
import { hashHolder, hashRequest } from '../hashes.store.ts';
import { organiserView } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import type { RegistrationDecision } from '../list/registrations.schema.ts';
import { provenBy } from '../proven.ts';
import type { DeclineReason, Registration } from '../registration.schema.ts';
import { changed, newTicketId } from '../registration-state.store.ts';
import { DECISION_RULES, DECLINE_REASONS, isUsualReason, readmission } from './approval.ts';

type DecideDeps = Needs<
  'auditTable' | 'careTable' | 'changes' | 'events' | 'registrations' | 'secrets' | 'system' | 'write'
>;

/**
 * Approves or declines what was seen, or takes a decline back: who changed or decided meanwhile is not overruled. Approving takes a seat in every
 * quota, or a place in the waiting list; declining gives back whatever is held, and frees the address. Once a decline is taken back, while registration
 * is open, it is as if the person had registered just now.
 */
export const decideRegistration =
  (deps: DecideDeps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.decideRegistration> =>
  async (request, caller) => {
    const { decision, note: typed = '', reason: chosen, revision, withoutClosedSessions } = request.body;
    const note = checkDecisionNote(typed);
    const { registration, event } = await ownRegistration(deps, request, caller);
    const reason = decision === 'decline' ? await chosenReason(deps, event, chosen) : undefined;
    const addressHash = await hashHolder(deps.secrets, registration);
    const action = decision === 'take-back' ? 'take-back-decline' : decision;
    const also = [audited(deps, event, caller, action, registration)];
    const again = { reference: registration.reference, request: await requestOf(deps, registration) };
    const forget = deleteCareNeeds(deps.careTable, registration);
    const after = await changeRegistration(deps, event, registration, caller, (situation) => {
      const { before } = situation;
      requireReach(caller, before);
      const taken = { decision, note, reason, revision, withoutClosedSessions };
      const planned = planDecision(deps, event, situation, taken);
      if (planned === undefined) return undefined;
      if (decision === 'take-back') return { ...planned, lock: { put: again, addressHash, mayBeOurs: true }, also };
      return decision === 'approve'
        ? { ...planned, also }
        : {
            ...planned,
            lock: { release: true, addressHash },
            also: [...also, forget, ...guardianOf(deps, before)],
          };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };

/**
 * What a decision, with a note and a reason that were checked, makes of a registration: whose lock it holds or frees, and what goes with
 * it, is left to the caller.
 *
 * @returns nothing where it was taken already
 * @throws ProblemError `changed-meanwhile`, also once the event is over; of a decline that cannot be taken back, why
 */
export function planDecision(
  deps: Needs<'system'>,
  event: EventDefinition<string>,
  situation: Situation,
  { decision, note, reason, revision, withoutClosedSessions }: CheckedDecision,
): PlannedChange {
  const { before } = situation;
  if (DECISION_RULES[decision].done.some((status) => status === before.status)) return undefined;
  const isOpen = DECISION_RULES[decision].on.some((status) => status === before.status);
  // Who may have come loses nothing of it.
  const isTooLate = before.status !== 'pending-approval' && isEventOver(event, deps.system.now());
  if (!isOpen || before.revision !== revision) throw new ProblemError('changed-meanwhile', { status: before.status });
  if (isTooLate) throw new ProblemError('registration-closed', { eventId: event.id });
  if (decision === 'take-back') return takenBack(deps, event, situation);
  return decision === 'approve'
    ? approved(deps, event, situation, withoutClosedSessions)
    : declined(deps, before, { decisionNote: note, declineReason: reason });
}

interface CheckedDecision extends Omit<RegistrationDecision, 'reason'> {
  readonly reason?: DeclineReason | undefined;
}

/** Deletes the guardian of a minor, too: nothing is kept of the person who was asked. */
const guardianOf = ({ careTable }: DecideDeps, before: Registration): readonly TransactItem[] =>
  before.ageBand === 'minor' ? [deleteGuardian(careTable, before)] : [];

function approved(
  deps: Needs<'system'>,
  event: EventDefinition<string>,
  { before, counters }: Situation,
  withoutClosedSessions: true | undefined,
): NonNullable<PlannedChange> {
  const pools = before.role === 'attendee' ? poolsFor(event, before) : [];
  // An attendee who was approved before and changed who comes has kept their seats, or their place in the line.
  const { status, seats, behind } = admit(pools, before.seats, counters, deps.system.chance());
  const now = deps.system.now();
  const waiting = status === 'waitlisted' ? (before.waiting ?? { since: now.toISOString() }) : undefined;
  // Rosters, programmes and mail follow the wish that stands: closed sessions have no seats of their own.
  const given = withoutClosedSessions && before.closedSessions ? { closedSessions: false, withoutClosedSessions } : {};
  const after = provenBy(changed(before, { status, seats, waiting, approved: true, ...given }, now), 'vouched');
  return { after, behind, messages: [newMessage(deps.system, status, after)] };
}

function declined(
  deps: Needs<'system'>,
  before: Registration,
  why: Pick<Registration, 'decisionNote' | 'declineReason'>,
): NonNullable<PlannedChange> {
  const ended = { seats: [], waiting: undefined, approved: undefined };
  const after = changed(before, { ...ended, status: 'declined', ...why }, deps.system.now());
  return { after, messages: [newMessage(deps.system, 'declined', after)] };
}

/** Two presses on what was seen are the same request. */
export const requestOf = (
  { secrets }: Needs<'secrets'>,
  { eventId, reference, revision }: Registration,
): Promise<string> => hashRequest(secrets, eventId, `take-back:${reference}:${revision}`);

/**
 * At the end of every line: the seat may be another's by now. The ticket is a new one, for the old may be known as revoked. Of a minor nothing is left
 * of whom to ask, so they register anew.
 *
 * @throws ProblemError of an event that does not take registrations; `not-taken-back`, or `registered-anew` when the address has another by now
 */
function takenBack(
  deps: Needs<'system'>,
  event: EventDefinition<string>,
  situation: Situation,
): NonNullable<PlannedChange> {
  const { before, lock } = situation;
  const now = deps.system.now();
  requireOpen(event, now);
  if (before.ageBand === 'minor') throw new ProblemError('not-taken-back');
  if (lock !== undefined) throw new ProblemError('registered-anew');
  const { behind, ...standing } = readmission(event, situation, deps.system.chance());
  const waits = standing.status === 'waitlisted' && { waiting: { since: now.toISOString() } };
  const anew = { decisionNote: undefined, declineReason: undefined, ticketId: newTicketId(deps.system) };
  const after = changed(before, { ...standing, ...waits, ...anew }, now);
  const former = formerStanding(event, before);
  return { after, behind, messages: [{ ...newMessage(deps.system, standing.status, after), former }] };
}

/** Letters, as a reader counts them. */
const LONGEST_NOTE = 500;

/** @returns what a person typed for the attendee; nothing where that is blank. @throws InvalidInputError of `note` */
export const checkDecisionNote = (typed: string): string | undefined =>
  cleaned('note', typed, { max: LONGEST_NOTE, lines: true }) || undefined;

/** Not in the public event: what people may be declined for is for those to read who decide. */
export const listDeclineReasons =
  (deps: Parameters<typeof definitionOf>[0]): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.listDeclineReasons> =>
  async ({ params: { eventId }, language }) => {
    const { declineReasons } = await definitionOf(deps, eventId, language);
    const own = declineReasons?.map(({ id, title }) => ({ id, text: title }));
    return json(200, { reasons: own ?? DECLINE_REASONS.map((id) => ({ id })) });
  };

/**
 * A reason of the event, or of the product where the event names none, with its text in each language: what it says later is no matter.
 *
 * @throws InvalidInputError of `reason`, also of one that the event has no more
 */
export async function chosenReason(
  { events }: Needs<'events'>,
  { id: eventId, languages, declineReasons }: EventDefinition<string>,
  id: string | undefined,
): Promise<DeclineReason | undefined> {
  if (id === undefined) return undefined;
  const unknown = new InvalidInputError([{ path: 'reason', code: 'unknown-option' }]);
  if (declineReasons === undefined) {
    if (!isUsualReason(id)) throw unknown;
    return { id };
  }
  const texts = await Promise.all(
    languages.map(async (language) => {
      const event = (await events.readEvent(eventId, language))?.event;
      const reason = event?.declineReasons?.find((each) => each.id === id);
      if (reason === undefined) throw unknown;
      return [language, reason.title] as const;
    }),
  );
  return { id, texts: Object.fromEntries(texts) };
}

/**
 * Gives back the seat, or the place in the waiting list, of an address at which nobody could be reached for three days. It
 * is decided on what is known now: a corrected address, a mail that arrived, a later bounce, which has a job of its own,
 * or an end in another way each leave it alone. Nobody is mailed: there is nowhere to.
 */
export async function lapse(
  deps: Needs<'careTable' | 'changes' | 'registrations' | 'secrets' | 'system' | 'waitlist'>,
  { eventId, reference = '' }: Job,
): Promise<void> {
  const [registration, event] = await Promise.all([
    deps.registrations.read(eventId, reference),
    deps.waitlist.readEvent(eventId),
  ]);
  if (registration === undefined || event === undefined) return;
  const addressHash = await hashHolder(deps.secrets, registration);
  await changeRegistration(deps, event, registration, 'system', ({ before }) => {
    const now = deps.system.now();
    const at = lapsesAt(before);
    if (at === undefined || at > now) return undefined;
    const ended = { seats: [], waiting: undefined } as const;
    return {
      after: changed(before, { ...ended, status: 'cancelled', lapsed: true }, now),
      lock: { release: true, addressHash },
      messages: [],
      also: [deleteCareNeeds(deps.careTable, before)],
    };
  });
}
