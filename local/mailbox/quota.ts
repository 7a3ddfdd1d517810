import { html } from '../../shared/html.ts';
import { type Answer, resultAnswer } from './ses-answer.ts';
import type { Envelope } from './store.ts';

/** What a new account in production gets: recipients in 24 hours, recipients a second. */
const MAX_24_HOUR_SEND = 50_000;
const MAX_SEND_RATE = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** @param now epoch milliseconds */
export function sendQuota(sent: readonly Envelope[], now: number): Answer {
  const since = new Date(now - DAY_MS).toISOString();
  const recent = sent.filter(({ receivedAt }) => receivedAt >= since);
  const recipients = recent.reduce((sum, { destinations }) => sum + destinations.length, 0);
  return resultAnswer(
    'GetSendQuota',
    html`<Max24HourSend>${MAX_24_HOUR_SEND}</Max24HourSend><MaxSendRate>${MAX_SEND_RATE}</MaxSendRate><SentLast24Hours>${recipients}</SentLast24Hours>`,
  );
}
