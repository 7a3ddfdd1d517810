import { knownDevice } from '../../shared/checking-in/known-device.ts';
import { type Device, isVettedDevice } from '../../shared/domain/check-in/device.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { lastDay } from '../../shared/domain/event-times.ts';
import { ProblemError } from '../../shared/errors.ts';
import type { Deps } from './deps.ts';

/**
 * The phone that sends a request, as it stands now.
 *
 * @param authorization `Bearer` and its token
 * @throws ProblemError `device-unknown`, `device-revoked`
 */
export async function deviceOf(
  deps: Deps,
  authorization = '',
): Promise<{ readonly device: Device; readonly isOver: boolean }> {
  const known = await knownDevice(deps, authorization.replace(/^Bearer /i, '').trim());
  if (known.kind === 'unknown') throw new ProblemError('device-unknown');
  if (known.kind === 'revoked') throw new ProblemError('device-revoked');
  return { device: known.device, isOver: known.kind === 'over' };
}

/** The same of one whose shift is not over. @throws ProblemError also `device-over` */
export async function activeDeviceOf(deps: Deps, authorization?: string): Promise<Device> {
  const { device, isOver } = await deviceOf(deps, authorization);
  if (isOver) throw new ProblemError('device-over');
  return device;
}

/** What a phone is told of itself. */
export const termsOf = (device: Device, event: Pick<EventDefinition<unknown>, 'days'>) => {
  const { eventId, id, name, lists, maySearch, endsAt } = device;
  return { eventId, id, name, lists, maySearch, endsAt, isVetted: isVettedDevice(device, lastDay(event)) };
};
