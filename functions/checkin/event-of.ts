import type { Device } from '../../shared/domain/check-in/device.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
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
