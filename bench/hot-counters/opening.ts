import { createHmac } from 'node:crypto';
import type { realDeps as realAttendee } from '../../functions/attendee/index.ts';
import type { realDeps as realHousekeeping } from '../../functions/housekeeping/index.ts';
import type { realDeps as realRegistration } from '../../functions/registration/index.ts';
import type { EventDefinition, Quota } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { jobStore } from '../../shared/event/job.store.ts';
import { readStored } from '../../shared/event/publish/stored-event.case.ts';
import { writeDefinition } from '../../shared/event/publish/write-definition.case.ts';
import { BusyError } from '../../shared/kernel/errors.ts';
import type { Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import type { System } from '../../shared/kernel/system.store.ts';
import { submissionStore } from '../../shared/registration/apply/submission.store.ts';
import { submit } from '../../shared/registration/apply/submit.case.ts';
import { cancelAdult } from '../../shared/registration/cancel/cancel.case.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { promoteWaiting } from '../../shared/registration/decide/promote-waiting.case.ts';
import { unprovenStore } from '../../shared/registration/decide/unproven.store.ts';
import { prove } from '../../shared/registration/link/press-button.case.ts';
import { fromRegistrationItem, registrationStore } from '../../shared/registration/registration.store.ts';
import { poolStore } from '../../shared/seats/pool.store.ts';
import { withCounters } from '../../shared/seats/quota.ts';
import { waitlistMemory, waitlistStore } from '../../shared/seats/waitlist.store.ts';
import { forum, submission } from '../../test/support/forum.ts';
import { type Books, keepBooks } from './books.ts';
import { seeded, simulatedClock, simulatedSystem } from './clock.ts';
import { SimulatedDatabase } from './database.ts';

type Attendee = ReturnType<typeof realAttendee>;
type Housekeeping = ReturnType<typeof realHousekeeping>;
type Registering = ReturnType<typeof realRegistration>;

/** Milliseconds of an instance of 512 MB, which has 0.29 of a processor: 12 to 41 ms of it, as measured, and a cold start. */
export const INSTANCE_TIMES = { least: 41, most: 141, start: 600 } as const;
/** Milliseconds until a stream hands on what was written. */
const STREAM_LAG = 300;
/** Milliseconds after which who was told to try again does so. */
const TRIES_AGAIN_AFTER = 1000;
const MOST_TRIES = 20;
const TABLES = { registry: 'registry', outbox: 'outbox' };

export type Submissions = Registering['submissions'];

export interface Opening {
  readonly seed: number;
  readonly people: number;
  /** How many come in a second. */
  readonly perSecond: number;
  readonly quotas: readonly Quota[];
  /** In place of as many counters as the seats ask for. */
  readonly counters?: number;
  /** Of those who have a seat, the share that gives it back within seconds. */
  readonly cancelling?: number;
  /** Other capacities, published while people come, so many milliseconds after the opening. */
  readonly growing?: { readonly after: number; readonly capacities: Readonly<Record<string, number>> };
  /** What is done otherwise than by the project. */
  readonly instead?: (submissions: Submissions) => Submissions;
}

export interface Outcome {
  readonly books: Books;
  /** How many have each status in the end. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How many were registered when the quotas changed. */
  readonly registeredThen: number;
  /** Milliseconds that each waited for an answer. */
  readonly durations: readonly number[];
  /** Seconds after which each had an answer, since the first could have come. */
  readonly answers: readonly number[];
  /** Seconds after which the first came. */
  readonly firstCame: number;
  /** How often an attendee was told to try again. */
  readonly again: number;
  /** Those who never had an answer. */
  readonly inVain: number;
  readonly instances: number;
  readonly conflicts: number;
  readonly calls: Readonly<Record<string, number>>;
}

/**
 * An opening of registration by a simulated clock. What is real: the use cases from the parsed form on, with their stores, their
 * decisions, their expressions, and how they try again. What is simulated: time, HTTP, KMS, the database, and how long an instance computes;
 * like Lambda, each instance serves one at a time, and there are as many as it takes.
 */
export async function open(opening: Opening): Promise<Outcome> {
  const { seed, people, perSecond, counters, cancelling = 0, growing } = opening;
  const chance = seeded(seed);
  const clock = simulatedClock();
  const database = new SimulatedDatabase(clock, chance);
  const smallForum = forum({ questions: [], about: [], sessions: [], resources: [] });
  const categories = smallForum.categories.map(({ approval: _, ...category }) => category);
  const definition = { ...smallForum, categories, quotas: opening.quotas };
  const began = Date.parse(definition.registration.opensAt) + 1;
  const newSystem = (): System => simulatedSystem(clock, chance, began);
  const capacities = new Map(opening.quotas.map(({ id, capacity }) => [id, capacity]));
  const books = keepBooks((pool) => capacities.get(pool.slice(0, pool.indexOf('#'))) ?? 0);

  const publishing = { client: database, ...TABLES, system: newSystem() };
  async function publish(event: EventDefinition): Promise<void> {
    const stored = await readStored(publishing, event.id);
    const quotas =
      counters === undefined
        ? withCounters(event.quotas, stored?.rules.quotas ?? [])
        : event.quotas.map((quota) => ({ ...quota, shards: counters }));
    for (const { id, capacity } of quotas) capacities.set(id, capacity);
    if ((await writeDefinition(publishing, splitTexts({ ...event, quotas }), stored)) === undefined) {
      throw new Error('somebody else published');
    }
  }

  const durations: number[] = [];
  const answers: number[] = [];
  let [again, inVain, instances] = [0, 0, 0];
  const idle: Registering[] = [];
  function newInstance(): Registering {
    instances += 1;
    const system = newSystem();
    const submissions = submissionStore({ client: database, ...TABLES, system });
    return {
      system,
      secrets: SECRETS,
      submissions: opening.instead?.(submissions) ?? submissions,
      changes: changeStore({ client: database, ...TABLES, system }),
      tables: { ...TABLES, care: 'care' },
      // What no form of this event needs.
      ...({} as Omit<Registering, 'system' | 'secrets' | 'submissions' | 'changes' | 'tables'>),
    };
  }

  async function answered(email: string): Promise<boolean> {
    const used = idle.pop();
    if (used === undefined) await clock.wait(INSTANCE_TIMES.start);
    const instance = used ?? newInstance();
    await clock.wait(INSTANCE_TIMES.least + chance() * (INSTANCE_TIMES.most - INSTANCE_TIMES.least));
    try {
      await submit(instance, {
        ...{ eventId: definition.id, language: 'en', email, identity: email },
        submissionFor: () => submission({ email }) as never,
      });
      return true;
    } catch (error) {
      if (error instanceof BusyError) return false;
      throw error;
    } finally {
      idle.push(instance);
    }
  }

  async function come(number: number, at: number): Promise<void> {
    await clock.wait(at);
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      if (await answered(`person-${number}@example.org`)) {
        durations.push(clock.now() - start - at);
        answers.push((clock.now() - start) / 1000);
        return;
      }
      again += 1;
      await clock.wait(TRIES_AGAIN_AFTER);
    }
    inVain += 1;
  }

  const system = newSystem();
  const registrations = registrationStore({ client: database, registry: TABLES.registry, system });
  const changes = changeStore({ client: database, ...TABLES, system });
  async function cancel(reference: string): Promise<void> {
    await clock.wait(200 + chance() * 2000);
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const held = await registrations.readWithEvent(definition.id, reference, 'en');
      try {
        if (held)
          await cancelAdult(
            { system, secrets: SECRETS, registrations, changes, tables: { care: 'care' } },
            held,
            'holder',
          );
        return;
      } catch (error) {
        if (!(error instanceof BusyError)) throw error;
        await clock.wait(TRIES_AGAIN_AFTER);
      }
    }
  }

  /** An attendee who waits says that it is them, as the mail asks: else they have no seat. */
  async function press(reference: string): Promise<void> {
    await clock.wait(200 + chance() * 2000);
    const attendee = { system, secrets: SECRETS, registrations, changes } as Pick<
      Attendee,
      'system' | 'secrets' | 'registrations' | 'changes'
    > as Attendee;
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const held = await registrations.readWithEvent(definition.id, reference, 'en');
      try {
        if (held) await prove(attendee, held);
        return;
      } catch (error) {
        if (!(error instanceof BusyError)) throw error;
        await clock.wait(TRIES_AGAIN_AFTER);
      }
    }
  }

  const housekeeping = {
    ...{ system, registrations, changes },
    waitlist: waitlistStore({ client: database, registry: TABLES.registry }),
    waitlistMemory: waitlistMemory(system),
    unproven: unprovenStore({ client: database, ...TABLES, system }),
    pools: poolStore({ client: database, registry: TABLES.registry, system }),
    jobs: jobStore({ client: database, outbox: TABLES.outbox }),
  } as Pick<
    Housekeeping,
    'system' | 'registrations' | 'changes' | 'waitlist' | 'waitlistMemory' | 'unproven' | 'pools' | 'jobs'
  > as Housekeeping;
  let [jobs, isWorking] = [0, false];
  async function work(notBefore: string | undefined): Promise<void> {
    const early = notBefore === undefined ? 0 : Date.parse(notBefore) - system.now().getTime();
    await clock.wait(Math.max(STREAM_LAG, early));
    jobs += 1;
    if (isWorking) return;
    isWorking = true;
    // One run serves all jobs that came before it: they say of the same event that an attendee may have a seat.
    while (jobs > 0) {
      const done = jobs;
      try {
        await promoteWaiting(housekeeping, definition.id);
        jobs -= done;
      } catch (error) {
        if (!(error instanceof BusyError)) throw error;
        await clock.wait(TRIES_AGAIN_AFTER);
      }
    }
    isWorking = false;
  }

  const running: Promise<void>[] = [];
  database.onWritten = (writes) => {
    books.note(writes);
    for (const { table, before, after } of writes) {
      if (before !== undefined || after === undefined) continue;
      if (table === TABLES.outbox && after['job'] === 'promote')
        running.push(work(after['notBefore'] as string | undefined));
      if (after['status'] === 'waitlisted') running.push(press(String(after['reference'])));
      if (after['status'] === 'confirmed' && chance() < cancelling) running.push(cancel(String(after['reference'])));
    }
  };

  const published = publish(definition);
  await clock.run();
  await published;
  const start = clock.now();
  let at = 0;
  let firstCame = Number.POSITIVE_INFINITY;
  for (let number = 0; number < people; number += 1) {
    // As people come who know nothing of one another.
    at += (-Math.log(1 - chance()) * 1000) / perSecond;
    firstCame = Math.min(firstCame, at / 1000);
    running.push(come(number, at));
  }
  const registered = () => database.items().filter((item) => String(item['pk']).startsWith('REGISTRATION#'));
  let registeredThen = 0;
  if (growing) {
    const grow = async (): Promise<void> => {
      await clock.wait(growing.after);
      registeredThen = registered().length;
      await publish(grown(definition, growing.capacities));
    };
    running.push(grow());
  }
  await clock.run();
  await Promise.all(running);
  const all = registered();
  const statuses: Record<string, number> = {};
  for (const { status } of all.map(fromRegistrationItem)) statuses[status] = (statuses[status] ?? 0) + 1;
  const { conflicts, calls } = database;
  return { books, statuses, registeredThen, durations, answers, firstCame, again, inVain, instances, conflicts, calls };
}

const grown = (event: EventDefinition, capacities: Readonly<Record<string, number>>): EventDefinition => ({
  ...event,
  version: event.version + 1,
  quotas: event.quotas.map((quota) => ({ ...quota, capacity: capacities[quota.id] ?? quota.capacity })),
});

const SECRETS: Secrets = {
  mac: async (purpose, text) => createHmac('sha256', `simulated/${purpose}`).update(text).digest(),
};
