import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { realSystem } from '../../shared/kernel/system.store.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it.each([0, 30, 199, 500])(
  'AU5: of an answer that took %i ms the rest of 200 ms is waited for, and a little by chance',
  async (worked) => {
    const waited = vi.spyOn(realSystem, 'wait').mockResolvedValue();
    for (let turn = 0; turn < 400; turn += 1) {
      const startedAt = new Date();
      vi.setSystemTime(Date.now() + worked);
      await realSystem.answerNotBefore(startedAt, 200);
    }
    const rest = Math.max(0, 200 - worked);
    const extra = waited.mock.calls.map(([milliseconds]) => milliseconds - rest);
    expect(extra).toHaveLength(400);
    expect(Math.min(...extra)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...extra)).toBeLessThan(50);
    expect(new Set(extra).size).toBeGreaterThan(20);
  },
);
