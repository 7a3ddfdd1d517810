import type { MailTranslate } from '../../i18n/mail.ts';
import { contact, paragraph, reference } from '../blocks.ts';
import type { Content } from '../content.ts';
import type { EventData } from '../message-data.ts';

/*
 * To the safeguarding focal point, and to whoever else reads reports: that there is something to do, and nothing of whom or what it is about (CS17). Who
 * reads a mailbox was not vetted: the link leads to a page of the console, which asks who they are.
 */

export const reportReceived = (data: EventData, t: MailTranslate): Content => task('report-received', data, t);
/** A deputy is told that somebody else reads no reports any more. */
export const vettingLapsed = (data: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('vetting-lapsed.intro', { event: data.event.title })),
    paragraph(t('vetting-lapsed.next')),
    { kind: 'button', label: t('focal-point.button'), url: `${data.links.console}/reports` },
    ...contact(data, t),
  ],
});
export const paperAwaited = (data: EventData, t: MailTranslate): Content => task('paper-awaited', data, t);

export const chaperoneEnded = (data: EventData, t: MailTranslate): Content => task('chaperone-ended', data, t);

type Task = 'report-received' | 'paper-awaited' | 'chaperone-ended';

/** Whoever needs another chaperone is to be found among all. */
const pageOf = (kind: Task, reference: string): string =>
  ({
    'report-received': `reports/${reference}`,
    'paper-awaited': `children/${reference}`,
    'chaperone-ended': 'children',
  })[kind];

const task = (kind: Task, data: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t(`${kind}.intro`, { event: data.event.title })),
    paragraph(t(`${kind}.next`)),
    {
      kind: 'button',
      label: t('focal-point.button'),
      url: `${data.links.console}/${pageOf(kind, data.registration.reference)}`,
    },
    { kind: 'facts', facts: [reference(data, t)] },
    ...contact(data, t),
  ],
});
