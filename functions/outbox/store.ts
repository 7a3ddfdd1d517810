import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { OutboxMessage } from '../../shared/domain/message.ts';
import type { DocumentClient } from '../../shared/store/client.ts';
import { fromOutboxItem } from '../../shared/store/outbox-item.ts';

/** What came of trying to claim a message. */
export type Claim =
  | { readonly kind: 'claimed'; readonly message: OutboxMessage }
  /** Sent or failed before, or gone: nothing is left to do. */
  | { readonly kind: 'settled' }
  /** Someone else is sending it; should they fall, it can be claimed once their lease has run out. */
  | { readonly kind: 'leased' };

export interface OutboxStore {
  readonly claim: (id: string, now: Date, leaseUntil: Date) => Promise<Claim>;
  /** @param forgetAt epoch seconds */
  readonly markSent: (claimed: OutboxMessage, messageId: string, forgetAt: number) => Promise<void>;
  /** @param reason a code, never an address */
  readonly markFailed: (claimed: OutboxMessage, reason: string, forgetAt: number) => Promise<void>;
  /** Gives a claim back, for a later try. */
  readonly release: (claimed: OutboxMessage) => Promise<void>;
}

const CLAIMABLE = '#state = :pending OR (#state = :claimed AND leaseUntil < :now)';
/** `attempts` rises with each claim: whoever claimed before and was slow cannot settle it any more. */
const STILL_OURS = '#state = :claimed AND attempts = :attempts';
const NAMES = { '#state': 'state' };

export function outboxStore(client: DocumentClient, table: string): OutboxStore {
  const update = (id: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) =>
    client.send(new UpdateCommand({ TableName: table, Key: { id }, ...input }));

  return {
    async claim(id, now, leaseUntil) {
      try {
        const { Attributes } = await update(id, {
          UpdateExpression: 'SET #state = :claimed, leaseUntil = :lease ADD attempts :one',
          ConditionExpression: CLAIMABLE,
          ExpressionAttributeNames: NAMES,
          ExpressionAttributeValues: {
            ':pending': 'pending',
            ':claimed': 'claimed',
            ':now': now.toISOString(),
            ':lease': leaseUntil.toISOString(),
            ':one': 1,
          },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        });
        return { kind: 'claimed', message: fromOutboxItem(Attributes ?? {}) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const current = error.Item && fromOutboxItem(unmarshall(error.Item));
        return { kind: current?.state === 'claimed' ? 'leased' : 'settled' };
      }
    },

    markSent: (claimed, messageId, forgetAt) => settle(claimed, 'sent', 'messageId', messageId, forgetAt),
    markFailed: (claimed, reason, forgetAt) => settle(claimed, 'failed', 'failure', reason, forgetAt),

    async release(claimed) {
      await update(claimed.id, {
        UpdateExpression: 'SET #state = :pending REMOVE leaseUntil',
        ConditionExpression: STILL_OURS,
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: { ':pending': 'pending', ':claimed': 'claimed', ':attempts': claimed.attempts },
      });
    },
  };

  /** A settled message keeps no address. */
  async function settle(
    claimed: OutboxMessage,
    state: 'sent' | 'failed',
    attribute: 'messageId' | 'failure',
    value: string,
    forgetAt: number,
  ): Promise<void> {
    await update(claimed.id, {
      UpdateExpression: `SET #state = :state, ${attribute} = :value, expiresAt = :forgetAt REMOVE leaseUntil, #to`,
      ConditionExpression: STILL_OURS,
      ExpressionAttributeNames: { ...NAMES, '#to': 'to' },
      ExpressionAttributeValues: {
        ':state': state,
        ':value': value,
        ':forgetAt': forgetAt,
        ':claimed': 'claimed',
        ':attempts': claimed.attempts,
      },
    });
  }
}
