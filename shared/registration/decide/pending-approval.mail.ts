import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import { attendance, manage, yesThisIsMe } from '../mail-blocks.ts';
import { registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';
import { expectedDays } from './approval.ts';

export const pendingApproval = registrationLetter({
  current: ({ status }) => status === 'pending-approval',
  calledOff: 'status',
  data: dataOf,
  write: (data, t) => ({
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
  }),
});
