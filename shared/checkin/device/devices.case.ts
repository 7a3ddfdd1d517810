import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { lastDay, retentionEnd } from '../../event/event-times.ts';
import { NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, ProblemError } from '../../kernel/errors.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { checkMember } from '../../team/role/role.store.ts';
import { tellOfVetting } from '../../team/role/tell-team.case.ts';
import { mayAcceptVetting, mayPropose } from '../../team/role/vetting-rule.ts';
import { actorOf } from '../actors.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { deviceKey, deviceProposalKey, enrolmentKey } from '../check-in-keys.ts';
import { MOST_SEARCHES, searchesWithinHour, searchStatus } from '../search/search-lock.ts';
import type { Device, DeviceProposal, Talk } from './device.schema.ts';
import {
  deleteDeviceProposal,
  deviceProposalReader,
  fromDeviceProposalItem,
  putDeviceProposal,
} from './device.store.ts';
import { deviceStatus, isSilent, openDeviceProposal, scansWithinHour } from './device.ts';
import { newOffer, shownOnce } from './enrol.case.ts';
import { readDevices, revokeAccess as revoke } from './known-device.case.ts';

type DevicesDeps = Needs<'auditTable' | 'client' | 'events' | 'registry' | 'roles' | 'system'>;

export const listDevices =
  (deps: DevicesDeps): Permitted<typeof CHECK_IN_ROUTES.listDevices> =>
  async ({ params: { eventId }, language }, caller) => {
    await eventOf(deps, eventId, language);
    return devicesReply(deps, eventId, caller);
  };

export const revokeDevice =
  (deps: DevicesDeps): Permitted<typeof CHECK_IN_ROUTES.revokeDevice> =>
  async ({ params: { eventId, deviceId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const noted = audited(deps, event, caller, 'revoke-device', deviceId);
    if (!(await revoke(deps, eventId, deviceId, [noted]))) throw new ProblemError('not-found');
    return devicesReply(deps, eventId, caller);
  };

/** All of them, the newest first. */
async function devicesReply(deps: DevicesDeps, eventId: string, caller: Caller): Promise<Reply> {
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

type DeviceProposalsDeps = Needs<
  'attempt' | 'auditTable' | 'client' | 'events' | 'outboxTable' | 'registry' | 'roles' | 'siteUrl' | 'system'
>;

/** Each lost race means that another member decided, or the team changed. */
const MOST_ATTEMPTS = 5;

/** Phones that wait for a second person, or for their phone to scan the code. */
export const listDeviceProposals =
  (deps: DeviceProposalsDeps): Permitted<typeof CHECK_IN_ROUTES.listDeviceProposals> =>
  async ({ params: { eventId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const { members, scene } = await sceneOf(deps, event, caller);
    return json(200, { proposals: await shown(deps, event, caller, { members, scene }) });
  };

/**
 * A second person accepts a phone, and is shown its code, which nobody else is: anyone who sees it may scan it with their own phone
 * (CS13). Until a phone took it, a code that ran out is made anew in the same way, and the one before works no more. Or a member
 * takes the proposal back.
 */
export const decideDeviceProposal =
  (deps: DeviceProposalsDeps): Permitted<typeof CHECK_IN_ROUTES.decideDeviceProposal> =>
  async ({ params: { eventId, deviceId }, body: { decision, revision }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const { registry } = deps;
    const read = deviceProposalReader({ client: deps.client, registry });
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const { members, scene, you } = await sceneOf(deps, event, caller);
      const kept = await read(eventId, deviceId);
      // One that is over may have a code that still works: it ends by the same press.
      const found = decision === 'withdraw' ? kept : openDeviceProposal(kept, scene);
      if (found === undefined && decision === 'withdraw') {
        return json(200, { proposals: await shown(deps, event, caller, { members, scene }) });
      }
      if (found === undefined) throw new ProblemError('not-found');
      const earlier: TransactItem[] = found.accepted
        ? [{ Delete: { TableName: registry, Key: enrolmentKey(found.accepted.codeHash) } }]
        : [];
      const said = { label: found.name, vettedUntil: found.vettedUntil };
      if (decision === 'withdraw') {
        const noted = audited(deps, event, caller, 'withdraw-device', deviceId, said);
        const refusals = await deps.attempt([deleteDeviceProposal(registry, found), ...earlier, noted]);
        if (refusals.length > 0) continue;
        return json(200, { proposals: await shown(deps, event, caller, { members, scene }) });
      }
      if (!mayAcceptVetting(found, scene, you)) throw new ProblemError('not-second-person');
      if (found.revision !== revision) throw new ProblemError('out-of-date');
      const { by, at: _, accepted, revision: __, ...terms } = found;
      const offered = newOffer(deps, { ...terms, enrolledBy: caller.id }, retentionEnd(event));
      const after = { ...found, accepted: { by: caller.id, codeHash: offered.codeHash }, revision: revision + 1 };
      const refusals = await deps.attempt([
        isNotLetIn(registry, found),
        putDeviceProposal(registry, found, after),
        offered.write,
        ...earlier,
        ...members
          .filter(({ id }) => id === by || id === caller.id)
          .map((each) => checkMember(registry, eventId, each)),
        ...(accepted ? [] : tellOfVetting(deps, event, 'device-vetted', deviceId, members)),
        audited(deps, event, caller, 'accept-device', deviceId, said),
      ]);
      if (refusals.some(({ position }) => position === 0)) throw new ProblemError('enrolment-taken');
      if (refusals.length > 0) continue;
      return json(200, {
        proposals: await shown(deps, event, caller, { members, scene }),
        offered: shownOnce(deps, offered),
      });
    }
    throw new BusyError();
  };

/** @throws ProblemError `not-vetted` for members who neither propose phones nor accept them */
async function sceneOf(deps: DeviceProposalsDeps, event: EventDefinition<string>, caller: Caller) {
  const members = await deps.roles.list(event.id);
  const scene = { members, lastDay: lastDay(event), now: deps.system.now() };
  const you = members.find(({ id }) => id === caller.id);
  if (you === undefined || !mayPropose(you, scene.lastDay)) throw new ProblemError('not-vetted');
  return { members, scene, you };
}

type Scene = Pick<Awaited<ReturnType<typeof sceneOf>>, 'members' | 'scene'>;

async function shown(
  deps: DeviceProposalsDeps,
  event: EventDefinition<string>,
  caller: Caller,
  { members, scene }: Scene,
) {
  const [items, devices] = await Promise.all([
    queryPartition(deps.client, deps.registry, deviceProposalKey(event.id, '').pk),
    readDevices(deps, event.id),
  ]);
  const letIn = new Set(devices.map(({ id }) => id));
  const you = members.find(({ id }) => id === caller.id);
  const open = items
    .map(fromDeviceProposalItem)
    .filter((each) => openDeviceProposal(each, scene) && !letIn.has(each.id));
  return open
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map((proposal) => {
      const { id, name, lists, maySearch, endsAt, vettedUntil, at, by, accepted, revision } = proposal;
      return {
        ...{ id, name, lists, maySearch, vettedUntil, at, revision },
        endsAt: new Date(endsAt).toISOString(),
        by: actorOf(by, members, caller.id),
        ...(accepted && { accepted: actorOf(accepted.by, members, caller.id) }),
        mayAccept: you !== undefined && mayAcceptVetting(proposal, scene, you),
      };
    });
}

/** No second code for a phone that is in already. */
const isNotLetIn = (registry: string, { eventId, id }: DeviceProposal): TransactItem => ({
  ConditionCheck: {
    TableName: registry,
    Key: deviceKey(eventId, id),
    ConditionExpression: NOT_THERE,
  },
});
