import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { EventData } from '../../mail/letter/message-data.ts';

/** The last mail to someone: nothing that it could lead to is left. */
export const erased = ({ event, links }: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('erased.intro', { event: event.title })),
    paragraph(t('erased.left')),
    paragraph(t('erased.calendar')),
    { kind: 'button', label: t('cancelled.event'), url: links.event },
    paragraph(t('erased.not-you', { name: event.secretariat.name })),
    { kind: 'mailto', address: event.secretariat.email },
  ],
});

/** The last mail to a coordinator about a list that was deleted. */
export const delegationErased = ({ event, links }: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('delegation-erased.intro', { event: event.title })),
    paragraph(t('erased.left')),
    { kind: 'button', label: t('cancelled.event'), url: links.event },
    paragraph(t('erased.not-you', { name: event.secretariat.name })),
    { kind: 'mailto', address: event.secretariat.email },
  ],
});
