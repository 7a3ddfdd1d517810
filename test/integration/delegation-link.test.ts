import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import { call, postForm } from '../support/call.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { quota, ROOM } from '../support/self-service.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

/** Only the clock: whatever waits goes on waiting in real time. */
const later = (milliseconds: number) => vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ['Date'] });
const everything = async () => Promise.all((['registry', 'outbox'] as const).map((table) => scan(parts, table)));
const ofEvent = (id: string) => scan(parts, 'registry', { partitions: [`DELEGATION#${id}#`] });

describe('replacing the link of a delegation', () => {
  it('AU1: the old one shows nothing but that it was replaced, and has the new one mailed to whom it belongs', async () => {
    const event = await openDelegation(parts, 'rotate');
    await event.add([person(1)]);
    const [line] = await event.members();
    const old = await event.token();
    const both = await Promise.all([1, 2].map(() => event.pressHome('replace-link', [], old)));
    expect(both.filter(({ statusCode }) => statusCode === 303).length).toBeGreaterThan(0);
    expect(both.every(({ statusCode }) => statusCode === 303 || statusCode === 401)).toBe(true);
    const token = await event.token();
    expect(token).not.toBe(old);
    expect((await event.delegations()).map(({ linkVersion }) => linkVersion)).toEqual([2]);
    expect((await call('showDelegation', { params: { token } })).statusCode).toBe(200);

    const shown = await call('showDelegation', { params: { token: old } });
    expect([shown.statusCode, shown.body]).toEqual([401, expect.stringContaining('This link was replaced')]);
    for (const secret of [COORDINATOR, 'Person 1', token]) expect(shown.body).not.toContain(secret);
    const params = { token: old, member: line?.member ?? '' };
    for (const route of ['showPeople', 'showPerson', 'showSubstitute', 'showTickets'] as const) {
      expect((await call(route, { params })).statusCode, route).toBe(401);
    }
    const pressed = await call('postPerson', { params, ...postForm([['action', 'cancel']]) });
    expect([pressed.statusCode, (await event.pressHome('replace-link', [], old)).statusCode]).toEqual([401, 401]);
    expect((await event.pressHome('erase', [['confirm', 'yes']], old)).statusCode).toBe(401);

    const kinds = async () => (await event.kindsTo(COORDINATOR)).filter((kind) => kind === 'delegation-link');
    expect(await kinds()).toHaveLength(2);
    expect((await event.pressHome('send-again', [], old)).statusCode).toBe(303);
    expect(await kinds(), 'it is on its way').toHaveLength(2);
    later(31 * 60 * 1000);
    for (const _ of [1, 2]) expect((await event.pressHome('send-again', [], old)).statusCode).toBe(303);
    expect(await kinds()).toHaveLength(3);
    expect(await event.token()).toBe(token);
    const forged = `${old.slice(0, -4)}AAAA`;
    const none = await call('showDelegation', { params: { token: forged } });
    expect([none.statusCode, none.body]).toEqual([401, expect.stringContaining('This link does not work')]);
  });
});

describe('the tickets of a delegation', () => {
  it('are those of whoever is reached through the coordinator, has a seat and comes in person', async () => {
    const event = await openDelegation(parts, 'print', { quotas: [quota('room', { capacity: 2, ...ROOM })] });
    await event.add([person(1), person(2), person(3), person(4, { mode: 'online' })]);
    await event.add([person(5, { email: 'five@example.org' })], { mode: ['online'] });
    const answer = await call('showTickets', { params: { token: await event.token() } });
    const { registrations } = await readRegistry(parts, 'print');
    const printed = registrations.filter(({ status, mode }) => status === 'confirmed' && mode === 'in-person');
    expect(printed).toHaveLength(2);
    expect(answer.body?.match(/<section class="ticket"/g)).toHaveLength(2);
    for (const { fullName, reference } of printed) {
      expect(answer.body).toContain(`>${fullName}</h2>`);
      expect(answer.body).toContain(`id="ticket-${reference}"`);
    }
    for (const other of registrations.filter((each) => !printed.includes(each))) {
      expect(answer.body).not.toContain(other.fullName);
    }
  });
});

describe('deleting a list', () => {
  it('waits as long as anyone comes who is reached through it alone, and says so', async () => {
    const event = await openDelegation(parts, 'kept');
    await event.add([person(1), person(2, { email: 'two@example.org' })]);
    const list = await event.list();
    expect(list).toContain('One person in this list has no email address of their own');
    expect(list).not.toContain('value="erase"');
    const before = await everything();
    expect((await event.pressHome('erase', [['confirm', 'yes']])).statusCode).toBe(409);
    expect(await everything()).toEqual(before);
  });

  it('CS20: leaves a hash, says so in a last mail, and nobody loses their registration', async () => {
    const event = await openDelegation(parts, 'erased');
    await event.add([person(1), person(2, { email: 'two@example.org' })]);
    const [first] = (await event.members()).filter(({ email }) => email === undefined);
    await event.pressOn(first?.member ?? '', 'cancel', [['revision', '1']]);
    const token = await event.token();
    expect((await event.pressHome('erase')).statusCode).toBe(422);
    const press = () => event.pressHome('erase', [['confirm', 'yes']], token);
    const both = await Promise.all([press(), press()]);
    expect(both.map(({ statusCode }) => statusCode)).toContain(200);
    expect(both.every(({ statusCode }) => statusCode === 200 || statusCode === 401)).toBe(true);
    expect(await ofEvent('erased')).toEqual([]);
    expect((await scan(parts, 'registry')).filter(({ pk }) => pk === 'TOMBSTONE#erased')).toHaveLength(1);
    expect((await call('showDelegation', { params: { token } })).statusCode).toBe(401);
    expect(await event.registrationOf('two@example.org')).toMatchObject({ status: 'confirmed' });
    const { realDeps } = await import('../../functions/outbox/index.ts');
    const { writeMail } = await import('../../shared/mail/outbox/write-mail.case.ts');
    const written = async (wanted: string) => {
      const mails = (await scan(parts, 'outbox')).filter(
        ({ eventId, kind }) => eventId === 'erased' && kind === wanted,
      );
      return Promise.all(mails.map((mail) => writeMail(realDeps(), mail as never)));
    };
    expect(await written('delegation-erased')).toMatchObject([{ to: COORDINATOR }]);
    expect(await written('delegation-registered')).toEqual([{ obstacle: 'delegation-gone' }]);
    await event.start();
    expect(await event.token(), 'a new list has another link').not.toBe(token);
    expect((await call('showDelegation', { params: { token } })).statusCode).toBe(401);
  });

  it('erasing oneself takes one’s line from the list, and nobody else’s', async () => {
    const event = await openDelegation(parts, 'line');
    await event.add([person(1), person(2, { email: 'two@example.org' })]);
    await event.press('two@example.org', 'erase', [['confirm', 'yes']]);
    expect((await event.members()).map(({ name }) => name)).toEqual(['Person 1']);
    const [line] = await event.members();
    const [registration] = (await readRegistry(parts, 'line')).registrations;
    await event.pressOn(line?.member ?? '', 'cancel', [['revision', '1']]);
    await event.add([person(1)]);
    const token = registration ? await manageToken(registration, event.deps.secrets) : '';
    const sent = postForm([
      ['action', 'erase'],
      ['confirm', 'yes'],
    ]);
    expect((await call('postRegistration', { params: { token }, ...sent })).statusCode).toBe(200);
    expect((await event.members()).map(({ name }) => name)).toEqual(['Person 1']);
  });
});

describe('whoever has an address of their own', () => {
  it('lets the coordinator see where they stand, and takes it back', async () => {
    const event = await openDelegation(parts, 'agree');
    await event.add([person(2, { email: 'two@example.org' })]);
    const [line] = await event.members();
    const member = line?.member ?? '';
    expect((await event.page('two@example.org')).body).toContain('value="show-coordinator"');
    for (const _ of [1, 2]) expect((await event.press('two@example.org', 'show-coordinator')).statusCode).toBe(303);
    const { revision } = await event.registrationOf('two@example.org');
    expect(revision).toBe(2);
    expect((await event.person(member)).body).toContain('value="cancel"');
    await event.press('two@example.org', 'hide-coordinator');
    expect((await event.person(member)).body).not.toContain('value="cancel"');
    expect((await event.pressOn(member, 'cancel', [['revision', '3']])).statusCode).toBe(409);
    expect(await event.registrationOf('two@example.org')).toMatchObject({ status: 'confirmed' });
  });

  it.each([
    ['confirmed', 'seen', {}],
    ['waitlisted', 'seen-later', { quotas: [quota('room', { ...ROOM, capacity: 1 })] }],
    [
      'pending-approval',
      'seen-waiting',
      { categories: forum().categories.map((each) => ({ ...each, approval: true })) },
    ],
  ] as const)(
    'AU2, AB3: their first mail, %s, has one button that leads to one press, and no word of the coordinator',
    async (kind, id, changes) => {
      const event = await openDelegation(parts, id, changes);
      await event.add([person(1, { email: 'first@example.org' })]);
      const words = { fullName: 'Buy Gold', position: 'Gold', email: 'two@example.org' };
      expect((await event.add([person(2, words)], { organisation: ['Gold Ltd'] })).statusCode).toBe(303);
      const mail = async (of: string) => {
        const found = (await scan(parts, 'outbox', { having: { eventId: id, to: 'two@example.org', kind: of } })).at(
          -1,
        );
        const { realDeps } = await import('../../functions/outbox/index.ts');
        const { writeMail } = await import('../../shared/mail/outbox/write-mail.case.ts');
        const written = await asFunction('outbox', () => writeMail(realDeps(), found as never));
        const { text = '', html } = await simpleParser('raw' in written ? Buffer.from(written.raw) : '');
        return { text, html: String(html) };
      };
      const first = await mail(kind);
      const buttons = first.text.match(/\S+asks=coordinator/g) ?? [];
      expect(buttons).toHaveLength(1);
      expect(first.text).toContain('Let the coordinator see it');
      expect(`${first.text}${first.html}`).not.toMatch(/Gold|coordinator@/);
      const [, token = ''] = /\/m\/([^?]+)\?/.exec(buttons[0] ?? '') ?? [];
      const before = await everything();
      const query = Object.fromEntries(new URL(buttons[0] ?? '').searchParams);
      const pages = [];
      for (const method of ['GET', 'HEAD', 'GET'])
        pages.push(await call('showRegistration', { params: { token }, query, method }));
      expect(await everything()).toEqual(before);
      const [{ body = '' } = {}] = pages;
      // First on the page, and nowhere else on it.
      expect(body.match(/value="[\w-]+-coordinator"/g)).toEqual(['value="show-coordinator"']);
      expect(body.indexOf('show-coordinator')).toBeLessThan(body.indexOf('<h1>'));
      const line = (await event.members()).find(({ name }) => name === 'Buy Gold')?.member ?? '';
      expect((await event.person(line)).body).toContain('We have written to them');
      const pressed = await call('postRegistration', {
        params: { token },
        ...postForm([['action', 'show-coordinator']]),
      });
      expect(pressed.statusCode).toBe(303);
      expect(pressed.headers?.['location']).toContain('done=show-coordinator');
      expect((await event.person(line)).body).toMatch(/Registered|On the waiting list|Waiting for approval/);
      expect((await mail(kind)).text).not.toContain('asks=coordinator');
      const again = await call('showRegistration', { params: { token }, query });
      expect(again.body).toContain('value="hide-coordinator"');
    },
  );

  it('AU5: an address that was registered before is not asked: the list cannot tell', async () => {
    const event = await openDelegation(parts, 'seen-known');
    await event.register('two@example.org');
    await event.add([person(2, { email: 'two@example.org' })]);
    const query = { asks: 'coordinator' };
    const token = await manageToken(await event.registrationOf('two@example.org'), event.deps.secrets);
    expect((await call('showRegistration', { params: { token }, query })).body).not.toContain('-coordinator');
  });

  it('is told when someone else comes instead: that one is reached through the coordinator', async () => {
    const event = await openDelegation(parts, 'agreed', { quotas: [quota('room', ROOM)] });
    await event.add([person(2, { email: 'two@example.org' })]);
    const [line] = await event.members();
    await event.press('two@example.org', 'show-coordinator');
    expect((await event.substitute(line?.member ?? '', { revision: '2' })).statusCode).toBe(303);
    const [after] = (await readRegistry(parts, 'agreed')).registrations;
    expect(after).toMatchObject({ fullName: 'Dara Sample', email: COORDINATOR, status: 'confirmed' });
    expect(await event.kindsTo('two@example.org')).toEqual(['confirmed', 'substituted']);
    expect((await event.kindsTo(COORDINATOR)).at(-1)).toBe('confirmed');
    expect(await event.list()).not.toContain('two@example.org');
    await event.register('two@example.org');
    await event.expectExact();
  });

  it('changes nothing by pressing where no coordinator is', async () => {
    const event = await openDelegation(parts, 'alone');
    await event.register('alone@example.org');
    await event.press('alone@example.org', 'show-coordinator');
    expect(await event.registrationOf('alone@example.org')).toMatchObject({ revision: 1 });
    expect((await event.page('alone@example.org')).body).not.toContain('-coordinator');
  });
});
