import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { attendance, contact, leave, manage, paragraph, proofButton, whyProve } from './blocks.mail.ts';
import type { Content } from './content.ts';
import type { MessageData } from './message-data.ts';

/** The second mail to whoever has a seat and has not said that it is theirs, or the one to whoever would have one now. */
export const askProof = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    proofButton(data, t),
    paragraph(t('ask-proof.intro', { event: data.event.title })),
    paragraph(whyProve(data, t)),
    attendance(data, t),
    leave(data.registration.status === 'confirmed' ? 'manage.cancel' : 'manage.leave', data, t),
    paragraph(t('prove.not-you')),
    ...contact(data, t),
  ],
});

/** To whoever lost a seat that they had not said was theirs. */
export const seatReleased = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    proofButton(data, t),
    paragraph(t('seat-released.intro', { event: data.event.title })),
    paragraph(t('seat-released.next')),
    ...manage(t('manage.text.no-ticket'), data, t),
    paragraph(t('prove.not-you')),
    ...contact(data, t),
  ],
});
