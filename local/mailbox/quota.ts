import { html } from '../../shared/kernel/html.ts';
import { resultAnswer, type SesAnswer } from './ses-answer.ts';
import type { KeptEnvelope } from './store.ts';

export interface AccountOptions {
  /** Outside of the sandbox. */
  readonly quota?: MailQuota | undefined;
  /** Whether mail goes to verified addresses only, until production access is asked for. */
  readonly sandbox?: boolean | undefined;
  /** Addresses and domains that are verified; all are when absent. */
  readonly identities?: readonly string[] | undefined;
}

/** Addresses of SES's simulator take mail from a sandboxed account, too. */
const SIMULATOR = 'simulator.amazonses.com';

export type SendingAccount = ReturnType<typeof openAccount>;

/** The account as SES keeps it: to whom mail may go, and how much of it. */
export function openAccount({ quota = USUAL_QUOTA, sandbox = false, identities }: AccountOptions) {
  let isSandboxed = sandbox;
  const isVerified = (identity: string): boolean => identities?.includes(identity.toLowerCase()) ?? true;
  const mayBeUsed = (address: string): boolean => {
    const labels = domainOf(address).split('.');
    const domains = labels.map((_, depth) => labels.slice(depth).join('.'));
    return [address, ...domains].some(isVerified);
  };
  return {
    isSandboxed: () => isSandboxed,
    /** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountDetails.html, which takes people a day */
    leaveSandbox: (): void => {
      isSandboxed = false;
    },
    quota: (): MailQuota => (isSandboxed ? SANDBOX_QUOTA : quota),
    isVerified,
    /** Of a sender and recipients, those that SES would have to have verified and has not. */
    unverified: (from: string, to: readonly string[]): string[] => {
      const checked = isSandboxed ? [from, ...to.filter((address) => domainOf(address) !== SIMULATOR)] : [from];
      return checked.filter((address) => !mayBeUsed(address));
    },
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** What an account may send, in recipients. */
interface MailQuota {
  readonly perSecond: number;
  /** Within 24 hours. */
  readonly daily: number;
}

/** That of an account in production that has sent for a while; a new one may send 14 a second. */
export const USUAL_QUOTA: MailQuota = { perSecond: 200, daily: 50_000 };

/** What SES gives an account in its sandbox. */
const SANDBOX_QUOTA: MailQuota = { perSecond: 1, daily: 200 };

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param now epoch milliseconds */
export function getSendQuota(sent: readonly KeptEnvelope[], { perSecond, daily }: MailQuota, now: number): SesAnswer {
  return resultAnswer(
    'GetSendQuota',
    html`<Max24HourSend>${daily}</Max24HourSend><MaxSendRate>${perSecond}</MaxSendRate><SentLast24Hours>${sentLately(sent, now)}</SentLast24Hours>`,
  );
}

/** Whether one more mail is within the quota: SES lets an account go over its rate for a moment, and no longer. */
export function quotaGuard(sent: () => readonly KeptEnvelope[], quota: () => MailQuota) {
  let left = 0;
  let at = 0;
  return (now: number): 'ok' | 'too-fast' | 'too-many' => {
    const { perSecond, daily } = quota();
    left = Math.min(perSecond, left + ((now - at) / 1000) * perSecond);
    at = now;
    if (left < 1) return 'too-fast';
    if (sent().length >= daily && sentLately(sent(), now) >= daily) return 'too-many';
    left -= 1;
    return 'ok';
  };
}

export function sentLately(sent: readonly KeptEnvelope[], now: number): number {
  const since = new Date(now - DAY_MS).toISOString();
  return sent
    .filter(({ receivedAt }) => receivedAt >= since)
    .reduce((sum, { destinations }) => sum + destinations.length, 0);
}
