import type { Account } from './account.ts';
import { sentLately } from './quota.ts';
import type { Answer } from './ses-answer.ts';
import type { Envelope } from './store.ts';

const ACCOUNT = '/v2/email/account';
const DETAILS = `${ACCOUNT}/details`;
const IDENTITIES = '/v2/email/identities/';

/** What SES's second protocol says of the account; nothing for what else it is asked. */
export function versionTwo(
  { method, url = '' }: { readonly method?: string | undefined; readonly url?: string | undefined },
  account: Account,
  sent: readonly Envelope[],
): Answer | undefined {
  if (method === 'GET' && url === ACCOUNT) return json(200, accountOf(account, sent));
  if (method === 'POST' && url === DETAILS) {
    account.leaveSandbox();
    return json(200, {});
  }
  if (method === 'GET' && url.startsWith(IDENTITIES)) {
    return identity(decodeURIComponent(url.slice(IDENTITIES.length)), account);
  }
  return undefined;
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html */
function accountOf(account: Account, sent: readonly Envelope[]) {
  const { perSecond, daily } = account.quota();
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: !account.isSandboxed(),
    SendQuota: { Max24HourSend: daily, MaxSendRate: perSecond, SentLast24Hours: sentLately(sent, Date.now()) },
    SendingEnabled: true,
  };
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html */
function identity(name: string, account: Account): Answer {
  if (!account.isVerified(name))
    return json(404, { message: `Email identity ${name} does not exist.` }, 'NotFoundException');
  return json(200, { IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN', VerifiedForSendingStatus: true });
}

const json = (status: number, body: object, error?: string): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
  ...(error && { error }),
});
