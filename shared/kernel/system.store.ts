import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** The only place that touches time and chance: everything else receives them, so that tests can steer both. */
export interface System {
  /** The current instant. */
  readonly now: () => Date;
  /** Unguessable bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** From 0 to 1 (exclusive): what may be guessed, such as which of several equal seats to take. */
  readonly chance: () => number;
  /** Waits before another try; longer with each `attempt` (1, 2, …), and never equally long for two rivals. */
  readonly backOff: (attempt: number) => Promise<void>;
  /** Waits for so many milliseconds; not at all where they are none, or fewer. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Waits until so many milliseconds after an instant, and a little longer by chance. */
  readonly answerNotBefore: (startedAt: Date, milliseconds: number) => Promise<void>;
}

/** Milliseconds. */
const FIRST_WAIT = 10;
const LONGEST_WAIT = 400;
const LONGEST_EXTRA = 50;

/** Milliseconds that are waited at most before another try. */
export const longestBackOff = (attempt: number): number => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);

export const realSystem: System = {
  now: () => new Date(),
  random: (bytes) => randomBytes(bytes),
  chance: () => Math.random(),
  backOff: async (attempt) => {
    await wait(randomInt(1, longestBackOff(attempt) + 1));
  },
  wait: async (milliseconds) => {
    if (milliseconds > 0) await wait(milliseconds);
  },
  answerNotBefore: async (startedAt, milliseconds) => {
    const spent = Date.now() - startedAt.getTime();
    await realSystem.wait(Math.max(0, milliseconds - spent) + randomInt(0, LONGEST_EXTRA));
  },
};
