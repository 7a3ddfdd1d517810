import { isEventOver, retentionEnd } from '../event/event-times.ts';
import { digestId } from '../kernel/dynamo/keys.ts';
import { logger } from '../kernel/log.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { localTime } from '../kernel/text/zoned-time.ts';
import { newMessage } from '../mail/outbox/new-items.store.ts';

type Deps = Needs<'digestWriter' | 'roles' | 'system' | 'waitlist'>;

/** Day of the month until which it is told: a mark that it was lasts for a week. */
const LAST_DAY_TOLD = 5;

/**
 * Tells everyone in the role `safeguarding`, deputies too, each month who can see children (CS25). It may be called at any time and as
 * often as one likes: a month's mail is written once for each reader.
 */
export async function tellWhoSeesChildren(deps: Deps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      await tellTeam(deps, eventId);
    } catch (error) {
      logger.error('who sees children not told', { error, eventId });
    }
  }
}

async function tellTeam(deps: Deps, eventId: string): Promise<void> {
  const event = await deps.waitlist.readEvent(eventId);
  const now = deps.system.now();
  if (event?.minors === undefined || isEventOver(event, now) || now.getTime() / 1000 >= retentionEnd(event)) return;
  const { date } = localTime(now, event.timeZone);
  const month = date.slice(0, 'YYYY-MM'.length);
  if (Number(date.slice(-2)) > LAST_DAY_TOLD || (await deps.digestWriter.isDone(eventId, month))) return;
  const [first = 'en'] = event.languages;
  const inRole = (await deps.roles.list(eventId)).filter(({ grants }) =>
    grants.some(({ role }) => role === 'safeguarding'),
  );
  for (const { id, email = event.safeguarding?.email, language = first } of inRole) {
    if (email === undefined) continue;
    const about = { eventId, reference: digestId(month, id), email, language };
    const message = newMessage(deps.system, 'who-sees-children', about);
    await deps.digestWriter.tell(event, { date: month, reader: id, digest: {}, message });
  }
  await deps.digestWriter.markDone(eventId, month);
}
