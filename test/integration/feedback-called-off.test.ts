import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { call } from '../support/call.ts';
import { openFeedback } from '../support/feedback-browser.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry } from '../support/registry.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { ask } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.unstubAllGlobals());

/** Instances go by what they read for a few seconds. */
const A_WHILE = 10_000;
const HOUR = 3_600_000;
/** The opening is over, the consultation of the second day is to come. */
const MEANWHILE = Date.parse('2027-11-02T15:00:00+07:00');
const AFTERWARDS = Date.parse('2027-11-04T09:00:00+07:00');
const until = (instant: number): void => shiftClock(instant - Date.now());

/** People of whom one came to the event before it is its turn to be told anything. */
async function eventWithSomeone(id: string) {
  const event = await openFeedback(parts, id, { sessions: forum().sessions, forms: {} });
  const came = await event.attendee('came');
  const params = { eventId: id };
  return {
    ...event,
    came,
    async become(status: string, firstDay?: string) {
      const { version } = (await ask('organiser', 'getEventStatus', { params })).body;
      const body = { version, status, ...(firstDay && { firstDay }) };
      const { status: answer, body: said } = await ask('organiser', 'changeEventStatus', { params, body });
      expect(answer, JSON.stringify(said)).toBe(200);
      shiftClock(A_WHILE);
    },
    /** What there is for an attendee, on their own page, on its list, and by the address of a form. */
    async ways(form: string, email = came) {
      const token = await event.tokenOf(email);
      const own = (await call('showRegistration', { params: { token } })).body ?? '';
      const list = (await call('showMyFeedback', { params: { token } })).body ?? '';
      return {
        link: own.includes(`href="/m/${token}/feedback?lang=en"`),
        kept: own.includes('data-feedback="'),
        listed: list.includes(`href="/f/${id}/${form}?lang=en"`),
        page: (await call('showFeedbackForm', { params: { ...params, form } })).statusCode,
      };
    },
    answers: async (form: string) => (await event.send(await event.proofOf(came, form), { useful: 4 }, form)).status,
  };
}

const OPEN = { link: true, kept: true, listed: true, page: 200 };
const SHUT = { link: false, kept: false, listed: false, page: 409 };

describe('an event that is called off', () => {
  it.each(['cancelled', 'postponed'])('%s before it began: nothing is to be answered, by no way', async (status) => {
    const event = await eventWithSomeone(`before-${status}`);
    await event.become(status);
    until(AFTERWARDS);
    for (const form of ['session-opening', 'event']) expect(await event.ways(form), form).toEqual(SHUT);
    const { status: refused } = await event.ask('makeFeedbackPass', 'event', event.came);
    expect(refused).toBe(409);
    expect((await ask('organiser', 'listFeedback', { params: { eventId: event.id } })).body.forms[0].standing).toBe(
      'closed',
    );
  });

  it.each(['cancelled', 'postponed'])('%s in the middle: whoever came finds the forms of what was', async (status) => {
    const event = await eventWithSomeone(`during-${status}`);
    until(MEANWHILE);
    await event.become(status);
    expect(await event.ways('session-opening')).toEqual(OPEN);
    expect(await event.answers('session-opening')).toBe(201);
    until(AFTERWARDS);
    expect(await event.ways('session-opening')).toEqual(OPEN);
    const tomorrow = forum().sessions.find(({ day, audience }) => day === 'day-2' && audience === undefined);
    expect(await event.ways(`session-${tomorrow?.id}`)).toMatchObject({ listed: false, page: 409 });
  });

  it('and moved to other days asks nothing before those', async () => {
    const event = await eventWithSomeone('moved-during');
    until(MEANWHILE);
    await event.become('postponed');
    await event.become('scheduled', '2027-12-07');
    expect(await event.ways('session-opening')).toEqual({ ...SHUT, kept: true });
    until(Date.parse('2027-12-07T15:00:00+07:00'));
    expect(await event.ways('session-opening')).toEqual(OPEN);
  });

  it('published once more, or called off in another way, was called off when it first was', async () => {
    const event = await eventWithSomeone('twice-off');
    await event.become('postponed');
    until(MEANWHILE);
    await event.become('cancelled');
    expect(await event.ways('session-opening')).toEqual(SHUT);
  });
});

describe('a registration that ended once the event had begun', () => {
  it('leads whoever came to what they can answer; one that ended before does not', async () => {
    const event = await eventWithSomeone('cancelled-during');
    await event.register('early@example.org');
    await event.press('early@example.org', 'cancel');
    until(MEANWHILE);
    expect((await event.press(event.came, 'cancel')).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, event.id);
    expect(registrations.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(await event.ways('session-opening')).toEqual(OPEN);
    expect(await event.answers('session-opening')).toBe(201);
    expect(await event.ways('session-opening', 'early@example.org')).toEqual({ ...SHUT, page: 200 });
    shiftClock(40 * 24 * HOUR);
    expect(await event.ways('session-opening')).toEqual(SHUT);
  });
});
