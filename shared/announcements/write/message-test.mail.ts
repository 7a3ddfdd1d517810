import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { AnnouncedData } from '../../mail/letter/message-data.ts';
import { organiserMessage } from './organiser-message.mail.ts';

/** The same as its readers would get, marked so that nobody takes it for that. */
export function messageTest(data: AnnouncedData, t: MailTranslate): Content {
  const { subject = '', blocks, ...rest } = organiserMessage(data, t);
  return {
    ...rest,
    subject: t('message-test.subject', { subject }),
    blocks: [paragraph(t('message-test.note')), ...blocks],
  };
}
