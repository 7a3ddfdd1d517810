import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deps as AttendeeDeps } from '../../functions/attendee/deps.ts';
import type { Deps as HousekeepingDeps } from '../../functions/housekeeping/deps.ts';
import type { Deps } from '../../functions/registration/deps.ts';
import type { EventDefinition, Quota } from '../../shared/domain/event.ts';
import { splitTexts } from '../../shared/domain/event-texts.ts';
import { type Pool, poolName, poolsFor } from '../../shared/domain/quota.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { interceptedClient } from '../support/faults.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';

let parts: Parts;
let registration: Deps;
let attendee: AttendeeDeps;
let housekeeping: HousekeepingDeps;
let use: {
  submit: typeof import('../../functions/registration/submit.ts').submit;
  cancel: typeof import('../../functions/attendee/cancel.ts').cancel;
  doJob: typeof import('../../functions/housekeeping/do-job.ts').doJob;
};
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
  const quick = <T extends { system: Deps['system'] }>(deps: T): T => ({
    ...deps,
    system: { ...deps.system, answerNotBefore: async () => undefined },
  });
  registration = quick((await import('../../functions/registration/deps.ts')).realDeps(client));
  attendee = (await import('../../functions/attendee/deps.ts')).realDeps(client);
  housekeeping = (await import('../../functions/housekeeping/deps.ts')).realDeps(client);
  use = {
    ...(await import('../../functions/registration/submit.ts')),
    ...(await import('../../functions/attendee/cancel.ts')),
    ...(await import('../../functions/housekeeping/do-job.ts')),
  };
});
afterAll(() => parts?.stop());

const CATEGORIES = ['academia', 'ngo', 'un-entity'] as const;
const MODES = ['in-person', 'online'] as const;

const condition = fc.constantFrom<Quota['when']>(
  undefined,
  { mode: ['in-person'] },
  { category: ['academia'] },
  { not: { category: ['ngo'] } },
  { all: [{ mode: ['in-person'] }, { category: ['academia', 'un-entity'] }] },
);
const quotas = fc
  .array(
    fc.record({
      capacity: fc.integer({ min: 1, max: 3 }),
      when: condition,
      kind: fc.constantFrom('plain', 'sharded', 'organisation', 'country'),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(({ capacity, when, kind }, index): Quota => {
      const per = kind === 'organisation' || kind === 'country' ? kind : undefined;
      const id = `q${index}`;
      return {
        id,
        title: { en: id, km: 'កូតា' },
        capacity,
        shards: kind === 'sharded' ? 3 : 1,
        ...(when && { when }),
        ...(per && { per }),
      };
    }),
  );

type Step =
  | { readonly do: 'submit'; readonly category: string; readonly mode: string; readonly group: number }
  | { readonly do: 'cancel'; readonly whom: number }
  | { readonly do: 'capacity'; readonly quota: number; readonly capacity: number }
  /** Jobs follow a change by seconds, in which others come. */
  | { readonly do: 'jobs' };

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      category: fc.constantFrom(...CATEGORIES),
      mode: fc.constantFrom(...MODES),
      group: fc.nat({ max: 1 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), whom: fc.nat({ max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('jobs' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('capacity' as const),
      quota: fc.nat({ max: 3 }),
      capacity: fc.integer({ min: 1, max: 6 }),
    }),
  },
);

const someone = { do: 'submit', category: 'ngo', mode: 'online', group: 0 } as const;
/** Someone comes after a seat was given back, and before whoever waits for it was told. */
const NEWCOMER: [Quota[], Step[]] = [
  [{ id: 'q0', title: { en: 'q0', km: 'កូតា' }, capacity: 1, shards: 1 }],
  [someone, someone, { do: 'cancel', whom: 0 }, someone],
];

let events = 0;

/** One event, and what is done to it. */
class Course {
  readonly id = `course-${++events}`;
  #people = 0;
  definition: EventDefinition;

  constructor(drawn: Quota[]) {
    const categories = forum().categories.map(({ approval: _, ...category }) => category);
    // Nothing that seats do not depend on: each step reads the whole table.
    const small = { questions: [], about: [], sessions: [], resources: [] };
    this.definition = forum({ ...small, id: this.id, quotas: drawn, categories });
  }

  publish = () => parts.publish(this.definition);
  read = () => readRegistry(parts, this.id);

  async take(next: Step): Promise<void> {
    if (next.do === 'submit') return this.#submit(next);
    if (next.do === 'cancel') return this.#cancel(next.whom);
    if (next.do === 'jobs') return this.doJobs();
    const quotas = this.definition.quotas.map((quota, index) =>
      index === next.quota ? { ...quota, capacity: next.capacity } : quota,
    );
    this.definition = { ...this.definition, quotas };
    await this.publish();
  }

  async #submit({ category, mode, group }: Extract<Step, { do: 'submit' }>): Promise<void> {
    this.#people += 1;
    const email = `person${this.#people}@${this.id}.example.org`;
    const organisation = `Organisation ${'AB'[group]}`;
    const sent = submission({ email, category, mode, organisation, country: ['KH', 'LA'][group] });
    await use.submit(registration, {
      eventId: this.id,
      language: 'en',
      email,
      identity: email,
      submissionFor: () => sent as never,
    });
  }

  async #cancel(whom: number): Promise<void> {
    const there = (await this.read()).registrations.filter(({ status }) => status !== 'cancelled');
    const one = there.sort(byAge)[whom % Math.max(1, there.length)];
    const held = one && (await attendee.registrations.readWithEvent(this.id, one.reference, 'en'));
    if (held) await use.cancel(attendee, held);
  }

  async doJobs(): Promise<void> {
    const jobs = (await scan(parts, 'outbox')).filter((item) => item['job'] && item['eventId'] === this.id);
    for (const { id } of jobs) await use.doJob(housekeeping, String(id));
  }

  poolsOf = (of: Registration): readonly Pool[] => poolsFor(splitTexts(this.definition).rules, of);
}

const byAge = (a: Registration, b: Registration): number => ageOf(a).localeCompare(ageOf(b));
const ageOf = ({ waitingSince, submittedAt, reference }: Registration): string =>
  `${waitingSince ?? submittedAt}#${reference}`;

/** RE3: what is counted is what is there, and nobody waits for what is free. */
async function checkCounts(course: Course, settled: boolean): Promise<void> {
  const { registrations, counters, waitlist } = await course.read();
  const seats = registrations.flatMap((each) => each.seats);
  const groups = new Map<string, { taken: number; waiting: number }>();
  for (const [name, { taken, waiting }] of counters) {
    const pool = name.slice(0, name.lastIndexOf('#'));
    groups.set(pool, { taken: (groups.get(pool)?.taken ?? 0) + taken, waiting });
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
  if (!settled) return;
  for (const one of waiting) expect(couldBeSeated(course, one, takenBy(registrations))).toBe(false);
}

const takenBy = (registrations: readonly Registration[]): ReadonlyMap<string, number> => {
  const taken = new Map<string, number>();
  for (const seat of registrations.flatMap(({ seats }) => seats).filter(({ state }) => state === 'taken')) {
    taken.set(poolName(seat), (taken.get(poolName(seat)) ?? 0) + 1);
  }
  return taken;
};

const couldBeSeated = (course: Course, one: Registration, taken: ReadonlyMap<string, number>): boolean =>
  course.poolsOf(one).every((pool) => (taken.get(poolName(pool)) ?? 0) < pool.capacity);

/** Nobody who came later has just taken what someone who still waits could have had. */
function checkOrder(course: Course, before: readonly Registration[], after: readonly Registration[]): void {
  const had = new Set(before.filter(({ status }) => status === 'confirmed').map(({ reference }) => reference));
  const newly = after.filter(({ status, reference }) => status === 'confirmed' && !had.has(reference));
  for (const waiting of after.filter(({ status }) => status === 'waitlisted')) {
    const since = before.find(({ reference }) => reference === waiting.reference) ?? waiting;
    const age = (of: Registration) => ageOf(before.find(({ reference }) => reference === of.reference) ?? of);
    const younger = new Set(newly.filter((each) => age(each) > ageOf(since)).map(({ reference }) => reference));
    const others = after.filter(({ reference }) => !younger.has(reference));
    const wouldHaveSeat = couldBeSeated(course, waiting, takenBy(others));
    const stillMayHaveOne = couldBeSeated(course, waiting, takenBy(after));
    expect(wouldHaveSeat && !stillMayHaveOne, `${waiting.email} was overtaken`).toBe(false);
  }
}

describe('seats', () => {
  it('RE3: whatever happens one after another, counters equal counts, capacity holds, and nobody is overtaken', async () => {
    await fc.assert(
      fc.asyncProperty(quotas, fc.array(step, { minLength: 15, maxLength: 30 }), async (drawn, steps) => {
        const course = new Course(drawn);
        await course.publish();
        for (const next of steps) {
          const before = await course.read();
          await course.take(next);
          const after = await course.read();
          await checkCounts(course, next.do === 'jobs');
          checkOrder(course, before.registrations, after.registrations);
          checkCapacity(course, before, after);
        }
        await course.doJobs();
        await checkCounts(course, true);
      }),
      { numRuns: 20, examples: [NEWCOMER] },
    );
  }, 240_000);

  it('RE7: whatever happens at once, among rivals, counters equal counts, and in the end nobody waits for a free seat', async () => {
    conflictEvery = 3;
    await fc.assert(
      fc.asyncProperty(quotas, fc.array(step, { minLength: 10, maxLength: 30 }), async (drawn, steps) => {
        const course = new Course(drawn);
        await course.publish();
        for (let from = 0; from < steps.length; from += 6) {
          const some = steps.slice(from, from + 6);
          const changes = some.filter((each) => each.do === 'capacity').slice(0, 1);
          const others = some.filter((each) => each.do !== 'capacity');
          await Promise.all([...others, ...changes].map((each) => course.take(each)));
          await checkCounts(course, false);
          await Promise.all([course.doJobs(), course.doJobs()]);
          await checkCounts(course, true);
        }
      }),
      { numRuns: 10 },
    );
    conflictEvery = 0;
  }, 240_000);
});

/** No seat is given where there is none; what is taken beyond a lowered capacity only ever becomes less. */
function checkCapacity(
  course: Course,
  before: Awaited<ReturnType<Course['read']>>,
  after: Awaited<ReturnType<Course['read']>>,
): void {
  const was = takenBy(before.registrations);
  const is = takenBy(after.registrations);
  for (const pool of after.registrations.flatMap((each) => course.poolsOf(each))) {
    const name = poolName(pool);
    expect(is.get(name) ?? 0).toBeLessThanOrEqual(Math.max(pool.capacity, was.get(name) ?? 0));
  }
}
