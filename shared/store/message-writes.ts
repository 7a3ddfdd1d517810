import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { MessageState, OutboxMessage } from '../domain/message.ts';

export type Settled =
  | { readonly state: 'sent'; readonly messageId: string }
  /** `failure`: a code, never an address. */
  | { readonly state: 'failed'; readonly failure: string };

/**
 * A settled message keeps no address, and is not looked at again. It is settled only while it is in one of some states and
 * as often claimed as it was read: whoever claimed before and was slow cannot settle it any more.
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
