import { afterAll, beforeAll, expect, it } from 'vitest';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';
import { timedMail } from '../support/timed-mail.ts';

/*
 * The whole life of someone who comes and changes nothing, as the clock goes on: each mail that arrives is one of six at most.
 */

const HOUR = 60 * 60 * 1000;
const FIRST = Date.parse('2027-10-25T00:00:00Z');
const LAST = Date.parse('2027-11-10T00:00:00Z');

let parts: Parts;
let mail: Awaited<ReturnType<typeof timedMail>>;
beforeAll(async () => {
  parts = await startParts();
  mail = await timedMail(parts);
});
afterAll(() => parts?.stop());

type Opened = Awaited<ReturnType<typeof openEvent>>;

/** What arrives at an address from now until a week after the event, whose timers fire all the time. */
async function life(event: Opened, email: string): Promise<string[]> {
  for (let at = FIRST; at < LAST; at += 8 * HOUR) await mail.both(event.id, new Date(at).toISOString());
  return (await mail.inbox(email)).map(({ subject }) => subject.replace(/ (begins )?on \w+,? \d.*|: .*/, ''));
}

async function approve(event: Opened, email: string): Promise<void> {
  const { reference, revision } = await event.registrationOf(email);
  const body = { decision: 'approve', revision };
  const { status } = await ask('organiser', 'decideRegistration', { params: { eventId: event.id, reference }, body });
  expect(status).toBe(200);
}

const APPROVED = forum().categories.map((category) => ({ ...category, approval: category.id === 'media' }));
const SEAT = [quota('room', { ...ROOM, capacity: 1 })];
/** Mail leaves as it is written, not all at the end of it. */
const now = (event: Opened) => mail.send(event.id, new Date());
const ENDING = ['Begins', 'See you', 'Thank you'];

it('a place at once: four mails', async () => {
  const event = await openEvent(parts, 'six-plain');
  const email = 'plain@six.example.org';
  await event.register(email);
  await now(event);
  expect(await life(event, email)).toEqual(['You are registered', ...ENDING]);
});

it('approval first: five', async () => {
  const event = await openEvent(parts, 'six-approved', { categories: APPROVED });
  await grantTeam(parts, event.id);
  const email = 'approved@six.example.org';
  await event.register(email, { category: 'media' });
  await now(event);
  await approve(event, email);
  await now(event);
  expect(await life(event, email)).toEqual(['We have received your registration', 'You are registered', ...ENDING]);
});

it('the waiting list first: five', async () => {
  const event = await openEvent(parts, 'six-waiting', { quotas: SEAT });
  const email = 'waiting@six.example.org';
  await event.register('first@six-waiting.example.org');
  await event.register(email);
  await now(event);
  await event.press('first@six-waiting.example.org', 'cancel');
  await event.doJobs();
  await now(event);
  expect(await life(event, email)).toEqual(['You are on the waiting list', 'A seat is free for you', ...ENDING]);
});

it('approval, then the waiting list: six, and there is no longer way', async () => {
  const event = await openEvent(parts, 'six-both', { categories: APPROVED, quotas: SEAT });
  await grantTeam(parts, event.id);
  const email = 'both@six.example.org';
  await event.register('first@six-both.example.org');
  await event.register(email, { category: 'media' });
  await now(event);
  await approve(event, email);
  await now(event);
  await event.press('first@six-both.example.org', 'cancel');
  await event.doJobs();
  await now(event);
  const arrived = await life(event, email);
  expect(arrived).toEqual([
    'We have received your registration',
    'You are on the waiting list',
    'A seat is free for you',
    ...ENDING,
  ]);
  expect(arrived).toHaveLength(6);
});
