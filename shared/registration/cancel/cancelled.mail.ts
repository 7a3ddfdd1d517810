import { cancellation } from '../../event/calendars.ts';
import { contact, reference, untilOf } from '../../event/mail-blocks.ts';
import { eventLetter } from '../../event/page/event.mail.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import { type Block, paragraph } from '../../mail/letter/content.ts';
import type { RegistrationData } from '../mail-blocks.ts';
import { registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';
import { undoEnd } from './undo.ts';

export const cancelled = registrationLetter({
  current: ({ status }) => status === 'cancelled',
  calledOff: 'told',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      paragraph(t('cancelled.intro', { event: data.event.title })),
      paragraph(t('cancelled.calendar')),
      { kind: 'facts', facts: [reference(data, t)] },
      ...undo(data, t),
      paragraph(t('cancelled.again')),
      { kind: 'link', label: t('cancelled.event'), url: data.links.event },
      paragraph(t('cancelled.not-you')),
      ...contact(data, t),
    ],
    calendars: cancellation(data, t),
  }),
});

function undo(data: RegistrationData, t: MailTranslate): Block[] {
  const until = undoEnd(data.registration, data.event);
  if (until <= new Date(data.writtenAt)) return [];
  return [
    paragraph(t('cancelled.undo', untilOf(data, until))),
    { kind: 'button', label: t('cancelled.undo.button'), url: data.links.manage },
  ];
}

/** The last mail to an attendee: nothing that it could lead to is left. */
export const erased = eventLetter(({ event, links }, t) => ({
  blocks: [
    paragraph(t('erased.intro', { event: event.title })),
    paragraph(t('erased.left')),
    paragraph(t('erased.calendar')),
    { kind: 'button', label: t('cancelled.event'), url: links.event },
    paragraph(t('erased.not-you', { name: event.secretariat.name })),
    { kind: 'mailto', address: event.secretariat.email },
  ],
}));
