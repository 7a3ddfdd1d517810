import { contact } from '../../event/mail-blocks.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import type { Content } from '../../mail/letter/content.ts';
import { ownPage } from '../../registration/mail-blocks.ts';
import type { AnnouncedData } from '../announced-data.ts';

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
    blocks: [...paragraphs(written.text), ...ownPage(data, t), ...contact(data, t)],
  };
}

const paragraphs = (text: string) =>
  text
    .split(/\n[ \t]*\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(paragraph);
