import { changesFor } from '../event/programme/programme-change.ts';
import type { MailFate, MailState } from '../mail/fate/mail-event.schema.ts';
import type { Failure, OutboxMessage } from '../mail/outbox/message.schema.ts';
import type { DelegationPlace, Registration, WaitlistPlace } from '../registration/registration.schema.ts';
import type { Announcement, AnnouncementProgress } from './announcement.schema.ts';

/** What says whether an announcement is for an attendee, and through whom they are reached: their registration, or their row. */
export interface PossibleRecipient
  extends Reached,
    Pick<Registration, 'status' | 'category' | 'mode' | 'days' | 'sessions' | 'closedSessions'>,
    Pick<Registration, 'email' | 'language' | 'optedOut' | 'ageBand'> {
  readonly waiting?: Pick<WaitlistPlace, 'meanwhile'> | undefined;
  readonly mail?: Pick<MailState, 'state'> | undefined;
}

/** What says whom an announcement is for. */
export interface Meant extends Pick<Announcement, 'segment' | 'changes'> {
  /** References of those who were chosen, where its segment says that they were: without them it is for nobody. */
  readonly chosen?: ReadonlySet<string> | undefined;
}

/**
 * Whether an announcement is for an attendee, as they are registered now. A walk-in may have no address.
 *
 * @param registration as the event takes place: see `asHeld`
 */
export function isFor({ segment, changes, chosen }: Meant, registration: PossibleRecipient): boolean {
  const { reference, status, category, mode, waiting, sessions, email, ageBand } = registration;
  const meanwhile = waiting?.meanwhile;
  return (
    email !== '' &&
    // A birth date may have been put right since.
    (segment.chosen === undefined || (ageBand !== 'minor' && chosen?.has(reference) === true)) &&
    (segment.attending === undefined || isAttending(registration)) &&
    isAmong(segment.statuses, [status]) &&
    isAmong(segment.categories, [category]) &&
    isAmong(segment.modes, meanwhile ? [mode, meanwhile] : [mode]) &&
    isAmong(segment.sessions, sessions) &&
    (changes === undefined || changesFor(changes, registration).length > 0)
  );
}

const isAttending = ({ status, waiting }: PossibleRecipient): boolean =>
  status === 'confirmed' || (status === 'waitlisted' && waiting?.meanwhile !== undefined);

const isAmong = <T>(wanted: readonly T[] | undefined, of: readonly T[]): boolean =>
  wanted === undefined || of.some((each) => wanted.includes(each));

/**
 * Whom the mail to an attendee is for: a coordinator, through whom several are reached, gets one about all.
 *
 * @returns what names them within their event
 */
export const recipientOf = ({ reference, delegation }: Reached): string =>
  delegation?.throughCoordinator ? `delegation#${delegation.id}` : reference;

interface Reached extends Pick<Registration, 'reference'> {
  readonly delegation?: Pick<DelegationPlace, 'id' | 'throughCoordinator'> | undefined;
}

/** What became of one mail of an announcement, as organisers are told. */
export const RESULT_STATES = [
  'waiting',
  'sent',
  'arrived',
  'returned',
  'unwanted',
  'failed',
  'not-needed',
  'stopped',
] as const;
export type ResultState = (typeof RESULT_STATES)[number];

/** Why a mail was not written when its turn came: its reader was not among those whom it is for any more. */
const NOT_NEEDED: readonly (Failure | undefined)[] = ['superseded', 'registration-gone', 'address-gone', 'opted-out'];
const STOPPED = 'stopped';

/** What is known of a mail, of which an organiser is told a result. */
export interface MailResult extends Pick<OutboxMessage, 'state' | 'failure'> {
  readonly fate?: Pick<MailFate, 'what'> | undefined;
}

export function resultOf(
  { state, failure, fate }: MailResult,
  { stoppedAt }: Pick<AnnouncementProgress, 'stoppedAt'>,
): ResultState {
  if (state === 'sent') return afterSending(fate);
  if (state === 'failed')
    return failure === STOPPED ? 'stopped' : NOT_NEEDED.includes(failure) ? 'not-needed' : 'failed';
  // What was claimed before it was stopped may have left: only SES or the instance that claimed it knows.
  return state === 'pending' && stoppedAt !== undefined ? 'stopped' : 'waiting';
}

/** A server that did not take it this time is tried again by SES. */
function afterSending(fate: MailResult['fate']): ResultState {
  switch (fate?.what) {
    case undefined:
    case 'not-now':
      return 'sent';
    case 'delivered':
      return 'arrived';
    case 'complained':
      return 'unwanted';
    case 'mailbox-full':
    case 'too-large':
    case 'content-refused':
    case 'no-mailbox':
    case 'suppressed':
    case 'refused':
      return 'returned';
  }
}
