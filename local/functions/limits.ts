import type { FunctionName } from '../../shared/env.ts';

export interface Limits {
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

const DEFAULT: Limits = { timeoutMs: 10_000, memoryMb: 512 };

/** As deployed: a test compares them with the templates. */
const OF_STREAMS: Limits = { ...DEFAULT, timeoutMs: 30_000 };
const OF_SENDING: Limits = { ...DEFAULT, timeoutMs: 60_000 };
const ONE_PROCESSOR: Limits = { ...DEFAULT, memoryMb: 1769 };
const OF_RESULTS: Limits = { timeoutMs: 30_000, memoryMb: 1769 };
const OTHERS: Partial<Record<FunctionName, Limits>> = {
  certificates: ONE_PROCESSOR,
  checkin: ONE_PROCESSOR,
  'feedback-results': OF_RESULTS,
  outbox: OF_SENDING,
  housekeeping: OF_STREAMS,
};

export const limitsOf = (name: FunctionName): Limits => OTHERS[name] ?? DEFAULT;
