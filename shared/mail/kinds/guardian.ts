import type { MailTranslate } from '../../i18n/mail.ts';
import { contact, paragraph } from '../blocks.ts';
import type { Content, GuardianData } from '../message-data.ts';

/** To an address that someone typed: it names nobody (AB3); who it is about stands on the page that the link opens. */
export const guardianRequest = (data: GuardianData, t: MailTranslate): Content =>
  asking(data, t('guardian-request.intro', { event: data.event.title }), t);

export const guardianReminder = (data: GuardianData, t: MailTranslate): Content =>
  asking(data, t('guardian-reminder.intro', { event: data.event.title }), t);

const asking = (data: GuardianData, intro: string, t: MailTranslate): Content => ({
  blocks: [
    paragraph(intro),
    paragraph(t('guardian-request.decide')),
    { kind: 'button', label: t('guardian-request.button'), url: data.links.consent },
    paragraph(t('guardian-request.otherwise', { days: data.event.minors?.expiryDays ?? 0 })),
    paragraph(t('guardian-request.not-you')),
    ...contact(data, t),
  ],
});

/** Some time after a guardian agreed: whoever pressed the button in their place is found out. */
export const guardianReceipt = (data: GuardianData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('guardian-receipt.intro', { event: data.event.title })),
    paragraph(t('guardian-receipt.withdraw')),
    { kind: 'button', label: t('guardian-receipt.button'), url: data.links.consent },
    paragraph(t('guardian-receipt.not-you')),
    ...contact(data, t),
  ],
});
