import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { contact, ownPage, paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { AnnouncedData } from '../../mail/letter/message-data.ts';

/** What an organiser wrote, in the reader's language, or in the event's first where they did not write in that one. */
export function organiserMessage(data: AnnouncedData, t: MailTranslate): Content {
  const { announcement, event, registration } = data;
  const { words = {} } = announcement;
  const [first = ''] = event.languages;
  const written = words[registration.language] ?? words[first];
  if (written === undefined) throw new Error('an organiser wrote nothing that could be sent');
  return {
    subject: t('organiser-message.subject', { subject: written.subject, event: event.title }),
    title: written.subject,
    blocks: [...paragraphs(written.text), ...ownPage(data, t), ...contact(data, t)],
  };
}

const paragraphs = (text: string) =>
  text
    .split(/\n[ \t]*\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(paragraph);
