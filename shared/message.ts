import {
  eventCancelled,
  eventMovedOnline,
  eventPostponed,
  eventRescheduled,
} from './announcements/event-status.mail.ts';
import { programmeChanged } from './announcements/programme-changed.mail.ts';
import { reminderDay, reminderWeek } from './announcements/timed/reminder.mail.ts';
import { thankYou } from './announcements/timed/thank-you.mail.ts';
import { messageTest } from './announcements/write/message-test.mail.ts';
import { organiserMessage } from './announcements/write/organiser-message.mail.ts';
import { delegationLink, delegationRegistered } from './delegation/delegation.mail.ts';
import { MAIL, type MailKey, type MailTranslate, toYoung } from './kernel/i18n/mail.ts';
import { translator } from './kernel/i18n/translator.store.ts';
import { paragraph } from './mail/letter/blocks.mail.ts';
import type { Content } from './mail/letter/content.ts';
import { footer } from './mail/letter/footer.ts';
import type { Block } from './mail/letter/letter.ts';
import { letterHtml } from './mail/letter/letter-html.ts';
import { letterText } from './mail/letter/letter-text.ts';
import type { AnnouncedData, MessageDataOf } from './mail/letter/message-data.ts';
import { askProof, seatReleased } from './mail/letter/proof.mail.ts';
import { type MessageKind, readerOf } from './mail/outbox/message.ts';
import { chaperoneRequest } from './minors/chaperone/chaperone-request.mail.ts';
import {
  guardianEventStatus,
  guardianReceipt,
  guardianReminder,
  guardianRequest,
} from './minors/consent/guardian.mail.ts';
import {
  chaperoneEnded,
  deputiesGone,
  paperAwaited,
  readersGone,
  reportReceived,
  vettingLapsed,
} from './minors/for-focal-point.mail.ts';
import {
  consentWithdrawn,
  guardianAgreed,
  guardianCode,
  guardianExpired,
  guardianRefused,
  guardianUnreachable,
  pendingGuardian,
  pendingPaper,
} from './minors/for-young.mail.ts';
import { alreadyRegistered } from './registration/apply/already-registered.mail.ts';
import { cancelled } from './registration/cancel/cancelled.mail.ts';
import { delegationErased, erased } from './registration/cancel/erased.mail.ts';
import { confirmed, promoted } from './registration/change/confirmed.mail.ts';
import { substituted } from './registration/change/substituted.mail.ts';
import { updated } from './registration/change/updated.mail.ts';
import { confirmRegistration } from './registration/confirm/confirm-registration.mail.ts';
import { declined } from './registration/decide/declined.mail.ts';
import { pendingApproval } from './registration/decide/pending-approval.mail.ts';
import { waitlisted } from './registration/decide/waitlisted.mail.ts';
import { digest } from './registration/digest/digest.mail.ts';
import { link } from './registration/link/link.mail.ts';
import type { Registration } from './registration/registration.ts';
import { roleInvitation } from './team/invitation/role-invitation.mail.ts';
import { chaperoneVetted, deviceVetted, roleGranted, roleOpened, whoSeesChildren } from './team/role/roles.mail.ts';
import {
  factorResetDone,
  factorResetDoneElsewhere,
  factorResetProposed,
  factorResetProposedElsewhere,
} from './team/second-factor/factor-reset.mail.ts';

/** A message in words: everything but from whom, to whom and when. */
export interface Message extends Omit<Content, 'blocks' | 'title'> {
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

type Writers = { readonly [K in MessageKind]: (data: MessageDataOf[K], t: MailTranslate) => Content };

const WRITERS: Writers = {
  confirmed,
  'pending-approval': pendingApproval,
  waitlisted,
  promoted,
  updated,
  declined,
  'already-registered': alreadyRegistered,
  link,
  cancelled,
  'pending-guardian': pendingGuardian,
  'pending-paper': pendingPaper,
  'guardian-request': guardianRequest,
  'guardian-reminder': guardianReminder,
  'guardian-agreed': guardianAgreed,
  'guardian-unreachable': guardianUnreachable,
  'guardian-code': guardianCode,
  'ask-proof': askProof,
  'seat-released': seatReleased,
  'guardian-receipt': guardianReceipt,
  'guardian-event-status': guardianEventStatus,
  'guardian-refused': guardianRefused,
  'guardian-expired': guardianExpired,
  'consent-withdrawn': consentWithdrawn,
  'report-received': reportReceived,
  'vetting-lapsed': vettingLapsed,
  'readers-gone': readersGone,
  'deputies-gone': deputiesGone,
  'paper-awaited': paperAwaited,
  'chaperone-request': chaperoneRequest,
  'chaperone-ended': chaperoneEnded,
  erased,
  'delegation-erased': delegationErased,
  substituted,
  'confirm-registration': confirmRegistration,
  'delegation-link': delegationLink,
  'delegation-registered': delegationRegistered,
  'role-invitation': roleInvitation,
  'role-granted': roleGranted,
  'role-opened': roleOpened,
  'who-sees-children': whoSeesChildren,
  'factor-reset-proposed': factorResetProposed,
  'factor-reset-done': factorResetDone,
  'factor-reset-proposed-elsewhere': factorResetProposedElsewhere,
  'factor-reset-done-elsewhere': factorResetDoneElsewhere,
  'chaperone-vetted': chaperoneVetted,
  'device-vetted': deviceVetted,
  digest,
  'reminder-week': reminderWeek,
  'reminder-day': reminderDay,
  'thank-you': thankYou,
  'organiser-message': organiserMessage,
  'event-postponed': eventPostponed,
  'event-cancelled': eventCancelled,
  'event-moved-online': eventMovedOnline,
  'event-rescheduled': eventRescheduled,
  'programme-changed': programmeChanged,
  'message-test': messageTest,
};

/** Kinds that have one subject and title. */
type Titled = Exclude<
  MessageKind,
  'organiser-message' | 'message-test' | 'guardian-event-status' | `${string}-elsewhere`
>;

/** Why a mail came that has nothing to do with a registration of its reader. */
const REASONS: Partial<Record<MessageKind, MailKey>> = {
  'confirm-registration': 'confirm-registration.footer',
  'delegation-link': 'delegation.footer',
  'delegation-registered': 'delegation.footer',
  'delegation-erased': 'delegation.footer',
  'role-invitation': 'role-invitation.footer',
  'role-granted': 'role-granted.footer',
  'role-opened': 'role-granted.footer',
  'who-sees-children': 'role-granted.footer',
  'factor-reset-proposed': 'role-granted.footer',
  'factor-reset-done': 'role-granted.footer',
  'factor-reset-proposed-elsewhere': 'role-granted.footer',
  'factor-reset-done-elsewhere': 'role-granted.footer',
  'chaperone-vetted': 'role-granted.footer',
  'device-vetted': 'role-granted.footer',
  digest: 'digest.footer',
  'report-received': 'report-reader.footer',
  'vetting-lapsed': 'report-reader.footer',
  'readers-gone': 'report-reader.footer',
  'deputies-gone': 'report-reader.footer',
  'paper-awaited': 'focal-point.footer',
  'chaperone-ended': 'focal-point.footer',
};

/** Writes a message in its reader's language; the same data always give the same message. */
export function renderMessage<K extends MessageKind>(kind: K, data: MessageDataOf[K]): Message {
  const { event } = data;
  const { language } = 'registration' in data ? data.registration : data;
  const words = translator(MAIL, language);
  const t = isToYoung(kind, data) ? toYoung(words, language) : words;
  const {
    blocks,
    subject = t(`${kind as Titled}.subject`, { event: event.title }),
    title = t(`${kind as Titled}.title`),
    ...attached
  } = WRITERS[kind](data, t);
  const letter = {
    language,
    subject,
    preview: blocks.find((block) => block.kind === 'paragraph')?.text ?? event.title,
    context: event.title,
    title,
    blocks: [paragraph(t('greeting')), ...aboutSomeone(data, t), ...blocks],
    footer: footer(REASONS[kind] ?? 'footer', data, t),
  };
  return { language, subject, text: letterText(letter), html: letterHtml(letter), ...attached };
}

/** The same words, whoever's registration their reader's address turns out to hold. */
const FIRST_TO_YOUNG: readonly MessageKind[] = ['pending-guardian', 'pending-paper'];

/** Whether its reader is under 18: of mail about them their guardian reads some. */
const isToYoung = (kind: MessageKind, data: object): boolean =>
  FIRST_TO_YOUNG.includes(kind) ||
  (readerOf(kind) === 'holder' && 'registration' in data && isMinor(data.registration as Partial<Registration>));

const isMinor = ({ ageBand }: Partial<Registration>): boolean => ageBand === 'minor';

/** A coordinator gets mail about several people: it says first whom it is about. */
function aboutSomeone(data: object, t: MailTranslate): Block[] {
  const { about, concerned } = data as Partial<AnnouncedData>;
  if (concerned === undefined) return about === undefined ? [] : [paragraph(t('delegation.about', { name: about }))];
  return [
    paragraph(t('delegation.about-all')),
    { kind: 'facts', facts: [{ label: t('delegation.people'), lines: concerned }] },
  ];
}
