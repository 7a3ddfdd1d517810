import { vi } from 'vitest';

const Real = Date;

/**
 * Puts the clock forward, to run on exactly as fast as time goes by: a clock of fake timers falls behind on a busy machine.
 * `vi.unstubAllGlobals()` sets it right.
 */
export function shiftClock(milliseconds: number): void {
  const shift = Date.now() - Real.now() + milliseconds;
  const now = () => Real.now() + shift;
  class Shifted extends Real {
    constructor(...given: [] | [number | string | Date]) {
      super(given.length === 0 ? now() : given[0]);
    }
    static override now = now;
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Real;
    }
  }
  vi.stubGlobal('Date', Shifted);
}
