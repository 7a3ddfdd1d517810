import type { EventDefinition } from '../../event/event.ts';
import { contact } from '../../event/mail-blocks.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import { makeReference } from '../../kernel/text/reference.ts';
import { type Content, paragraph } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { ownPageButton } from '../../registration/mail-blocks.ts';
import type { AnnouncedData } from '../announced-data.ts';
import type { Announcement } from '../announcement.schema.ts';

/** What an organiser wrote, in the reader's language, or in the event's first where they did not write in that one. */
export function organiserWords(
  data: AnnouncedData,
  t: MailTranslate,
): Content & { readonly subject: string; readonly title: string } {
  const { announcement, event, registration } = data;
  const { words = {} } = announcement;
  const [first = ''] = event.languages;
  const written = words[registration.language] ?? words[first];
  if (written === undefined) throw new Error('an organiser wrote nothing that could be sent');
  return {
    subject: t('organiser-message.subject', { subject: written.subject, event: event.title }),
    title: written.subject,
    blocks: [...paragraphs(written.text), ...ownPageButton(data, t), ...contact(data, t)],
  };
}

const paragraphs = (text: string) =>
  text
    .split(/\n[ \t]*\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(paragraph);

const REFERENCE = makeReference(new Uint8Array(9));

/**
 * What an announcement is written from for a made-up attendee, before it is sent: an adult with a seat. Their links
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
