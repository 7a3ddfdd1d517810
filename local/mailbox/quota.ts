import { html } from '../../shared/kernel/html.ts';
import { type Answer, resultAnswer } from './ses-answer.ts';
import type { Envelope } from './store.ts';

/** What an account may send, in recipients. */
export interface MailQuota {
  readonly perSecond: number;
  /** Within 24 hours. */
  readonly daily: number;
}

/** That of an account in production that has sent for a while; a new one may send 14 a second. */
export const USUAL_QUOTA: MailQuota = { perSecond: 200, daily: 50_000 };

/** What SES gives an account in its sandbox. */
export const SANDBOX_QUOTA: MailQuota = { perSecond: 1, daily: 200 };

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param now epoch milliseconds */
export function sendQuota(sent: readonly Envelope[], { perSecond, daily }: MailQuota, now: number): Answer {
  return resultAnswer(
    'GetSendQuota',
    html`<Max24HourSend>${daily}</Max24HourSend><MaxSendRate>${perSecond}</MaxSendRate><SentLast24Hours>${sentLately(sent, now)}</SentLast24Hours>`,
  );
}

/** Whether one more mail is within the quota: SES lets an account go over its rate for a moment, and no longer. */
export function quotaGuard(sent: () => readonly Envelope[], quota: () => MailQuota) {
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

export function sentLately(sent: readonly Envelope[], now: number): number {
  const since = new Date(now - DAY_MS).toISOString();
  return sent
    .filter(({ receivedAt }) => receivedAt >= since)
    .reduce((sum, { destinations }) => sum + destinations.length, 0);
}
