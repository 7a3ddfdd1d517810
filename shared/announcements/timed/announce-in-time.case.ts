import { retentionEnd } from '../../event/event-times.ts';
import { logError } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { dueAnnouncements } from './timed-announcement.ts';

type Deps = Needs<'announcements' | 'announcing' | 'digestWriter' | 'system' | 'waitlist'>;

/**
 * Makes the reminders and the thanks whose time has come. It may be called at any time and as often as one likes: each is named by
 * its kind and the date that it is about, and is there once.
 */
export async function announceInTime(deps: Deps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      await announceOf(deps, eventId);
    } catch (error) {
      logError('announcements not made', error, { eventId });
    }
  }
}

async function announceOf(deps: Deps, eventId: string): Promise<void> {
  const event = await deps.waitlist.readEvent(eventId);
  if (event === undefined) return;
  const now = deps.system.now();
  for (const { kind, id, segment } of dueAnnouncements(event, now)) {
    if ((await deps.announcements.read(eventId, id)) !== undefined) continue;
    await deps.announcing.make({ eventId, id, kind, segment, createdAt: now.toISOString() }, retentionEnd(event));
  }
}
