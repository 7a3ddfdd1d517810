import type { EventDefinition } from '../../event/event.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { shownRegistration } from '../../team/role/within-reach.case.ts';
import { formerTickets } from '../../ticket/revoked-ticket.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { actorOf } from '../actors.case.ts';
import { isKnownToAll, toldOf } from '../attendance/arrivals.ts';
import { cameBy, checkInsOf } from '../attendance/attendance.store.ts';
import { areMinutesOver, minutesKept, toldTime } from '../attendance/minutes.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { CheckInList, Handout } from '../check-in-items.schema.ts';
import { deviceKey, scanKey } from '../check-in-keys.ts';
import { fromDeviceItem } from '../device/device.schema.ts';
import { givenTo, standingOf } from '../handout/handed-out.case.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { type CheckIn, fromScanItem } from '../scan/check-in.store.ts';
import { validMarks } from '../scan/passage.ts';
import { BY_HAND, ONLINE, type ScanMark } from '../scan/scan.ts';

type SaidDeps = Needs<'client' | 'registry' | 'roles' | 'system'>;
type AttendanceDeps = SaidDeps & Needs<'auditTable' | 'events' | 'registrations' | 'write'>;

/**
 * Where one attendee came, by the ticket that they have now, and by earlier ones while what those counted is still carried over. How they
 * came is said by the scan that counts: they may have registered for the other way.
 */
export const showAttendance =
  (deps: AttendanceDeps): Permitted<typeof CHECK_IN_ROUTES.showAttendance> =>
  async (request, caller) => {
    const { registration, event } = await shownRegistration(deps, request, caller);
    return json(200, await attendanceTold(deps, event, caller, registration));
  };

/** The same of a registration that was read. @param consistent half the cost without, for what was not marked a moment ago */
export async function attendanceTold(
  deps: SaidDeps,
  event: EventDefinition<string>,
  caller: Caller,
  registration: Registration,
  { consistent = true } = {},
) {
  const [{ lists, handouts }, formerOf] = await Promise.all([
    readCheckInLists(deps.client, deps.registry, event, { consistent }),
    formerTickets(deps, event.id),
  ]);
  const shown = holdsAny(caller.grants, ['run-check-in']) ? lists : lists.filter((list) => isKnownToAll(event, list));
  const before = formerOf(ticketHashOf(registration));
  const theirs = await checkInsOf(deps.client, deps.registry, registration, before, { consistent });
  const came = cameBy(event, theirs, shown);
  const told = toldTime(event, deps.system.now());
  const saidOf = await saidAt(deps, event, caller.id, came);
  return {
    came: came.map(({ list, ...stay }) => ({
      ...{ list: list.id, name: nameOf(event, list), ...toldOf(stay, told) },
      said: saidOf(stay.first),
    })),
    handouts: handouts.flatMap((each) => handedOutOf(event, each, theirs, told) ?? []),
  };
}

/** What someone was given of one thing, and whether they brought it back. */
function handedOutOf(
  event: EventDefinition<string>,
  handout: Handout,
  theirs: readonly CheckIn[],
  told: (at: number) => string,
) {
  const marks = theirs.filter(({ list }) => list === handout.id).flatMap((each) => each.marks);
  const standing = standingOf(event, handout)(marks);
  const given = givenTo(standing, told);
  if (given === undefined) return undefined;
  const { id: list, name, isLent } = handout;
  const back = isLent && standing.out === undefined && validMarks(marks).at(-1);
  return { list, name, isLent, ...given, ...(back && { backAt: told(back.correctedAt) }) };
}

/** Why desks and members noted someone without a ticket, and which member it was, by the scans that count. */
async function saidAt(
  { client, registry, roles, system }: SaidDeps,
  event: EventDefinition<string>,
  callerId: string,
  came: readonly { readonly first: ScanMark }[],
) {
  const { id: eventId } = event;
  const factKey = ({ first: { scanId } }: (typeof came)[number]) => scanKey(eventId, scanId);
  // Nobody says anything of who joins online.
  const atDoors = came.filter(({ first }) => first.device !== ONLINE);
  // One scan at an entrance says of the day's list that they came, too.
  const scans = [...new Map(atDoors.map((each) => [each.first.scanId, each])).values()];
  const find = await batchGet(client, registry, scans.map(factKey), system);
  const facts = scans.flatMap((each) => {
    const item = find(factKey(each));
    return item === undefined ? [] : [fromScanItem(item)];
  });
  const whys = new Map(
    facts.flatMap(({ scanId, reason, by }) => (reason === undefined ? [] : [[scanId, { why: reason, by }] as const])),
  );
  // With the minutes it is told no more, from the very moment on.
  const isMemberTold =
    !areMinutesOver(minutesKept(event), system.now().getTime()) && facts.some(({ by }) => by !== undefined);
  const members = isMemberTold ? await roles.list(eventId) : [];
  const desks = facts.filter(({ scanId, device }) => whys.has(scanId) && device !== BY_HAND);
  const keys = [...new Set(desks.map(({ device }) => device))].map((device) => deviceKey(eventId, device));
  const findDevice = await batchGet(client, registry, keys, system);
  return ({ scanId, device }: ScanMark) => {
    const said = whys.get(scanId);
    if (said === undefined) return undefined;
    const { why, by } = said;
    const phone = findDevice(deviceKey(eventId, device));
    const byMember = isMemberTold && by !== undefined && { by: actorOf(by, members, callerId) };
    return { why, ...(phone && { desk: fromDeviceItem(phone).name }), ...byMember };
  };
}

/** Also where its day or session is not in the programme any more. */
function nameOf({ days, sessions }: EventDefinition<string>, { id, name, place }: CheckInList): string | undefined {
  if (place.kind === 'event') return name;
  const title =
    place.kind === 'day'
      ? days.find((day) => day.id === place.day)?.title
      : sessions.find((session) => session.id === place.session)?.title;
  return name ?? title ?? id;
}
