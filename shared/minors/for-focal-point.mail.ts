import { contact, type EventData, reference } from '../event/mail-blocks.ts';
import { eventLetter } from '../event/page/event.mail.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import { type Block, type Content, paragraph } from '../mail/letter/content.ts';

/*
 * To the safeguarding focal point, and to all other readers of reports: that there is something to do, and nothing of whom or what it is
 * about (CS17). Who reads a mailbox was not vetted: the link leads to a page of the console, which asks who they are.
 */

/** Nothing leads to the secretariat: the report may be about it. */
export const reportReceived = eventLetter((data, t) => ({ blocks: task('report-received', data, t) }));
/** A deputy is told that another reader reads no reports any more. */
export const vettingLapsed = eventLetter((data, t) => missing('vetting-lapsed', data, t));
/** The same, and the contact, that nobody is left who does. */
export const readersGone = eventLetter((data, t) => missing('readers-gone', data, t));
/** The same, and readers, that nobody is left who reads what is about organisers. */
export const deputiesGone = eventLetter((data, t) => missing('deputies-gone', data, t));

type Missing = 'vetting-lapsed' | 'readers-gone' | 'deputies-gone';

const missing = (kind: Missing, { event, links }: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t(`${kind}.intro`, { event: event.title })),
    paragraph(t(`${kind}.next`)),
    { kind: 'button', label: t('focal-point.button'), url: `${links.console}/reports` },
  ],
});
export const paperAwaited = eventLetter((data, t) => asked('paper-awaited', data, t));

export const chaperoneEnded = eventLetter((data, t) => asked('chaperone-ended', data, t));

type Task = 'report-received' | 'paper-awaited' | 'chaperone-ended';

/** A minor who needs another chaperone is to be found among all. */
const pageOf = (kind: Task, reference: string): string =>
  ({
    'report-received': `reports/${reference}`,
    'paper-awaited': `children/${reference}`,
    'chaperone-ended': 'children',
  })[kind];

const asked = (kind: Task, data: EventData, t: MailTranslate): Content => ({
  blocks: [...task(kind, data, t), ...contact(data, t)],
});

const task = (kind: Task, data: EventData, t: MailTranslate): Block[] => [
  paragraph(t(`${kind}.intro`, { event: data.event.title })),
  paragraph(t(`${kind}.next`)),
  {
    kind: 'button',
    label: t('focal-point.button'),
    url: `${data.links.console}/${pageOf(kind, data.registration.reference)}`,
  },
  { kind: 'facts', facts: [reference(data, t)] },
];
