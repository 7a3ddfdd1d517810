import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { lastDay, retentionEnd } from '../../event/event-times.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleaned } from '../../kernel/text/cleaned.ts';
import { doesNotFit, unfit } from '../../kernel/text/field-problem.ts';
import { compareCodes } from '../../kernel/text/text.ts';
import { readRegistrations } from '../../registration/list/registration-list.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { audited, noteRead } from '../../team/audit/audited.case.ts';
import { maySee } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { revokedTickets } from '../../ticket/revoked-ticket.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { actorOf } from '../actors.case.ts';
import { toldTime } from '../attendance/minutes.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { SentDecision } from '../check-in.schema.ts';
import type { Decision } from '../check-in-items.schema.ts';
import { checkInKey, scanKey } from '../check-in-keys.ts';
import { readDevices } from '../device/known-device.case.ts';
import { type CheckIn, fromCheckInItem, fromScanItem } from '../scan/check-in.store.ts';
import { byRank } from '../scan/scan.ts';
import { addCheckInDecision } from './decision.store.ts';
import { inQuestion, judgeDecision, type OpenConflict, scansHeld } from './decision.ts';
import { type Inbox, inboxOf, openIn, readInbox } from './overview.case.ts';

/**
 * All scans of a ticket on a list, in order, and what of them has to be looked at.
 *
 * @param called names of devices by their ids
 * @param reasons of desks, by the ids of their scans
 * @param told how an instant is told
 */
function scansOf(
  inbox: Inbox,
  toSee: OpenConflict,
  { marks, doubts }: CheckIn,
  called: ReadonlyMap<string, string>,
  reasons: ReadonlyMap<string, string>,
  told: (at: number) => string,
) {
  const open = openIn(inbox, toSee);
  const all = inQuestion(toSee);
  return [...marks].sort(byRank).map(({ scanId, device, kind, correctedAt }) => ({
    ...{ scanId, kind },
    device: called.get(device) ?? device,
    at: told(correctedAt),
    isConflict: toSee.conflicts.includes(scanId),
    doubt: toSee.doubts.includes(scanId) ? doubts[scanId] : undefined,
    reason: reasons.get(scanId),
    isDecided: all.includes(scanId) && !open.includes(scanId),
  }));
}

/** What became of a decision since. */
function standingOf({ toSee, decisionsOn }: Inbox, decision: Decision) {
  const about = toSee.find(({ list, ticket }) => list === decision.list && ticket === decision.ticket);
  const held = scansHeld(decision, decisionsOn(decision));
  const asked = about === undefined || decision.decision === 'open-again' ? [] : inQuestion(about);
  return {
    after: decisionsOn(decision).length,
    isReplaced: held.length === 0,
    mayOpenAgain: held.filter((scan) => asked.includes(scan)),
  };
}

type ConflictsDeps = Needs<'auditTable' | 'client' | 'events' | 'registry' | 'roles' | 'system' | 'write'>;

/** Of each in one answer: they are looked at one by one, and a list that is set up wrongly may make thousands. */
export const MOST_SHOWN = 100;

export const listConflicts =
  (deps: ConflictsDeps): Permitted<typeof CHECK_IN_ROUTES.listConflicts> =>
  async ({ params: { eventId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    return inboxReply(deps, event, caller, await readInbox(deps, eventId));
  };

/** What is open, the oldest first, with all scans of the tickets that it is about; and what was decided, the last first. */
export async function inboxReply(
  deps: ConflictsDeps,
  event: EventDefinition<string>,
  caller: Caller,
  inbox: Inbox,
): Promise<Reply> {
  const allOpen = inbox.toSee.filter((each) => openIn(inbox, each).length > 0);
  const open = allOpen.slice(0, MOST_SHOWN);
  const decided = [...inbox.decisions].sort((a, b) => compareCodes(b.at, a.at)).slice(0, MOST_SHOWN);
  const [checkInOf, devices, members] = await Promise.all([
    readCheckIns(deps, event.id, [...open, ...decided]),
    readDevices(deps, event.id),
    deps.roles.list(event.id),
  ]);
  const shown = new Set([...open, ...decided].flatMap((each) => checkInOf(each) ?? []));
  const [tickets, reasons] = await Promise.all([
    whoseTickets(deps, event.id, [...shown]),
    readReasons(
      deps,
      event.id,
      open.flatMap((each) => doubtedBy(checkInOf(each))),
    ),
  ]);
  const names = await namesOf(deps, event, caller, tickets);
  const told = toldTime(event, deps.system.now());
  const called = new Map(devices.map(({ id, name }) => [id, name]));
  const whose = (checkIn: CheckIn) => ({
    reference: checkIn.reference,
    name: names.get(checkIn),
    isGone: tickets.get(checkIn)?.isGone ?? false,
  });
  return json(200, {
    conflicts: open.flatMap((each) => {
      const checkIn = checkInOf(each);
      if (checkIn === undefined) return [];
      const { list, ticket } = each;
      const decisions = inbox.decisionsOn(each).length;
      return [
        { list, ticket, ...whose(checkIn), decisions, scans: scansOf(inbox, each, checkIn, called, reasons, told) },
      ];
    }),
    decisions: decided.map((each) => {
      const checkIn = checkInOf(each);
      const by = actorOf(each.by, members, caller.id);
      return { ...each, ...(checkIn ? whose(checkIn) : { isGone: false }), by, ...standingOf(inbox, each) };
    }),
    more: allOpen.length - open.length,
  });
}

/** Scans of a ticket of nobody: a desk may have said why. */
const doubtedBy = (checkIn: CheckIn | undefined): readonly string[] =>
  Object.entries(checkIn?.doubts ?? {}).flatMap(([scanId, doubt]) => (doubt === 'unknown-ticket' ? [scanId] : []));

async function readReasons(
  { client, registry, system }: ConflictsDeps,
  eventId: string,
  scanIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const find = await batchGet(
    client,
    registry,
    scanIds.map((scanId) => scanKey(eventId, scanId)),
    system,
  );
  return new Map(
    scanIds.flatMap((scanId) => {
      const item = find(scanKey(eventId, scanId));
      const reason = item && fromScanItem(item).reason;
      return reason === undefined ? [] : [[scanId, reason] as const];
    }),
  );
}

type DecideDeps = Needs<'attempt' | 'auditTable' | 'client' | 'events' | 'registry' | 'roles' | 'system' | 'write'>;

/** Each lost race means that another organiser decided on the same ticket. */
const MOST_RACES = 5;
const LONGEST_NOTE = 500;

/**
 * Notes what a person says of scans that they saw: once, however often it is sent, and never of scans on which another organiser
 * decided meanwhile, or which came later.
 */
export const decideConflict =
  (deps: DecideDeps): Permitted<typeof CHECK_IN_ROUTES.decideConflict> =>
  async (
    { params: { eventId, listId: list, ticket }, body: { decision, scans, after, note: typed }, language },
    caller,
  ) => {
    const { event } = await eventOf(deps, eventId, language);
    const note = typed === undefined ? '' : cleaned('note', typed, { max: LONGEST_NOTE, lines: true });
    const what = { decision, scans: [...new Set(scans)], ...(note !== '' && { note }) };
    const said: SentDecision = { ...what, after };
    const attempt = async () => {
      const inbox = await readInbox(deps, eventId);
      const toSee = inbox.toSee.find((each) => each.list === list && each.ticket === ticket);
      const before = inbox.decisionsOn({ list, ticket });
      if (toSee === undefined && before.length === 0) throw new ProblemError('not-found');
      const judged = judgeDecision(toSee, before, said);
      if (judged === 'out-of-date') throw new ProblemError('out-of-date');
      if (judged === 'known') return inboxReply(deps, event, caller, inbox);
      if (note !== '') await requireHolder(deps, eventId, { list, ticket });
      const decided: Decision = { list, ticket, ...what, at: deps.system.now().toISOString(), by: caller.id };
      const refusals = await deps.attempt([
        addCheckInDecision(deps.registry, eventId, decided, before.length, retentionEnd(event)),
        audited(deps, event, caller, 'decide-conflict', list),
      ]);
      if (refusals.length > 0) return undefined;
      return inboxReply(deps, event, caller, inboxOf(inbox.toSee, [...inbox.decisions, decided]));
    };
    return untilWritten(deps.system, attempt, MOST_RACES);
  };

/**
 * A note may say who it was, and goes with them: of a ticket that an attendee had and has no more, none is kept. It is erased fifteen
 * seconds after they are; an organiser who decides by what they read before is done by then.
 */
async function requireHolder(deps: DecideDeps, eventId: string, of: Pick<Decision, 'list' | 'ticket'>): Promise<void> {
  const checkIn = (await readCheckIns(deps, eventId, [of]))(of);
  if (checkIn === undefined) return;
  const { isGone = false } = (await whoseTickets(deps, eventId, [checkIn])).get(checkIn) ?? {};
  if (isGone) throw new InvalidInputError([doesNotFit('note', unfit('ticket-of-nobody'))]);
}

/** What DynamoDB gives in one call. */
const BATCH = 100;

/** A ticket on a list. */
type Named = Pick<CheckIn, 'list' | 'ticket'>;

/** How each of these tickets stands on its list; nothing of one that was never scanned there. */
export async function readCheckIns(
  { client, registry, system }: Pick<Needs<'client' | 'registry' | 'system'>, 'client' | 'registry' | 'system'>,
  eventId: string,
  wanted: readonly Named[],
): Promise<(of: Named) => CheckIn | undefined> {
  const nameOf = ({ list, ticket }: Named): string => `${list} ${ticket}`;
  const keys = [...new Map(wanted.map((each) => [nameOf(each), checkInKey(eventId, each.ticket, each.list)])).values()];
  const found = new Map<string, CheckIn>();
  for (let begin = 0; begin < keys.length; begin += BATCH) {
    const some = keys.slice(begin, begin + BATCH);
    const find = await batchGet(client, registry, some, system, true);
    for (const key of some) {
      const item = find(key);
      if (item === undefined) continue;
      const checkIn = fromCheckInItem(item);
      found.set(nameOf(checkIn), checkIn);
    }
  }
  return (of) => found.get(nameOf(of));
}

type WhoseTicketsDeps = Needs<'auditTable' | 'client' | 'registry' | 'system' | 'write'>;

/** Whose ticket was scanned. */
export interface Whose {
  readonly holder?: Registration | undefined;
  /** An attendee had it, and has it no more: they have another ticket, gave their place away, or had everything erased. */
  readonly isGone: boolean;
}

/** By what was read, as it is now. */
export async function whoseTickets(
  { client, registry, system }: Pick<WhoseTicketsDeps, 'client' | 'registry' | 'system'>,
  eventId: string,
  checkIns: readonly CheckIn[],
): Promise<ReadonlyMap<CheckIn, Whose>> {
  const references = checkIns.flatMap(({ reference }) => reference ?? []);
  const isUnnamed = checkIns.some(({ reference }) => reference === undefined);
  const [registrations, revoked] = await Promise.all([
    readRegistrations(client, registry, eventId, references, system),
    isUnnamed ? revokedTickets(client, registry, eventId) : [],
  ]);
  const byTicket = new Map(registrations.map((each) => [ticketHashOf(each), each]));
  const gone = new Set(revoked.map(({ ticket }) => ticket));
  return new Map(
    checkIns.map((checkIn) => {
      const { ticket, reference } = checkIn;
      const known = byTicket.get(ticket);
      // Of a minor whose registration ended, only the ticket's number stays.
      const holder = known?.fullName === '' ? undefined : known;
      return [checkIn, { holder, isGone: holder === undefined && (reference !== undefined || gone.has(ticket)) }];
    }),
  );
}

/** Their names, as far as the caller may see them. That children are named is noted before (CS14, CS15). */
export async function namesOf(
  deps: WhoseTicketsDeps,
  event: EventDefinition<string>,
  caller: Caller,
  tickets: ReadonlyMap<CheckIn, Whose>,
): Promise<ReadonlyMap<CheckIn, string>> {
  const named = [...tickets].flatMap(([checkIn, { holder }]) =>
    holder !== undefined && maySee(caller.grants, holder, lastDay(event)) ? [{ checkIn, holder }] : [],
  );
  if (named.some(({ holder }) => holder.ageBand === 'minor')) await noteRead(deps, event, caller, 'list-minors');
  return new Map(named.map(({ checkIn, holder }) => [checkIn, holder.fullName]));
}
