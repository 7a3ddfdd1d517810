import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { fromCheckInCountItem } from '../../shared/checkin/attendance/attendance.store.ts';
import { fromCheckInItem } from '../../shared/checkin/scan/check-in.store.ts';
import { call, postForm } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const session = forum().sessions.find(({ meetingUrl }) => meetingUrl !== undefined);
const day = forum().days.find(({ id }) => id === session?.day);
const PRESS = postForm([['action', 'join']]);

/** Minutes after the session's start. */
const at = (minutes: number): void => {
  const start = Date.parse(`${day?.date}T${session?.start}:00+07:00`);
  vi.useFakeTimers({ now: new Date(start + minutes * 60_000), toFake: ['Date'] });
};

/** What of an event's attendance is stored. */
async function attendance(eventId: string) {
  const items = await scan(parts, 'registry');
  const of = (prefix: string) => items.filter((item) => String(item['pk']).startsWith(`${prefix}#${eventId}#`));
  return { checkIns: of('CHECK-IN').map(fromCheckInItem), counts: of('CHECK-IN-COUNT').map(fromCheckInCountItem) };
}

async function open(eventId: string, email: string, changes: Record<string, unknown> = {}) {
  const event = await openEvent(parts, eventId);
  await event.register(email, changes);
  const params = { token: await event.tokenOf(email), sessionId: session?.id ?? '' };
  return {
    event,
    params,
    press: () => call('postJoin', { params, ...PRESS }),
    registration: await event.registrationOf(email),
  };
}

it('notes once that someone came online, however often they press, and shows the address', async () => {
  const { press, params, registration } = await open('join-online', 'online@example.org', { mode: 'online' });
  at(-14);
  for (const _ of [1, 2, 3]) expect((await press()).body).toContain(`href="${session?.meetingUrl}"`);
  const { checkIns, counts } = await attendance('join-online');
  expect(checkIns).toMatchObject([
    {
      list: `session-${session?.id}`,
      reference: registration.reference,
      mode: 'online',
      doubts: {},
      marks: [{ kind: 'in' }],
    },
  ]);
  expect(counts).toMatchObject([{ came: 1, mode: 'online', category: registration.category }]);
  expect((await call('showJoin', { params })).statusCode).toBe(200);
});

it.each([
  ['before the meeting opens', -16],
  ['after it is over', 24 * 60],
])('notes nothing %s, and shows no address', async (_, minutes) => {
  const { press } = await open(`join-at${minutes}`, 'early@example.org', { mode: 'online' });
  at(minutes);
  const { statusCode, body } = await press();
  expect(statusCode).toBe(200);
  expect(body).not.toContain('meet.example.org');
  expect((await attendance(`join-at${minutes}`)).checkIns).toEqual([]);
});

it('AU2: a hundred reads of the page note nothing', async () => {
  const { params } = await open('join-read', 'reads@example.org', { mode: 'online' });
  at(1);
  for (let n = 0; n < 50; n += 1) {
    for (const method of ['GET', 'HEAD']) {
      expect((await call('showJoin', { params, method })).body).not.toContain('meet.example.org');
    }
  }
  expect((await attendance('join-read')).checkIns).toEqual([]);
});

it('lets whoever has a seat in the room join online, who keeps the seat', async () => {
  const { event, press, registration } = await open('join-ill', 'ill@example.org');
  const own = (await event.page('ill@example.org')).body ?? '';
  expect(own).toContain('If you cannot be in the room: join online');
  at(5);
  expect((await press()).body).toContain(`href="${session?.meetingUrl}"`);
  expect((await attendance('join-ill')).counts).toMatchObject([{ came: 1, mode: 'online' }]);
  expect(await event.registrationOf('ill@example.org')).toEqual(registration);
});

it('is not for whoever cancelled', async () => {
  const { event, press } = await open('join-gone', 'gone@example.org', { mode: 'online' });
  await event.press('gone@example.org', 'cancel');
  at(5);
  const { statusCode, body } = await press();
  expect(statusCode).toBe(404);
  expect(body).not.toContain('meet.example.org');
});
