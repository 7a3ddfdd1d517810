import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import {
  attendance,
  contact,
  leave,
  manage,
  paragraph,
  waitingFor,
  yesThisIsMe,
} from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { MessageData } from '../../mail/letter/message-data.ts';

export const waitlisted = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    ...yesThisIsMe(data, t),
    paragraph(t('waitlisted.intro', { event: data.event.title })),
    ...waitingFor(data, t),
    paragraph(t(data.registration.unproven ? 'waitlisted.next.unproven' : 'waitlisted.next')),
    ...(data.registration.mode === 'in-person' ? [paragraph(t('waitlisted.travel'))] : []),
    ...(mayAttendOnline(data) ? [paragraph(t('waitlisted.meanwhile'))] : []),
    attendance(data, t),
    ...manage(t('manage.text.no-ticket'), data, t),
    leave('manage.leave', data, t),
    ...contact(data, t),
  ],
});

const mayAttendOnline = ({ event, registration: { mode, meanwhile } }: MessageData): boolean =>
  mode === 'in-person' && meanwhile === undefined && event.modes.some(({ id }) => id === 'online');
