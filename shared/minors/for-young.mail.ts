import type { MailTranslate } from '../kernel/i18n/mail.ts';
import { contact, manage, paragraph } from '../mail/letter/blocks.mail.ts';
import type { Content } from '../mail/letter/content.ts';
import type { EventData, GuardianCodeData, MessageData } from '../mail/letter/message-data.ts';
import { PROOF_DAYS } from './young.ts';

/*
 * To people under 18: short sentences, and no word that anyone typed.
 */

/** To an address that someone typed, which may hold a registration already: it says the same to both (AU9). */
export const pendingGuardian = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
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
export const pendingPaper = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
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

export const guardianAgreed = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('guardian-agreed.intro', { event: data.event.title })),
    paragraph(t('guardian-agreed.next')),
    { kind: 'button', label: t('guardian-agreed.button'), url: data.links.complete },
    paragraph(t('guardian-agreed.yours')),
    ...contact(data, t),
  ],
});

export const guardianUnreachable = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('guardian-unreachable.intro', { event: data.event.title })),
    paragraph(t('guardian-unreachable.next')),
    ...manage(t('guardian-unreachable.open'), data, t),
    ...contact(data, t),
  ],
});

/** What they type on the page where they say who else is to be asked. */
export const guardianCode = (data: GuardianCodeData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('guardian-code.intro')),
    { kind: 'code', text: displayGuardianCode(data.code) },
    paragraph(t('guardian-code.lasts')),
    { kind: 'button', label: t('guardian-code.button'), url: data.links.guardian },
    paragraph(t('guardian-code.not-you')),
    ...contact(data, t),
  ],
});

/** Grouped for reading: `7K3M-9QX2`. */
const displayGuardianCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

export const guardianRefused = (data: EventData, t: MailTranslate): Content => farewell('guardian-refused', data, t);
export const guardianExpired = (data: EventData, t: MailTranslate): Content => farewell('guardian-expired', data, t);
export const consentWithdrawn = (data: EventData, t: MailTranslate): Content => farewell('consent-withdrawn', data, t);

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
