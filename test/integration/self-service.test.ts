import ICAL from 'ical.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { call, postForm } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { ONLINE, openEvent, quota, ROOM } from '../support/self-service.ts';
import { outboxInserts } from '../support/stream.ts';

let parts: Parts;
let outbox: typeof import('../../functions/outbox/index.ts').handler;
beforeAll(async () => {
  parts = await startParts();
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const who = 'someone@example.org';
const HOUR = 60 * 60 * 1000;
/** Only the clock: whatever waits goes on waiting in real time. */
const later = (milliseconds: number) => vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ['Date'] });

describe('online until there is a seat', () => {
  const quotas = [quota('room', ROOM), quota('online', ONLINE)];

  it('is offered to who waits, takes a seat there, keeps the place, and can be given back', async () => {
    const event = await openEvent(parts, 'meanwhile', { quotas });
    await event.register('room@example.org');
    await event.register(who);
    expect((await event.page(who)).body).toContain('value="meanwhile-online"');
    const { waiting } = await event.registrationOf(who);
    for (const _ of [1, 2]) expect((await event.press(who, 'meanwhile-online')).statusCode).toBe(303);
    expect(await event.registrationOf(who)).toMatchObject({
      status: 'waitlisted',
      waiting: { since: waiting?.since, meanwhile: 'online' },
    });
    expect((await readRegistry(parts, event.id)).counters.get('online##0')).toMatchObject({ taken: 1 });
    const page = (await event.page(who)).body ?? '';
    expect(page).toContain('value="give-back-online"');
    expect(page).toContain('/j/meanwhile.');
    const params = { token: await event.tokenOf(who), sessionId: 'opening' };
    expect((await call('showJoin', { params })).statusCode).toBe(200);
    await event.expectExact();
    for (const _ of [1, 2]) expect((await event.press(who, 'give-back-online')).statusCode).toBe(303);
    const registration = await event.registrationOf(who);
    expect(registration.waiting).toEqual(waiting);
    expect((await call('showJoin', { params })).statusCode).toBe(404);
    expect(await event.kindsTo(who)).toEqual(['waitlisted', 'updated']);
    await event.expectExact();
  });

  it('is refused kindly when online is full too, or nobody waits', async () => {
    const event = await openEvent(parts, 'meanwhile-full', { quotas });
    await event.register('room@example.org');
    await event.register('online@example.org', { mode: 'online' });
    await event.register(who);
    const refused = await event.press(who, 'meanwhile-online');
    expect([refused.statusCode, refused.body]).toEqual([409, expect.stringContaining('All seats online are taken')]);
    // On the page itself: the attendee who pressed can go on from there.
    expect(refused.body).toContain('You are on the waiting list');
    expect(refused.body).toContain('you give up your place on the waiting list');
    expect((await event.press('room@example.org', 'meanwhile-online')).statusCode).toBe(409);
    await event.expectExact();
  });

  it('two who wait, one seat online: one has it, both keep their place', async () => {
    const event = await openEvent(parts, 'meanwhile-race', { quotas });
    for (const name of ['room', 'a', 'b']) await event.register(`${name}@example.org`);
    const both = await Promise.all(['a', 'b'].map((name) => event.press(`${name}@example.org`, 'meanwhile-online')));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409]);
    expect((await readRegistry(parts, event.id)).waitlist).toHaveLength(2);
    await event.expectExact();
  });
});

describe('undoing a cancellation', () => {
  it('brings back the seat and the address, with a new ticket, once', async () => {
    const event = await openEvent(parts, 'undo', { quotas: [quota('all')] });
    await event.register(who);
    const { ticketId } = await event.registrationOf(who);
    await event.press(who, 'cancel');
    expect((await event.page(who)).body).toContain('value="undo-cancel"');
    for (const _ of [1, 2]) expect((await event.press(who, 'undo-cancel')).statusCode).toBe(303);
    const registration = await event.registrationOf(who);
    expect(registration.status).toBe('confirmed');
    expect(registration.ticketId).not.toBe(ticketId);
    expect((await readRegistry(parts, event.id)).locks).toHaveLength(1);
    expect(await event.kindsTo(who)).toEqual(['confirmed', 'cancelled', 'confirmed']);
    await event.expectExact();
  });

  it('goes to the end of the line where the seat is gone', async () => {
    const event = await openEvent(parts, 'undo-late', { quotas: [quota('all')] });
    await event.register(who);
    await event.register('next@example.org');
    await event.press(who, 'cancel');
    await event.doJobs();
    await event.press(who, 'undo-cancel');
    expect(await event.registrationOf(who)).toMatchObject({ status: 'waitlisted' });
    expect(await event.registrationOf('next@example.org')).toMatchObject({ status: 'confirmed' });
    await event.expectExact();
  });

  it('is refused kindly once the address has registered anew, and after a day', async () => {
    const event = await openEvent(parts, 'undo-anew');
    await event.register(who);
    const token = await event.tokenOf(who);
    await event.press(who, 'cancel');
    const undo = () => call('postRegistration', { params: { token }, ...postForm([['action', 'undo-cancel']]) });
    await event.register(who);
    const answer = await undo();
    expect([answer.statusCode, answer.body]).toEqual([409, expect.stringContaining('registered again')]);
    expect(answer.body).not.toContain('value="undo-cancel"');
    await event.press(who, 'cancel');
    later(25 * HOUR);
    expect((await undo()).statusCode).toBe(409);
    expect((await call('showRegistration', { params: { token } })).body).not.toContain('value="undo-cancel"');
  });

  it('of what needed approval and had none asks for it again', async () => {
    const categories = forum().categories.map((each) => ({ ...each, approval: true }));
    const event = await openEvent(parts, 'undo-approval', { categories, quotas: [quota('all')] });
    await event.register(who);
    await event.press(who, 'cancel');
    await event.press(who, 'undo-cancel');
    expect(await event.registrationOf(who)).toMatchObject({ status: 'pending-approval', seats: [] });
    await event.expectExact();
  });
});

describe('the mail again', () => {
  it('comes at most once in half an hour, with the ticket where there is one', async () => {
    const event = await openEvent(parts, 'again', { quotas: [quota('all')] });
    await event.register(who);
    await event.register('waits@example.org');
    for (const email of [who, 'waits@example.org']) {
      for (const _ of [1, 2]) {
        const answer = await event.press(email, 'send-again');
        expect(answer.headers?.['location']).toContain('done=send-again');
      }
    }
    expect(await event.kindsTo(who)).toEqual(['confirmed', 'confirmed']);
    expect(await event.kindsTo('waits@example.org')).toEqual(['waitlisted', 'link']);
    later(31 * 60 * 1000);
    await event.press(who, 'send-again');
    expect(await event.kindsTo(who)).toHaveLength(3);
  });

  it('never comes to an address that has another registration by now', async () => {
    const event = await openEvent(parts, 'again-anew');
    await event.register(who);
    const token = await event.tokenOf(who);
    await event.press(who, 'cancel');
    await event.register(who);
    const before = await scan(parts, 'outbox');
    await call('postRegistration', { params: { token }, ...postForm([['action', 'send-again']]) });
    expect(await scan(parts, 'outbox')).toEqual(before);
  });
});

describe('a replaced link', () => {
  it('AU1: shows nothing but that it was replaced, and mails the new one to whom it belongs', async () => {
    const event = await openEvent(parts, 'replaced');
    await event.register(who);
    const first = await event.tokenOf(who);
    await event.press(who, 'replace-link');
    await event.press(who, 'replace-link');
    const token = await event.tokenOf(who);
    expect(token).not.toBe(first);
    expect((await call('showRegistration', { params: { token } })).statusCode).toBe(200);
    const old = await call('showRegistration', { params: { token: first } });
    expect([old.statusCode, old.body]).toEqual([401, expect.stringContaining('This link was replaced')]);
    for (const secret of [who, 'Somchai', token]) expect(old.body).not.toContain(secret);
    const json = await call('getRegistration', { headers: { authorization: `Bearer ${first}` } });
    expect(JSON.parse(json.body ?? '')).toMatchObject({ type: 'urn:plenary:problem:link-replaced' });
    for (const action of ['cancel', 'replace-link', 'meanwhile-online']) {
      const answer = await call('postRegistration', { params: { token: first }, ...postForm([['action', action]]) });
      expect(answer.statusCode).toBe(401);
    }
    expect((await call('showAmend', { params: { token: first } })).statusCode).toBe(401);
    const sent = await call('postRegistration', { params: { token: first }, ...postForm([['action', 'send-again']]) });
    expect(sent.statusCode).toBe(303);
    expect(await event.kindsTo(who)).toEqual(['confirmed', 'link', 'link', 'confirmed']);
    const forged = `${first.slice(0, -1)}${first.endsWith('A') ? 'B' : 'A'}`;
    const none = await call('showRegistration', { params: { token: `${forged.slice(0, -4)}AAAA` } });
    expect([none.statusCode, none.body]).toEqual([401, expect.stringContaining('This link does not work')]);
    expect(none.body).toContain(`href="/e/${event.id}/find?lang=en"`);
  });
});

describe('erasing', () => {
  it('CS20: leaves nothing of someone but a hash, gives back the seat, and says so in a last mail', async () => {
    const email = 'erased@once.example.org';
    const event = await openEvent(parts, 'erase', { quotas: [quota('all')] });
    await event.register(email, { fullName: 'Unmistakable Name' });
    await event.register('next@example.org');
    const { reference } = await event.registrationOf(email);
    const token = await event.tokenOf(email);
    const press = (more: [string, string][]) =>
      call('postRegistration', { params: { token }, ...postForm([['action', 'erase'], ...more]) });
    expect((await press([])).statusCode).toBe(422);
    expect((await event.registrationOf(email)).status).toBe('confirmed');
    const both = await Promise.all([press([['confirm', 'yes']]), press([['confirm', 'yes']])]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual(expect.arrayContaining([200]));
    expect(both.every(({ statusCode }) => statusCode === 200 || statusCode === 401)).toBe(true);
    const registry = JSON.stringify(await scan(parts, 'registry'));
    const parsed = await readRegistry(parts, event.id);
    expect(parsed.registrations.map((each) => each.email)).toEqual(['next@example.org']);
    expect(parsed.locks).toHaveLength(1);
    expect(registry).not.toContain('Unmistakable');
    expect(registry).not.toContain(reference);
    expect((await scan(parts, 'registry')).filter(({ pk }) => pk === 'TOMBSTONE#erase')).toHaveLength(1);
    expect((await press([['confirm', 'yes']])).statusCode).toBe(401);
    await event.doJobs();
    expect(await event.registrationOf('next@example.org')).toMatchObject({ status: 'confirmed' });
    await event.expectExact();

    const { handler: outbox } = await import('../../functions/outbox/index.ts');
    await outbox(await outboxInserts(parts));
    const mails = (await scan(parts, 'outbox')).filter((item) => item['reference'] === reference);
    expect(mails.map(({ kind, state, failure }) => [kind, state, failure])).toEqual(
      expect.arrayContaining([
        ['confirmed', 'failed', 'registration-gone'],
        ['erased', 'sent', undefined],
      ]),
    );
    expect(JSON.stringify(await scan(parts, 'outbox'))).not.toContain(email);
  });

  it('of what has ended, or of who waits, is exact too', async () => {
    const event = await openEvent(parts, 'erase-ended', { quotas: [quota('room', ROOM), quota('online', ONLINE)] });
    for (const name of ['room', 'waits', 'gone']) await event.register(`${name}@example.org`);
    await event.press('waits@example.org', 'meanwhile-online');
    await event.press('gone@example.org', 'cancel');
    for (const name of ['waits', 'gone']) await event.press(`${name}@example.org`, 'erase', [['confirm', 'yes']]);
    const { registrations, waitlist, locks } = await readRegistry(parts, event.id);
    expect([registrations.length, waitlist.length, locks.length]).toEqual([1, 0, 1]);
    await event.expectExact();
  });
});

describe('the invitation letter', () => {
  it('is there once the seat is confirmed, and says how to verify it', async () => {
    const event = await openEvent(parts, 'letter', { quotas: [quota('all')] });
    await event.register(who);
    await event.register('waits@example.org');
    const letter = await call('showLetter', { params: { token: await event.tokenOf(who) } });
    expect(letter.statusCode).toBe(200);
    for (const words of [
      'Dr Somchai Sample',
      'Policy officer',
      'Sample Ministry',
      'secretariat@copforum.example.org',
    ]) {
      expect(letter.body).toContain(words);
    }
    const khmer = await call('showLetter', { params: { token: await event.tokenOf(who) }, query: { lang: 'km' } });
    expect(khmer.body).toContain('លិខិតអញ្ជើញ');
    const none = await call('showLetter', { params: { token: await event.tokenOf('waits@example.org') } });
    expect([none.statusCode, none.body]).toEqual([409, expect.stringContaining('no letter yet')]);
  });
});

it('AU2: looking at any page changes nothing', async () => {
  const event = await openEvent(parts, 'look');
  await event.register(who);
  const before = [await scan(parts, 'registry'), await scan(parts, 'outbox')];
  for (const method of ['GET', 'HEAD']) {
    const params = { token: await event.tokenOf(who) };
    await call('showRegistration', { params, method, query: { done: 'cancel', action: 'cancel' } });
    await call('showAmend', { params, method });
    await call('showLetter', { params, method });
  }
  expect([await scan(parts, 'registry'), await scan(parts, 'outbox')]).toEqual(before);
});

describe('the calendar file of their own page', () => {
  const parse = (text: string) => {
    const component = new ICAL.Component(ICAL.parse(text));
    return component.getAllSubcomponents('vevent').map((each) => ({
      uid: String(each.getFirstPropertyValue('uid')),
      sequence: Number(each.getFirstPropertyValue('sequence')),
      start: String(each.getFirstPropertyValue('dtstart')),
      location: String(each.getFirstPropertyValue('location')),
    }));
  };
  const link = async (event: Awaited<ReturnType<typeof openEvent>>, email: string) => {
    const token = await event.tokenOf(email);
    return { token, href: `href="/m/${token}/calendar.ics?lang=en"` };
  };

  it('has the entries that the mail brought, by the same names and of a later state', async () => {
    const event = await openEvent(parts, 'own-calendar', { quotas: [] });
    const email = 'calendar@example.org';
    await event.register(email, { days: ['day-1'] });
    await outbox(await outboxInserts(parts));
    const [mail] = await (await fetch(`${parts.mailbox.url}/messages?to=${email}`)).json();
    const attached = mail.attachments.find(
      ({ contentType }: { contentType: string }) => contentType === 'text/calendar',
    );
    const mailed = parse(Buffer.from(attached.content, 'base64').toString());
    later(HOUR);
    const { token, href } = await link(event, email);
    expect((await event.page(email)).body).toContain(href);
    const file = await call('getCalendar', { params: { token } });
    expect(file.statusCode).toBe(200);
    expect(file.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'content-disposition': 'attachment; filename="own-calendar.ics"',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    const downloaded = parse(file.body ?? '');
    const whole = (entries: typeof mailed) => entries.map(({ sequence: _, ...entry }) => entry);
    expect(whole(downloaded)).toEqual(whole(mailed));
    expect(downloaded[0]?.sequence).toBeGreaterThanOrEqual((mailed[0]?.sequence ?? 0) + HOUR / 1000);
    expect(downloaded.map(({ uid }) => uid)).toEqual(['own-calendar.day-1@forum.test']);
    // Calendars get shared: it leads to the event, and names nobody.
    const { reference } = await event.registrationOf(email);
    const unfolded = (file.body ?? '').replaceAll('\r\n ', '');
    expect(unfolded).toContain('https://forum.test/e/own-calendar');
    for (const own of [token, reference, 'Somchai', email, '/m/']) expect(unfolded).not.toContain(own);
  });

  it('follows what they changed, online and in Khmer', async () => {
    const event = await openEvent(parts, 'own-calendar-online', { quotas: [] });
    await event.register(who, { mode: 'online', days: ['day-1', 'day-2'] });
    const { token } = await link(event, who);
    const all = await call('getCalendar', { params: { token }, query: { lang: 'km' } });
    expect(parse(all.body ?? '').map(({ location }) => location)).toEqual(['តាមអនឡាញ', 'តាមអនឡាញ']);
    expect((await event.amend(who, { days: ['day-2'] })).statusCode).toBe(200);
    const changed = await call('getCalendar', { params: { token } });
    expect(parse(changed.body ?? '').map(({ uid }) => uid)).toEqual(['own-calendar-online.day-2@forum.test']);
  });

  it('is offered to nobody who waits or has cancelled, or whose event was called off: its link leads to the page', async () => {
    const event = await openEvent(parts, 'no-calendar', { quotas: [quota('room', ROOM)] });
    await event.register('first@example.org');
    await event.register(who);
    const expectNone = async (email: string, text: string) => {
      const { token } = await link(event, email);
      const page = (await event.page(email)).body ?? '';
      expect(page).toContain(text);
      expect(page).not.toContain('calendar.ics');
      const answer = await call('getCalendar', { params: { token } });
      expect([answer.statusCode, answer.headers?.['location']]).toEqual([303, `/m/${token}?lang=en`]);
    };
    await expectNone(who, 'You are on the waiting list');
    await event.press('first@example.org', 'cancel');
    await expectNone('first@example.org', 'cancelled');
    await parts.publish(forum({ id: 'no-calendar', version: 2, status: 'cancelled', quotas: [quota('room', ROOM)] }));
    await expectNone(who, 'cancelled');
  });

  it('AU1: a link that is not right opens nothing', async () => {
    const wrong = await call('getCalendar', { params: { token: 'own-calendar.AAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA' } });
    expect([wrong.statusCode, wrong.headers?.['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
  });
});
