import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { MailFate } from '../fate/mail-fate.ts';
import type { MailKind } from '../kinds.ts';

/** Days for which a settled message is kept, without its address, to answer "was it sent?". */
export const SETTLED_DAYS = 90;

/** When a message that is settled now is forgotten, in epoch seconds. */
export const settledUntil = (now: Date): number => Math.floor(now.getTime() / 1000) + SETTLED_DAYS * 24 * 60 * 60;

/**
 * `pending → claimed(lease) → sent | failed`; one that was put off is pending again. `unknown`: it may have been sent,
 * since no answer came, or nobody noted it; SES's own account of it is awaited.
 */
export const MESSAGE_STATES = ['pending', 'claimed', 'unknown', 'sent', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Of messages of which it is not noted yet what became. */
export const UNSETTLED_STATES = ['pending', 'claimed', 'unknown'] as const satisfies readonly MessageState[];

/**
 * Why a message was not sent: there was nothing to tell any more when its turn came, another one said the same, it was asked for more
 * often than one person gets mail, or, in SES's own words, SES would not take it or did not send it.
 */
export const FAILURES = [
  'superseded',
  'registration-gone',
  'delegation-gone',
  'invitation-gone',
  'event-gone',
  'address-gone',
  'told-already',
  'asked-too-often',
  'opted-out',
  'stopped',
  'MessageRejected',
  'InvalidParameterValue',
  'Reject',
  'Rendering Failure',
] as const;
export type Failure = (typeof FAILURES)[number];

/** A mail to send, written in the same transaction as the change that causes it. */
export interface OutboxMessage {
  /** 128 random bits, base64url. */
  readonly id: string;
  readonly kind: MailKind;
  readonly eventId: string;
  /**
   * What it is about: a registration's reference, an invitation's number, from which its token is made, the id of an invitation, a
   * member (of another event: with that one's), a delegation, a digest or a form.
   */
  readonly reference: string;
  /** Of a mail of an announcement, or to a guardian about what one tells: its id. */
  readonly announcement?: string;
  /** Of an announcement to the coordinator of a delegation: its id. It is about all of their people, and `reference` names one of them. */
  readonly delegation?: string;
  /** Of a test: what it says; present until it is sent. */
  readonly words?: AnnouncementWords;
  /** Present until the message is sent. */
  readonly to?: string;
  readonly language: string;
  readonly state: MessageState;
  /** ISO 8601 instants, UTC. */
  readonly createdAt: string;
  /** Not to be looked at before: the end of the lease on it, of the time it was put off for, or of the wait for what SES tells. */
  readonly notBefore?: string;
  /** Whether it waits for the turn that its recipient's cap promised it. */
  readonly promised?: boolean;
  /** How often it was claimed. */
  readonly attempts: number;
  /** SES's id, once sent. */
  readonly messageId?: string;
  readonly failure?: Failure;
  /** What became of it once SES had taken it. */
  readonly fate?: MailFate;
}

export type Settled =
  | { readonly state: 'sent'; readonly messageId: string }
  | { readonly state: 'failed'; readonly failure: Failure };

/**
 * A settled message keeps no address, and is not looked at again. It is settled only while it is in one of some states and
 * as often claimed as it was read: an instance that claimed before and was slow cannot settle it any more.
 *
 * @param forgetAt epoch seconds
 */
export function settleMessage(
  table: string,
  { id, attempts }: Pick<OutboxMessage, 'id' | 'attempts'>,
  from: readonly MessageState[],
  { state, ...result }: Settled,
  forgetAt: number,
): UpdateCommandInput {
  const [[attribute, value] = []] = Object.entries(result);
  const states = Object.fromEntries(from.map((each) => [`:${each}`, each]));
  return {
    TableName: table,
    Key: { id },
    UpdateExpression: `SET #state = :settled, ${attribute} = :value, expiresAt = :forgetAt REMOVE notBefore, due, promised, words, #to`,
    ConditionExpression: `#state IN (${Object.keys(states).join(', ')}) AND attempts = :attempts`,
    ExpressionAttributeNames: { '#state': 'state', '#to': 'to' },
    ExpressionAttributeValues: {
      ...states,
      ':attempts': attempts,
      ':settled': state,
      ':value': value,
      ':forgetAt': forgetAt,
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** Notes what became of the mail, if no more is known of it than was read. */
export const noteFate = (
  table: string,
  { id, fate: before }: Pick<OutboxMessage, 'id' | 'fate'>,
  fate: MailFate,
): UpdateCommandInput => ({
  TableName: table,
  Key: { id },
  UpdateExpression: 'SET fate = :fate',
  ConditionExpression: before ? 'fate.#what = :before' : 'attribute_exists(id) AND attribute_not_exists(fate)',
  ...(before && { ExpressionAttributeNames: { '#what': 'what' } }),
  ExpressionAttributeValues: { ':fate': fate, ...(before && { ':before': before.what }) },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

/** What an organiser writes to people. Plain text; an empty line begins a paragraph. */
export interface AnnouncementWords {
  readonly subject: string;
  readonly text: string;
}
