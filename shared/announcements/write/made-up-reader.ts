import type { EventDefinition } from '../../event/event.ts';
import { makeReference } from '../../kernel/text/reference.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import type { AnnouncedData } from '../announced-data.ts';
import type { Announcement } from '../announcement.ts';

const REFERENCE = makeReference(new Uint8Array(9));

/**
 * What an announcement is written from for someone who is not there, before it is sent: an adult with a seat. Their links
 * lead to the event's public page, since they have none of their own.
 *
 * @param event in the language
 */
export function sampleRecipient(
  event: EventDefinition<string>,
  language: string,
  announcement: Announcement,
  siteUrl: string,
): AnnouncedData {
  const links = eventLinks({ siteUrl }, event.id, language);
  return {
    event,
    registration: {
      reference: REFERENCE,
      status: 'confirmed',
      language,
      mode: event.modes[0]?.id ?? 'online',
      days: event.days.map(({ id }) => id),
    },
    sessions: [],
    writtenAt: announcement.createdAt,
    announcement,
    links: {
      ...links,
      ...{ manage: links.event, cancel: links.event, online: links.event },
      ...{ complete: links.event, guardian: links.event, unsubscribe: links.event },
    },
  };
}
