import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { duePartition } from '../../kernel/dynamo/due-partition.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { type StoredCap, toMailCapItem } from '../limits/mail-cap.store.ts';
import type { MailCap } from '../limits/mail-cap.ts';
import type { OutboxMessage } from './message.ts';
import { dueOf } from './outbox-item.store.ts';

/** A recipient's cap before and after a message asked for its turn. */
export interface CapChange {
  /** HMAC of who gets the message. */
  readonly recipient: string;
  readonly before: StoredCap;
  readonly after: MailCap;
}

/** `attempts` rises with each claim: whoever claimed before and was slow cannot settle it any more. */
const UNCHANGED = '#state = :state AND attempts = :attempts';
const NAMES = { '#state': 'state' };
const LISTING_NAMES = { ...NAMES, '#reference': 'reference' };

/**
 * Puts it into the index that shows what was written about someone. Not as it is written: whoever registers at a rush
 * does not pay for that.
 */
const LISTED = 'about = #reference';

const asRead = ({ state, attempts }: OutboxMessage) => ({ ':state': state, ':attempts': attempts });

export const claimMessage = (table: string, message: OutboxMessage, leaseUntil: Date): TransactItem => ({
  Update: {
    TableName: table,
    Key: { id: message.id },
    UpdateExpression: `SET #state = :claimed, notBefore = :lease, due = :due, ${LISTED} REMOVE promised ADD attempts :one`,
    ConditionExpression: UNCHANGED,
    ExpressionAttributeNames: LISTING_NAMES,
    ExpressionAttributeValues: {
      ...asRead(message),
      ':claimed': 'claimed',
      ':lease': leaseUntil.toISOString(),
      ':due': dueOf(message),
      ':one': 1,
    },
  },
});

/** The message is not claimed: it goes on waiting, with a turn that was promised to it. */
export const waitForTurn = (table: string, message: OutboxMessage, notBefore: Date): TransactItem => ({
  Update: {
    TableName: table,
    Key: { id: message.id },
    UpdateExpression: `SET notBefore = :notBefore, promised = :true, due = :due, ${LISTED}`,
    ConditionExpression: UNCHANGED,
    ExpressionAttributeNames: LISTING_NAMES,
    ExpressionAttributeValues: {
      ...asRead(message),
      ':notBefore': notBefore.toISOString(),
      ':true': true,
      ':due': dueOf(message),
    },
  },
});

/** One that was never looked at, and has no turn yet. */
export const postponeMessage = (table: string, id: string, notBefore: Date): UpdateCommandInput => ({
  TableName: table,
  Key: { id },
  UpdateExpression: `SET notBefore = :notBefore, due = :due, ${LISTED}`,
  ConditionExpression: '#state = :pending AND attribute_not_exists(notBefore)',
  ExpressionAttributeNames: LISTING_NAMES,
  ExpressionAttributeValues: {
    ':pending': 'pending',
    ':notBefore': notBefore.toISOString(),
    ':due': duePartition('mail', id),
  },
});

/** Whatever else is wrong with it: it may be one that cannot be read. */
export const stepBack = (table: string, id: string, notBefore: Date): UpdateCommandInput => ({
  TableName: table,
  Key: { id },
  UpdateExpression: 'SET notBefore = :notBefore',
  ConditionExpression: 'attribute_exists(due) AND notBefore < :notBefore',
  ExpressionAttributeValues: { ':notBefore': notBefore.toISOString() },
});

export const putCap = (table: string, { recipient, before, after }: CapChange): TransactItem => ({
  Put: {
    TableName: table,
    Item: toMailCapItem(recipient, { ...after, revision: before.revision + 1 }),
    ...(before.revision === 0
      ? { ConditionExpression: 'attribute_not_exists(id)' }
      : { ConditionExpression: 'revision = :before', ExpressionAttributeValues: { ':before': before.revision } }),
  },
});

/** Nobody holds it any more: it waits, to be tried again (`pending`), or for what SES tells of it (`unknown`). */
export const leaveAs = (
  table: string,
  claimed: OutboxMessage,
  state: 'pending' | 'unknown',
  notBefore: Date,
): UpdateCommandInput => ({
  TableName: table,
  Key: { id: claimed.id },
  UpdateExpression: 'SET #state = :next, notBefore = :notBefore',
  ConditionExpression: UNCHANGED,
  ExpressionAttributeNames: NAMES,
  ExpressionAttributeValues: { ...asRead(claimed), ':next': state, ':notBefore': notBefore.toISOString() },
});
