import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { MailFate } from '../fate/mail-fate.ts';
import type { Failure, MessageState, OutboxMessage } from './message.ts';

export type Settled =
  | { readonly state: 'sent'; readonly messageId: string }
  | { readonly state: 'failed'; readonly failure: Failure };

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
