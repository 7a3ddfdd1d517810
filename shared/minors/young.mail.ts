import { contact, type EventData, reference, untilOf } from '../event/mail-blocks.ts';
import { eventLetter } from '../event/page/event.mail.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import { isUnreachable } from '../mail/fate/mail-fate.ts';
import { type Block, type Content, paragraph } from '../mail/letter/content.ts';
import { manage, type RegistrationData } from '../registration/mail-blocks.ts';
import { codeUntil, isCodeOpen } from '../registration/mailed-change.ts';
import { isNotCancelled, plainLetter, registrationLetter } from '../registration/registration.mail.ts';
import { type DataDeps, dataOf } from '../registration/registration-data.case.ts';
import { guardianCodeOf } from './consent/guardian.store.ts';
import { guardianStep, PROOF_DAYS } from './young.ts';

/*
 * To people under 18: short sentences, and no word that anyone typed.
 */

/** To an address that was typed, which may hold a registration already: it says the same to both (AU9). */
export const pendingGuardian = plainLetter({
  current: isNotCancelled,
  calledOff: 'nothing',
  isAnybodys: true,
  blocks: (data, t) => [
    paragraph(t('pending-guardian.intro', { event: data.event.title })),
    { kind: 'button', label: t('pending-guardian.button'), url: data.links.manage },
    paragraph(t('pending-guardian.next')),
    paragraph(t('pending-guardian.kept', { days: PROOF_DAYS })),
    paragraph(t('pending-guardian.known')),
    paragraph(t('pending-guardian.not-you')),
    ...contact(data, t),
  ],
});

/** The same where their guardian signs on paper: what they do with the form, and who helps them. */
export const pendingPaper = plainLetter({
  current: isNotCancelled,
  calledOff: 'nothing',
  isAnybodys: true,
  blocks: (data, t) => [
    paragraph(t('pending-guardian.intro', { event: data.event.title })),
    paragraph(t('pending-paper.next')),
    { kind: 'button', label: t('pending-paper.button'), url: data.links.consentForm },
    paragraph(t('pending-paper.help', { name: data.event.safeguarding?.name ?? '' })),
    paragraph(t('pending-paper.kept', { days: data.event.minors?.paperDays ?? 0 })),
    ...manage(t('pending-guardian.open'), data, t),
    paragraph(t('pending-guardian.known')),
    paragraph(t('pending-guardian.not-you')),
    ...contact(data, t),
  ],
});

export const guardianAgreed = plainLetter({
  current: (registration) => guardianStep(registration) === 'agreed',
  calledOff: 'nothing',
  blocks: (data, t) => [
    paragraph(t('guardian-agreed.intro', { event: data.event.title })),
    paragraph(t('guardian-agreed.next')),
    { kind: 'button', label: t('guardian-agreed.button'), url: data.links.complete },
    ...(data.registration.minor?.answerBy
      ? [paragraph(t('address-confirm.until', untilOf(data, data.registration.minor.answerBy)))]
      : []),
    paragraph(t('guardian-agreed.yours')),
    ...contact(data, t),
  ],
});

export const guardianUnreachable = plainLetter({
  current: ({ minor }) => isUnreachable(minor?.guardianMail),
  calledOff: 'told',
  blocks: (data, t) => [
    paragraph(t('guardian-unreachable.intro', { event: data.event.title })),
    paragraph(t('guardian-unreachable.next')),
    ...manage(t('guardian-unreachable.open'), data, t),
    ...contact(data, t),
  ],
});

const MAY_CHANGE_GUARDIAN: readonly ReturnType<typeof guardianStep>[] = ['unproven', 'asked'];

export interface GuardianCodeData extends RegistrationData {
  /** 8 digits of Crockford base32. */
  readonly code: string;
  /** Until when it works, ISO 8601. */
  readonly until: string;
}

/** What they type on the page where they say who else is to be asked. */
export const guardianCode = registrationLetter({
  current: (registration, now) =>
    MAY_CHANGE_GUARDIAN.includes(guardianStep(registration)) && isCodeOpen(registration.minor?.guardianChange, now),
  calledOff: 'told',
  data: async (deps: DataDeps, found, message): Promise<GuardianCodeData> => {
    const { registration } = found;
    const change = registration.minor?.guardianChange;
    if (change === undefined) throw new Error('nobody asked for a code');
    const code = await guardianCodeOf(registration, change, deps.secrets);
    return { ...(await dataOf(deps, found, message)), code, until: codeUntil(change).toISOString() };
  },
  write: (data, t) => ({
    blocks: [
      paragraph(t('guardian-code.intro')),
      { kind: 'code', text: displayGuardianCode(data.code) },
      paragraph(t('code.lasts', untilOf(data, data.until))),
      { kind: 'button', label: t('guardian-code.button'), url: data.links.guardian },
      paragraph(t('guardian-code.not-you')),
      ...contact(data, t),
    ],
  }),
});

/** Grouped for reading: `7K3M-9QX2`. */
const displayGuardianCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

export const guardianRefused = eventLetter((data, t) => farewell('guardian-refused', data, t));
export const guardianExpired = eventLetter((data, t) => farewell('guardian-expired', data, t));
export const consentWithdrawn = eventLetter((data, t) => farewell('consent-withdrawn', data, t));

type Farewell = 'guardian-refused' | 'guardian-expired' | 'consent-withdrawn';

/** Everything is deleted: what happened, that it is nobody's fault, and what is still possible. */
const farewell = (kind: Farewell, data: EventData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t(`${kind}.intro`, { event: data.event.title })),
    paragraph(t('farewell.deleted')),
    paragraph(t(`${kind}.next`)),
    { kind: 'button', label: t('cancelled.event'), url: data.links.event },
    ...contact(data, t),
  ],
});

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
  // Of a child or a report, not of the reader.
  { kind: 'facts', facts: [{ ...reference(data, t), label: t('delegation.reference') }] },
];
