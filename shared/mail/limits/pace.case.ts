import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import { logger } from '../../kernel/log.store.ts';
import type { System } from '../../kernel/system.store.ts';
import type { Urgency } from '../kinds.ts';
import { isStale, type Later, type Schedule, takeSendTurns, UNLIMITED, withQuota } from './send-pace.ts';
import {
  fromSendPaceItem,
  SEND_PACE_KEY,
  type SendPace,
  type SendQuota,
  type StoredPace,
  toSendPaceItem,
} from './sending.schema.ts';

export interface Pace {
  /**
   * Turns for so many mails at the account's rate, which is shared with every other instance.
   *
   * @throws BusyError when rivals did not let go
   */
  readonly take: (mails: number, urgency: Urgency) => Promise<Schedule | Later>;
}

/** How often a turn is asked for anew because another instance came first. */
const MOST_RACES = 20;

/** What SES gives an account that is still in its sandbox: the least that any has. */
const SANDBOX: SendQuota = { perSecond: 1, daily: 200, sent: 0 };

/** Kept in one item of `Outbox`, with the quota that SES was asked for within the last minute. */
export function storedPace(
  client: DocumentClient,
  table: string,
  system: System,
  readQuota: () => Promise<SendQuota>,
): Pace {
  return {
    async take(mails, urgency) {
      for (let race = 1; race <= MOST_RACES; race += 1) {
        const now = system.now().getTime();
        const before = await read();
        const pace = await current(before?.pace, now);
        const turns = takeSendTurns(pace, mails, urgency, now);
        if ('askAgainAt' in turns) return turns;
        if (await write(before, turns.pace)) return turns;
        await system.backOff(race);
      }
      throw new BusyError();
    },
  };

  async function read(): Promise<StoredPace | undefined> {
    const item = await readItem(client, table, SEND_PACE_KEY);
    return item && fromSendPaceItem(item);
  }

  /** Where SES does not say, what it said last counts for another while. */
  async function current(pace: SendPace | undefined, now: number): Promise<SendPace> {
    if (pace && !isStale(pace, now)) return pace;
    try {
      return withQuota(pace, await readQuota(), now);
    } catch (error) {
      logger.error('SES does not say how much may be sent', { error });
      return withQuota(pace, pace ?? SANDBOX, now);
    }
  }

  async function write(before: StoredPace | undefined, pace: SendPace): Promise<boolean> {
    const Item = toSendPaceItem(pace, (before?.revision ?? 0) + 1);
    const condition = before
      ? { ConditionExpression: 'revision = :before', ExpressionAttributeValues: { ':before': before.revision } }
      : { ConditionExpression: 'attribute_not_exists(id)' };
    try {
      await client.send(new PutCommand({ TableName: table, Item, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly pace: Pace;
  }
}

/** What the account may send. SES answers this once a second for the whole account. */
export const sendQuota = (ses: SESClient) => async (): Promise<SendQuota> => {
  const { MaxSendRate = 0, Max24HourSend = 0, SentLast24Hours = 0 } = await ses.send(new GetSendQuotaCommand({}));
  const daily = Max24HourSend === UNLIMITED ? undefined : Max24HourSend;
  return { perSecond: MaxSendRate, daily, sent: SentLast24Hours };
};
