import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDefinition, Quota } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { needsApproval } from '../../shared/registration/decide/approval.ts';
import { admitsWith } from '../../shared/registration/invitation/invitation.ts';
import type { Invitation } from '../../shared/registration/invitation/invitation-item.schema.ts';
import { admit, type Behind, nextOwn, poolsToRead, promote } from '../../shared/seats/admission.ts';
import { debtOf, hasKept, levelKept, openKept, type SplitCounter } from '../../shared/seats/kept-seats.ts';
import { type Counter, countersFor, distribute, type Pool, poolsFor, withCounters } from '../../shared/seats/quota.ts';
import type { Seat } from '../../shared/seats/seat.schema.ts';
import { counterChanges, mayPromote, splitChange } from '../../shared/seats/seat-changes.ts';
import { forum } from '../support/forum.ts';

const event: EventDefinition<string> = splitTexts(forum()).rules;
const pool = (quota: string, shards = 1): Pool => ({ quota, capacity: 2 * shards, shards });
const counters = (known: Record<string, Partial<Counter>>) =>
  new Map(
    Object.entries(known).map(([name, counter]) => [name, { capacity: 2, taken: 0, waiting: 0, ...counter }] as const),
  );
const taken = (quota: string, shard = 0): Seat => ({ quota, shard, state: 'taken' });
const waiting = (quota: string, shard = 0): Seat => ({ quota, shard, state: 'waiting' });
/** One of several counters of a pool. */
const split = (open: number, kept = 0, openings = 0, counters = 1) => ({
  capacity: 2,
  taken: 2 - open - kept,
  split: { open, kept, openings, counters },
});

describe('admit', () => {
  const pools = [pool('room'), pool('media')];

  it('takes a seat in every pool; what is not known is taken to be free', () => {
    expect(admit(pools, [], counters({ 'room##0': { taken: 1 } }), 0)).toEqual({
      status: 'confirmed',
      seats: [taken('room'), taken('media')],
      behind: [],
    });
  });

  it('waits only where there is none, and holds nothing elsewhere', () => {
    expect(admit(pools, [], counters({ 'room##0': {}, 'media##0': { taken: 2 } }), 0)).toEqual({
      status: 'waitlisted',
      seats: [waiting('media')],
      behind: [],
    });
  });

  it('passes nobody who waits, even when a seat is free, and says so', () => {
    expect(admit(pools, [], counters({ 'room##0': { taken: 1, waiting: 1 } }), 0)).toMatchObject({
      status: 'waitlisted',
      behind: [{ pool: 'room#', passesSeat: true }],
    });
  });

  it('keeps what is held already, whoever waits', () => {
    const full = counters({ 'room##0': { taken: 2, waiting: 3 } });
    expect(admit([pool('room')], [taken('room')], full, 0)).toMatchObject({ status: 'confirmed' });
    expect(admit([pool('room')], [waiting('room')], counters({}), 0).seats).toEqual([waiting('room')]);
  });

  it('finds the one open shard of eight, wherever chance points', () => {
    const known = Object.fromEntries(
      Array.from({ length: 8 }, (_, shard) => [`room##${shard}`, split(shard === 5 ? 1 : 0)]),
    );
    for (const chance of [0, 0.3, 0.999]) {
      expect(admit([pool('room', 8)], [], counters(known), chance).seats).toEqual([taken('room', 5)]);
    }
  });

  it('takes a seat at the own counter, in every pool, and elsewhere only where that has none', () => {
    const open = Object.fromEntries(Array.from({ length: 4 }, (_, shard) => [`room##${shard}`, split(1)]));
    const two = [pool('room', 4), pool('media', 2)];
    expect(admit(two, [], counters(open), 0, 0.6).seats).toEqual([taken('room', 2), taken('media', 1)]);
    expect(admit(two, [], counters({ ...open, 'room##2': split(0) }), 0, 0.6).seats).toEqual([
      taken('room', 0),
      taken('media', 1),
    ]);
  });

  it('chooses another counter the sooner the more seats it has, so that all come to their last together', () => {
    const known = counters({
      'room##0': { ...split(0), capacity: 5, taken: 5 },
      'room##1': { ...split(1), capacity: 5, taken: 4 },
      'room##2': { ...split(9), capacity: 9, taken: 0 },
    });
    const chances = Array.from({ length: 100 }, (_, each) => (each + 0.5) / 100);
    const chosen = chances.map((chance) => admit([pool('room', 3)], [], known, chance, 0).seats[0]?.shard);
    expect([0, 1, 2].map((shard) => chosen.filter((each) => each === shard).length)).toEqual([0, 10, 90]);
  });

  it('goes on at the counter that it chose, in every pool, until that has no open seat', () => {
    const two = [pool('media', 2), pool('room', 4)];
    const full = { 'room##1': split(0), 'room##2': split(0), 'room##3': split(0) };
    const known = counters({ ...full, 'room##0': split(1), 'media##0': split(1), 'media##1': split(1) });
    const own = nextOwn(two, known, { chance: 0.5, own: 0.6 });
    expect(own).toBeCloseTo(0.1);
    expect(admit(two, [], known, 0.5, own).seats).toEqual([taken('media', 0), taken('room', 0)]);
    expect(nextOwn(two, known, { chance: 0.9, own })).toBe(own);
    expect(nextOwn(two, counters({ ...full, 'room##0': split(0) }), { chance: 0.9, own })).toBe(own);
  });

  it('waits anywhere: at the last counter that had a seat everybody would', () => {
    const full = counters({ 'room##0': split(0), 'room##1': split(0) });
    expect(admit([pool('room', 2)], [], full, 0.9, 0).seats).toEqual([waiting('room', 1)]);
  });

  it('has the others read once the own counter has no open seat, and not before', () => {
    const room = [pool('room', 2)];
    expect(poolsToRead(room, counters({}))).toEqual([]);
    expect(poolsToRead(room, counters({ 'room##1': split(1) }))).toEqual([]);
    expect(poolsToRead(room, counters({ 'room##1': split(0) }))).toEqual(room);
    expect(poolsToRead(room, counters({ 'room##1': split(0), 'room##0': split(0) }))).toEqual([]);
    // What was read before seats were opened says nothing any more.
    expect(poolsToRead(room, counters({ 'room##1': split(0, 0, 1), 'room##0': split(0) }))).toEqual(room);
    // A later definition has more.
    expect(poolsToRead([pool('room')], counters({ 'room##0': split(0, 0, 0, 3) }))).toEqual([pool('room')]);
    expect(admit([pool('room')], [], counters({ 'room##0': split(0, 0, 0, 3) }), 0).seats).toEqual([taken('room', 1)]);
  });

  it('waits at one shard once none is open, and says what was read; unknown ones may have a seat', () => {
    const full = { 'room##0': split(0, 0, 3), 'room##1': split(0, 0, 3) };
    expect(admit([pool('room', 2)], [], counters(full), 0.9)).toEqual({
      status: 'waitlisted',
      seats: [waiting('room', 1)],
      behind: [{ pool: 'room#', passesSeat: false, openings: 3 }],
    });
    expect(admit([pool('room', 3)], [], counters(full), 0).seats).toEqual([taken('room', 2)]);
  });

  it('knows nothing of a shard that was read before seats were opened', () => {
    const known = counters({ 'room##0': split(0, 0, 4), 'room##1': split(0, 0, 3) });
    expect(admit([pool('room', 2)], [], known, 0).seats).toEqual([taken('room', 1)]);
  });

  it('takes nothing that is kept for those who wait, and has them looked for', () => {
    const known = counters({ 'room##0': split(0, 1), 'room##1': split(0) });
    expect(admit([pool('room', 2)], [], known, 0)).toMatchObject({
      status: 'waitlisted',
      behind: [{ passesSeat: true, openings: 0 }],
    });
  });

  it('joins whoever waits at any shard, without looking at the others: a seat may be kept there', () => {
    const known = counters({ 'room##0': { ...split(0, 0, 2), waiting: 1 } });
    expect(admit([pool('room', 8)], [], known, 0)).toMatchObject({
      status: 'waitlisted',
      behind: [{ passesSeat: true, openings: 2 }],
    });
  });
});

describe('promote', () => {
  it('takes what was waited for, whoever waits behind', () => {
    const known = counters({ 'room##0': { taken: 1, waiting: 4 } });
    expect(promote([pool('room')], [waiting('room')], known, 0)).toMatchObject({ status: 'confirmed' });
  });

  it('takes what is kept at any shard', () => {
    const known = counters({ 'room##0': { ...split(0), waiting: 2 }, 'room##1': split(0, 1) });
    expect(promote([pool('room', 2)], [waiting('room')], known, 0).seats).toEqual([taken('room', 1)]);
  });

  it('is seated also where others wait who came later, in a pool that had seats before', () => {
    const known = counters({ 'room##0': { taken: 0, waiting: 2 }, 'media##0': { taken: 1, waiting: 1 } });
    const promotion = promote([pool('room'), pool('media')], [waiting('room')], known, 0);
    expect(promotion).toMatchObject({ status: 'confirmed', seats: [taken('room'), taken('media')], ahead: ['media#'] });
    const quotas = ['room', 'media'].map((id) => ({ id, capacity: 2, shards: 1 })) as never;
    const changes = counterChanges({ quotas }, [waiting('room')], promotion.seats, [], promotion.ahead);
    expect(changes).toMatchObject([
      { quota: 'room', taken: 1, waiting: -1, promoted: true },
      { quota: 'media', taken: 1, waiting: 0, promoted: true },
    ]);
    expect(splitChange(changes[1] as never)).toEqual({ open: 0, kept: -1 });
  });

  it('is seated also with what is still kept for those who waited, once nobody does', () => {
    const shards = { 'media##0': split(0, 1), 'media##1': split(0) };
    const known = counters({ 'room##0': { waiting: 1 }, ...shards });
    const pools = [pool('room'), pool('media', 2)];
    const promotion = promote(pools, [waiting('room')], known, 0);
    expect(promotion).toMatchObject({ status: 'confirmed', seats: [taken('room'), taken('media')], ahead: ['media#'] });
    const open = counters({ 'room##0': { waiting: 1 }, ...shards, 'media##1': split(1) });
    const taking = promote(pools, [waiting('room')], open, 0);
    expect(taking).toMatchObject({ seats: [taken('room'), taken('media', 1)], ahead: [] });
  });

  it('waits for more where more is full, and takes nothing', () => {
    const known = counters({ 'room##0': { taken: 1, waiting: 1 }, 'media##0': { taken: 2 } });
    expect(promote([pool('room'), pool('media')], [waiting('room')], known, 0)).toMatchObject({
      status: 'waitlisted',
      seats: [waiting('media')],
    });
  });
});

describe('the pools someone needs', () => {
  const quota = (changes: Partial<Quota<string>>): Quota<string> => ({
    id: 'q',
    title: '',
    capacity: 2,
    shards: 1,
    ...changes,
  });
  const needs = {
    category: 'ngo',
    mode: 'in-person',
    country: 'KH',
    organisation: 'Sample  Org., Ltd',
    sessions: ['workshop'],
    answers: {},
  } as const;

  it('are those that match, by mode, category, session and country', () => {
    const quotas = [
      quota({ id: 'all' }),
      quota({ id: 'mode', when: { mode: ['in-person'] } }),
      quota({ id: 'not', when: { category: ['media'] } }),
      quota({ id: 'session', when: { all: [{ session: ['workshop'] }, { country: ['KH', 'LA'] }] } }),
    ];
    expect(poolsFor({ quotas }, needs).map((each) => each.quota)).toEqual(['all', 'mode', 'session']);
  });

  it('are one for each country or organisation, however its name is typed', () => {
    const groups = (organisation: string) =>
      poolsFor({ quotas: [quota({ per: 'organisation' }), quota({ per: 'country' })] }, { ...needs, organisation }).map(
        ({ group }) => group,
      );
    expect(groups('Sample  Org., Ltd')).toEqual(['sample org ltd', 'KH']);
    expect(groups('ｓａｍｐｌｅ ORG LTD.')).toEqual(['sample org ltd', 'KH']);
    expect(groups('អង្គការ\u200Bគំរូ')).toEqual(['អង្គការគំរូ', 'KH']);
  });
});

describe('seat changes', () => {
  it('net what is given back against what is taken, one for each counter', () => {
    const { quotas } = event;
    expect(
      counterChanges(
        { quotas },
        [taken('in-person'), taken('media-in-person')],
        [taken('in-person'), taken('online')],
        [],
      ),
    ).toMatchObject([
      { quota: 'media-in-person', taken: -1, waiting: 0 },
      { quota: 'online', taken: 1, waiting: 0 },
    ]);
  });

  it('of a split pool touch the shard where someone waits, and the one where they get a seat', () => {
    const quotas = [{ id: 'room', title: '', capacity: 8, shards: 4 }];
    const joins = counterChanges({ quotas }, [], [waiting('room', 3)], []);
    expect(joins).toMatchObject([{ shard: 3, waiting: 1, isSplit: true }]);
    const promoted = counterChanges({ quotas }, [waiting('room', 3)], [taken('room', 2)], []);
    expect(promoted).toMatchObject([
      { shard: 3, taken: 0, waiting: -1, promoted: true },
      { shard: 2, taken: 1, waiting: 0, promoted: true },
    ]);
    expect(promoted.map(splitChange)).toEqual([
      { open: 0, kept: 0 },
      { open: 0, kept: -1 },
    ]);
  });

  it('may let someone leave the waiting list when a seat is given back or was passed over', () => {
    const { quotas } = event;
    const afterwards = (before: Seat[], next: Seat[], behind: Behind[] = []) =>
      mayPromote(counterChanges({ quotas }, before, next, behind));
    expect(afterwards([taken('online')], [])).toBe(true);
    expect(afterwards([], [taken('online')])).toBe(false);
    expect(afterwards([], [waiting('online')])).toBe(false);
    expect(afterwards([], [waiting('online')], [{ pool: 'online#', passesSeat: true }])).toBe(true);
    expect(afterwards([waiting('online')], [])).toBe(false);
    const shared = [{ id: 'room', title: '', capacity: 8, shards: 4 }];
    const left = counterChanges({ quotas: shared }, [waiting('room')], [], []);
    expect(mayPromote(left)).toBe(true);
  });
});

it('there is a counter for 25 seats, 64 at most, and never one less than there was', () => {
  expect([0, 1, 25, 26, 400, 1600, 1601, 100_000].map(countersFor)).toEqual([1, 1, 1, 2, 16, 64, 64, 64]);
  const quota = (capacity: number, shards = 1): Quota<string> => ({ id: 'room', title: '', capacity, shards });
  const after = (now: Quota<string>, ...before: Quota<string>[]) => withCounters([now], before)[0]?.shards;
  expect([after(quota(60)), after(quota(60, 8)), after(quota(10), quota(400, 16))]).toEqual([3, 8, 16]);
});

it('a capacity split over counters never gives more seats than there are', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 500 }),
      fc.array(fc.nat({ max: 80 }), { minLength: 1, maxLength: 8 }),
      (capacity, seats) => {
        const shares = distribute(capacity, seats);
        const free = shares.reduce((sum, share, index) => sum + Math.max(0, share - (seats[index] ?? 0)), 0);
        const total = seats.reduce((sum, each) => sum + each, 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(capacity);
        expect(free).toBe(Math.max(0, capacity - total));
      },
    ),
  );
});

describe('kept seats', () => {
  const counter = fc
    .record({
      taken: fc.nat({ max: 5 }),
      waiting: fc.nat({ max: 2 }),
      open: fc.nat({ max: 3 }),
      kept: fc.integer({ min: -4, max: 4 }),
    })
    .map(({ taken, waiting, open, kept }) => ({
      capacity: taken + open + kept,
      taken,
      waiting,
      split: { open, kept, openings: 0, counters: 1 },
    }));
  const several = fc.array(counter, { minLength: 2, maxLength: 8 });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

  it('are evened out: as many seats as before, and none kept while any are lacking', () => {
    fc.assert(
      fc.property(several, (counters) => {
        const level = levelKept(counters);
        for (const of of [(each: SplitCounter) => each.capacity, (each: SplitCounter) => each.split.kept]) {
          expect(sum(level.map(of))).toBe(sum(counters.map(of)));
        }
        for (const { capacity, taken, split } of level) expect(capacity).toBe(taken + split.open + split.kept);
        expect(hasKept(level) && level.some(({ split }) => split.kept < 0)).toBe(false);
      }),
    );
  });

  it('are opened where nobody waits, and nowhere else', () => {
    fc.assert(
      fc.property(several, (counters) => {
        const opened = openKept(counters);
        if (counters.some(({ waiting }) => waiting > 0)) expect(opened).toEqual(counters);
        else expect(hasKept(opened)).toBe(false);
        for (const { capacity, taken, split } of opened) expect(capacity).toBe(taken + split.open + split.kept);
      }),
    );
  });
});

it('what a lowered capacity lacks is paid with kept seats first, then with open ones, and never twice', () => {
  const free = fc.record({ open: fc.nat({ max: 9 }), kept: fc.nat({ max: 9 }) });
  fc.assert(
    fc.property(fc.nat({ max: 100 }), fc.nat({ max: 9 }), fc.array(free, { maxLength: 8 }), (owed, open, others) => {
      const all = [{ open, kept: -owed }, ...others].map((each) => ({
        ...{ capacity: each.open + each.kept, taken: 0, waiting: 0 },
        split: { ...each, openings: 0, counters: others.length + 1 },
      }));
      const debt = debtOf(all);
      const paid = (from?: string) =>
        debt.payments
          .filter((each) => from === undefined || each.from === from)
          .reduce((sum, { seats }) => sum + seats, 0);
      const spare = (of: 'open' | 'kept') => all.reduce((sum, { split }) => sum + Math.max(0, split[of]), 0);
      expect(paid()).toBe(Math.min(owed, spare('kept') + spare('open')));
      expect(paid('kept')).toBe(Math.min(owed, spare('kept')));
      for (const { shard, from, seats } of debt.payments)
        expect(seats).toBeLessThanOrEqual(all[shard]?.split[from] ?? 0);
    }),
  );
});

describe('approval', () => {
  const categories = [
    { id: 'media', title: '', approval: true, trustedDomains: ['press.example.org'] },
    { id: 'ngo', title: '' },
  ];
  const of = (category: string, email: string, closedSessions = false) =>
    needsApproval({ categories }, { category, email, closedSessions });

  it('is asked of the categories that say so, and of whoever asks for closed sessions', () => {
    expect(of('media', 'a@example.org')).toBe(true);
    expect(of('ngo', 'a@example.org')).toBe(false);
    expect(of('ngo', 'a@example.org', true)).toBe(true);
  });

  it('is not asked of addresses in a trusted domain or below it, and of no look-alike', () => {
    expect(of('media', 'a@press.example.org')).toBe(false);
    expect(of('media', 'a@desk.press.example.org')).toBe(false);
    expect(of('media', 'a@fakepress.example.org')).toBe(true);
    expect(of('media', 'a@press.example.org.test')).toBe(true);
  });
});

describe('an invitation', () => {
  const now = new Date('2027-01-01T00:00:00Z');
  const invitation: Invitation = {
    eventId: 'e',
    codeHash: 'h',
    label: '',
    uses: 1,
    used: 0,
    validUntil: '2027-02-01T00:00:00Z',
    revoked: false,
  };
  const applicant = { email: 'Sokha@example.org', category: 'media', organisation: 'Sample Daily' };
  it.each<[string, Partial<Invitation>, boolean]>([
    ['lets in', {}, true],
    ['is used up', { used: 1 }, false],
    ['is revoked', { revoked: true }, false],
    ['has expired', { validUntil: now.toISOString() }, false],
    ['is for this address, in any case', { email: 'sokha@EXAMPLE.org' }, true],
    ['is for another address', { email: 'dara@example.org' }, false],
    ['is for another category', { category: 'ngo' }, false],
    ['is for this organisation', { organisation: 'SAMPLE daily' }, true],
    ['is for another organisation', { organisation: 'Other Daily' }, false],
  ])('%s', (_, changes, expected) => {
    expect(admitsWith({ ...invitation, ...changes }, applicant, now)).toBe(expected);
  });

  it('that does not exist lets nobody in', () => expect(admitsWith(undefined, applicant, now)).toBe(false));
});
