import type { MailTranslate } from '../../i18n/mail.ts';
import { contact, paragraph, reference } from '../blocks.ts';
import type { Content, EventData } from '../message-data.ts';

/*
 * To the safeguarding focal point: that there is something to do, and nothing of whom or what it is about (CS17). Who
 * reads a mailbox was not vetted.
 */

export const reportReceived = (data: EventData, t: MailTranslate): Content => task('report-received', data, t);
export const paperAwaited = (data: EventData, t: MailTranslate): Content => task('paper-awaited', data, t);

export const chaperoneEnded = (data: EventData, t: MailTranslate): Content => task('chaperone-ended', data, t);

type Task = 'report-received' | 'paper-awaited' | 'chaperone-ended';

const task = (kind: Task, data: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t(`${kind}.intro`, { event: data.event.title })),
    paragraph(t(`${kind}.next`)),
    { kind: 'facts', facts: [reference(data, t)] },
    ...contact(data, t),
  ],
});
