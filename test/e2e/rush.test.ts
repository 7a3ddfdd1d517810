import { afterAll, beforeAll, expect, it } from 'vitest';
import { registered, tally } from '../../bench/rush/outcome.ts';
import { withRivals } from '../../bench/rush/rivals.ts';
import { mailsOnceSent, registerAll, SEATS } from '../../bench/rush.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';

/** Six for each seat, all of them at once: `npm run bench` has a thousand come. */
const PEOPLE = 300;

let system: LocalSystem;

beforeAll(async () => {
  system = await startSystem({ quiet: true, standBetween: (database) => withRivals(database) });
});
afterAll(() => system?.stop());

it('RE7: gives away every seat once, has the others wait, and mails each person just that', {
  timeout: 600_000,
}, async () => {
  await registerAll(system, PEOPLE);
  const statuses = await registered(system, 'rush');
  expect(tally(statuses)).toEqual({ confirmed: SEATS, waitlisted: PEOPLE - SEATS });
  expect(new Map([...(await mailsOnceSent(system))].sort())).toEqual(new Map([...statuses].sort()));
});
