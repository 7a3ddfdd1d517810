import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import { attendance, leave, manage, proofButton, whyProve } from '../mail-blocks.ts';
import { isPending, registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';

/** The second mail to whoever has a seat and has not said that it is theirs, or the one to whoever would have one now. */
export const askProof = registrationLetter({
  current: (registration) => registration.unproven === true && isPending(registration),
  calledOff: 'nothing',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      proofButton(data, t),
      paragraph(t('ask-proof.intro', { event: data.event.title })),
      paragraph(whyProve(data, t)),
      attendance(data, t),
      leave(data.registration.status === 'confirmed' ? 'manage.cancel' : 'manage.leave', data, t),
      paragraph(t('prove.not-you')),
      ...contact(data, t),
    ],
  }),
});

/** To whoever lost a seat that they had not said was theirs. */
export const seatReleased = registrationLetter({
  current: ({ status, seatLostAt }) => status === 'expired' && seatLostAt !== undefined,
  calledOff: 'nothing',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      proofButton(data, t),
      paragraph(t('seat-released.intro', { event: data.event.title })),
      paragraph(t('seat-released.next')),
      ...manage(t('manage.text.no-ticket'), data, t),
      paragraph(t('prove.not-you')),
      ...contact(data, t),
    ],
  }),
});
