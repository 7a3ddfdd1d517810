import { longestBackOff, type System } from '../../shared/kernel/system.store.ts';

interface Due {
  readonly at: number;
  /** Of two that are due at once, the one that was asked for first. */
  readonly order: number;
  readonly go: () => void;
}

/** A world in which nothing takes time but what says so: seconds of it pass as fast as they can be worked out. */
export interface Clock {
  /** Milliseconds since it began. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Lets time pass until nothing waits any more. */
  readonly run: () => Promise<void>;
}

export function simulatedClock(): Clock {
  let now = 0;
  let order = 0;
  const heap: Due[] = [];

  const isBefore = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.order < b.order);
  function push(due: Due): void {
    heap.push(due);
    for (let place = heap.length - 1; place > 0; ) {
      const parent = (place - 1) >> 1;
      if (!swapIf(place, parent)) break;
      place = parent;
    }
  }
  function pop(): Due | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) heap[0] = last;
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const child = isEarlier(right, left) ? right : left;
      if (child >= heap.length || !swapIf(child, place)) break;
      place = child;
    }
    return first;
  }
  function isEarlier(a: number, b: number): boolean {
    const [one, other] = [heap[a], heap[b]];
    return one !== undefined && other !== undefined && isBefore(one, other);
  }
  /** Where what is below is due before what is above. */
  function swapIf(below: number, above: number): boolean {
    const [low, high] = [heap[below], heap[above]];
    if (low === undefined || high === undefined || !isBefore(low, high)) return false;
    heap[below] = high;
    heap[above] = low;
    return true;
  }

  return {
    now: () => now,
    wait: (milliseconds) =>
      new Promise((go) => {
        order += 1;
        push({ at: now + Math.max(0, milliseconds), order, go });
      }),
    async run() {
      // What an instant sets off is done, as far as it waits for nothing, before the next one comes.
      for (await everythingElse(); heap.length > 0; await everythingElse()) {
        const due = pop();
        if (due === undefined) break;
        now = due.at;
        due.go();
      }
    },
  };
}

const everythingElse = () => new Promise<void>((resolve) => setImmediate(resolve));

/** From 0 to 1 (exclusive), the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Time and chance of one simulated instance. @param began epoch milliseconds */
export const simulatedSystem = (clock: Clock, chance: () => number, began: number): System => ({
  now: () => new Date(began + Math.floor(clock.now())),
  random: (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(chance() * 256)),
  chance,
  backOff: (attempt) => clock.wait(1 + Math.floor(chance() * longestBackOff(attempt))),
  wait: (milliseconds) => clock.wait(milliseconds),
  answerNotBefore: (startedAt, milliseconds) =>
    clock.wait(Math.max(0, milliseconds - (began + clock.now() - startedAt.getTime())) + chance() * 50),
});
