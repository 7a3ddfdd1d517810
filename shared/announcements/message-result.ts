import type { MailFate } from '../mail/fate/mail-event.schema.ts';
import type { Failure, OutboxMessage } from '../mail/outbox/message.schema.ts';
import type { AnnouncementProgress } from './announcement.schema.ts';

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

export function resultOf(
  { state, failure, fate }: Pick<OutboxMessage, 'state' | 'failure' | 'fate'>,
  { stoppedAt }: Pick<AnnouncementProgress, 'stoppedAt'>,
): ResultState {
  if (state === 'sent') return afterSending(fate);
  if (state === 'failed')
    return failure === STOPPED ? 'stopped' : NOT_NEEDED.includes(failure) ? 'not-needed' : 'failed';
  // What was claimed before it was stopped may have left: only SES or the instance that claimed it knows.
  return state === 'pending' && stoppedAt !== undefined ? 'stopped' : 'waiting';
}

/** A server that did not take it this time is tried again by SES. */
function afterSending(fate: MailFate | undefined): ResultState {
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
