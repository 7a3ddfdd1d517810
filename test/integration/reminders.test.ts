import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm } from '../support/call.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { forum } from '../support/forum.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { ONLINE, openEvent, quota, ROOM } from '../support/self-service.ts';
import { grantTeam } from '../support/team.ts';
import { timedMail } from '../support/timed-mail.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

/* The forum is on 2 and 3 November 2027, in Phnom Penh (UTC+7). */
const WEEK_BEFORE = '2027-10-26T02:00:00Z';
const DAY_BEFORE = '2027-11-01T02:00:00Z';

let parts: Parts;
let mail: Awaited<ReturnType<typeof timedMail>>;
beforeAll(async () => {
  parts = await startParts();
  mail = await timedMail(parts);
});
afterAll(() => parts?.stop());

const beginsOn = (subject: string) => subject.startsWith('Begins on');
const reminderTo = async (address: string) =>
  (await mail.inbox(address)).filter(({ subject }) => beginsOn(subject) || subject.startsWith('See you on'));

describe('a reminder', () => {
  it('comes once, a week and a day before, to whoever comes, with days, sessions and ways out', async () => {
    const id = 'remind-all';
    const event = await openEvent(parts, id, { quotas: [quota('room', { ...ROOM, capacity: 2 })] });
    const at = (name: string) => `${name}@${id}.example.org`;
    await event.register(at('room'), { sessions: ['industry-first-steps'] });
    await event.register(at('gone'));
    await event.register(at('online'), { mode: 'online' });
    await event.register(at('waits'));
    await event.register(at('meanwhile'));
    await event.press(at('meanwhile'), 'meanwhile-online');
    await event.press(at('gone'), 'cancel');
    await mail.both(id, '2027-10-26T01:59:00Z');
    expect(await mail.states(id)).toEqual([]);
    await Promise.all([mail.tick(id, new Date(WEEK_BEFORE)), mail.tick(id, new Date(WEEK_BEFORE))]);
    await mail.both(id, WEEK_BEFORE);
    await mail.both(id, '2027-10-26T03:00:00Z');
    expect(await mail.states(id)).toEqual(Array.from({ length: 3 }, () => 'reminder-week: sent'));

    const [room] = await reminderTo(at('room'));
    expect(room?.subject).toMatch(/^Begins on Tuesday,? 2 November 2027: /);
    expect(room?.text).toMatch(/2 November 2027, \d\d:\d\d to \d\d:\d\d/);
    expect(room?.text).toMatch(/Your sessions: .+ November 2027, \d\d:\d\d to \d\d:\d\d/);
    for (const page of ['', '/cancel', '/online']) {
      expect(room?.text).toContain(`${SITE_URL}/m/${await event.tokenOf(at('room'))}${page}?lang=en`);
    }
    const [online] = await reminderTo(at('online'));
    expect(online?.text).toContain('/cancel?lang=en');
    expect(online?.text).not.toContain('/online?lang=en');
    const [meanwhile] = await reminderTo(at('meanwhile'));
    expect(meanwhile?.text).toContain('Please come to the venue only if we write to you that a seat is yours.');
    expect(meanwhile?.text).not.toMatch(/\/online\?lang|Bring your ticket/);
    expect(await reminderTo(at('waits'))).toEqual([]);
    expect(await reminderTo(at('gone'))).toEqual([]);

    await mail.both(id, DAY_BEFORE);
    expect((await reminderTo(at('room'))).map(({ subject }) => beginsOn(subject))).toEqual([true, false]);
  });

  it('comes anew where the event moves, and not about a date that it left', async () => {
    const id = 'remind-moved';
    const event = await openEvent(parts, id);
    const address = `moved@${id}.example.org`;
    await event.register(address);
    await mail.tick(id, new Date(WEEK_BEFORE));
    const days = forum().days.map((day, index) => ({ ...day, date: `2027-11-${16 + index}` }));
    const { version, ...definition } = forum({ id, questions: [], days });
    await parts.publish({ ...definition, version: version + 1 });
    await mail.send(id, new Date(WEEK_BEFORE));
    expect(await mail.states(id)).toEqual(['reminder-week: superseded']);
    expect(await reminderTo(address)).toEqual([]);
    await mail.both(id, '2027-11-09T02:00:00Z');
    const [moved] = await reminderTo(address);
    expect(moved?.subject).toContain('16 November 2027');
  });

  it('does not come where the event is called off, though it was written before', async () => {
    const id = 'remind-cancelled';
    const event = await openEvent(parts, id);
    await event.register(`off@${id}.example.org`);
    await mail.tick(id, new Date(WEEK_BEFORE));
    const { version, ...definition } = forum({ id, questions: [], status: 'cancelled' });
    await parts.publish({ ...definition, version: version + 1 });
    await mail.send(id, new Date(WEEK_BEFORE));
    await mail.both(id, DAY_BEFORE);
    expect((await mail.states(id)).filter((each) => each.startsWith('reminder'))).toEqual([
      'reminder-week: superseded',
    ]);
  });

  it('asks nobody to the room of an event that has moved online', async () => {
    const id = 'remind-moved-online';
    const event = await openEvent(parts, id);
    const address = `room@${id}.example.org`;
    await event.register(address);
    const { version, ...definition } = forum({ id, questions: [], status: 'moved-online' });
    await parts.publish({ ...definition, version: version + 1 });
    await mail.both(id, WEEK_BEFORE);
    const [reminder] = await reminderTo(address);
    expect(reminder?.text).toContain('has a button for each session');
    expect(reminder?.text).not.toMatch(/Bring your ticket|\/online\?lang/);
    const offered = await call('showOnline', { params: { token: await event.tokenOf(address) } });
    expect(offered.statusCode).toBe(303);
  });

  it('does not come late, nor after the event began', async () => {
    const id = 'remind-late';
    const event = await openEvent(parts, id);
    await event.register(`late@${id}.example.org`);
    await mail.both(id, '2027-10-28T02:00:00Z');
    await mail.both(id, '2027-11-02T03:00:00Z');
    expect(await mail.states(id)).toEqual([]);
    await mail.tick(id, new Date(DAY_BEFORE));
    await mail.send(id, new Date('2027-11-02T03:00:00Z'));
    expect(await mail.states(id)).toEqual(['reminder-day: superseded']);
  });

  it('reaches a coordinator as one mail, with the delegation in place of personal links, and the venue while there is one', async () => {
    const id = 'remind-delegation';
    const delegation = await openDelegation(parts, id);
    await delegation.add([person(1), person(2)]);
    await mail.both(id, WEEK_BEFORE);
    const { version, ...definition } = forum({ id, questions: [] });
    await parts.publish({ ...definition, version: version + 1, status: 'moved-online' });
    await mail.both(id, DAY_BEFORE);
    const [week, day, ...others] = await reminderTo(COORDINATOR);
    expect(others).toEqual([]);
    expect(week?.text).toMatch(/Person 1[\s\S]*Person 2/);
    expect(week?.text).toContain(`/d/${await delegation.token()}`);
    expect(week?.text).not.toContain('/m/');
    expect([week?.text, day?.text].map((text) => text?.includes('Where:'))).toEqual([true, false]);
  });

  it('tells someone under 18 where they are met, and how they stop', async () => {
    const id = 'remind-young';
    const event = await openEvent(parts, id, { questions: [] });
    await grantTeam(parts, id);
    const email = `young@${id}.example.org`;
    const guardian = { name: 'Parent Sample', email: `parent@${id}.example.org`, language: 'en' };
    await beginYoung(parts, id, youngSubmission({ email, guardian }));
    const { consentToken } = await import('../../shared/minors/consent/guardian.store.ts');
    const agree = { token: await consentToken(await event.registrationOf(email), event.deps.secrets) };
    expect((await call('postConsent', { params: agree, ...postForm(consentFields()) })).statusCode).toBe(303);
    const token = await event.tokenOf(email);
    await call('postComplete', { params: { token }, ...postForm(completeFields()) });
    expect(await event.registrationOf(email)).toMatchObject({ status: 'confirmed', ageBand: 'minor' });
    // What registering brought left months before; with it, the reminder would be the fourth mail within an hour.
    await mail.send(id, new Date());
    await mail.both(id, WEEK_BEFORE);
    const [reminder] = await reminderTo(email);
    expect(reminder?.text).toContain('There you meet the adult who looks after you.');
    const asked = await call('showCancel', { params: { token } });
    expect(asked.body).toContain('Stop and delete everything');
    expect(await reminderTo(guardian.email)).toEqual([]);
  });
});

describe('the thank-you', () => {
  it('comes the day after to whoever had a place, also where the timer was down for days, and once', async () => {
    const id = 'thanked';
    const event = await openEvent(parts, id);
    const at = (name: string) => `${name}@${id}.example.org`;
    await event.register(at('came'));
    await event.register(at('gone'));
    await event.press(at('gone'), 'cancel');
    for (const instant of ['2027-11-04T01:59:00Z', '2027-11-06T12:00:00Z', '2027-11-06T12:15:00Z']) {
      await mail.both(id, instant);
    }
    expect(await mail.states(id)).toEqual(['thank-you: sent']);
    const [thanks] = (await mail.inbox(at('came'))).filter(({ subject }) => subject.startsWith('Thank you'));
    expect(thanks?.text).toContain(`${SITE_URL}/e/${id}?lang=en`);
    expect(thanks?.text).not.toMatch(/certificate|feedback/i);
  });

  it('is not made for an event that is long over when it is published', async () => {
    const id = 'long-over';
    await openEvent(parts, id);
    await mail.both(id, '2027-11-08T02:00:00Z');
    expect(await mail.states(id)).toEqual([]);
  });
});

describe('online instead', () => {
  const open = async (id: string, online = 5) => {
    const event = await openEvent(parts, id, {
      quotas: [quota('room', { ...ROOM, capacity: 1 }), quota('online', { ...ONLINE, capacity: online })],
    });
    const page = async (email: string) => call('showOnline', { params: { token: await event.tokenOf(email) } });
    const go = async (email: string) =>
      call('postOnline', { params: { token: await event.tokenOf(email) }, ...postForm([['action', 'online']]) });
    return { ...event, page, go };
  };

  it('frees the seat in the room for whoever waits, keeps the ticket, and is done once', async () => {
    const event = await open('online-instead');
    await event.register('leaves@instead.example.org');
    await event.register('waits@instead.example.org');
    const { ticketId } = await event.registrationOf('leaves@instead.example.org');
    expect((await event.page('leaves@instead.example.org')).body).toContain('Take part online');
    for (let press = 1; press <= 2; press += 1) {
      expect((await event.go('leaves@instead.example.org')).statusCode).toBe(303);
    }
    expect(await event.registrationOf('leaves@instead.example.org')).toMatchObject({
      status: 'confirmed',
      mode: 'online',
      ticketId,
    });
    await event.doJobs();
    expect(await event.registrationOf('waits@instead.example.org')).toMatchObject({ status: 'confirmed' });
    expect(await event.kindsTo('leaves@instead.example.org')).toEqual(['confirmed', 'updated']);
    expect((await event.page('leaves@instead.example.org')).statusCode).toBe(303);
    await event.expectExact();
  });

  it('says so where all seats online are taken, and changes nothing', async () => {
    const event = await open('online-full', 1);
    await event.register('online@full.example.org', { mode: 'online' });
    await event.register('room@full.example.org');
    const answer = await event.go('room@full.example.org');
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('All seats online are taken');
    expect(await event.registrationOf('room@full.example.org')).toMatchObject({
      mode: 'in-person',
      status: 'confirmed',
    });
    await event.expectExact();
  });

  it('offers to undo what another tab has cancelled', async () => {
    const event = await open('online-late');
    const email = 'two-tabs@late.example.org';
    await event.register(email);
    await event.press(email, 'cancel');
    const answer = await event.go(email);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('cannot be changed any more');
    expect(answer.body).toContain('value="undo-cancel"');
    expect(await event.registrationOf(email)).toMatchObject({ status: 'cancelled' });
  });

  it('leads to the form where the event asks something more of whoever is online', async () => {
    const id = 'online-asks';
    const network = { en: 'Your network', km: 'បណ្ដាញ' };
    const event = await openEvent(parts, id, {
      questions: [{ id: 'network', type: 'text', required: true, title: network, when: { mode: ['online'] } }],
    });
    await event.register(`asked@${id}.example.org`);
    const token = await event.tokenOf(`asked@${id}.example.org`);
    const answer = await call('postOnline', { params: { token }, ...postForm([['action', 'online']]) });
    expect(answer).toMatchObject({ statusCode: 303, headers: { location: `/m/${token}/amend?lang=en` } });
    expect(await event.registrationOf(`asked@${id}.example.org`)).toMatchObject({ mode: 'in-person' });
  });
});

it('whoever cannot come is asked first, and nothing is left to ask of whoever gave their place up', async () => {
  const event = await openEvent(parts, 'cannot-come');
  const email = 'cannot@come.example.org';
  await event.register(email);
  const token = await event.tokenOf(email);
  const asked = await call('showCancel', { params: { token } });
  expect(asked.body).toContain(`action="/m/${token}?lang=en"`);
  expect(await event.registrationOf(email)).toMatchObject({ status: 'confirmed' });
  await event.press(email, 'cancel');
  expect(await call('showCancel', { params: { token } })).toMatchObject({ statusCode: 303 });
});
