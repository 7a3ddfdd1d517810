import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import { registrationLetter } from '../../registration/registration.mail.ts';
import { dataOf } from '../../registration/registration-data.case.ts';

/** To a confirmed adult who is asked to look after young people: how many and whom, the focal point tells them. */
export const chaperoneRequest = registrationLetter({
  current: ({ chaperoning: { askedAt, acceptedAt, declinedAt } = {} }) =>
    askedAt !== undefined && acceptedAt === undefined && declinedAt === undefined,
  calledOff: 'nothing',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      paragraph(t('chaperone-request.intro', { event: data.event.title })),
      paragraph(t('chaperone-request.means')),
      paragraph(t('chaperone-request.vetting', { name: data.event.safeguarding?.name ?? '' })),
      { kind: 'button', label: t('chaperone-request.button'), url: data.links.manage },
      paragraph(t('chaperone-request.free')),
      ...contact(data, t),
    ],
  }),
});
