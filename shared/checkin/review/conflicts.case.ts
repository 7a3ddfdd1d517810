import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { compareCodes } from '../../kernel/text/text-order.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { actorOf } from '../actor-of.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { scanKey } from '../check-in-keys.ts';
import { listDevices } from '../device/known-device.case.ts';
import type { CheckIn } from '../scan/check-in.store.ts';
import { fromScanItem } from '../scan/scan.store.ts';
import { byRank } from '../scan/scan.ts';
import { readCheckIns } from './check-ins.case.ts';
import { type Decision, inQuestion, scansHeld, type ToSee } from './decision.ts';
import { type Inbox, openIn, readInbox } from './inbox.case.ts';
import { namesOf, whoseTickets } from './whose-tickets.case.ts';

/**
 * All scans of a ticket on a list, in order, and what of them has to be looked at.
 *
 * @param called names of devices by their ids
 * @param reasons of desks, by the ids of their scans
 */
function scansOf(
  inbox: Inbox,
  toSee: ToSee,
  { marks, doubts }: CheckIn,
  called: ReadonlyMap<string, string>,
  reasons: ReadonlyMap<string, string>,
) {
  const open = openIn(inbox, toSee);
  const all = inQuestion(toSee);
  return [...marks].sort(byRank).map(({ scanId, device, kind, correctedAt }) => ({
    ...{ scanId, kind },
    device: called.get(device) ?? device,
    at: new Date(correctedAt).toISOString(),
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

type Deps = Needs<'auditTable' | 'client' | 'events' | 'registry' | 'roles' | 'system' | 'write'>;

/** Of each in one answer: they are looked at one by one, and a list that is set up wrongly may make thousands. */
export const MOST_SHOWN = 100;

export const listConflicts =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.listConflicts> =>
  async ({ params: { eventId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    return inboxReply(deps, event, caller, await readInbox(deps, eventId));
  };

/** What is open, the oldest first, with all scans of the tickets that it is about; and what was decided, the last first. */
export async function inboxReply(
  deps: Deps,
  event: EventDefinition<string>,
  caller: Caller,
  inbox: Inbox,
): Promise<Reply> {
  const allOpen = inbox.toSee.filter((each) => openIn(inbox, each).length > 0);
  const open = allOpen.slice(0, MOST_SHOWN);
  const decided = [...inbox.decisions].sort((a, b) => compareCodes(b.at, a.at)).slice(0, MOST_SHOWN);
  const [checkInOf, devices, members] = await Promise.all([
    readCheckIns(deps, event.id, [...open, ...decided]),
    listDevices(deps, event.id),
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
      return [{ list, ticket, ...whose(checkIn), decisions, scans: scansOf(inbox, each, checkIn, called, reasons) }];
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
  { client, registry, system }: Deps,
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
