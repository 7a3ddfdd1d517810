import type { MailTranslate } from '../../i18n/mail.ts';
import { contact, paragraph, reference } from '../blocks.ts';
import type { Content, EventData } from '../message-data.ts';

/** To the safeguarding focal point: that there is something to read, and nothing of what it says (CS17). */
export const reportReceived = (data: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('report-received.intro', { event: data.event.title })),
    paragraph(t('report-received.read')),
    { kind: 'facts', facts: [reference(data, t)] },
    ...contact(data, t),
  ],
});
