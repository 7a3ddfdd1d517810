import { contact, reference } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import { registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';

/** Kind, and without the reason: who decided may have typed it, and it is shown on the page of the registration. */
export const declined = registrationLetter({
  current: ({ status }) => status === 'declined',
  calledOff: 'told',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      paragraph(t('declined.intro', { event: data.event.title })),
      paragraph(t('declined.next')),
      { kind: 'facts', facts: [reference(data, t)] },
      { kind: 'button', label: t('manage.button'), url: data.links.manage },
      ...contact(data, t),
    ],
  }),
});
