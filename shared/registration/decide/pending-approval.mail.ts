import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { attendance, contact, manage, paragraph, yesThisIsMe } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { MessageData } from '../../mail/letter/message-data.ts';
import { expectedDays } from './approval.ts';

export const pendingApproval = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    ...yesThisIsMe(data, t),
    paragraph(t('pending-approval.intro', { event: data.event.title })),
    paragraph(
      t(data.registration.unproven ? 'pending-approval.next.unproven' : 'pending-approval.next', {
        days: expectedDays(data.event),
      }),
    ),
    ...(data.registration.mode === 'in-person' ? [paragraph(t('waitlisted.travel'))] : []),
    attendance(data, t),
    ...manage(t('manage.text.no-ticket'), data, t),
    ...contact(data, t),
  ],
});
