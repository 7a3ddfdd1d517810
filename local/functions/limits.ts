import type { FunctionName } from '../../shared/env.ts';

export interface Limits {
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

const DEFAULT: Limits = { timeoutMs: 10_000, memoryMb: 512 };

/** As deployed: a test compares them with the templates. */
const OF_SENDING: Limits = { ...DEFAULT, timeoutMs: 60_000 };
const ONE_PROCESSOR: Limits = { ...DEFAULT, memoryMb: 1769 };
const LONG_WORK: Limits = { timeoutMs: 30_000, memoryMb: 1769 };
const OTHERS: Partial<Record<FunctionName, Limits>> = {
  care: ONE_PROCESSOR,
  certificates: ONE_PROCESSOR,
  checkin: ONE_PROCESSOR,
  doors: ONE_PROCESSOR,
  'feedback-results': LONG_WORK,
  housekeeping: LONG_WORK,
  messages: ONE_PROCESSOR,
  organiser: ONE_PROCESSOR,
  outbox: OF_SENDING,
};

export const limitsOf = (name: FunctionName): Limits => OTHERS[name] ?? DEFAULT;
