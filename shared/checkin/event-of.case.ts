import type { EventDefinition } from '../event/event.ts';
import { ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Device } from './device/check-in-device.schema.ts';

type Deps = Needs<'events'>;

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
