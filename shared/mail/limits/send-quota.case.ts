import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';
import { type SendQuota, UNLIMITED } from './send-pace.ts';

/** What the account may send. SES answers this once a second, whoever asks. */
export const sendQuota = (ses: SESClient) => async (): Promise<SendQuota> => {
  const { MaxSendRate = 0, Max24HourSend = 0, SentLast24Hours = 0 } = await ses.send(new GetSendQuotaCommand({}));
  const daily = Max24HourSend === UNLIMITED ? undefined : Max24HourSend;
  return { perSecond: MaxSendRate, daily, sent: SentLast24Hours };
};
