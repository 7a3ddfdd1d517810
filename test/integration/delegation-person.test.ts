import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { call, postForm } from '../support/call.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { quota, ROOM } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

/** Only the clock: whatever waits goes on waiting in real time. */
const later = (milliseconds: number) => vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ['Date'] });
const everything = async () => Promise.all((['registry', 'outbox'] as const).map((table) => scan(parts, table)));

/** A delegation of Person 1 without an address and Person 2 with one. */
async function delegationOfTwo(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openDelegation(parts, id, { quotas: [quota('room', ROOM)], ...changes });
  await event.add([person(1), person(2, { email: 'two@example.org' })]);
  const lineOf = async (name: string): Promise<string> =>
    (await event.members()).find((line) => line.name === name)?.member ?? 'nobody';
  const named = async (name: string) =>
    (await readRegistry(parts, id)).registrations.find(({ fullName }) => fullName === name);
  return { ...event, lineOf, named, first: await lineOf('Person 1'), second: await lineOf('Person 2') };
}

describe('a person of a delegation', () => {
  it('has a page that says where they stand, and of whom the coordinator does not see only that they were written to', async () => {
    const event = await delegationOfTwo('page');
    const seen = (await event.person(event.first)).body ?? '';
    for (const words of ['Person 1', 'Registered', 'Sample Ministry', 'Name someone else'])
      expect(seen).toContain(words);
    const unseen = (await event.person(event.second)).body ?? '';
    expect(unseen).toContain('We have written to them');
    for (const words of ['waiting list', 'Sample Ministry', 'Name someone else', 'value="cancel"', 'revision']) {
      expect(unseen).not.toContain(words);
    }
  });

  it('AB1: of another delegation does not exist, whatever is pressed', async () => {
    const event = await delegationOfTwo('mine');
    const other = await openDelegation(parts, 'theirs');
    await other.add([person(1)]);
    const [theirs] = await other.members();
    const before = await everything();
    for (const member of [theirs?.member ?? '', 'nobody', '../people']) {
      expect((await event.person(member)).statusCode).toBe(404);
      expect((await event.pressOn(member, 'cancel', [['revision', '1']])).statusCode).toBe(404);
      expect((await event.pressOn(member, 'send-again')).statusCode).toBe(404);
      expect((await event.substitute(member)).statusCode).toBe(404);
    }
    expect(await everything()).toEqual(before);
  });

  it('AU1: is nobody’s without the link, nor by another', async () => {
    const event = await delegationOfTwo('locked');
    const params = { token: 'locked.nothing', member: event.first };
    const answers = [
      await call('showPerson', { params }),
      await call('showSubstitute', { params }),
      await call('postPerson', { params, ...postForm([['action', 'cancel']]) }),
      await call('postSubstitute', { params, ...postForm([['fullName', 'Dara']]) }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401]);
  });

  it('AU2: looking at the page or the form changes nothing', async () => {
    const event = await delegationOfTwo('look');
    const before = await everything();
    for (const method of ['GET', 'HEAD']) {
      const params = { token: await event.token(), member: event.first };
      await call('showPerson', { params, method, query: { action: 'cancel' } });
      await call('showSubstitute', { params, method });
    }
    expect(await everything()).toEqual(before);
  });
});

describe('sending again', () => {
  it('mails the coordinator about someone without an address, at most once in half an hour', async () => {
    const event = await delegationOfTwo('send');
    for (const _ of [1, 2]) expect((await event.pressOn(event.first, 'send-again')).statusCode).toBe(303);
    expect(await event.kindsTo(COORDINATOR)).toEqual(['delegation-link', 'delegation-registered', 'confirmed']);
    later(31 * 60 * 1000);
    await event.pressOn(event.first, 'send-again');
    expect((await event.kindsTo(COORDINATOR)).filter((kind) => kind === 'confirmed')).toHaveLength(2);
  });

  it('AU5: of whom the coordinator does not see tells nothing: not whether they were known, registered, or have left', async () => {
    const event = await openDelegation(parts, 'send-unseen');
    await event.register('known@example.org');
    await event.register('left@example.org');
    const rows = ['known', 'fresh', 'left'].map((name, row) => person(row, { email: `${name}@example.org` }));
    await event.add(rows);
    await event.press('left@example.org', 'cancel');
    const answers = [];
    const waiting = vi.spyOn(realSystem, 'answerNotBefore');
    for (const { email, member } of await event.members()) {
      waiting.mockClear();
      const { statusCode, body } = await event.pressOn(member, 'send-again');
      const page = (await event.person(member)).body?.replaceAll(member, 'LINE');
      answers.push({
        statusCode,
        body,
        page: page?.replaceAll(email ?? '', 'ADDRESS').replace(/Person \d/g, 'NAME'),
        waits: waiting.mock.calls.map(([, milliseconds]) => milliseconds),
      });
    }
    expect(answers).toHaveLength(3);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(answers[0]?.waits).toEqual([200]);
    waiting.mockRestore();
    expect(await event.kindsTo('known@example.org')).toEqual(['confirmed', 'already-registered', 'link']);
    expect(await event.kindsTo('fresh@example.org')).toEqual(['confirmed', 'link']);
    expect((await event.kindsTo('left@example.org')).at(-1)).toBe('cancelled');
  });
});

describe('cancelling', () => {
  it('gives back the seat, is told by mail, succeeds twice, and can be undone', async () => {
    const event = await delegationOfTwo('cancel');
    const both = await Promise.all([1, 2].map(() => event.pressOn(event.first, 'cancel', [['revision', '1']])));
    const later = await event.pressOn(event.first, 'cancel', [['revision', '1']]);
    expect([...both, later].map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    expect(await event.named('Person 1')).toMatchObject({ status: 'cancelled', seats: [] });
    expect((await event.kindsTo(COORDINATOR)).filter((kind) => kind === 'cancelled')).toHaveLength(1);
    await event.doJobs();
    expect(await event.named('Person 2')).toMatchObject({ status: 'confirmed' });
    await event.expectExact();
    expect((await event.person(event.first)).body).toContain('value="undo-cancel"');
    for (const _ of [1, 2]) expect((await event.pressOn(event.first, 'undo-cancel')).statusCode).toBe(303);
    expect(await event.named('Person 1')).toMatchObject({ status: 'waitlisted' });
    await event.expectExact();
  });

  it('on a page that is out of date is not done: it says how they stand', async () => {
    const event = await delegationOfTwo('stale');
    await event.substitute(event.first);
    const answer = await event.pressOn(event.first, 'cancel', [['revision', '1']]);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('Something changed before you pressed');
    expect(answer.body).toContain('Dara Sample');
    expect(await event.named('Dara Sample')).toMatchObject({ status: 'confirmed' });
  });

  it('is not theirs to press for whom they do not see', async () => {
    const event = await delegationOfTwo('unseen');
    const before = await everything();
    for (const action of ['cancel', 'undo-cancel']) {
      expect((await event.pressOn(event.second, action, [['revision', '1']])).statusCode).toBe(409);
    }
    expect((await event.substitute(event.second)).statusCode).toBe(409);
    expect(await everything()).toEqual(before);
  });

  it('makes room: for 25 others, and for the same person', async () => {
    const event = await openDelegation(parts, 'room');
    const all = Array.from({ length: 25 }, (_, number) => person(number));
    await event.add(all);
    const [line] = await event.members();
    await event.pressOn(line?.member ?? '', 'cancel', [['revision', '1']]);
    expect(await event.list()).toContain('24 people of 25');
    expect((await event.add([person(Number(line?.name?.slice(-2)))])).statusCode).toBe(303);
    expect(await event.list()).toContain('25 people of 25');
    const { registrations } = await readRegistry(parts, 'room');
    expect(registrations.filter(({ status }) => status === 'confirmed')).toHaveLength(25);
    expect((await event.add([person(99)])).statusCode).toBe(422);
  });
});

describe('someone else instead', () => {
  it('keeps the seat and revokes the ticket and the link; nothing of the former person is left', async () => {
    const event = await delegationOfTwo('instead');
    const before = await event.named('Person 1');
    const both = await Promise.all([1, 2].map(() => event.substitute(event.first)));
    const later = await event.substitute(event.first);
    expect([...both, later].map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    const after = await event.named('Dara Sample');
    expect(after).toMatchObject({
      reference: before?.reference,
      status: 'confirmed',
      seats: before?.seats,
      organisation: 'Sample Ministry',
      position: 'Adviser',
      email: COORDINATOR,
      linkVersion: 2,
      consents: { 'code-of-conduct': '2027-1' },
    });
    expect(after?.ticketId).not.toBe(before?.ticketId);
    expect((await event.kindsTo(COORDINATOR)).filter((kind) => kind === 'confirmed')).toHaveLength(1);
    const kept = (await scan(parts, 'registry')).filter((item) => item['eventId'] === event.id);
    expect(JSON.stringify(kept)).not.toContain('Person 1');
    const line = await event.lineOf('Dara Sample');
    expect(later.headers?.['location']).toContain(`/people/${line}?`);
    expect((await event.person(event.first)).headers?.['location']).toContain(`/people/${line}?`);
    const list = await event.list();
    expect(list).toContain('Dara Sample');
    expect(list).toContain('2 people of 25');
    expect(list).not.toContain('given up');
    await event.expectExact();
  });

  it('frees the former name, and holds the new one', async () => {
    const event = await delegationOfTwo('names');
    await event.substitute(event.first);
    const taken = await event.add([person(7, { fullName: 'Dara Sample' })]);
    expect(taken.statusCode).toBe(422);
    expect(taken.body).toContain('This address or name is in your delegation already');
    expect((await event.add([person(1)])).statusCode).toBe(303);
    const again = await event.substitute(await event.lineOf('Person 1'));
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain('id="fullName-error"');
    expect((await readRegistry(parts, 'names')).locks).toHaveLength(3);
    await event.expectExact();
  });

  it('asks for approval anew where a person decides who comes, and keeps the seat meanwhile', async () => {
    const categories = forum().categories.map((each) => ({ ...each, approval: true }));
    const event = await delegationOfTwo('approval', { categories });
    await grantTeam(parts, event.id);
    const params = { eventId: event.id, reference: (await event.named('Person 1'))?.reference ?? '' };
    await ask('organiser', 'decideRegistration', { params, body: { decision: 'approve', revision: 1 } });
    expect(await event.named('Person 1')).toMatchObject({ status: 'confirmed' });
    await event.substitute(event.first, { revision: '2' });
    const after = await event.named('Dara Sample');
    expect(after).toMatchObject({ status: 'pending-approval', seats: [{ quota: 'room', state: 'taken' }] });
    expect(after?.approved).toBeUndefined();
    expect((await event.kindsTo(COORDINATOR)).at(-1)).toBe('pending-approval');
    await event.expectExact();
  });

  it.each([
    ['no name', { fullName: ' ' }, 'fullName'],
    ['no position', { position: '' }, 'position'],
    ['CS1: nothing about their age', { adults: '' }, 'adults'],
    ['no agreement', { 'consents.code-of-conduct': '' }, 'consents-code-of-conduct'],
  ] as [string, Record<string, string>, string][])(
    '%s: is told at the field, and nothing is written',
    async (_, changes, field) => {
      const event = await delegationOfTwo(`missing-${field.slice(0, 5).toLowerCase()}`);
      const before = await everything();
      const answer = await event.substitute(event.first, changes);
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain(`id="${field}-error"`);
      expect(await everything()).toEqual(before);
    },
  );

  it('AB1: does not take what the form does not have', async () => {
    const event = await delegationOfTwo('strange');
    const before = await everything();
    for (const stranger of ['email', 'status', 'consents.photo-recording', 'ageBand']) {
      expect((await event.substitute(event.first, { [stranger]: 'x' })).statusCode, stranger).toBe(422);
    }
    expect(await everything()).toEqual(before);
  });

  it('is nobody’s to name once the registration has ended', async () => {
    const event = await delegationOfTwo('ended');
    await event.pressOn(event.first, 'cancel', [['revision', '1']]);
    expect((await event.substitute(event.first, { revision: '2' })).statusCode).toBe(409);
    const params = { token: await event.token(), member: event.first };
    expect((await call('showSubstitute', { params })).statusCode).toBe(303);
  });

  it('is nobody’s to name or to cancel once the event is over: what they came for stays theirs', async () => {
    const event = await delegationOfTwo('over');
    vi.useFakeTimers({ now: new Date('2027-11-04T02:00:00Z'), toFake: ['Date'] });
    const { body = '' } = await event.person(event.first);
    for (const words of ['Name someone else', 'value="cancel"']) expect(body).not.toContain(words);
    expect(body).toContain('value="send-again"');
    const params = { token: await event.token(), member: event.first };
    expect((await call('showSubstitute', { params })).statusCode).toBe(303);
    expect((await event.substitute(event.first)).statusCode).toBe(409);
    expect((await event.pressOn(event.first, 'cancel', [['revision', '1']])).statusCode).toBe(409);
    expect(await event.named('Person 1')).toMatchObject({ status: 'confirmed' });
  });
});
