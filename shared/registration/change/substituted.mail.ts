import { eventLetter } from '../../event/page/event.mail.ts';
import { paragraph } from '../../mail/letter/blocks.ts';

/** To someone in whose place the organisers, or a coordinator, let another come: the link to the page leads to that one now. */
export const substituted = eventLetter(({ event, links }, t) => ({
  blocks: [
    paragraph(t('substituted.intro', { event: event.title })),
    paragraph(t('erased.calendar')),
    { kind: 'button', label: t('cancelled.event'), url: links.event },
    paragraph(t('substituted.unexpected', { name: event.secretariat.name })),
    { kind: 'mailto', address: event.secretariat.email },
  ],
}));
