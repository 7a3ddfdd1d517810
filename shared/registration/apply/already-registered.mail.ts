import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import { attendance, manage } from '../mail-blocks.ts';
import { isNotCancelled, registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';

export const alreadyRegistered = registrationLetter({
  current: isNotCancelled,
  calledOff: 'told',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      paragraph(t('already-registered.intro', { event: data.event.title })),
      paragraph(t('already-registered.not-saved')),
      attendance(data, t),
      ...manage(t('already-registered.change'), data, t),
      paragraph(t('already-registered.not-you')),
      ...contact(data, t),
    ],
  }),
});
