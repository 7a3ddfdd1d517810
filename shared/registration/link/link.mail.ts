import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import { attendance, manage } from '../mail-blocks.ts';
import { isNotCancelled, registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';

export const link = registrationLetter({
  current: isNotCancelled,
  calledOff: 'told',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      paragraph(t('link.intro', { event: data.event.title })),
      attendance(data, t),
      ...manage(t('link.open'), data, t),
      paragraph(t('link.not-you')),
      ...contact(data, t),
    ],
  }),
});
