/** Chance that a seed decides, so that a course that went wrong can be run again. */
export interface Course {
  /** From 0 up to 1. */
  readonly chance: () => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly bytes: (length: number) => Uint8Array;
}

/** Mulberry32: 32 bits of state, good enough to mix events. */
export function courseOf(seed: number): Course {
  let state = seed;
  const chance = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance,
    pick: (from) => {
      const picked = from[Math.floor(chance() * from.length)];
      if (picked === undefined) throw new RangeError('nothing to pick from');
      return picked;
    },
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(chance() * 256)),
  };
}
