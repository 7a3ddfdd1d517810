import { eventLetter } from '../../event/page/event.mail.ts';
import { paragraph } from '../../mail/letter/blocks.ts';

/** The last mail to someone: nothing that it could lead to is left. */
export const erased = eventLetter(({ event, links }, t) => ({
  blocks: [
    paragraph(t('erased.intro', { event: event.title })),
    paragraph(t('erased.left')),
    paragraph(t('erased.calendar')),
    { kind: 'button', label: t('cancelled.event'), url: links.event },
    paragraph(t('erased.not-you', { name: event.secretariat.name })),
    { kind: 'mailto', address: event.secretariat.email },
  ],
}));
