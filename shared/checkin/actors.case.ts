import type { EventDefinition } from '../event/event.ts';
import { lastDay } from '../event/event-times.ts';
import { ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Caller } from '../team/role/permitted.case.ts';
import type { Member } from '../team/role/role.store.ts';
import type { Device } from './device/device.schema.ts';
import { type DeviceStatus, isVettedDevice } from './device/device.ts';
import { knownDevice } from './device/known-device.case.ts';

type DeviceOfDeps = Needs<'client' | 'registry' | 'system'>;

/**
 * The phone that sends a request, as it stands now, also where it was shut out: for what it brings in, and for nothing else.
 *
 * @param authorization `Bearer` and its token
 * @throws ProblemError `device-unknown`
 */
export async function anyDeviceOf(
  deps: DeviceOfDeps,
  authorization = '',
): Promise<{ readonly device: Device; readonly standing: DeviceStatus }> {
  const known = await knownDevice(deps, authorization.replace(/^Bearer /i, '').trim());
  if (known.kind === 'unknown') throw new ProblemError('device-unknown');
  return { device: known.device, standing: known.kind };
}

/** The same of one that is let in, and whose shift is not over. @throws ProblemError also `device-revoked`, `device-over` */
export async function activeDeviceOf(deps: DeviceOfDeps, authorization?: string): Promise<Device> {
  const { device, standing } = await anyDeviceOf(deps, authorization);
  if (standing === 'revoked') throw new ProblemError('device-revoked');
  if (standing === 'over') throw new ProblemError('device-over');
  return device;
}

/** What a phone is told of itself. */
export const termsOf = (device: Device, event: Pick<EventDefinition<unknown>, 'days'>) => {
  const { eventId, id, name, lists, maySearch, endsAt } = device;
  return { eventId, id, name, lists, maySearch, endsAt, isVetted: isVettedDevice(device, lastDay(event)) };
};

/**
 * The event of a device.
 *
 * @throws ProblemError `unknown-event` of one that is not there any more
 */
export async function eventOfDevice(
  { events }: Needs<'events'>,
  { eventId }: Pick<Device, 'eventId'>,
): Promise<EventDefinition<string>> {
  const found = await events.readEvent(eventId, '');
  if (found === undefined) throw new ProblemError('unknown-event');
  return found.event;
}

/** Names a device as what did or saw something: it holds no role of the event's. */
export const byDevice = ({ id, name }: Device): Caller => ({
  ...{ id: `device ${id}`, label: name },
  ...{ ticks: [], grants: [], why: 'at the door' },
});

/** Who did something: what the team calls them, as long as they are of it. @param by, caller ids of members */
export const actorOf = (by: string, members: readonly Pick<Member, 'id' | 'label'>[], caller: string) => {
  const member = members.find(({ id }) => id === by);
  return { label: member?.label, isYou: by === caller, isMember: member !== undefined };
};
