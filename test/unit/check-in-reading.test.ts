import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_CODE } from '../../shared/checkin/scan/scan.ts';
import { decodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { ticketHash } from '../../shared/ticket/roster-lock.ts';
import type { WalkInError } from '../../web/checkin/engine/engine.ts';
import { undoable } from '../../web/checkin/engine/outcome.ts';
import { firstOf, type NodeDoors, nodeDoors, scanId } from '../support/door/doors.ts';
import type { NodePhone } from '../support/door/node-phone.ts';

let doors: NodeDoors;
let phone: NodePhone;

beforeAll(async () => {
  doors = await nodeDoors();
  await doors.invite(3);
  phone = await doors.phone();
});
afterAll(() => doors?.stop());
beforeEach(async () => {
  doors.server.fault = () => undefined;
  await phone.choose('entrance');
});

/** Adds someone, and waits until the phone knows them. */
async function arrive(change: Parameters<NodeDoors['invite']>[1] = {}) {
  const guest = firstOf(await doors.invite(1, change));
  await phone.sync();
  return guest;
}

/** The same code within three seconds is the same reading, unless another came between. */
const readAnother = async (): Promise<void> =>
  expect(await phone.read(PRACTICE_CODE)).toMatchObject({ kind: 'practice' });

describe('CI1: a door without a network', () => {
  it('admits somebody whose id was typed, however it was typed, as their code does', async () => {
    const guest = await arrive();
    expect(await phone.read(` ${guest.typed.toLowerCase().replaceAll('-', ' ')}`)).toMatchObject({
      kind: 'admit',
      person: guest.person,
    });
    expect(await phone.read(guest.code)).toMatchObject({ kind: 'already-in', isHere: true });
  });

  it('CI14: never calls an id without a signature genuine, and lets nobody in with it but as a desk that says why', async () => {
    const made = '7K3M-9QX2-AB0C-D4EF-G5H0';
    expect(await phone.read(made)).toEqual({ kind: 'unknown-code' });
    for (const reason of [undefined, '', '  ']) expect(await phone.letIn(reason)).toEqual({ kind: 'unknown-code' });
    const before = doors.server.kept.size;
    const outcome = await phone.letIn(' The minister’s driver ');
    expect(outcome).toMatchObject({ kind: 'let-in' });
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect(doors.server.kept.size).toBe(before + 1);
    expect(doors.server.kept.get(scanId(outcome))).toMatchObject({ kind: 'in', reason: 'The minister’s driver' });
  });

  it('CI14: asks the server for an id that was typed before it says that nobody knows it', async () => {
    for (const late of await doors.invite(3)) expect((await phone.read(late.typed)).kind).toBe('admit');
  });
});

it('reads the practice ticket, and counts and notes nothing of it', async () => {
  // What was scanned before is sent first, so that nothing else moves the counts meanwhile.
  const before = await phone.shows(({ queue }) => queue.waiting === 0);
  expect(await phone.read(`${PRACTICE_CODE}\n`)).toEqual({ kind: 'practice' });
  expect(await phone.letIn()).toEqual({ kind: 'practice' });
  const { counts, queue } = await phone.snapshot();
  expect([counts, queue]).toEqual([before.counts, before.queue]);
});

describe('what a code comes to', () => {
  it.each([
    ['https://example.org/', 'not-a-ticket'],
    ['', 'not-a-ticket'],
    ['WIFI:T:WPA;S=Hall;P:secret;;', 'not-a-ticket'],
    ['PLN2:ABC', 'update-app'],
    ['PLN1:', 'invalid'],
    ['\u0000\u0001', 'not-a-ticket'],
    ['A'.repeat(10_000), 'not-a-ticket'],
  ])('TK2: %j is no ticket: %s', async (code, why) => {
    expect(await phone.read(code)).toEqual({ kind: 'no-ticket', why });
  });

  it('TK1, TK6, CI14: an altered one is invalid, one of another key is unknown, one of another event says so', async () => {
    const { code, ticketId } = await arrive();
    const altered = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
    expect(await phone.read(altered)).toEqual({ kind: 'no-ticket', why: 'invalid' });
    const keyId = Uint8Array.of(1, 2, 3, 4);
    expect(await phone.read(doors.event.issue({ ticketId, keyId }))).toEqual({ kind: 'no-ticket', why: 'unknown-key' });
    const event = new Uint8Array(8);
    expect(await phone.read(doors.event.issue({ ticketId, event }))).toEqual({ kind: 'no-ticket', why: 'other-event' });
    const expiresAt = new Date(Date.now() - 1000);
    expect(await phone.read(doors.event.issue({ ticketId, expiresAt }))).toEqual({ kind: 'no-ticket', why: 'expired' });
    expect(await phone.read(code)).toMatchObject({ kind: 'admit' });
  });

  it('TK4: one of another key may be newer than what a phone knows that heard of no keys for a quarter of an hour', async () => {
    let ahead = 0;
    const away = await doors.phone({ now: () => Date.now() + ahead });
    await away.disconnect();
    const forged = () => doors.event.issue({ ticketId: randomBytes(12), keyId: Uint8Array.of(1, 2, 3, 4) });
    expect(await away.read(forged())).toEqual({ kind: 'no-ticket', why: 'unknown-key' });
    ahead = 16 * 60_000;
    expect(await away.read(forged())).toEqual({ kind: 'no-ticket', why: 'update-app' });
  });

  it('a genuine ticket that the roster does not know is told apart, and may be let in by staff', async () => {
    const code = doors.event.issue({ ticketId: new Uint8Array(12).fill(7) });
    await phone.choose('room', 'out');
    expect(await phone.read(code)).toEqual({ kind: 'not-in-roster', isLeaving: true });
    expect(await phone.letIn()).toEqual({ kind: 'not-in-roster', isLeaving: true });
    await phone.choose('entrance');
    expect(await phone.read(code)).toEqual({ kind: 'not-in-roster' });
    const outcome = await phone.letIn();
    expect(outcome).toMatchObject({ kind: 'let-in' });
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect(doors.server.kept.get(scanId(outcome))).toMatchObject({ kind: 'in', list: 'entrance' });
  });

  it('TK8: a ticket that is on the list of revoked ones admits nobody, and an older list brings it back for nobody', async () => {
    const guest = await arrive();
    doors.server.revocations = await doors.event.revoke([guest], 5);
    await phone.sync();
    expect((await phone.snapshot()).freshness).toBe('fresh');
    expect(await phone.read(guest.code)).toEqual({ kind: 'revoked' });
    expect(await phone.letIn()).toEqual({ kind: 'revoked' });
    expect(await phone.read(guest.typed)).toEqual({ kind: 'revoked' });
    doors.server.revocations = await doors.event.revoke([], 4);
    await phone.sync();
    await readAnother();
    expect(await phone.read(guest.code)).toEqual({ kind: 'revoked' });
    doors.server.revocations = await doors.event.revoke([], 6);
    await phone.sync();
    await readAnother();
    expect(await phone.read(guest.code)).toMatchObject({ kind: 'admit' });
  });

  it('says why somebody does not come in here, and lets staff decide otherwise', async () => {
    const guest = await arrive();
    await phone.choose('early');
    expect(await phone.read(guest.code)).toMatchObject({ kind: 'refuse', why: 'not-yet', person: guest.person });
    expect(await phone.letIn()).toMatchObject({ kind: 'let-in', person: guest.person });
    expect(await phone.read(guest.code)).toMatchObject({ kind: 'let-in' });
    expect((await phone.snapshot()).counts).toEqual({ came: 1, inside: 1 });
  });

  it('CS13: sends a minor with a hold to the safeguarding desk, and lets nobody press them in, whatever else kept them out', async () => {
    const young = await arrive({ isMinor: true, hold: 'consent', name: undefined, organisation: undefined });
    expect(await phone.read(young.code)).toEqual({ kind: 'hold', person: young.person, why: 'consent' });
    expect(await phone.letIn()).toMatchObject({ kind: 'hold' });
    await phone.choose('early');
    expect(await phone.read(young.code)).toMatchObject({ kind: 'refuse', why: 'not-yet' });
    expect(await phone.letIn()).toMatchObject({ kind: 'refuse' });
    expect([...doors.server.kept.values()].some(({ ticket }) => ticket === young.ticket)).toBe(false);
  });
});

describe('one ticket again and again', () => {
  it('a code that stays before the camera is one scan', async () => {
    const { code, ticket } = await arrive();
    const outcomes = [await phone.read(code), await phone.read(code), await phone.read(code)];
    expect(new Set(outcomes.map(scanId)).size).toBe(1);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['admit', 'admit', 'admit']);
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect([...doors.server.kept.values()].filter((scan) => scan.ticket === ticket)).toHaveLength(1);
  });

  it('a mistake is taken back within a minute, and the next scan is a new one', async () => {
    const { code, ticket } = await arrive();
    const before = (await phone.snapshot()).counts;
    const first = await phone.read(code);
    expect((await phone.snapshot()).counts.came).toBe(before.came + 1);
    await phone.undo(scanId(first));
    expect((await phone.snapshot()).counts).toEqual(before);
    const second = await phone.read(code);
    expect(second.kind).toBe('admit');
    expect(scanId(second)).not.toBe(scanId(first));
    await phone.shows(({ queue }) => queue.waiting === 0);
    const scans = [...doors.server.kept.values()].filter((scan) => scan.ticket === ticket);
    expect(scans.map(({ kind, undoes }) => [kind, undoes])).toEqual([
      ['in', undefined],
      ['undo', scanId(first)],
      ['in', undefined],
    ]);
    await expect(phone.undo(scanId(first))).rejects.toThrow('too-late');
  });

  it('people go in and out of a room that knows who is inside, and are told when it is full', async () => {
    const [first, second, third] = [await arrive(), await arrive(), await arrive()];
    await phone.choose('room');
    expect(await phone.read(first.code)).toMatchObject({ kind: 'admit', isFull: false });
    expect(await phone.read(second.code)).toMatchObject({ kind: 'admit', isFull: false });
    expect(await phone.read(third.code)).toMatchObject({ kind: 'admit', isFull: true });
    await phone.choose('room', 'out');
    expect(await phone.read(second.code)).toMatchObject({ kind: 'leave', wasInside: true });
    expect((await phone.snapshot()).counts).toEqual({ came: 3, inside: 2 });
    await phone.choose('room', 'in');
    expect(await phone.read(second.code)).toMatchObject({ kind: 'admit', isFull: true });
    expect(await phone.read(first.code)).toMatchObject({ kind: 'already-in', isHere: true });
  });

  describe('CS24: somebody under 18 leaves with somebody', () => {
    const ofTicket = (ticket: string) => [...doors.server.kept.values()].filter((scan) => scan.ticket === ticket);
    const comeIn = async (...codes: string[]): Promise<void> => {
      await phone.choose('room', 'in');
      for (const code of codes) expect((await phone.read(code)).kind).toBe('admit');
      await phone.choose('room', 'out');
    };

    const CHAPERONE = { role: 'chaperone', mayTakeAlong: true } as const;

    it('CS24: is asked with whom, and noted as gone only when staff said so', async () => {
      const young = await arrive({ isMinor: true, chaperone: 'Guest 0' });
      await comeIn(young.code);
      const before = (await phone.snapshot()).counts;
      const mayBe = ['chaperone', 'guardian', 'adult', 'alone'];
      const asked = { kind: 'ask-companion', person: young.person, wasInside: true, mayBe };
      expect(await phone.read(young.code)).toEqual(asked);
      expect(await phone.letIn()).toEqual(asked);
      expect(await phone.leave()).toEqual(asked);
      expect((await phone.snapshot()).counts).toEqual(before);
      const left = await phone.leave('adult');
      expect(left).toMatchObject({ kind: 'leave', person: young.person });
      expect((await phone.snapshot()).counts.inside).toBe(before.inside - 1);
      await phone.undo(scanId(left));
      expect((await phone.snapshot()).counts).toEqual(before);
      await phone.shows(({ queue }) => queue.waiting === 0);
      expect(ofTicket(young.ticket).map(({ kind, companion }) => [kind, companion])).toEqual([
        ['in', undefined],
        ['out', 'adult'],
        ['undo', undefined],
      ]);
    });

    it('CS24: goes with the chaperone whose ticket is scanned next, who is asked about all others of theirs', async () => {
      const children = [
        await arrive({ isMinor: true }),
        await arrive({ isMinor: true }),
        await arrive({ isMinor: true }),
      ];
      const [first, second, third] = children.map(({ code }) => code);
      if (first === undefined || second === undefined || third === undefined) throw new Error('there are three');
      const chaperone = await arrive({ ...CHAPERONE, wards: children.map(({ ticket }) => ticket) });
      const stranger = await arrive();
      await comeIn(first, second, third, chaperone.code, stranger.code);
      expect(await phone.read(chaperone.code)).toMatchObject({ kind: 'wards-inside', count: 3 });
      expect((await phone.read(first)).kind).toBe('ask-companion');
      expect(await phone.read(stranger.code)).toMatchObject({ kind: 'ask-companion', isOther: true });
      await phone.stays();
      expect((await phone.read(stranger.code)).kind).toBe('leave');
      // Another person came between: nobody can say that they belong together.
      expect(await phone.read(chaperone.code)).toMatchObject({ kind: 'wards-inside', count: 3 });
      for (const [code, count] of [
        [first, 2],
        [second, 1],
      ] as const) {
        expect((await phone.read(code)).kind).toBe('ask-companion');
        expect(await phone.read(chaperone.code)).toMatchObject({ kind: 'wards-inside', count });
      }
      expect((await phone.read(third)).kind).toBe('ask-companion');
      expect(await phone.read(chaperone.code)).toMatchObject({ kind: 'leave', tookAlong: [{}, {}, {}] });
      await phone.shows(({ queue }) => queue.waiting === 0);
      for (const { ticket } of children) {
        expect(ofTicket(ticket).map(({ kind, companion }) => [kind, companion])).toEqual([
          ['in', undefined],
          ['out', 'chaperone'],
        ]);
      }
    });

    it('CS24: goes with nobody who was asked to look after them and has not said yes, or is not vetted any more', async () => {
      const child = await arrive({ isMinor: true });
      const adult = await arrive({ wards: [child.ticket] });
      await comeIn(child.code, adult.code);
      expect((await phone.read(child.code)).kind).toBe('ask-companion');
      const asked = { kind: 'ask-companion', person: child.person, isOther: true };
      expect(await phone.readCompanion(adult.code)).toMatchObject(asked);
      expect(await phone.read(adult.code)).toMatchObject(asked);
      expect(ofTicket(child.ticket).map(({ kind }) => kind)).toEqual(['in']);
    });

    it('CS24: goes with nobody once it was said that they stay, whoever is scanned then', async () => {
      const child = await arrive({ isMinor: true });
      const chaperone = await arrive({ ...CHAPERONE, wards: [child.ticket] });
      await comeIn(child.code, chaperone.code);
      expect((await phone.read(child.code)).kind).toBe('ask-companion');
      await phone.stays();
      expect(await phone.read(chaperone.code)).toMatchObject({ kind: 'wards-inside', count: 1 });
      expect(ofTicket(child.ticket).map(({ kind }) => kind)).toEqual(['in']);
    });

    it('CS24: goes with their chaperone whom the camera sees meanwhile, and with nobody else', async () => {
      const child = await arrive({ isMinor: true });
      const chaperone = await arrive({ ...CHAPERONE, wards: [child.ticket] });
      const stranger = await arrive();
      await comeIn(child.code, chaperone.code, stranger.code);
      expect(await phone.readCompanion(chaperone.code)).toBeUndefined();
      expect((await phone.read(child.code)).kind).toBe('ask-companion');
      for (const code of [child.code, 'no ticket']) expect(await phone.readCompanion(code)).toBeUndefined();
      expect(await phone.readCompanion(stranger.code)).toMatchObject({ kind: 'ask-companion', isOther: true });
      expect(await phone.readCompanion(chaperone.code)).toMatchObject({ kind: 'leave', tookAlong: [{}] });
      await phone.shows(({ queue }) => queue.waiting === 0);
      expect(ofTicket(stranger.ticket).map(({ kind }) => kind)).toEqual(['in']);
    });

    it('CS24: whatever reads another ticket, that is not their chaperone, and the question stays', async () => {
      const child = await arrive({ isMinor: true, chaperone: 'Guest 0' });
      const sibling = await arrive({ isMinor: true });
      const chaperone = await arrive({ ...CHAPERONE, wards: [child.ticket] });
      const stranger = await arrive();
      await comeIn(child.code, sibling.code, stranger.code);
      const before = (await phone.snapshot()).counts;
      const asked = await phone.read(child.code);
      if (asked.kind !== 'ask-companion') throw new Error('nobody was asked');
      // As keys, fingers and photographs give them.
      for (const code of [stranger.code, sibling.code, 'no ticket', stranger.code]) {
        expect(await phone.read(code)).toEqual({ ...asked, isOther: true });
      }
      expect((await phone.snapshot()).counts).toEqual(before);
      // Their own ticket asks as before, and that of their chaperone answers.
      expect(await phone.read(child.code)).toEqual(asked);
      await phone.read(stranger.code);
      expect(await phone.read(chaperone.code)).toMatchObject({ kind: 'leave', tookAlong: [{}] });
      expect((await phone.snapshot()).counts.inside).toBe(before.inside - 1);
      // What staff may say of them stays, too.
      await phone.read(sibling.code);
      await phone.read(stranger.code);
      expect(await phone.leave('guardian')).toMatchObject({ kind: 'leave', person: sibling.person });
      await phone.shows(({ queue }) => queue.waiting === 0);
      expect(ofTicket(stranger.ticket).map(({ kind }) => kind)).toEqual(['in']);
      expect(ofTicket(child.ticket).map(({ companion }) => companion)).toEqual([undefined, 'chaperone']);
    });

    it('CS24: is inside again when what a chaperone’s scan noted is taken back, theirs and that of each who left with them', async () => {
      const children = [await arrive({ isMinor: true }), await arrive({ isMinor: true })];
      const [first, second] = children.map(({ code }) => code);
      if (first === undefined || second === undefined) throw new Error('there are two');
      const chaperone = await arrive({ ...CHAPERONE, wards: children.map(({ ticket }) => ticket) });
      await comeIn(first, second, chaperone.code);
      const before = (await phone.snapshot()).counts;

      // The wrong one: others of theirs are still inside, and nothing is noted of the chaperone yet.
      await phone.read(first);
      const asked = await phone.read(chaperone.code);
      expect(asked).toMatchObject({ kind: 'wards-inside', count: 1, tookAlong: [{ scanId: expect.any(String) }] });
      expect((await phone.snapshot()).counts.inside).toBe(before.inside - 1);
      await phone.undo(...undoable(asked).map(({ scanId }) => scanId));
      expect((await phone.snapshot()).counts).toEqual(before);

      // One after the other, and the last press takes all three back.
      await phone.read(first);
      expect(await phone.read(chaperone.code)).toMatchObject({ kind: 'wards-inside', count: 1 });
      await phone.read(second);
      const left = await phone.read(chaperone.code);
      expect(left).toMatchObject({ kind: 'leave', tookAlong: [{}, {}] });
      expect((await phone.snapshot()).counts.inside).toBe(before.inside - 3);
      const scans = undoable(left).map(({ scanId }) => scanId);
      expect(new Set(scans).size).toBe(3);
      await phone.undo(...scans);
      expect((await phone.snapshot()).counts).toEqual(before);
      expect(await phone.read(chaperone.code)).toEqual({
        kind: 'wards-inside',
        person: chaperone.person,
        count: 2,
      });

      // Left all the same: those who went before go with that, but not one who was read again since.
      await phone.read(second);
      await phone.read(chaperone.code);
      expect(await phone.leave()).toMatchObject({ kind: 'leave', tookAlong: [{}] });
      await phone.shows(({ queue }) => queue.waiting === 0);
      for (const { ticket } of children) {
        const kinds = ofTicket(ticket).map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === 'undo')).toHaveLength(ticket === children[0]?.ticket ? 2 : 1);
      }
      await phone.choose('room', 'in');
      expect((await phone.read(second)).kind).toBe('admit');
      await phone.choose('room', 'out');
      expect(await phone.read(chaperone.code)).not.toHaveProperty('tookAlong');
    });

    it('CS24: a chaperone may leave all the same, when staff say so', async () => {
      const child = await arrive({ isMinor: true });
      const chaperone = await arrive({ ...CHAPERONE, wards: [child.ticket] });
      await comeIn(child.code, chaperone.code);
      const asked = { kind: 'wards-inside', person: chaperone.person, count: 1 };
      expect(await phone.read(chaperone.code)).toEqual(asked);
      expect(await phone.leave('alone')).toEqual(asked);
      expect(await phone.leave()).toMatchObject({ kind: 'leave' });
    });
  });

  it('whoever goes in again where people come and go as they like is let in, and not noted twice', async () => {
    const { code, ticket } = await arrive();
    await phone.choose('hall', 'out');
    expect((await phone.snapshot()).direction).toBe('in');
    const first = await phone.read(code);
    await readAnother();
    const again = await phone.read(code);
    expect(again).toMatchObject({ kind: 'admit', isAgain: true, scanId: scanId(first), canUndoUntil: 0 });
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect([...doors.server.kept.values()].filter((scan) => scan.ticket === ticket)).toHaveLength(1);
  });
});

describe('people without a ticket in their hand', () => {
  const typed = {
    ...{ fullName: '  សុខ ដារ៉ា ', organisation: 'Ministry of Samples', country: 'KH', category: 'government' },
    reason: 'Speaks at ten',
  };
  const walkIn = (change: object = {}) =>
    phone
      .engine()
      .walkIn({ ...typed, ...change })
      .catch((error: WalkInError) => error.fields);

  it('are entered at a desk without a network, get a ticket at once, and are one scan', async () => {
    await phone.disconnect();
    const outcome = await walkIn();
    expect(outcome).toMatchObject({ kind: 'let-in', person: { name: 'សុខ ដារ៉ា', category: 'government' } });
    if (!('kind' in outcome) || outcome.kind !== 'let-in') throw new Error('nobody was let in');
    await phone.reconnect();
    await phone.shows(({ queue }) => queue.waiting === 0);
    const scan = doors.server.kept.get(scanId(outcome));
    expect(scan?.walkIn).toEqual({ ...typed, fullName: 'សុខ ដារ៉ា', isAdult: true, ticketId: outcome.ticketId });
    const hash = await ticketHash(decodeCrockford(outcome.ticketId ?? '') ?? new Uint8Array());
    expect(scan?.ticket).toBe(Buffer.from(hash).toString('base64url'));
    expect(outcome.person?.reference).toBe(makeReference(Buffer.from(scanId(outcome), 'base64url')));
    await phone.undo(scanId(outcome));
    await phone.shows(({ queue }) => queue.waiting === 0 && queue.refused === 0);
  });

  it('are not entered with something missing: what, is said at once, and nothing is noted', async () => {
    const before = await phone.snapshot();
    expect(await walkIn({ fullName: ' ', country: 'XX' })).toEqual(['fullName', 'country']);
    expect(await walkIn({ organisation: 'x'.repeat(1000), category: 'nobody' })).toEqual(['organisation', 'category']);
    expect(await walkIn({ reason: 'x'.repeat(801) })).toEqual(['reason']);
    expect((await phone.snapshot()).queue).toEqual(before.queue);
  });

  it('are found by name while there is a network, and checked in', async () => {
    const guest = await arrive({ name: 'Dara Sok' });
    const { people } = await phone.engine().search('Dara');
    const found = firstOf(people);
    expect(found.reference).toBe(guest.person.reference);
    expect(await phone.engine().checkIn(found, ' phone-empty ')).toMatchObject({
      kind: 'admit',
      person: { name: 'Dara Sok' },
    });
    expect(await phone.read(guest.code)).toMatchObject({ kind: 'already-in' });
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect([...doors.server.kept.values()].filter(({ ticket }) => ticket === guest.ticket)).toMatchObject([
      { kind: 'in', reference: guest.person.reference, reason: 'phone-empty' },
    ]);
    expect(await phone.engine().checkIn(found, 'paper-list'), 'twice').toMatchObject({ kind: 'already-in' });
    const ended = { ...found, ticket: 'x'.repeat(22), isConfirmed: false };
    expect(await phone.engine().checkIn(ended, 'paper-list')).toMatchObject({ kind: 'refuse', why: 'not-confirmed' });
    const young = { ...found, ticket: 'y'.repeat(22), isMinor: true as const, hold: 'consent' as const };
    expect(await phone.engine().checkIn(young, 'paper-list')).toMatchObject({ kind: 'hold' });
    expect((await phone.snapshot()).queue, 'nothing is noted of whom a door refuses').toMatchObject({ waiting: 0 });
    doors.server.isSearchLocked = true;
    const lock = await phone
      .engine()
      .search('Dara')
      .catch((error) => error);
    expect(lock).toMatchObject({ why: 'locked', lock: { triesLeft: 5 } });
    const digits = (await phone.snapshot()).searchCode;
    const opened = await phone.engine().search('Dara', `code ${digits}`);
    expect(opened.people).toHaveLength(1);
    await phone.disconnect();
    const why = await phone
      .engine()
      .search('Dara')
      .catch((error) => error.why);
    await phone.reconnect();
    expect(why).toBe('offline');
  });
});
