import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { contact, paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { MessageData } from '../../mail/letter/message-data.ts';

/** To a confirmed adult who is asked to look after young people: how many and whom, the focal point tells them. */
export const chaperoneRequest = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('chaperone-request.intro', { event: data.event.title })),
    paragraph(t('chaperone-request.means')),
    paragraph(t('chaperone-request.vetting', { name: data.event.safeguarding?.name ?? '' })),
    { kind: 'button', label: t('chaperone-request.button'), url: data.links.manage },
    paragraph(t('chaperone-request.free')),
    ...contact(data, t),
  ],
});
