import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Announcement } from '../announcement.ts';
import { type Audience, audienceOf } from './audience.ts';

type Deps = Needs<'listRegistrations' | 'stoppedDelegations'>;

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
