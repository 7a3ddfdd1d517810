import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/content.ts';
import { attendance } from '../mail-blocks.ts';
import { registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';
import { openQuestion } from './asked.ts';

/** That an approver asks something. What it is stands on the page of the registration alone, with the box for the answer. */
export const questionAsked = registrationLetter({
  current: (registration) => openQuestion(registration) !== undefined,
  calledOff: 'nothing',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      paragraph(t('question-asked.intro', { event: data.event.title })),
      paragraph(t('question-asked.next')),
      { kind: 'button', label: t('question-asked.button'), url: data.links.manage },
      attendance(data, t),
      ...contact(data, t),
    ],
  }),
});
