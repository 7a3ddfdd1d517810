import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';

let parts: Parts;
let meter: MeteredDatabase;
beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  // All that functions ask from here on goes by it.
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
});
afterAll(async () => {
  await meter?.stop();
  await parts?.stop();
});

const ID = 'change-cost';
const EMAIL = `one@${ID}.example.org`;

/** Write units of who did it: an entry below 1 KB in the same transaction, and in each of three indexes. */
const AUDIT_ENTRY = 5;

/** What a change takes on instances that know the event. */
async function cost(change: () => Promise<void>) {
  meter.take();
  await change();
  const requests = meter.take();
  const sum = (of: 'readUnits' | 'writeUnits') => requests.reduce((all, each) => all + each[of], 0);
  return { reads: sum('readUnits'), writes: sum('writeUnits') };
}

it('a change by an organiser costs what the attendee’s own costs and who did it, after many changes too', async () => {
  const event = await openEvent(parts, ID, { quotas: [] });
  await grantTeam(parts, ID);
  await event.register(EMAIL, { category: 'academia', position: 'Clerk' });
  const { reference } = await event.registrationOf(EMAIL);
  let nth = 0;
  const name = () => {
    nth += 1;
    return `សំណាង ${nth}`;
  };
  const own = () => cost(async () => expect((await event.amend(EMAIL, { nativeName: name() })).statusCode).toBe(200));
  const organisers = async () => {
    const { revision, fullName } = await event.registrationOf(EMAIL);
    const what = { params: { eventId: ID, reference }, body: { revision, fullName, nativeName: name() } };
    return cost(async () => expect((await ask('organiser', 'correctName', what)).status).toBe(200));
  };
  for (const each of [own, organisers]) await each();
  const few = { own: await own(), organisers: await organisers() };
  for (let times = 0; times < 40; times += 1) await own();
  const many = { own: await own(), organisers: await organisers() };
  expect((await event.registrationOf(EMAIL)).history?.length).toBeGreaterThan(12);
  for (const { own: theirs, organisers: ours } of [few, many]) {
    expect(ours.writes - AUDIT_ENTRY).toBeLessThanOrEqual(theirs.writes);
    // The role of who asks.
    expect(ours.reads - 1).toBeLessThanOrEqual(theirs.reads);
  }
  // However many there were, the item has 4 KB at most, where it had 1: two units a KB in a transaction.
  expect(many.own.writes - few.own.writes).toBeLessThanOrEqual(6);
  expect(many.own.reads).toBe(few.own.reads);
});
