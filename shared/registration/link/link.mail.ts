import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { attendance, contact, manage, paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { MessageData } from '../../mail/letter/message-data.ts';

export const link = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('link.intro', { event: data.event.title })),
    attendance(data, t),
    ...manage(t('link.open'), data, t),
    paragraph(t('link.not-you')),
    ...contact(data, t),
  ],
});
