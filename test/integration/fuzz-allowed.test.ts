import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sendRound } from '../fuzz/round.ts';
import { type Parts, startParts } from '../support/parts.ts';

/*
 * What the contract allows, at its edges, sent to every route: a few requests here, as many as one likes by `npm run fuzz`.
 */

const { FUZZ_RUNS: runs, FUZZ_SEED: seed = '1' } = process.env;
/** Requests of a route in one event: of more, most would be about what earlier ones have ended. */
const EACH = runs === undefined ? 0.6 : Math.min(Number(runs), 8);
const rounds = Math.ceil(Number(runs ?? EACH) / EACH);

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

it.each(Array.from({ length: rounds }, (_, round) => Number(seed) + round))(
  'RE10: whatever the contract allows is answered, and leaves all as it has to be (--seed %i)',
  async (each) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { faults, sent } = await sendRound(parts, each, EACH);
    expect(faults, `npm run fuzz -- --runs ${EACH} --seed ${each}`).toEqual([]);
    expect(sent).toBeGreaterThan(50);
    await parts.empty();
  },
  3_600_000,
);
