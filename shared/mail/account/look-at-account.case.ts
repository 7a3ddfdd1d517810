import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';
import { measure } from '../../kernel/log.store.ts';
import { METRICS } from '../../kernel/metrics.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { UNLIMITED } from '../limits/send-pace.ts';
import { ENFORCEMENTS, type MailAccount, REVIEWS } from '../limits/sending.schema.ts';
import { senderIdentities } from './mail-account.ts';

type Deps = Needs<'account' | 'askSes' | 'system'>;

/** Notes how the SES account stands, for the console: nobody there may ask SES. */
export async function lookAtAccount({ askSes, account, system }: Deps): Promise<void> {
  const [said, waitsSince] = await Promise.all([askSes(), account.waitsSince()]);
  await account.put({ ...said, waitsSince, readAt: system.now().toISOString() });
}

/** Says how late the mail is whose turn came longest ago, also where nothing sends any. Where none is due, nothing is said that costs something. */
export async function measureDueMail({ account, system }: Needs<'account' | 'system'>): Promise<void> {
  const now = system.now();
  const since = await account.dueSince(now);
  if (since !== undefined) measure(METRICS.oldestDueMail, (now.getTime() - Date.parse(since)) / 1000, 'Seconds');
}

/** What SES says of the account and of its sender. */
type AskSes = () => Promise<Omit<MailAccount, 'waitsSince' | 'readAt'>>;

/** @param sender the address that mail is from */
export const askSes =
  (ses: SESv2Client, sender: string): AskSes =>
  async () => {
    const [account, senderVerified, region] = await Promise.all([
      ses.send(new GetAccountCommand({})),
      isVerified(ses, sender),
      ses.config.region(),
    ]);
    const { MaxSendRate = 0, Max24HourSend = 0, SentLast24Hours = 0 } = account.SendQuota ?? {};
    const review = account.Details?.ReviewDetails?.Status?.toLowerCase();
    const enforcement = account.EnforcementStatus?.toLowerCase();
    return {
      production: account.ProductionAccessEnabled === true,
      review: REVIEWS.find((each) => each === review),
      enforcement: ENFORCEMENTS.find((each) => each === enforcement) ?? 'healthy',
      sending: account.SendingEnabled !== false,
      senderVerified,
      perSecond: MaxSendRate,
      daily: Max24HourSend === UNLIMITED ? undefined : Max24HourSend,
      sent: SentLast24Hours,
      region,
    };
  };

async function isVerified(ses: SESv2Client, sender: string): Promise<boolean> {
  for (const EmailIdentity of senderIdentities(sender)) {
    const found = await ses
      .send(new GetEmailIdentityCommand({ EmailIdentity }))
      .catch((error: unknown) => unlessMissing(error));
    if (found?.VerifiedForSendingStatus) return true;
  }
  return false;
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof NotFoundException)) throw error;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly askSes: AskSes;
  }
}
