import { stands } from '../../event/attendee.ts';
import { contact, reference, untilOf } from '../../event/mail-blocks.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import { type Block, paragraph } from '../../mail/letter/content.ts';
import { keptUntil } from '../../seats/unproven-seat.ts';
import {
  asYouSaid,
  attendance,
  leave,
  letCoordinatorSee,
  manage,
  notClosedSessions,
  proofButton,
  type RegistrationData,
  waitingForText,
  whatChanged,
  whyProve,
  yesThisIsMe,
} from '../mail-blocks.ts';
import { plainLetter } from '../registration.mail.ts';
import { expectedDays, isUsualReason, reasonIn } from './approval.ts';

export const pendingApproval = plainLetter({
  current: ({ status }) => status === 'pending-approval',
  calledOff: 'status',
  blocks: (data, t) => [
    ...yesThisIsMe(data, t),
    ...whatChanged(data, t),
    paragraph(t('pending-approval.intro', { event: data.event.title })),
    ...asYouSaid(data, t),
    paragraph(
      t(data.registration.unproven ? 'pending-approval.next.unproven' : 'pending-approval.next', {
        days: expectedDays(data.event),
      }),
    ),
    ...(data.registration.mode === 'in-person' ? [paragraph(t('waitlisted.travel'))] : []),
    attendance(data, t),
    ...letCoordinatorSee(data, t),
    ...manage(t('manage.text.no-ticket'), data, t),
    ...contact(data, t),
  ],
});

/** Kind, with the reason where one was chosen. Who decided may have typed more: that is shown on the page of the registration alone. */
export const declined = plainLetter({
  current: ({ status }) => status === 'declined',
  calledOff: 'told',
  blocks: (data, t) => [
    paragraph(t('declined.intro', { event: data.event.title })),
    ...whyDeclined(data, t),
    paragraph(t('declined.next')),
    { kind: 'facts', facts: [reference(data, t)] },
    { kind: 'button', label: t('manage.button'), url: data.links.manage },
    ...contact(data, t),
  ],
});

function whyDeclined(
  { registration: { declineReason, language } }: RegistrationData,
  t: MailTranslate,
): readonly Block[] {
  if (declineReason === undefined) return [];
  const { id, text } = reasonIn(declineReason, language);
  const reason = text ?? (isUsualReason(id) ? t(`declined.reason.${id}`) : undefined);
  return reason === undefined ? [] : [{ kind: 'facts', facts: [{ label: t('declined.reason'), lines: [reason] }] }];
}

export const waitlisted = plainLetter({
  current: ({ status }) => status === 'waitlisted',
  calledOff: 'status',
  blocks: (data, t) => [
    ...yesThisIsMe(data, t),
    ...whatChanged(data, t),
    paragraph(t('waitlisted.intro', { event: data.event.title })),
    ...asYouSaid(data, t),
    ...notClosedSessions(data, t),
    ...waitingForText(data, t),
    paragraph(t(data.registration.unproven ? 'waitlisted.next.unproven' : 'waitlisted.next')),
    ...(data.registration.mode === 'in-person' ? [paragraph(t('waitlisted.travel'))] : []),
    ...(mayAttendOnline(data) ? [paragraph(t('waitlisted.meanwhile'))] : []),
    attendance(data, t),
    ...letCoordinatorSee(data, t),
    ...manage(t('manage.text.no-ticket'), data, t),
    leave('manage.leave', data, t),
    ...contact(data, t),
  ],
});

const mayAttendOnline = ({ event, registration: { mode, waiting } }: RegistrationData): boolean =>
  mode === 'in-person' && waiting?.meanwhile === undefined && event.modes.some(({ id }) => id === 'online');

/** The second mail to an attendee with a seat who has not said that it is theirs, or the one to an attendee who would have one now. */
export const askProof = plainLetter({
  current: (registration) => registration.unproven === true && stands(registration),
  calledOff: 'nothing',
  blocks: (data, t) => [
    proofButton(data, t),
    paragraph(t('ask-proof.intro', { event: data.event.title })),
    paragraph(whyAgain(data, t)),
    attendance(data, t),
    leave(data.registration.status === 'confirmed' ? 'manage.cancel' : 'manage.leave', data, t),
    paragraph(t('prove.not-you')),
    ...contact(data, t),
  ],
});

/** The time to prove a seat runs from the first mail on. */
const whyAgain = (data: RegistrationData, t: MailTranslate): string =>
  data.registration.status === 'confirmed'
    ? t('prove.asked', untilOf(data, keptUntil(data.registration, data.event, data.writtenAt)))
    : whyProve(data, t);

/** To an attendee who lost a seat that they had not said was theirs. */
export const seatReleased = plainLetter({
  current: ({ status, seatLostAt }) => status === 'expired' && seatLostAt !== undefined,
  calledOff: 'nothing',
  blocks: (data, t) => [
    proofButton(data, t),
    paragraph(t('seat-released.intro', { event: data.event.title })),
    paragraph(t('seat-released.next')),
    paragraph(t('prove.not-you')),
    ...contact(data, t),
  ],
});
