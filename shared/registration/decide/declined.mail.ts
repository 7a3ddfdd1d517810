import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { contact, paragraph, reference } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { MessageData } from '../../mail/letter/message-data.ts';

/** Kind, and without the reason: who decided may have typed it, and it is shown on the page of the registration. */
export const declined = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('declined.intro', { event: data.event.title })),
    paragraph(t('declined.next')),
    { kind: 'facts', facts: [reference(data, t)] },
    { kind: 'button', label: t('manage.button'), url: data.links.manage },
    ...contact(data, t),
  ],
});
