import type { Deps } from '../../../functions/messages/deps.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import type { Announcement } from '../announcement.ts';
import { type Audience, audienceOf } from './audience.ts';

/** Whom a message would reach now, as it would be written. */
export async function audienceNow(
  deps: Deps,
  event: EventDefinition<string>,
  announcement: Announcement,
): Promise<Audience> {
  const registrations = await deps.listRegistrations(event.id);
  const stopped = await deps.stoppedDelegations(event.id, registrations);
  return audienceOf(
    announcement,
    registrations.map((each) => asHeld(event, each)),
    stopped,
  );
}
