import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handout } from '../../shared/checkin/check-in-items.schema.ts';
import { HOW_OFTEN } from '../../shared/checkin/choices.ts';
import {
  givenBeyond,
  handedOut,
  handoutTally,
  handoutTerms,
  handoutVerdict,
} from '../../shared/checkin/handout/handout.ts';
import type { Holder } from '../../shared/checkin/holder.ts';
import { byRank, type ScanMark, UNDO_WITHIN } from '../../shared/checkin/scan/scan.ts';
import { localDate } from '../../shared/kernel/text/zoned-time.ts';
import { firstOf, type NodeDoors, nodeDoors, scanId } from '../support/door/doors.ts';
import type { NodePhone } from '../support/door/node-phone.ts';

const HOUR = 3_600_000;
/** 23:30 in Phnom Penh. */
const LATE = Date.UTC(2027, 10, 2, 16, 30);
const dayOf = (at: number): string => localDate(new Date(at), 'Asia/Phnom_Penh');

const mark = (id: string, kind: ScanMark['kind'], correctedAt: number, more: Partial<ScanMark> = {}): ScanMark => ({
  ...{ scanId: id, kind, correctedAt, device: 'a' },
  ...more,
});
const gave = (id: string, at: number, device = 'a') => mark(id, 'in', at, { device });
const back = (id: string, at: number, device = 'a') => mark(id, 'out', at, { device });

const thing = (rules: Pick<Handout, 'often' | 'isLent'>, more: Partial<Handout> = {}) =>
  handoutTerms({ id: 'headset', name: 'Headset', ...rules, ...more });
const holder: Holder = {
  ...{ isConfirmed: true, category: 'government', role: 'attendee', mode: 'in-person', days: [], sessions: [] },
};

const verdict = (
  rules: Pick<Handout, 'often' | 'isLent'>,
  marks: readonly ScanMark[],
  direction: 'in' | 'out' = 'in',
  at = LATE,
  who: Partial<Holder> = {},
) => handoutVerdict(thing(rules), { ...holder, ...who }, handedOut(marks), { direction, at, dayOf });

const marks = fc
  .array(
    fc.record({
      kind: fc.constantFrom('in' as const, 'out' as const, 'undo' as const),
      at: fc.integer({ min: LATE, max: LATE + 20 * UNDO_WITHIN }),
      device: fc.constantFrom('a', 'b'),
      of: fc.nat(9),
    }),
    { maxLength: 10 },
  )
  .map((all) =>
    all.map(({ kind, at, device, of }, place) =>
      mark(`s${place}`, kind, at, { device, ...(kind === 'undo' && { undoes: `s${of}` }) }),
    ),
  );

describe('what was handed out', () => {
  it('CI3, CI4: is a function of the set of scans, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(
        marks.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 0 }))),
        ([all, some]) => {
          const shuffled = [...some, ...all.toReversed()];
          expect(handedOut(shuffled)).toEqual(handedOut(all));
        },
      ),
    );
  });

  it('has as many given as nobody took back, and out at most the last that was not brought back', () => {
    fc.assert(
      fc.property(marks, (all) => {
        const { gives, out } = handedOut(all);
        expect(gives.every(({ kind }) => kind === 'in')).toBe(true);
        if (out === undefined) return;
        expect(gives).toContainEqual(out);
        const returned = handedOut([...all, back('late', LATE + HOUR, 'c')]);
        expect(returned).toEqual({ gives, out: undefined });
      }),
    );
  });

  it('was given twice where two phones gave without a network, and one return brings it back', () => {
    const both = [gave('b', LATE + 1, 'b'), gave('a', LATE)];
    expect(handedOut(both)).toEqual({ gives: [gave('a', LATE), gave('b', LATE + 1, 'b')], out: gave('a', LATE) });
    expect(handedOut([...both, back('c', LATE + 2)]).out).toBeUndefined();
    const rules = { often: 'any', isLent: true } as const;
    const stands = [both, [], [gave('x', 1), back('y', 2)]].map((all) => ({
      ...handedOut(all),
      beyond: givenBeyond(rules, all, dayOf),
    }));
    expect(handoutTally(stands)).toEqual({ given: 3, people: 2, out: 1, beyond: 1 });
  });

  it('was given too often each time that a phone which knew of all before would not have given it', () => {
    const rules = fc.record({ often: fc.constantFrom(...HOW_OFTEN), isLent: fc.boolean() });
    fc.assert(
      fc.property(rules, marks, (each, some) => {
        // What was taken back counted in between: nobody asks about it.
        const all = some.filter(({ kind }) => kind !== 'undo').sort(byRank);
        const refused = all.filter(
          (scan, place) =>
            scan.kind === 'in' && verdict(each, all.slice(0, place), 'in', scan.correctedAt).kind === 'given',
        );
        expect(givenBeyond(each, all, dayOf)).toEqual(refused);
        expect(givenBeyond(each, [...all, ...all.toReversed()], dayOf)).toEqual(refused);
      }),
    );
    const daily = { often: 'daily', isLent: false } as const;
    const next = [gave('a', LATE), gave('b', LATE + HOUR), gave('c', LATE + HOUR + 1)];
    expect(givenBeyond(daily, next, dayOf)).toEqual([next[2]]);
    expect(givenBeyond({ often: 'any', isLent: false }, next, dayOf)).toEqual([]);
    expect(givenBeyond(daily, [...next, mark('u', 'undo', LATE + HOUR + 2, { undoes: 'c' })], dayOf)).toEqual([]);
  });

  it('is given once, once a day by the clocks of the event, or as often as one likes', () => {
    const before = [gave('a', LATE)];
    const next = LATE + HOUR;
    expect(dayOf(next)).not.toBe(dayOf(LATE));
    const kinds = (isLent: boolean) =>
      HOW_OFTEN.map((often) => [LATE + 60_000, next].map((at) => verdict({ often, isLent }, before, 'in', at).kind));
    expect(kinds(false)).toEqual([
      ['given', 'given'],
      ['given', 'give'],
      ['give', 'give'],
    ]);
    // What is lent is given to nobody who has it, on whatever day.
    expect(kinds(true)).toEqual(Array(3).fill(['given', 'given']));
    const returned = [...before, back('b', LATE + 10_000)];
    const again = HOW_OFTEN.map((often) => verdict({ often, isLent: true }, returned, 'in', LATE + 60_000).kind);
    expect(again).toEqual(['given', 'given', 'give']);
    expect(verdict({ often: 'once', isLent: true }, returned)).toMatchObject({ isOut: false });
    expect(verdict({ often: 'any', isLent: true }, before)).toEqual({ kind: 'given', earlier: before[0], isOut: true });
  });

  it('is refused as a door refuses, and brought back by everyone who has it', () => {
    const rules = { often: 'once', isLent: true } as const;
    const ended = { isConfirmed: false };
    expect(verdict(rules, [], 'in', LATE, ended)).toEqual({ kind: 'refuse', why: 'not-confirmed' });
    expect(verdict(rules, [], 'in', LATE, { mode: 'online' })).toEqual({ kind: 'refuse', why: 'other-mode' });
    expect(verdict(rules, [], 'in', LATE, { isMinor: true, hold: 'consent' })).toEqual({
      kind: 'hold',
      why: 'consent',
    });
    const media = thing(rules, { categories: ['media'] });
    const occasion = { direction: 'in', at: LATE, dayOf } as const;
    expect(handoutVerdict(media, holder, handedOut([]), occasion)).toEqual({ kind: 'refuse', why: 'other-category' });
    expect(verdict(rules, [gave('a', LATE)], 'out', LATE, ended).kind).toBe('take-back');
    expect(verdict(rules, [], 'out').kind).toBe('not-out');
  });
});

describe('a phone that hands something out', () => {
  let doors: NodeDoors;
  let phone: NodePhone;
  const LISTS = ['entrance', 'badge', 'lunch', 'headset'];
  const another = async (): Promise<NodePhone> => {
    const next = await doors.stranger();
    await next.enrol(doors.server.offer({ lists: LISTS }));
    await next.shows(({ people, setup }) => setup !== undefined && people === doors.server.guests.length);
    return next;
  };
  const arrive = async (change: Parameters<NodeDoors['invite']>[1] = {}) => {
    const guest = firstOf(await doors.invite(1, change));
    await phone.sync();
    return guest;
  };
  beforeAll(async () => {
    doors = await nodeDoors();
    await doors.invite(1);
    phone = await another();
  });
  afterAll(() => doors?.stop());

  it('gives once, says when it did, and gives again where staff say so', async () => {
    const guest = await arrive();
    await phone.choose('badge');
    const given = await phone.read(guest.code);
    expect(given).toMatchObject({ kind: 'give', person: guest.person });
    await phone.choose('badge');
    expect(await phone.read(guest.code)).toMatchObject({ kind: 'given', isHere: true, isOut: false });
    expect((await phone.snapshot()).counts).toEqual({ came: 1, inside: 1 });
    expect(await phone.letIn()).toMatchObject({ kind: 'give' });
    await phone.shows(({ queue }) => queue.waiting === 0);
    const kept = [...doors.server.kept.values()].filter(({ ticket }) => ticket === guest.ticket);
    expect(kept.map(({ kind, list }) => [kind, list])).toEqual(Array(2).fill(['in', 'badge']));
    // At a door they have not come.
    await phone.choose('entrance');
    expect((await phone.read(guest.code)).kind).toBe('admit');
  });

  it('CI2: lends without a network, also where it is killed meanwhile, and takes back at another phone', async () => {
    const guest = await arrive();
    const other = await another();
    for (const each of [phone, other]) await each.choose('headset');
    await phone.disconnect();
    expect((await phone.read(guest.code)).kind).toBe('give');
    await phone.reopen();
    await phone.choose('headset');
    expect(await phone.read(guest.code)).toMatchObject({ kind: 'given', isOut: true });
    expect(await phone.letIn(), 'only once it is back').toMatchObject({ kind: 'given' });
    await phone.reconnect();
    await phone.shows(({ queue }) => queue.waiting === 0);
    await other.sync();
    // The server tells whole seconds: so far the clocks of two phones may be apart.
    await new Promise((done) => setTimeout(done, 1_100));
    await other.choose('headset', 'out');
    expect((await other.read(guest.code)).kind).toBe('take-back');
    await other.shows(({ queue }) => queue.waiting === 0);
    await other.choose('headset', 'out');
    expect(await other.read(guest.code)).toMatchObject({ kind: 'not-out' });
    await phone.sync();
    await phone.choose('headset');
    const again = await phone.read(guest.code);
    expect(again.kind).toBe('give');
    await phone.undo(scanId(again));
    expect((await phone.snapshot()).counts.inside).toBe(0);
  });

  it('takes back by a press what it is shown that someone has', async () => {
    const guest = await arrive();
    await phone.choose('headset');
    await phone.read(guest.code);
    await phone.choose('headset');
    expect(await phone.read(guest.code)).toMatchObject({ kind: 'given', isOut: true });
    expect((await phone.leave()).kind).toBe('take-back');
    expect((await phone.leave()).kind, 'twice is once').toBe('take-back');
    await phone.shows(({ queue }) => queue.waiting === 0);
    const kept = [...doors.server.kept.values()].filter(({ ticket }) => ticket === guest.ticket);
    expect(kept.map(({ kind }) => kind)).toEqual(['in', 'out']);
  });

  it('takes back what is lent from those who cancelled meanwhile, and from those whom it does not know', async () => {
    const [cancelled, nothing] = [await arrive(), await arrive()];
    await phone.choose('headset');
    expect((await phone.read(cancelled.code)).kind).toBe('give');
    await phone.shows(({ queue }) => queue.waiting === 0);
    doors.server.revocations = await doors.event.revoke([cancelled, nothing], Date.now() % 1_000_000_000);
    await phone.sync();
    await phone.choose('headset');
    expect((await phone.read(cancelled.code)).kind, 'they are given nothing more').toBe('revoked');
    await phone.choose('headset', 'out');
    expect((await phone.read(nothing.code)).kind, 'they have nothing').toBe('revoked');
    expect((await phone.leave()).kind).toBe('revoked');
    // By the code on their badge, which has no signature.
    expect((await phone.read(cancelled.typed)).kind).toBe('take-back');
    await phone.choose('headset', 'out');
    expect((await phone.read(cancelled.code)).kind).toBe('revoked');
    doors.server.revocations = await doors.event.revoke([], (Date.now() % 1_000_000_000) + 1);
    await phone.shows(({ queue }) => queue.waiting === 0);
    await phone.sync();
    const [unknown] = await doors.invite(1);
    doors.server.guests.pop();
    await phone.choose('headset');
    expect((await phone.read(unknown?.code ?? '')).kind).toBe('not-in-roster');
    expect((await phone.letIn()).kind).toBe('give');
    await phone.choose('headset');
    expect(await phone.read(unknown?.code ?? ''), 'a second one').toMatchObject({ kind: 'given', isOut: true });
    expect((await phone.letIn()).kind).toBe('given');
    await phone.choose('headset', 'out');
    expect((await phone.read(unknown?.code ?? '')).kind).toBe('take-back');
    await phone.choose('headset', 'out');
    expect((await phone.read(unknown?.code ?? '')).kind, 'and not that they leave').toBe('not-out');
  });

  it('takes back by a press what another phone lent of which it has not heard', async () => {
    const guest = await arrive();
    const other = await another();
    await other.sync();
    await other.disconnect();
    await phone.choose('headset');
    await phone.read(guest.code);
    await phone.shows(({ queue }) => queue.waiting === 0);
    await new Promise((done) => setTimeout(done, 1_100));
    await other.choose('headset', 'out');
    expect((await other.read(guest.code)).kind).toBe('not-out');
    expect((await other.leave()).kind).toBe('take-back');
    await other.reconnect();
    await other.shows(({ queue }) => queue.waiting === 0);
    await phone.sync();
    await phone.choose('headset', 'out');
    expect((await phone.read(guest.code)).kind, 'both know that it is back').toBe('not-out');
  });

  it('CS24: asks nobody under 18 with whom they leave, who only brings something back', async () => {
    const guest = await arrive({ isMinor: true });
    await phone.choose('headset');
    expect((await phone.read(guest.code)).kind).toBe('give');
    await phone.choose('headset', 'out');
    expect((await phone.read(guest.code)).kind).toBe('take-back');
  });

  it('enters no walk-in there, and takes nothing for a door that it may not scan for', async () => {
    await phone.choose('badge');
    const typed = { fullName: 'Walk In', organisation: 'Sample', country: 'KH', category: 'government' };
    expect(await phone.engine().walkIn(typed)).toMatchObject({ kind: 'not-kept' });
    const elsewhere = await doors.phone();
    const { door, device } = await elsewhere.snapshot();
    expect([door?.handout, device?.lists.includes('badge')]).toEqual([undefined, false]);
    const guest = await arrive();
    await elsewhere.sync();
    await elsewhere.choose('badge');
    expect(await elsewhere.read(guest.code)).toEqual({ kind: 'not-kept', why: 'unavailable' });
  });
});
