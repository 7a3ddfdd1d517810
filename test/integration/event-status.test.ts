import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EventDefinition, EventStatus } from '../../shared/event/event.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { usual } from '../support/doors.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { ONLINE, openEvent, quota, ROOM } from '../support/self-service.ts';
import { ask, auditOf, grantTeam } from '../support/team.ts';
import { FOLLOW_EVENTS } from '../support/timers.ts';
import { consentFields, youngSubmission } from '../support/young.ts';

let parts: Parts;
/** Sends what can wait, as the outbox's timer does later: tickets leave by the stream, which nobody reads here. */
let sweep: () => Promise<void>;
/** Sends what the stream would tell of, to one address. */
let deliverTo: (email: string) => Promise<void>;

beforeAll(async () => {
  parts = await startParts();
  const outbox = (await import('../../functions/outbox/index.ts')).realDeps();
  const { sweep: sweepWith } = await import('../../shared/mail/outbox/sweep.case.ts');
  const { deliver } = await import('../../shared/mail/outbox/deliver.case.ts');
  deliverTo = async (email) => {
    for (const { id } of await scan(parts, 'outbox', { having: { to: email } })) await deliver(outbox, String(id));
  };
  let days = 0;
  sweep = async () => {
    days += 2;
    const at = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
    await sweepWith({ ...outbox, system: { ...outbox.system, now: () => at } });
  };
});
afterAll(() => parts?.stop());
afterEach(() => parts.empty());

/** An event with a team, and what its organiser makes of it. */
async function eventWithTeam(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, changes);
  await grantTeam(parts, id);
  const state = async () => (await ask('organiser', 'getEventStatus', { params: { eventId: id } })).body;
  const become = async (status: EventStatus, { version, ...dates }: { version?: number; firstDay?: string } = {}) => {
    const body = { version: version ?? (await state()).version, status, ...dates };
    return ask('organiser', 'changeEventStatus', { params: { eventId: id }, body });
  };
  const mails = async (email: string): Promise<{ subject: string; text: string; id: string }[]> =>
    (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(email)}`)).json();
  const subjectsTo = async (email: string) =>
    (await mails(email)).map(({ subject }) => subject.split(':')[0]).reverse();
  const lastTo = async (email: string) => (await mails(email))[0]?.text ?? '';
  const announcements = async () =>
    (await scan(parts, 'registry', { having: { pk: `ANNOUNCEMENT#${id}` } })).map(({ kind }) => kind);
  return { ...event, state, become, subjectsTo, lastTo, announcements };
}

const published = async (eventId: string) => JSON.parse((await call('getEvent', { params: { eventId } })).body ?? '');

describe('an event that is cancelled', () => {
  it('is so in the API and on its pages, takes nobody in, and tells everyone who is registered once', async () => {
    const id = 'cancelled-event';
    const event = await eventWithTeam(id, { quotas: [quota('room', { ...ROOM, capacity: 1 })] });
    await event.register('comes@cancelled-event.example.org');
    await event.register('waits@cancelled-event.example.org');
    await event.register('online@cancelled-event.example.org', { mode: 'online' });
    await event.register('left@cancelled-event.example.org', { mode: 'online' });
    await event.press('left@cancelled-event.example.org', 'cancel');
    await sweep();
    expect(await event.state()).toMatchObject({ status: 'scheduled', offersOnline: true, recipients: 3 });

    expect((await event.become('cancelled')).status).toBe(200);
    expect(await published(id)).toMatchObject({ status: 'cancelled', registration: { state: 'closed' } });
    const page = (await call('showEvent', { params: { eventId: id } })).body ?? '';
    expect(page.indexOf('This event is cancelled')).toBeGreaterThan(0);
    expect(page.indexOf('This event is cancelled')).toBeLessThan(page.indexOf('class="facts"'));
    expect(page).not.toContain('/register');
    const refused = await call('submitRegistration', {
      params: { eventId: id },
      ...postJson(submission({ email: 'late@cancelled-event.example.org' })),
    });
    expect(refused.statusCode).toBe(409);
    expect(JSON.parse(refused.body ?? '')).toMatchObject({ type: 'urn:plenary:problem:event-cancelled' });
    const own = (await event.page('comes@cancelled-event.example.org')).body ?? '';
    expect(own).toContain('The event is cancelled');
    expect(own).not.toMatch(/class="qr"|\/letter|Join online|I can no longer attend/);

    await event.doJobs();
    await event.doJobs();
    await sweep();
    for (const name of ['comes', 'waits', 'online']) {
      expect((await event.subjectsTo(`${name}@cancelled-event.example.org`)).at(-1)).toBe('Cancelled');
      expect(await event.lastTo(`${name}@cancelled-event.example.org`)).toContain('does not take place');
    }
    expect(await event.subjectsTo('left@cancelled-event.example.org')).not.toContain('Cancelled');
    expect(await event.announcements()).toEqual(['event-cancelled']);
    expect(await auditOf(parts, id)).toEqual(['change-status cancelled']);
  });

  it.each(['postponed', 'scheduled'] as const)('is told so also once its days are over (it was %s)', async (status) => {
    const id = `cancelled-late-${status}`;
    const event = await eventWithTeam(id);
    const email = `comes@${id}.example.org`;
    await event.register(email);
    const { days, registration } = forum();
    const daysAgo = (many: number) => new Date(Date.now() - many * 24 * 60 * 60 * 1000).toISOString();
    const past = days.map((day, at) => ({ ...day, date: daysAgo(9 - at).slice(0, 10) }));
    const window = { ...registration, opensAt: daysAgo(20), closesAt: daysAgo(12) };
    await parts.publish({ ...forum({ id, days: past, registration: window }), status });
    expect((await event.become('cancelled')).status).toBe(200);
    await event.doJobs();
    await sweep();
    expect((await event.subjectsTo(email)).at(-1)).toBe('Cancelled');
  });

  it('is told so to whoever did not hear of it, once their address is corrected or their mail sent again', async () => {
    const id = 'cancelled-corrected';
    const event = await eventWithTeam(id);
    await event.register('wrong@cancelled-corrected.example.org');
    expect((await event.become('cancelled')).status).toBe(200);
    await event.doJobs();
    await sweep();
    const right = 'right@cancelled-corrected.example.org';
    const { reference, revision } = await event.registrationOf('wrong@cancelled-corrected.example.org');
    const params = { eventId: id, reference };
    const { status } = await ask('organiser', 'correctAddress', { params, body: { email: right, revision } });
    expect(status).toBe(200);
    await deliverTo(right);
    expect(await event.subjectsTo(right)).toEqual(['Cancelled']);
    expect(await event.lastTo(right)).toContain('does not take place');
    expect((await ask('organiser', 'sendMailAgain', { params })).body).toEqual({ mailed: true });
    await deliverTo(right);
    expect(await event.subjectsTo(right)).toEqual(['Cancelled', 'Cancelled']);
  });

  it('lets nobody in who waits, and changes nothing of a registration but to end it', async () => {
    const id = 'cancelled-waiting';
    const event = await eventWithTeam(id, { quotas: [quota('room', { ...ROOM, capacity: 1 })] });
    const [comes, waits] = ['comes@cancelled-waiting.example.org', 'waits@cancelled-waiting.example.org'] as const;
    await event.register(comes);
    await event.register(waits);
    await event.become('cancelled');
    expect((await event.amend(waits, { position: 'Director' })).statusCode).toBe(409);
    await event.press(comes, 'cancel');
    await event.doJobs();
    expect((await event.registrationOf(waits)).status).toBe('waitlisted');
    await event.expectExact();
    await event.become('scheduled');
    await event.doJobs();
    expect((await event.registrationOf(waits)).status).toBe('confirmed');
    await event.expectExact();
  });
});

describe('a delegation', () => {
  it('whose people have no address of their own is told by one mail to its coordinator', async () => {
    const id = 'called-off-delegation';
    const delegation = await openDelegation(parts, id);
    await grantTeam(parts, id);
    await delegation.add([person(1), person(2)]);
    const { body: state } = await ask('organiser', 'getEventStatus', { params: { eventId: id } });
    expect(state).toMatchObject({ recipients: 1 });
    const body = { version: state.version, status: 'cancelled' };
    expect((await ask('organiser', 'changeEventStatus', { params: { eventId: id }, body })).status).toBe(200);
    await delegation.doJobs();
    await sweep();
    const mails = await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(COORDINATOR)}`)).json();
    const told = (mails as { subject: string; text: string }[]).filter(({ subject }) =>
      subject.startsWith('Cancelled: '),
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toMatch(/Person 1[\s\S]*Person 2/);
    expect(told[0]?.text).not.toContain('/m/');
  });
});

describe('the guardian of a minor', () => {
  const told = async (event: Awaited<ReturnType<typeof eventWithTeam>>) => {
    const { handler } = await import('../../functions/care/index.ts');
    await asFunction('care', async () => handler(FOLLOW_EVENTS, {} as never));
    await event.doJobs();
    await sweep();
  };
  const NEWS = ['Cancelled', 'Postponed', 'When it takes place', 'ត្រូវបានបោះបង់'];
  const news = async (event: Awaited<ReturnType<typeof eventWithTeam>>, email: string) =>
    (await event.subjectsTo(email)).flatMap((subject) => NEWS.find((each) => subject?.startsWith(each)) ?? []);

  it('who agreed, or is still asked, is told once, in their language, by a mail that names nobody', async () => {
    const id = 'guardians-told';
    const event = await eventWithTeam(id);
    const at = (name: string) => `${name}@${id}.example.org`;
    const begin = async (name: string, language: string, more = {}) => {
      const guardian = { name: 'Parent Sample', email: at(`parent-${name}`), language, ...more };
      const sent = youngSubmission({ name: 'Canary Child', email: at(name), guardian });
      await beginYoung(parts, id, sent);
    };
    const decide = async (name: string, fields: [string, string][]) => {
      const token = await consentToken(await event.registrationOf(at(name)), event.deps.secrets);
      await call('postConsent', { params: { token }, ...postForm(fields) });
    };
    await begin('agreed', 'en');
    await begin('asked', 'km');
    // AU9: the person named beside an address that nobody proved is told nothing at all.
    const unproven = youngSubmission({
      email: at('unproven'),
      guardian: { name: 'Namer Sample', email: at('parent-unproven'), language: 'en' },
    });
    await call('submitRegistration', { params: { eventId: id }, ...postJson(unproven) });
    await begin('refused', 'en');
    await decide('agreed', consentFields());
    await decide('refused', [['action', 'refuse']]);
    const onPaper = youngSubmission({ email: at('paper'), guardian: { name: 'Parent Sample', onPaper: true } });
    await call('submitRegistration', { params: { eventId: id }, ...postJson(onPaper) });
    await sweep();
    await told(event);
    expect(await news(event, at('parent-agreed'))).toEqual([]);
    const token = await consentToken(await event.registrationOf(at('agreed')), event.deps.secrets);
    const page = async () => (await call('showConsent', { params: { token } })).body;
    expect(await page()).toContain('We have written to');

    await event.become('cancelled');
    // The mail about the place is held back.
    expect(await page()).not.toContain('We have written to');
    await told(event);
    await told(event);
    expect(await news(event, at('parent-agreed'))).toEqual(['Cancelled']);
    expect(await news(event, at('parent-asked'))).toEqual(['ត្រូវបានបោះបង់']);
    expect(await news(event, at('parent-refused'))).toEqual([]);
    expect(await event.subjectsTo(at('parent-unproven'))).toEqual([]);
    for (const name of ['agreed', 'asked', 'paper']) {
      expect((await event.subjectsTo(at(name))).at(-1)).toBe('Cancelled');
    }
    const text = await event.lastTo(at('parent-agreed'));
    expect(text).toContain('does not take place');
    expect(text).toContain('/g/');
    expect(text).not.toMatch(/Canary|agreed@guardians-told/);
    // Nobody is asked to agree to what does not take place.
    expect(await event.lastTo(at('parent-asked'))).not.toContain('/g/');
    expect(await event.announcements()).toEqual(['event-cancelled']);
  });

  it('hears nothing of what was taken back before they were told, and of what is so again where they were', async () => {
    const id = 'guardians-calm';
    const event = await eventWithTeam(id);
    const guardian = { name: 'Parent Sample', email: `parent@${id}.example.org`, language: 'en' };
    const sent = youngSubmission({ email: `young@${id}.example.org`, guardian });
    await beginYoung(parts, id, sent);
    await sweep();
    await event.become('cancelled');
    await event.become('scheduled');
    await told(event);
    expect(await news(event, guardian.email)).toEqual([]);
    await event.become('postponed');
    await told(event);
    await event.become('scheduled');
    await told(event);
    expect(await news(event, guardian.email)).toEqual(['Postponed', 'When it takes place']);
    expect(await event.lastTo(guardian.email)).toMatch(/2 November 2027, \d\d:\d\d to \d\d:\d\d/);
  });
});

describe('minds that are changed while mail leaves', () => {
  it('tell nobody what is not so any more, and only those of the last word who were told otherwise', async () => {
    const id = 'back-and-forth';
    const event = await eventWithTeam(id);
    await event.register('told@back-and-forth.example.org');
    await sweep();
    await event.become('cancelled');
    await event.doJobs();
    await sweep();
    await event.become('scheduled');
    await event.become('postponed');
    await event.become('scheduled');
    await event.doJobs();
    await sweep();
    expect(await event.subjectsTo('told@back-and-forth.example.org')).toEqual(['Cancelled', 'When it takes place']);
  });

  it('leave whoever heard nothing alone', async () => {
    const id = 'by-mistake';
    const event = await eventWithTeam(id);
    await event.register('calm@by-mistake.example.org');
    await sweep();
    await event.become('cancelled');
    await event.become('scheduled');
    await event.doJobs();
    await sweep();
    expect(await event.subjectsTo('calm@by-mistake.example.org')).toEqual([]);
  });

  it('are one of two organisers’, where both change it at once', async () => {
    const event = await eventWithTeam('two-organisers');
    const { version } = await event.state();
    const both = await Promise.all([event.become('cancelled', { version }), event.become('postponed', { version })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await event.announcements()).toHaveLength(1);
    const { status } = await event.state();
    expect((await event.become(status, { version })).status).toBe(200);
    expect(await event.announcements()).toHaveLength(1);
  });
});

describe('an event that has moved online', () => {
  it('has everyone take part online, keeps seats in the room, and lets in who waited for one', async () => {
    const id = 'moved-online';
    const quotas = [quota('room', { ...ROOM, capacity: 1 }), quota('online', { ...ONLINE, capacity: 2 })];
    const event = await eventWithTeam(id, { quotas });
    const [comes, waits, later] = ['comes', 'waits', 'later'].map((name) => `${name}@moved-online.example.org`) as [
      string,
      string,
      string,
    ];
    await event.register(comes);
    await event.register(waits);
    await sweep();
    await event.become('moved-online');
    await event.doJobs();
    await sweep();
    expect(await event.registrationOf(waits)).toMatchObject({ status: 'confirmed', mode: 'online' });
    expect(await event.registrationOf(comes)).toMatchObject({ status: 'confirmed', mode: 'in-person' });
    await event.expectExact();

    expect((await event.subjectsTo(comes)).at(-1)).toBe('Now online');
    const text = await event.lastTo(comes);
    expect(text).toContain('Please do not come to the venue');
    expect(text).not.toMatch(/at the entrance|Koh Pich/);
    const own = (await event.page(comes)).body ?? '';
    expect(own).toContain('The event has moved online');
    expect(own).toContain('Join online');
    expect(own).toContain('To join online you need not show it.');
    expect(own).not.toMatch(/at the entrance|If you come to the venue/);

    const chosen = await call('submitRegistration', {
      params: { eventId: id },
      ...postJson(submission({ email: later, mode: 'in-person' })),
    });
    expect(JSON.parse(chosen.body ?? '').errors).toMatchObject([{ path: 'mode' }]);
    await event.register(later, { mode: 'online' });
    await event.expectExact();

    // Online is full: an attendee with a seat in the room needs none there to change anything else.
    expect((await event.amend(comes, { position: 'Director' })).statusCode).toBe(200);
    expect(await event.registrationOf(comes)).toMatchObject({ mode: 'in-person', position: 'Director' });
    await event.expectExact();
  });
});

describe('an event on other dates', () => {
  it('is told with a ticket that lasts as long, whether it was postponed before or not', async () => {
    const id = 'other-dates';
    const event = await eventWithTeam(id);
    const email = 'comes@other-dates.example.org';
    await event.register(email);
    await sweep();
    const definition = forum({
      id,
      questions: [],
      categories: forum().categories.map(({ approval: _, ...category }) => category),
    });
    const later = {
      ...definition,
      days: definition.days.map((day) => ({ ...day, date: day.date.replace('2027', '2028') })),
    };
    await parts.publish({ ...definition, status: 'postponed' });
    await event.doJobs();
    await sweep();
    await parts.publish({ ...later, status: 'postponed' });
    await parts.publish({ ...later, status: 'scheduled' });
    await event.doJobs();
    await sweep();
    expect(await event.subjectsTo(email)).toEqual(['Postponed', 'When it takes place']);
    expect(await event.announcements()).toEqual(expect.arrayContaining(['event-postponed', 'event-rescheduled']));
    const text = await event.lastTo(email);
    expect(text).toContain('2028');
    expect(text).toContain('Your ticket is below once more');
    const { registrations } = await readRegistry(parts, id);
    expect(registrations).toMatchObject([{ status: 'confirmed' }]);
  });

  it('is moved by an organiser with all its days, and registrations are kept for as long after it as before', async () => {
    const id = 'moved-by-console';
    const event = await eventWithTeam(id);
    const email = 'comes@moved-by-console.example.org';
    await event.register(email);
    await sweep();
    const house = (await import('../../functions/housekeeping/index.ts')).realDeps();
    const { makePeople } = await import('../../shared/registration/people/keep-people.case.ts');
    await asFunction('housekeeping', () => makePeople(house, newJob(house.system, 'make-people', id)));
    const before = (await published(id)).days;
    expect((await event.become('postponed')).status).toBe(200);
    expect((await event.become('scheduled', { firstDay: '2028-03-07' })).status).toBe(200);
    const after = (await published(id)).days;
    expect(after.map(({ date }: { date: string }) => date)).toEqual(['2028-03-07', '2028-03-08']);
    expect(after.map(({ date: _, ...day }: { date: string }) => day)).toEqual(
      before.map(({ date: _, ...day }: { date: string }) => day),
    );
    await event.doJobs();
    await sweep();
    expect((await event.subjectsTo(email)).at(-1)).toBe('When it takes place');
    expect(await event.lastTo(email)).toContain('7 March 2028');

    const kept = async () => {
      const partitions = [`REGISTRATION#${id}`, `LOCK#${id}`, `PEOPLE#${id}#`];
      const items = await scan(parts, 'registry', { partitions });
      expect(items).toHaveLength(2 + 33);
      return [...new Set(items.map(({ expiresAt }) => Number(expiresAt)))];
    };
    const [until = 0] = await kept();
    const { doDueJobs } = await import('../../shared/jobs.ts');
    const due = (seconds: number) => {
      const system = { ...house.system, now: () => new Date(Date.now() + seconds * 1000) };
      return asFunction('housekeeping', () => doDueJobs({ ...house, system }));
    };
    await due(0);
    expect(await kept()).toEqual([until]);
    await due(60);
    const moved = until + (Date.parse('2028-03-07') - Date.parse(before[0].date)) / 1000;
    expect(await kept()).toEqual([moved]);
  });

  it('is not moved into the past, nor to before registration closes', async () => {
    const event = await eventWithTeam('moved-nowhere');
    const { version } = await event.state();
    expect(await event.become('scheduled', { firstDay: '2020-03-07' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'firstDay', code: 'does-not-fit' }] },
    });
    const tomorrow = new Date(Date.now() + 48 * 60 * 60 * 1000).toISOString().slice(0, 10);
    expect(await event.become('scheduled', { firstDay: tomorrow })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'firstDay', code: 'does-not-fit' }] },
    });
    for (const firstDay of ['2028-02-30', '9999-12-31', '28-03-07', '']) {
      expect(await event.become('scheduled', { firstDay })).toMatchObject({ status: 422 });
    }
    expect((await event.state()).version).toBe(version);
  });

  it('says why a time does not fit as people say times, in the language of its reader', async () => {
    const event = await eventWithTeam('said-times');
    const { version } = await event.state();
    const tomorrow = new Date(Date.now() + 48 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const params = { eventId: event.id };
    const late = '2099-01-01T09:00:00.000Z';
    const refused = [
      ['changeEventStatus', params, { version, status: 'scheduled', firstDay: tomorrow }],
      ['changeRegistrationWindow', params, { version, opensAt: 'now', closesAt: late }],
      [
        'putCheckInList',
        { ...params, listId: 'late' },
        { ...usual, place: { kind: 'day', day: 'day-1' }, opensAt: late, revision: 0 },
      ],
      ['changeForm', { ...params, formId: 'event' }, { kind: 'open-at', at: late, revision: 0 }],
    ] as const;
    for (const [route, at, body] of refused) {
      for (const [lang, says] of [
        ['en', /\d (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}/],
        ['km', /ទី\d+ ខែ\S+ ឆ្នាំ\d{4}/],
      ] as const) {
        const { status, body: told } = await ask('organiser', route, { params: at, query: { lang }, body });
        const messages = (told.errors ?? []).map(({ message }: { message: string }) => message).join(' ');
        expect([route, status, messages]).toEqual([route, 422, expect.stringMatching(says)]);
        expect(messages, route).not.toMatch(/\d{4}-\d\d-\d\d/);
      }
    }
  });

  it('tells nobody where it is published first, or anew as it was', async () => {
    const event = await eventWithTeam('first-published');
    expect(await event.announcements()).toEqual([]);
    expect((await scan(parts, 'registry')).filter(({ pk }) => pk === 'TOLD#first-published')).toEqual([]);
  });
});
