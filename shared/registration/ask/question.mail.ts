import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/content.ts';
import { attendance } from '../mail-blocks.ts';
import { plainLetter } from '../registration.mail.ts';
import { openQuestion } from './asked.ts';

/** That an approver asks something. What it is stands on the page of the registration alone, with the box for the answer. */
export const questionAsked = plainLetter({
  current: (registration) => openQuestion(registration) !== undefined,
  calledOff: 'nothing',
  blocks: (data, t) => [
    paragraph(t('question-asked.intro', { event: data.event.title })),
    paragraph(t('question-asked.next')),
    { kind: 'button', label: t('question-asked.button'), url: data.links.manage },
    attendance(data, t),
    ...contact(data, t),
  ],
});
