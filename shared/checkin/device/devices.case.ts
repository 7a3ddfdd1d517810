import { eventOf } from '../../event/event-of.case.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { actorOf } from '../actor-of.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { MOST_SEARCHES, searchesWithinHour, searchStatus } from '../search/search-lock.ts';
import type { Device, Talk } from './check-in-device.schema.ts';
import { deviceStatus } from './device.ts';
import { listDevices as readDevices, revokeDevice as revoke } from './known-device.case.ts';
import { isSilent, scansWithinHour } from './talk.ts';

type Deps = Needs<'auditTable' | 'client' | 'events' | 'registry' | 'roles' | 'system'>;

export const listDevices =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.listDevices> =>
  async ({ params: { eventId }, language }, caller) => {
    await eventOf(deps, eventId, language);
    return devicesReply(deps, eventId, caller);
  };

export const revokeDevice =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.revokeDevice> =>
  async ({ params: { eventId, deviceId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const noted = audited(deps, event, caller, 'revoke-device', deviceId);
    if (!(await revoke(deps, eventId, deviceId, [noted]))) throw new ProblemError('not-found');
    return devicesReply(deps, eventId, caller);
  };

/** All of them, the newest first. */
async function devicesReply(deps: Deps, eventId: string, caller: Caller): Promise<Reply> {
  const [devices, members] = await Promise.all([readDevices(deps, eventId), deps.roles.list(eventId)]);
  const now = deps.system.now().getTime();
  return json(200, {
    devices: devices
      .sort((a, b) => b.enrolledAt - a.enrolledAt)
      .map((device) => ({
        ...{ id: device.id, offer: device.offer, name: device.name, lists: device.lists, maySearch: device.maySearch },
        vettedUntil: device.vettedUntil,
        enrolledAt: instant(device.enrolledAt),
        endsAt: instant(device.endsAt),
        ...(device.revokedAt !== undefined && { revokedAt: instant(device.revokedAt) }),
        standing: deviceStatus(device, now),
        ...(device.maySearch && { search: searchOf(device, now) }),
        ...(device.talk && { talk: talkOf(device.talk, device, now) }),
        by: actorOf(device.enrolledBy, members, caller.id),
      })),
  });
}

/** Seconds count on while nothing is heard. */
function talkOf(talk: Talk, { scans = {} }: Device, now: number) {
  const since = Math.max(0, Math.round((now - talk.at) / 1000));
  const { waiting, refused, rosterAge, revocationsAge, version } = talk;
  return {
    ...{ at: instant(talk.at), since, waiting, refused, version, isSilent: isSilent(talk, now) },
    ...(rosterAge !== undefined && { rosterAge: rosterAge + since }),
    ...(revocationsAge !== undefined && { revocationsAge: revocationsAge + since }),
    scansLastHour: scansWithinHour(scans, now),
  };
}

/** How often a desk searched. */
const searchOf = ({ search }: Device, now: number) => ({
  lastHour: search === undefined ? 0 : searchesWithinHour(search, now),
  total: search?.searches ?? 0,
  most: MOST_SEARCHES,
  standing: searchStatus(search, now),
});

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
