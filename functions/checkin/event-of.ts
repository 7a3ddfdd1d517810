import type { Device } from '../../shared/domain/check-in/device.ts';
import { type Door, doorOf } from '../../shared/domain/check-in/list.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { ProblemError } from '../../shared/errors.ts';
import { readCheckInLists } from '../../shared/store/check-in-lists-item.ts';
import type { Deps } from './deps.ts';

/**
 * The event of a device.
 *
 * @throws ProblemError `unknown-event` of one that is not there any more
 */
export async function eventOf(
  { events }: Deps,
  { eventId }: Pick<Device, 'eventId'>,
): Promise<EventDefinition<string>> {
  const found = await events.readEvent(eventId, '');
  if (found === undefined) throw new ProblemError('unknown-event');
  return found.event;
}

/** The lists that a device may scan for, by id; none whose day or session is not in the programme any more. */
export async function doorsOf(
  { client, registry }: Deps,
  event: EventDefinition<unknown>,
  device: Device,
): Promise<ReadonlyMap<string, Door>> {
  const { lists } = await readCheckInLists(client, registry, event);
  const doors = lists.filter(({ id }) => device.lists.includes(id)).flatMap((list) => doorOf(event, list) ?? []);
  return new Map(doors.map((door) => [door.id, door]));
}
