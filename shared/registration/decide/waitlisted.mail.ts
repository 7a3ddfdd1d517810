import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import { attendance, leave, manage, type RegistrationData, waitingFor, yesThisIsMe } from '../mail-blocks.ts';
import { registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';

export const waitlisted = registrationLetter({
  current: ({ status }) => status === 'waitlisted',
  calledOff: 'status',
  data: dataOf,
  write: (data, t) => ({
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
  }),
});

const mayAttendOnline = ({ event, registration: { mode, waiting } }: RegistrationData): boolean =>
  mode === 'in-person' && waiting?.meanwhile === undefined && event.modes.some(({ id }) => id === 'online');
