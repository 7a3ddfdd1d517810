import { firstStepOfHour, stepOf } from '../clock.ts';
import type { SearchLock } from '../device/device.schema.ts';

/** Milliseconds without a search after which it locks (AU10). */
export const SEARCH_IDLE = 5 * 60 * 1000;
/** Wrong codes in a row after which the phone is to be let in anew. */
export const MOST_WRONG_CODES = 5;
/**
 * Searches of one phone within any hour. A desk that searches every fifteen seconds, without a pause, meets it; one that also greets
 * people, asks for the name and types it needs half a minute. A desk that reads out everyone is stopped and seen.
 */
export const MOST_SEARCHES = 240;
/** Milliseconds for which a passkey may be asked for. */
const CHALLENGE_LASTS = 5 * 60 * 1000;

export const newSearchLock = (codeHash: string): SearchLock => ({
  ...{ revision: 0, codeHash, failures: 0, openUntil: 0, steps: [], searches: 0 },
});

/** `ended`: the phone is to be let in anew. */
type SearchStatus = 'open' | 'locked' | 'ended';

/** @param lock absent of a phone that was let in without a code */
export function searchStatus(lock: SearchLock | undefined, now: number): SearchStatus {
  if (lock === undefined || lock.failures >= MOST_WRONG_CODES) return 'ended';
  return now < lock.openUntil ? 'open' : 'locked';
}

/** Searches within an hour: those of the ten minutes in which it began are all counted, so that no hour ever holds more. */
export function searchesWithinHour({ steps }: Pick<SearchLock, 'steps'>, now: number): number {
  const first = firstStepOfHour(now);
  return steps.reduce((sum, { step, searches }) => (step >= first ? sum + searches : sum), 0);
}

/** One more that is answered: it keeps search open, and what was tried before is forgotten. */
export function afterSearch({ challenge: _, ...lock }: SearchLock, now: number): SearchLock {
  const [at, first] = [stepOf(now), firstStepOfHour(now)];
  const before = lock.steps.find(({ step }) => step === at)?.searches ?? 0;
  return {
    ...lock,
    revision: lock.revision + 1,
    failures: 0,
    openUntil: now + SEARCH_IDLE,
    steps: [...lock.steps.filter(({ step }) => step >= first && step !== at), { step: at, searches: before + 1 }],
    searches: lock.searches + 1,
  };
}

export const afterWrongCode = (lock: SearchLock): SearchLock => ({
  ...lock,
  revision: lock.revision + 1,
  failures: lock.failures + 1,
});

/** @param value what the passkey is to sign, in place of what was asked before */
export const afterChallenge = (lock: SearchLock, value: string, now: number): SearchLock => ({
  ...lock,
  revision: lock.revision + 1,
  challenge: { value, until: now + CHALLENGE_LASTS },
});
