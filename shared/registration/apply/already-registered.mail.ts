import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { attendance, contact, manage, paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { MessageData } from '../../mail/letter/message-data.ts';

export const alreadyRegistered = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('already-registered.intro', { event: data.event.title })),
    paragraph(t('already-registered.not-saved')),
    attendance(data, t),
    ...manage(t('already-registered.change'), data, t),
    paragraph(t('already-registered.not-you')),
    ...contact(data, t),
  ],
});
