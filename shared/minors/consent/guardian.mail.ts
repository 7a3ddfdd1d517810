import { isCalledOff } from '../../event/event-standing.ts';
import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { contact, daysOf, paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { GuardianData, GuardianNewsData } from '../../mail/letter/message-data.ts';

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
    paragraph(t('guardian-receipt.handover')),
    { kind: 'button', label: t('guardian-receipt.button'), url: data.links.consent },
    paragraph(t('guardian-receipt.not-you')),
    ...contact(data, t),
  ],
});

/** Whether and when the event takes place, as everyone else is told; it names nobody either. */
export function guardianEventStatus(data: GuardianNewsData, t: MailTranslate): Content {
  const { event, what, isAsked, links } = data;
  const isOff = isCalledOff(event);
  return {
    subject: t(`${what}.subject`, { event: event.title }),
    title: t(`${what}.title`),
    blocks: [
      paragraph(t(`guardian-event.${what}.intro`, { event: event.title })),
      ...(isOff ? [] : [{ kind: 'facts', facts: [daysOf(event.days, data, t)] } as const]),
      paragraph(t('guardian-event.why')),
      paragraph(t(`guardian-event.${what}.next`)),
      // Nobody is asked to agree to what does not take place.
      ...(isAsked && isOff
        ? []
        : [
            paragraph(t(isAsked ? 'guardian-event.decide' : 'guardian-event.withdraw')),
            {
              kind: 'button',
              label: t(isAsked ? 'guardian-request.button' : 'guardian-receipt.button'),
              url: links.consent,
            } as const,
          ]),
      ...contact(data, t),
    ],
  };
}
