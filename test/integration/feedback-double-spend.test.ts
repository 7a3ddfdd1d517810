import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { measurePace } from '../../bench/rush/pace.ts';
import { DIMENSIONS } from '../../shared/feedback/result/published.ts';
import { addTallies } from '../../shared/feedback/result/tally.ts';
import { feedbackOf } from '../support/feedback.ts';
import { type Parts, startParts } from '../support/parts.ts';

/** How often an attendee tries to have their answer counted, and with how many tokens. */
const RUNS = 10_000;
const TOKENS = 4_000;
const AT_ONCE = 64;
const END = 2 ** 31;

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

it(`each token is spent once, whatever is sent how often and beside what: ${RUNS} tries`, async () => {
  const { box, answered: answeredIn } = feedbackOf(parts.database);
  const tokens = Array.from({ length: TOKENS }, () => randomBytes(32));
  // Every one at least once, in no order; the same one may be sent several times at the same moment.
  const tries = [...tokens.keys(), ...Array.from({ length: RUNS - TOKENS }, () => randomInt(TOKENS))];
  for (let last = tries.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [tries[last], tries[other]] = [tries[other] ?? 0, tries[last] ?? 0];
  }
  const taken = tokens.map(() => 0);
  const given: Record<string, number> = {};
  await measurePace(RUNS, AT_ONCE, async (run) => {
    const which = tries[run] ?? 0;
    const [rating, mode] = [1 + randomInt(5), run % 2 === 0 ? 'online' : 'in-person'];
    const answer = { eventId: 'sample', form: 'event', texts: {} };
    const key = `overall.${rating}`;
    const labels = { mode, category: `group-${run % 7}` };
    const said = { ...answer, labels, tally: { answers: 1, counts: { [key]: 1 } } };
    const refusals = await box.answer(said, tokens[which] ?? Buffer.alloc(0), END);
    if (refusals.length > 0) return;
    taken[which] = (taken[which] ?? 0) + 1;
    given[key] = (given[key] ?? 0) + 1;
  });
  expect(taken.filter((times) => times !== 1)).toEqual([]);
  const answered = await answeredIn('sample', 'event');
  for (const dimension of DIMENSIONS)
    expect(addTallies(Object.values(answered[dimension]))).toEqual({ answers: TOKENS, counts: given });
}, 240_000);
