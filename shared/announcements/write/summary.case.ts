import type { EventDefinition } from '../../event/event.ts';
import type { StoredAnnouncement } from '../announcement-item.store.ts';

/** What a list says of an announcement. */
export const summaryOf = (
  { languages: [first = ''] }: Pick<EventDefinition<unknown>, 'languages'>,
  announcement: Omit<StoredAnnouncement, 'eventId'>,
) => ({
  id: announcement.id,
  kind: announcement.kind,
  subject: announcement.words?.[first]?.subject,
  segment: announcement.segment,
  createdAt: announcement.createdAt,
  expected: announcement.expected,
  written: announcement.written,
  doneAt: announcement.doneAt,
  stoppedAt: announcement.stoppedAt,
});
