import type { Announcement } from '../../shared/domain/announcement.ts';
import { type Audience, audienceOf } from '../../shared/domain/audience.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { asHeld } from '../../shared/event/event-standing.ts';
import type { Deps } from './deps.ts';

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
