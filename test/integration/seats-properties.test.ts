import { isDeepStrictEqual } from 'node:util';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Quota } from '../../shared/event/event.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { poolName } from '../../shared/seats/quota.ts';
import type { PoolId } from '../../shared/seats/seat.schema.ts';
import {
  APPROVED_CATEGORY,
  CATEGORIES,
  Course,
  MODES,
  makeTroupe,
  SESSIONS,
  type Step,
  type Troupe,
  type Wish,
} from '../support/course.ts';
import { interceptedClient } from '../support/faults.ts';
import { type Parts, startParts } from '../support/parts.ts';

let parts: Parts;
let troupe: Troupe;
/** How many of the next transactions meet a rival: the emulator never shows conflicts by itself. */
let conflictEvery = 0;
let transactions = 0;

beforeAll(async () => {
  parts = await startParts();
  const client = interceptedClient(async (command) => {
    if (command !== 'TransactWriteItemsCommand' || conflictEvery === 0) return undefined;
    transactions += 1;
    if (transactions % conflictEvery !== 0) return undefined;
    throw new TransactionCanceledException({
      message: 'conflict',
      $metadata: {},
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
  });
  troupe = await makeTroupe(client);
});
afterAll(() => parts?.stop());

const condition = fc.constantFrom<Quota['when']>(
  undefined,
  { mode: ['in-person'] },
  { category: ['academia'] },
  { not: { category: ['ngo'] } },
  { all: [{ mode: ['in-person'] }, { category: ['academia', 'un-entity'] }] },
  { session: ['lab'] },
  { session: ['clinic', 'exhibition'] },
);
const quotas = fc
  .array(
    fc.record({
      capacity: fc.integer({ min: 1, max: 3 }),
      when: condition,
      kind: fc.constantFrom('plain', 'sharded', 'organisation', 'country'),
      counters: fc.constantFrom(1, 1, 2),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(({ capacity, when, kind, counters }, index): Quota => {
      const per = kind === 'organisation' || kind === 'country' ? kind : undefined;
      const id = `q${index}`;
      return {
        id,
        title: { en: id, km: 'កូតា' },
        capacity,
        shards: kind === 'sharded' ? 3 : counters,
        ...(when && { when }),
        ...(per && { per }),
      };
    }),
  );

const wish = {
  category: fc.constantFrom(...CATEGORIES, APPROVED_CATEGORY),
  mode: fc.constantFrom(...MODES),
  group: fc.nat({ max: 1 }),
  sessions: fc.subarray(SESSIONS.map(({ id }) => id)),
};
const whom = fc.nat({ max: 20 });
const is = <Kind extends Step['do']>(kind: Kind) => fc.constant(kind);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: is('submit'), silent: fc.constantFrom(false, false, true), ...wish }) },
  { weight: 3, arbitrary: fc.record({ do: is('press'), whom }) },
  { weight: 2, arbitrary: fc.record({ do: is('release') }) },
  { weight: 5, arbitrary: fc.record({ do: is('amend'), whom, ...wish }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('approve', 'approve', 'decline'), whom }) },
  { weight: 4, arbitrary: fc.record({ do: is('cancel'), whom }) },
  { weight: 4, arbitrary: fc.record({ do: is('jobs') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('young'),
      until: fc.constantFrom('unproven', 'asked', 'agreed', 'completed', 'completed'),
      ...wish,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('withdraw', 'undo'), whom }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('capacity'),
      quota: fc.nat({ max: 3 }),
      capacity: fc.integer({ min: 1, max: 6 }),
      counters: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: is('move-up'), whom }) },
  { weight: 1, arbitrary: fc.record({ do: is('expire') }) },
);

const someone: Step & Wish = { do: 'submit', category: 'ngo', mode: 'online', group: 0 };
/** Someone comes after a seat was given back, and before the attendee who waits for it was told. */
const NEWCOMER: [Quota[], Step[]] = [
  [{ id: 'q0', title: { en: 'q0', km: 'កូតា' }, capacity: 1, shards: 1 }],
  [someone, someone, { do: 'cancel', whom: 0 }, someone],
];

const q = (id: string, shards = 1): Quota => ({ id, title: { en: id, km: 'កូតា' }, capacity: 1, shards });
const submit = (category: 'academia' | 'un-entity', group = 0): Extract<Step, { do: 'submit' }> => ({
  do: 'submit',
  category,
  mode: 'in-person',
  group,
});
const young = (category: 'academia' | 'un-entity' | 'ngo', mode: 'in-person' | 'online', group: number): Step => ({
  do: 'young',
  until: 'completed',
  category,
  mode,
  group,
});
/** Who has waited longest needs a seat, too, in a quota that had one when they came, and for which others wait by now. */
const AHEAD: [Quota[], Step[]] = [
  [q('q0'), q('q1'), q('q2'), q('q3', 3)],
  [
    submit('academia'),
    young('un-entity', 'online', 1),
    { do: 'amend', whom: 2, category: 'academia', mode: 'in-person', group: 0 },
    young('academia', 'online', 1),
    { do: 'capacity', quota: 3, capacity: 2 },
    { do: 'decline', whom: 15 },
    submit('un-entity'),
    submit('academia', 1),
    { do: 'approve', whom: 3 },
    young('ngo', 'in-person', 0),
    { do: 'submit', category: 'ngo', mode: 'online', group: 0 },
    { do: 'approve', whom: 0 },
    { do: 'cancel', whom: 19 },
    { do: 'jobs' },
  ],
];

/** Who did not wait for a split quota needs a seat in it, when all who did have one and what was kept for them is not open yet. */
const KEPT: [Quota[], Step[]] = [
  [q('q0'), { ...q('q1', 3), when: { mode: ['in-person'] } }],
  [
    { do: 'submit', category: 'academia', mode: 'in-person', group: 0 },
    { do: 'submit', category: 'academia', mode: 'in-person', group: 0 },
    { do: 'submit', category: 'academia', mode: 'online', group: 0 },
    { do: 'approve', whom: 0 },
    { do: 'submit', category: 'un-entity', mode: 'online', group: 1 },
    { do: 'submit', category: 'media', mode: 'in-person', group: 1 },
    { do: 'expire' },
    { do: 'cancel', whom: 20 },
    { do: 'submit', category: 'media', mode: 'online', group: 0 },
    { do: 'capacity', quota: 2, capacity: 2 },
    { do: 'approve', whom: 0 },
    { do: 'approve', whom: 2 },
    { do: 'expire' },
    { do: 'capacity', quota: 0, capacity: 6 },
    { do: 'undo', whom: 4 },
    { do: 'submit', category: 'media', mode: 'online', group: 0 },
    { do: 'amend', whom: 9, category: 'un-entity', mode: 'in-person', group: 1 },
    { do: 'submit', category: 'academia', mode: 'online', group: 0 },
    { do: 'expire' },
    { do: 'submit', category: 'academia', mode: 'online', group: 0 },
    { do: 'capacity', quota: 1, capacity: 5 },
    { do: 'cancel', whom: 2 },
    { do: 'submit', category: 'media', mode: 'in-person', group: 0 },
    { do: 'submit', category: 'academia', mode: 'online', group: 1 },
    { do: 'jobs' },
  ],
];

/** Nobody answers for someone under 18, which chance seldom brings about. */
const EXPIRED: [Quota[], Step[]] = [
  [q('q0')],
  [
    { do: 'young', until: 'unproven', category: 'academia', mode: 'in-person', group: 0 },
    { do: 'young', until: 'asked', category: 'academia', mode: 'in-person', group: 0 },
    { do: 'expire' },
  ],
];
/** Someone loses a seat that they did not prove, presses after others began to wait, and has the next one. */
const RELEASED: [Quota[], Step[]] = [
  [q('q0'), q('q1', 3)],
  [
    { ...submit('academia'), silent: true },
    submit('academia'),
    { do: 'release' },
    { do: 'jobs' },
    submit('un-entity'),
    { ...submit('academia', 1), silent: true },
    { do: 'press', whom: 0 },
    { do: 'cancel', whom: 1 },
    { do: 'jobs' },
    { do: 'press', whom: 0 },
    { do: 'cancel', whom: 0 },
    { do: 'jobs' },
  ],
];
/** Two are moved up one after the other, of whom the later has the first seat; and who waited longest of all has the third. */
const MOVED: [Quota[], Step[]] = [
  [q('q0')],
  [
    ...[submit('academia'), submit('academia'), submit('academia'), submit('un-entity')],
    ...([2, 3] as const).map((whom): Step => ({ do: 'move-up', whom: whom - 1 })),
    ...[0, 0, 0].flatMap((whom): Step[] => [{ do: 'cancel', whom }, { do: 'jobs' }]),
  ],
];
const EXAMPLES = [NEWCOMER, AHEAD, KEPT, EXPIRED, RELEASED, MOVED];

const RUNS = Number(process.env['SEATS_RUNS'] ?? 25);
/** Milliseconds: a failure is told, with how to repeat it, before the runner loses patience. */
const LIMIT = Math.max(500_000, RUNS * 20_000);
/** Kinds of steps that changed something. */
const effective = new Set<Step['do']>();

type Snapshot = Awaited<ReturnType<Course['read']>>;

/** RE3: what is counted is what is there, and nobody waits for what is free. */
function checkCounts(course: Course, { registrations, counters, waitlist }: Snapshot, settled: boolean): void {
  const seats = registrations.flatMap((each) => each.seats);
  const groups = new Map<string, { taken: number; waiting: number }>();
  for (const [name, { capacity, taken, waiting, split }] of counters) {
    if (split) expect(capacity).toBe(taken + split.open + split.kept);
    const pool = name.slice(0, name.lastIndexOf('#'));
    groups.set(pool, {
      taken: (groups.get(pool)?.taken ?? 0) + taken,
      waiting: (groups.get(pool)?.waiting ?? 0) + waiting,
    });
  }
  for (const { id, capacity, per } of course.definition.quotas.filter((quota) => quota.per === undefined)) {
    const ours = [...counters].filter(([name]) => name.startsWith(`${id}##`)).map(([, counter]) => counter);
    const sum = ours.reduce((total, counter) => total + counter.capacity, 0);
    expect({ id, per, sum }).toEqual({ id, per, sum: capacity });
  }
  for (const [name, { taken, waiting }] of groups) {
    const of = (state: string) => seats.filter((seat) => poolName(seat) === name && seat.state === state).length;
    expect({ name, taken, waiting }).toEqual({ name, taken: of('taken'), waiting: of('waiting') });
  }
  const waiting = registrations.filter(({ status }) => status === 'waitlisted');
  expect(waitlist.map(({ reference }) => reference).sort()).toEqual(waiting.map(({ reference }) => reference).sort());
  for (const one of registrations.filter(({ status }) => status === 'confirmed')) {
    expect(one.seats.map(poolName).sort()).toEqual(course.poolsOf(one).map(poolName).sort());
  }
  for (const one of registrations.filter(({ status }) => ENDED.includes(status))) expect(one.seats).toEqual([]);
  if (!settled) return;
  for (const one of waiting.filter(isCounted)) expect(couldBeSeated(course, one, takenBy(registrations))).toBe(false);
}

/** An attendee who is not proven keeps their place, and nobody overtakes them by having a seat (AB15). */
const isCounted = ({ unproven }: Registration): boolean => unproven === undefined;

const ENDED: readonly string[] = ['cancelled', 'declined', 'expired', 'pending-guardian'];

function takenBy(registrations: readonly Registration[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const name of registrations.flatMap((each) => held(each))) taken.set(name, (taken.get(name) ?? 0) + 1);
  return taken;
}

/** Names of the pools in which someone has a seat. */
const held = ({ seats }: Registration): readonly string[] =>
  seats.filter(({ state }) => state === 'taken').map((seat: PoolId) => poolName(seat));

/** What someone has already they do not need again. */
const couldBeSeated = (course: Course, one: Registration, taken: ReadonlyMap<string, number>): boolean =>
  course
    .poolsOf(one)
    .every((pool) => held(one).includes(poolName(pool)) || (taken.get(poolName(pool)) ?? 0) < pool.capacity);

/**
 * Nobody who came later has just taken what someone waits for and could have had: without the seats of that pool which
 * were newly taken by attendees who have waited less, or not at all, nobody who still waits would have one. Who waits for one
 * pool holds up nobody who needs only another: a seat taken there overtakes no one. The one exception is who was moved up, who stands before
 * everyone in line at that moment.
 */
function checkOrder(course: Course, before: Snapshot, after: Snapshot): void {
  const was = new Map(before.registrations.map((each) => [each.reference, each]));
  const taken = takenBy(after.registrations);
  for (const waiting of after.registrations.filter((each) => each.status === 'waitlisted' && isCounted(each))) {
    const since = was.get(waiting.reference);
    if (since?.status !== 'waitlisted' || !isCounted(since)) continue;
    const without = new Map(taken);
    const waitedFor = new Set(since.seats.filter(({ state }) => state === 'waiting').map(poolName));
    for (const each of after.registrations) {
      const earlier = was.get(each.reference);
      const hasWaitedLonger = earlier?.waiting !== undefined && course.ageOf(earlier) < course.ageOf(since);
      if (hasWaitedLonger) continue;
      const had = earlier ? held(earlier) : [];
      for (const name of held(each).filter((pool) => !had.includes(pool) && waitedFor.has(pool))) {
        without.set(name, (without.get(name) ?? 0) - 1);
      }
    }
    const overtaken = couldBeSeated(course, waiting, without) && !couldBeSeated(course, waiting, taken);
    expect(overtaken, `${waiting.email} was overtaken`).toBe(false);
  }
}

/** Who stayed in line stands in the same order; who was moved up just now, before all of them. */
function checkLine(before: Snapshot, after: Snapshot, { do: done }: Step): void {
  const [was, is] = [before, after].map(({ waitlist }) => waitlist.map(({ reference }) => reference)) as [
    string[],
    string[],
  ];
  const moves = new Map(before.waitlist.map(({ reference, movedUpAt }) => [reference, movedUpAt]));
  const moved = after.waitlist.filter(
    (each) => was.includes(each.reference) && each.movedUpAt !== moves.get(each.reference),
  );
  expect(moved.length).toBeLessThanOrEqual(done === 'move-up' ? 1 : 0);
  const [first] = moved.map(({ reference }) => reference);
  const stayed = was.filter((each) => is.includes(each) && each !== first);
  expect(is.filter((each) => was.includes(each))).toEqual(first === undefined ? stayed : [first, ...stayed]);
  if (first !== undefined) expect(is[0]).toBe(first);
}

/** No seat is given where there is none; what is taken beyond a lowered capacity only ever becomes less. */
function checkCapacity(course: Course, before: Snapshot, after: Snapshot): void {
  const was = takenBy(before.registrations);
  const now = takenBy(after.registrations);
  for (const pool of after.registrations.flatMap((each) => course.poolsOf(each))) {
    const name = poolName(pool);
    expect(now.get(name) ?? 0).toBeLessThanOrEqual(Math.max(pool.capacity, was.get(name) ?? 0));
  }
}

/** AB15: an attendee who gets a seat after having waited is proven, and one who loses theirs is not, nor under 18. */
function checkProven(before: Snapshot, after: Snapshot): void {
  const was = new Map(before.registrations.map((each) => [each.reference, each]));
  for (const each of after.registrations) {
    const earlier = was.get(each.reference);
    if (earlier?.status === 'waitlisted' && each.status === 'confirmed') expect(each.unproven).toBeUndefined();
    if (earlier?.status === 'confirmed' && each.status === 'expired') {
      expect([earlier.unproven, earlier.ageBand]).toEqual([true, undefined]);
    }
  }
}

/** EV5: nobody is in two sessions at the same time, but where one is chosen beside others. */
function checkSessions({ registrations }: Snapshot): void {
  for (const { sessions } of registrations) expect(sessions).not.toEqual(expect.arrayContaining(['lab', 'clinic']));
}

/** Nobody under 18 is anywhere but at the beginning or the end without their guardian's consent; nobody skips a decision. */
function checkStanding({ registrations }: Snapshot): void {
  for (const { ageBand, status, minor, category, approved } of registrations) {
    if (!['pending-approval', 'confirmed', 'waitlisted'].includes(status)) continue;
    if (ageBand === 'minor') expect(minor?.guardianConsents).toBeDefined();
    if (category === APPROVED_CATEGORY && status !== 'pending-approval') expect(approved).toBe(true);
  }
}

describe('seats', () => {
  it(
    'EV2, EV5, RE3: whatever happens one after another, by whatever quotas and sessions, counters equal counts, capacity holds, and nobody is overtaken',
    async () => {
      await fc.assert(
        fc.asyncProperty(quotas, fc.array(step, { minLength: 20, maxLength: 40 }), async (drawn, steps) => {
          const course = new Course(parts, troupe, drawn);
          await course.publish();
          let before = await course.read();
          for (const next of steps) {
            await course.take(next);
            const after = await course.read();
            checkCounts(course, after, next.do === 'jobs');
            checkOrder(course, before, after);
            checkLine(before, after, next);
            course.forgetMoves(after.registrations);
            checkCapacity(course, before, after);
            checkStanding(after);
            checkSessions(after);
            checkProven(before, after);
            if (!isDeepStrictEqual(before, after)) effective.add(next.do);
            before = after;
          }
          await course.doJobs();
          checkCounts(course, await course.read(), true);
          await course.clear();
        }),
        {
          numRuns: RUNS + EXAMPLES.length,
          examples: EXAMPLES,
          interruptAfterTimeLimit: LIMIT,
          markInterruptAsFailure: true,
        },
      );
      // Not one kind of step was refused each time: courses that nobody takes prove nothing.
      expect([...effective].sort()).toEqual(
        [
          'amend',
          'approve',
          'cancel',
          'capacity',
          'decline',
          'expire',
          'jobs',
          'move-up',
          'press',
          'release',
          'submit',
          'undo',
          'withdraw',
          'young',
        ].sort(),
      );
    },
    LIMIT + 40_000,
  );

  it(
    'RE7: whatever happens at once, among rivals, counters equal counts, and in the end nobody waits for a free seat',
    async () => {
      conflictEvery = 3;
      await fc.assert(
        fc.asyncProperty(quotas, fc.array(step, { minLength: 12, maxLength: 36 }), async (drawn, steps) => {
          const course = new Course(parts, troupe, drawn);
          await course.publish();
          for (let from = 0; from < steps.length; from += 6) {
            const some = steps.slice(from, from + 6);
            const changes = some.filter((each) => each.do === 'capacity').slice(0, 1);
            const others = some.filter((each) => each.do !== 'capacity');
            await Promise.all([...others, ...changes].map((each) => course.take(each)));
            const read = await course.read();
            checkCounts(course, read, false);
            checkStanding(read);
            await Promise.all([course.doJobs(), course.doJobs()]);
            checkCounts(course, await course.read(), true);
          }
          await course.clear();
        }),
        { numRuns: Math.ceil(RUNS / 2), interruptAfterTimeLimit: LIMIT, markInterruptAsFailure: true },
      );
      conflictEvery = 0;
    },
    LIMIT + 40_000,
  );
});
