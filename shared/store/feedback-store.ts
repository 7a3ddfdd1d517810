import { createHash } from 'node:crypto';
import { type Answered, DIMENSIONS, type Dimension } from '../domain/feedback/published.ts';
import { addTallies, NO_ANSWERS, type Tally } from '../domain/feedback/tally.ts';
import type { System } from '../system.ts';
import type { DocumentClient } from './client.ts';
import { addFeedback, feedbackCountPartition, fromFeedbackCountItem } from './feedback-count-item.ts';
import { queryPartition } from './query-partition.ts';
import { fromSpentTokenItem, putSpentToken, spentTokenKey, tokensSpent, type Writers } from './spent-token-item.ts';
import { transact } from './transact.ts';

/** Over so many items each count is split: 5,000 people answer within minutes. */
const SHARDS = 8;

/** What one person answered, apart as it is kept. */
export interface Answer {
  readonly eventId: string;
  readonly form: string;
  /** What was signed unseen. */
  readonly token: Uint8Array;
  readonly tally: Tally;
  /** What may be said of whoever answered. */
  readonly labels: Readonly<Record<Dimension, string>>;
  /** By question. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface FeedbackStore {
  /**
   * Spends the token and counts what was answered: one transaction, of at most eight write units.
   *
   * @param expiresAt epoch seconds
   * @returns `spent-before` where that token was spent: nothing is counted
   * @throws BusyError when rivals did not let go: nothing is counted
   */
  readonly answer: (answer: Answer, expiresAt: number) => Promise<'counted' | 'spent-before'>;
  /** All that was counted of a form. */
  readonly answered: (eventId: string, form: string) => Promise<Answered>;
  /** How many answered, and who of them wrote anything. */
  readonly writers: (eventId: string, form: string) => Promise<Writers>;
  /** What people wrote, in an order that says nothing. */
  readonly texts: (eventId: string, form: string) => Promise<readonly Written[]>;
}

export interface Written {
  /** Of the token that it came with, base64url. */
  readonly hash: string;
  /** By question. */
  readonly texts: Readonly<Record<string, string>>;
}

export function feedbackStore(
  client: DocumentClient,
  table: string,
  system: Pick<System, 'now' | 'random' | 'backOff'>,
): FeedbackStore {
  return {
    async answer({ eventId, form, token, tally, labels, texts }, expiresAt) {
      const hash = createHash('sha256').update(token).digest('base64url');
      const shard = (system.random(1)[0] ?? 0) % SHARDS;
      const counts = DIMENSIONS.map((dimension) =>
        addFeedback(table, { eventId, form, dimension, label: labels[dimension], shard }, tally, expiresAt),
      );
      const spent = putSpentToken(table, spentTokenKey(eventId, form, hash), texts, expiresAt);
      const refusals = await transact(client, [spent, ...counts], system);
      return refusals.length > 0 ? 'spent-before' : 'counted';
    },
    async answered(eventId, form) {
      const items = await queryPartition(client, table, feedbackCountPartition(eventId, form));
      const counted = items.map(fromFeedbackCountItem);
      const by = (dimension: Dimension) => {
        const labels: Record<string, Tally> = {};
        for (const each of counted) {
          if (each.dimension !== dimension) continue;
          labels[each.label] = addTallies([labels[each.label] ?? NO_ANSWERS, each.tally]);
        }
        return labels;
      };
      return { mode: by('mode'), category: by('category') };
    },
    async texts(eventId, form) {
      const items = await queryPartition(client, table, spentTokenKey(eventId, form, '').pk);
      return items
        .map((item) => ({ hash: String(item['sk']), texts: fromSpentTokenItem(item) }))
        .filter(({ texts }) => Object.keys(texts).length > 0);
    },
    writers: (eventId, form) => tokensSpent(client, table, spentTokenKey(eventId, form, '').pk),
  };
}
