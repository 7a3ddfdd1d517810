import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { EventData } from '../../mail/letter/message-data.ts';

/** To someone in whose place the organisers, or a coordinator, let another come: the link to the page leads to that one now. */
export const substituted = ({ event, links }: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('substituted.intro', { event: event.title })),
    paragraph(t('erased.calendar')),
    { kind: 'button', label: t('cancelled.event'), url: links.event },
    paragraph(t('substituted.unexpected', { name: event.secretariat.name })),
    { kind: 'mailto', address: event.secretariat.email },
  ],
});
