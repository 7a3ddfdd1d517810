import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from '../support/browser.ts';

const INTERVAL_MS = 50;

/** Asks again and again until the answer is good. @throws Error with the last answer, when it never is */
export async function eventually<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (isGood(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still not so: ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await sleep(INTERVAL_MS);
  }
}
