import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry } from '../support/registry.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, type TeamMember } from '../support/team.ts';

let parts: Parts;
let meter: MeteredDatabase;
beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
});
afterAll(async () => {
  await meter?.stop();
  await parts?.stop();
});

const WORKSHOP = {
  ...{ id: 'workshop', day: 'day-1', start: '15:00', end: '16:00' },
  ...{ title: { en: 'Workshop', km: 'សិក្ខាសាលា' }, signUp: true as const },
};

const REASON = 'Opens the forum on the first day';

/** An event with one seat in the room, which the first has, and people who wait for it in this order. */
async function opened(id: string, names: readonly string[], quotas = [quota('room', ROOM)]) {
  const event = await openEvent(parts, id, {
    categories: forum().categories,
    sessions: [...forum().sessions, WORKSHOP],
    quotas,
  });
  await grantTeam(parts, id);
  const at = (name: string): string => `${name}@${id}.example.org`;
  for (const name of ['holder', ...names]) await event.register(at(name), { category: 'academia' });
  const moveUp = async (name: string, body: object = {}, who: TeamMember = 'organiser') => {
    const { reference, revision } = await event.registrationOf(at(name));
    return ask(who, 'moveUpInLine', {
      params: { eventId: id, reference },
      body: { reason: REASON, revision, ...body },
    });
  };
  /** Who stands in line, the first first. */
  const line = async (): Promise<string[]> => {
    const { waitlist, registrations } = await readRegistry(parts, id);
    const emails = new Map(registrations.map(({ reference, email }) => [reference, email]));
    return waitlist.map(({ reference }) => emails.get(reference)?.split('@')[0] ?? '?');
  };
  const statusOf = async (name: string) => (await event.registrationOf(at(name))).status;
  const free = async (name: string): Promise<void> => {
    await event.press(at(name), 'cancel');
    await event.doJobs();
  };
  return { ...event, at, moveUp, line, statusOf, free };
}

describe('an owner moves someone up in the waiting list', () => {
  it('before everyone who waits: the next seat is theirs, then it goes on in order', async () => {
    const event = await opened('moved', ['one', 'two', 'three']);
    const { status, body } = await event.moveUp('three');
    expect([status, body.movedUp?.reason, body.waitingSince]).toEqual([
      200,
      REASON,
      (await event.registrationOf(event.at('three'))).waiting?.since,
    ]);
    expect(await event.line()).toEqual(['three', 'one', 'two']);
    expect(await event.statusOf('three')).toBe('waitlisted');
    await event.expectExact();
    await event.free('holder');
    expect([await event.statusOf('three'), await event.line()]).toEqual(['confirmed', ['one', 'two']]);
    expect(await event.kindsTo(event.at('three'))).toEqual(['waitlisted', 'promoted']);
    await event.free('three');
    expect([await event.statusOf('one'), await event.line()]).toEqual(['confirmed', ['two']]);
    await event.expectExact();
  });

  it('never beyond a quota, and the last of them in front of those who were moved up before', async () => {
    const event = await opened('later-in-front', ['one', 'two', 'three']);
    await event.moveUp('two');
    await event.moveUp('three');
    expect(await event.line()).toEqual(['three', 'two', 'one']);
    await event.moveUp('two', { reason: 'Is the keynote speaker' });
    expect(await event.line()).toEqual(['two', 'three', 'one']);
    await event.doJobs();
    expect(await event.line()).toEqual(['two', 'three', 'one']);
    expect((await readRegistry(parts, event.id)).counters.get('room##0')).toMatchObject({ taken: 1, waiting: 3 });
  });

  it('with a reason of 200 letters at most, which no audit, list or mail has; it stays in the history', async () => {
    const event = await opened('with-reason', ['one', 'two']);
    for (const [reason, code] of [
      ['', 'required'],
      ['  ', 'required'],
      ['x'.repeat(201), 'too-long'],
    ] as const) {
      const { status, body } = await event.moveUp('two', { reason });
      expect([status, body.errors]).toMatchObject([422, [{ path: 'reason', code }]]);
    }
    expect(await event.line()).toEqual(['one', 'two']);
    expect((await event.moveUp('two', { reason: 'x'.repeat(200) })).status).toBe(200);
    const { reference } = await event.registrationOf(event.at('two'));
    await event.moveUp('two');
    await event.free('holder');
    expect((await auditOf(parts, event.id)).filter((each) => each.startsWith('move-up'))).toEqual([
      `move-up ${reference}`,
      `move-up ${reference}`,
    ]);
    const of = { params: { eventId: event.id, reference } };
    const { body } = await ask('organiser', 'showPersonPage', of);
    expect(body.history.changes.map(({ by, was }: { by: string; was: object }) => [by, was])).toEqual([
      ['system', { status: 'waitlisted', movedUp: REASON }],
      ['member', { movedUp: 'x'.repeat(200) }],
      ['member', { movedUp: null }],
    ]);
    const shown = await ask('organiser', 'showOrganiserRegistration', of);
    expect(shown.body).not.toHaveProperty('movedUp');
    const page = await event.page(event.at('two'));
    expect(page.body).not.toContain(REASON);
  });

  it('is for owners alone', async () => {
    const event = await opened('owners-alone', ['one', 'two']);
    for (const who of ['thailand', 'safeguarding', 'care', 'viewer', 'protocol'] as const) {
      expect((await event.moveUp('two', {}, who)).status, who).toBe(403);
    }
    expect(await event.line()).toEqual(['one', 'two']);
  });

  it('who was not seen as they are is not moved: promoted, cancelled or changed meanwhile; the same press twice is one', async () => {
    const event = await opened('meanwhile', ['one', 'two', 'three']);
    const seen = await event.registrationOf(event.at('one'));
    await event.free('holder');
    const promoted = await event.moveUp('one', { revision: seen.revision });
    expect([promoted.status, promoted.body.type]).toEqual([409, 'urn:plenary:problem:changed-meanwhile']);
    expect((await event.moveUp('one')).status).toBe(409);
    await event.press(event.at('two'), 'cancel');
    expect((await event.moveUp('two')).status).toBe(409);
    const { revision } = await event.registrationOf(event.at('three'));
    const both = await Promise.all([event.moveUp('three', { revision }), event.moveUp('three', { revision })]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const noted = (await auditOf(parts, event.id)).filter((each) => each.startsWith('move-up'));
    expect([noted.length, await event.line()]).toEqual([1, ['three']]);
    const other = await event.moveUp('three', { revision, reason: 'Another one' });
    expect(other.status).toBe(409);
  });

  it('while a seat goes to the first at the same moment: one of them has it, and nobody is lost or counted twice', async () => {
    for (let turn = 1; turn <= 4; turn += 1) {
      const event = await opened(`at-once-${turn}`, ['one', 'two', 'three']);
      await event.press(event.at('holder'), 'cancel');
      const [moved] = await Promise.all([event.moveUp('three'), event.doJobs()]);
      expect([200, 409]).toContain(moved.status);
      await event.doJobs();
      await event.expectExact();
      const left = await event.line();
      expect([
        ['one', 'two'],
        ['three', 'two'],
      ]).toContainEqual(left);
      await event.free(left[0] === 'one' ? 'three' : 'one');
      expect(await event.statusOf(left[0] ?? '')).toBe('confirmed');
    }
  });

  it('two at once: both are before all others, and everyone is in line once', async () => {
    const event = await opened('two-at-once', ['one', 'two', 'three']);
    await Promise.all([event.moveUp('two'), event.moveUp('three')]);
    const line = await event.line();
    expect([line.slice(0, 2).sort(), line[2]]).toEqual([['three', 'two'], 'one']);
    await event.expectExact();
  });

  it('who waits in several pools stands first in each, and passes nobody by a seat that is of no use to them', async () => {
    const quotas = [quota('room', ROOM), quota('workshop', { when: { session: ['workshop'] } })];
    const event = await opened('several', [], quotas);
    // Nobody has the workshop's seat but this one, who is in the room of the second day.
    await event.free('holder');
    const with2 = { category: 'academia', sessions: ['workshop'] };
    for (const [name, sent] of [
      ['both', with2],
      ['first', { category: 'academia' }],
      ['last', with2],
    ] as const) {
      await event.register(event.at(name), sent);
    }
    expect(await event.line()).toEqual(['first', 'last']);
    await event.moveUp('last');
    const { seats } = await event.registrationOf(event.at('last'));
    expect(seats.map(({ quota: of, state }) => [of, state])).toEqual([
      ['room', 'waiting'],
      ['workshop', 'waiting'],
    ]);
    await event.free('both');
    expect([await event.statusOf('last'), await event.line()]).toEqual(['confirmed', ['first']]);
    await event.expectExact();
  });

  it('keeps the place through another answer, and not for another person who comes instead', async () => {
    const event = await opened('keeps-place', ['one', 'two', 'three']);
    await event.moveUp('three');
    await event.amend(event.at('three'), { position: 'Another position' });
    await event.press(event.at('three'), 'meanwhile-online');
    expect(await event.line()).toEqual(['three', 'one', 'two']);
    await event.press(event.at('three'), 'give-back-online');
    expect(await event.line()).toEqual(['three', 'one', 'two']);
    const { reference, revision } = await event.registrationOf(event.at('three'));
    const person = { fullName: 'Someone Else', email: event.at('else'), position: 'Clerk', revision };
    const answer = await ask('organiser', 'substituteRegistration', {
      params: { eventId: event.id, reference },
      body: person,
    });
    expect(answer.status).toBe(200);
    expect(await event.line()).toEqual(['one', 'two', 'else']);
    expect(answer.body).not.toHaveProperty('movedUp');
  });

  it('vouches for who has not pressed, so that the seat does not pass them over', async () => {
    const id = 'vouched-up';
    const event = await opened(id, ['one']);
    const sent = submission({ email: event.at('silent'), category: 'academia' });
    await call('submitRegistration', { params: { eventId: id }, ...postJson(sent) });
    await event.moveUp('silent');
    await event.free('holder');
    expect(await event.statusOf('silent')).toBe('confirmed');
  });

  it('costs what the README says', async () => {
    const event = await opened('move-cost', ['one', 'two']);
    await event.moveUp('one');
    meter.take();
    expect((await event.moveUp('two')).status).toBe(200);
    const asked = meter.take();
    const sum = (of: 'readUnits' | 'writeUnits') => asked.reduce((total, each) => total + each[of], 0);
    expect({ read: sum('readUnits'), write: sum('writeUnits') }).toEqual({ read: 3, write: 15 });
  });
});
