import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { realDeps as realAttendee } from '../../functions/attendee/index.ts';
import type { realDeps as realAttendeeCare } from '../../functions/attendee-care/index.ts';
import type { realDeps as realCare } from '../../functions/care/index.ts';
import type { realDeps as realHousekeeping } from '../../functions/housekeeping/index.ts';
import type { realDeps as realOrganiser } from '../../functions/organiser/index.ts';
import type { realDeps as realRegistration } from '../../functions/registration/index.ts';
import type { AttendanceMode, EventDefinition, Quota } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import type { DocumentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../shared/kernel/errors.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { type Pool, poolsFor } from '../../shared/seats/quota.ts';
import { releaseName } from '../../shared/seats/unproven-seat.ts';
import { forum, submission } from './forum.ts';
import type { Parts } from './parts.ts';
import { readRegistry, scan } from './registry.ts';
import { youngSubmission } from './young.ts';

type AttendeeDeps = ReturnType<typeof realAttendee>;
type AttendeeCareDeps = ReturnType<typeof realAttendeeCare>;
type CareDeps = ReturnType<typeof realCare>;
type HousekeepingDeps = ReturnType<typeof realHousekeeping>;
type OrganiserDeps = ReturnType<typeof realOrganiser>;
type Deps = ReturnType<typeof realRegistration>;

export const CATEGORIES = ['academia', 'ngo', 'un-entity'] as const;
/** Waits for a person's decision. */
export const APPROVED_CATEGORY = 'media';
export const MODES = ['in-person', 'online'] as const;

/** Where someone wants to belong. */
export interface Wish {
  readonly category: string;
  readonly mode: AttendanceMode;
  /** One of two organisations in two countries. */
  readonly group: number;
  /** Ids of sessions that are signed up for. */
  readonly sessions?: readonly string[];
}

/** At the same time, but the last, which is chosen beside either. */
export const SESSIONS: EventDefinition['sessions'] = (
  [
    ['lab', '09:00', '10:30'],
    ['clinic', '10:00', '11:00'],
    ['exhibition', '09:00', '12:00'],
  ] as const
).map(([id, start, end]) => ({
  ...{ id, title: { en: id, km: 'វគ្គ' }, day: 'day-1', start, end, signUp: true },
  ...(id === 'exhibition' && { mayOverlap: true }),
}));

/** What someone does about an event; `whom` counts among those it may concern, the earliest first. */
export type Step =
  | ({
      readonly do: 'submit' /** Nobody presses what the mail asks to be pressed. */;
      readonly silent?: boolean;
    } & Wish)
  /** Someone presses after all. */
  | { readonly do: 'press'; readonly whom: number }
  /** An organiser releases what nobody has proven. */
  | { readonly do: 'release' }
  /** Of someone under 18: begun only, agreed to by the guardian, or completed. */
  | ({ readonly do: 'young'; readonly until: 'unproven' | 'asked' | 'agreed' | 'completed' } & Wish)
  | ({ readonly do: 'amend'; readonly whom: number } & Wish)
  | { readonly do: 'approve' | 'decline' | 'cancel' | 'undo' | 'withdraw'; readonly whom: number }
  /** An owner moves up someone who waits. */
  | { readonly do: 'move-up'; readonly whom: number }
  | { readonly do: 'capacity'; readonly quota: number; readonly capacity: number; readonly counters?: number }
  /** The time for every answer that is awaited runs out. */
  | { readonly do: 'expire' }
  /** Jobs follow a change by seconds, in which others come. */
  | { readonly do: 'jobs' };

type Submit = typeof import('../../shared/registration/apply/submit.case.ts').submit;

/** The use cases themselves, with their real stores. */
export interface Troupe {
  readonly registration: Deps;
  readonly attendee: AttendeeDeps;
  readonly attendeeCare: AttendeeCareDeps;
  readonly care: CareDeps;
  readonly organiser: OrganiserDeps;
  readonly housekeeping: HousekeepingDeps;
  readonly use: {
    readonly submit: Submit;
    readonly registerMinor: typeof import('../../shared/minors/apply/register-minor.case.ts').registerMinor;
    readonly askGuardian: typeof import('../../shared/minors/consent/ask-guardian.case.ts').askGuardian;
    readonly agree: typeof import('../../shared/minors/consent/decide.case.ts').agree;
    readonly complete: typeof import('../../shared/minors/apply/complete.case.ts').complete;
    readonly amend: typeof import('../../shared/registration/change/amend.case.ts').amend;
    readonly prove: typeof import('../../shared/registration/link/press-button.case.ts').prove;
    readonly releaseChosen: typeof import('../../shared/registration/decide/release-unproven.case.ts').releaseChosen;
    readonly cancel: typeof import('../../shared/minors/end-young.case.ts').cancel;
    readonly undoCancel: typeof import('../../shared/registration/cancel/cancel.case.ts').undoCancel;
    readonly decideRegistration: typeof import('../../shared/registration/decide/decide.case.ts').decideRegistration;
    readonly moveUpInLine: typeof import('../../shared/registration/decide/move-up.case.ts').moveUpInLine;
    readonly doJob: typeof import('../../shared/jobs.ts').doJob;
    readonly purgeUnanswered: typeof import('../../shared/minors/keep-care.case.ts').purgeUnanswered;
  };
}

/** To be called once the environment is set. */
export async function makeTroupe(client: DocumentClient): Promise<Troupe> {
  return {
    registration: (await import('../../functions/registration/index.ts')).realDeps(client),
    attendee: (await import('../../functions/attendee/index.ts')).realDeps(client),
    attendeeCare: (await import('../../functions/attendee-care/index.ts')).realDeps(client),
    care: (await import('../../functions/care/index.ts')).realDeps(client),
    organiser: (await import('../../functions/organiser/index.ts')).realDeps(client),
    housekeeping: (await import('../../functions/housekeeping/index.ts')).realDeps(client),
    use: {
      ...(await import('../../shared/registration/apply/submit.case.ts')),
      ...(await import('../../shared/minors/apply/register-minor.case.ts')),
      ...(await import('../../shared/minors/consent/ask-guardian.case.ts')),
      ...(await import('../../shared/minors/consent/decide.case.ts')),
      ...(await import('../../shared/minors/apply/complete.case.ts')),
      ...(await import('../../shared/registration/change/amend.case.ts')),
      ...(await import('../../shared/registration/link/press-button.case.ts')),
      ...(await import('../../shared/registration/decide/release-unproven.case.ts')),
      ...(await import('../../shared/minors/end-young.case.ts')),
      ...(await import('../../shared/registration/cancel/cancel.case.ts')),
      ...(await import('../../shared/registration/decide/decide.case.ts')),
      ...(await import('../../shared/registration/decide/move-up.case.ts')),
      ...(await import('../../shared/jobs.ts')),
      ...(await import('../../shared/minors/keep-care.case.ts')),
    },
  };
}

/** A loaded machine runs out of patience, which is counted in seconds; and what is deleted meanwhile is answered alike. */
const MOST_TRIES = 5;

let courses = 0;

const known = new WeakMap<EventDefinition, EventDefinition<string>>();

/** Without words, which were taken out of it once: each registration of each step is looked at. */
function rulesOf(definition: EventDefinition): EventDefinition<string> {
  const rules = known.get(definition) ?? splitTexts(definition).rules;
  known.set(definition, rules);
  return rules;
}

/** One event, and what is done to it. */
export class Course {
  readonly id = `course-${++courses}`;
  readonly #parts: Parts;
  readonly #troupe: Troupe;
  #people = 0;
  /** References of those who were moved up, the first who was before the last. */
  #moved: string[] = [];
  definition: EventDefinition;

  constructor(parts: Parts, troupe: Troupe, quotas: Quota[]) {
    this.#parts = parts;
    this.#troupe = troupe;
    const categories = forum().categories.map(({ approval: _, ...category }) => ({
      ...category,
      minors: true,
      ...(category.id === APPROVED_CATEGORY && { approval: true }),
    }));
    // Nothing that seats do not depend on: each step reads the whole table.
    const small = { questions: [], about: [], sessions: SESSIONS, resources: [] };
    this.definition = forum({ ...small, id: this.id, quotas, categories });
  }

  publish = () => this.#parts.publish(this.definition);
  read = () => readRegistry(this.#parts, this.id);
  poolsOf = (of: Registration): readonly Pool[] => poolsFor(rulesOf(this.definition), of);

  /** Does one thing; where the rules refuse it, nothing. A caller who is told that rivals were at work tries again. */
  async take(step: Step, tries = 1): Promise<void> {
    try {
      await this.#take(step);
    } catch (error) {
      if (!(error instanceof ProblemError) && !(error instanceof InvalidInputError)) throw error;
      if (!(error instanceof BusyError)) return;
      if (tries === MOST_TRIES) throw error;
      await this.take(step, tries + 1);
    }
  }

  /** Until none is left: a job may leave another. */
  async doJobs(): Promise<void> {
    const due = await scan(this.#parts, 'outbox', { having: { job: 'promote', eventId: this.id } });
    const jobs = due.map(({ id }) => String(id));
    for (const id of jobs) await this.#troupe.use.doJob(this.#troupe.housekeeping, id);
    if (jobs.length > 0) await this.doJobs();
  }

  /** Takes everything about the event away again, so that courses to come read short tables. */
  async clear(): Promise<void> {
    const { registry, outbox, care } = this.#parts.database.tables;
    const ours = (item: Record<string, unknown>) => Object.values(item).some((value) => belongsTo(value, this.id));
    const inRegistry = (await scan(this.#parts, 'registry')).filter(ours).map(({ pk, sk }) => ({ pk, sk }));
    const inCare = (await scan(this.#parts, 'care')).filter(ours).map(({ pk, sk }) => ({ pk, sk }));
    const inOutbox = (await scan(this.#parts, 'outbox')).filter(ours).map(({ id }) => ({ id }));
    await this.#deleteAll(registry, inRegistry);
    await this.#deleteAll(care, inCare);
    await this.#deleteAll(outbox, inOutbox);
  }

  async #deleteAll(table: string, keys: readonly Record<string, unknown>[]): Promise<void> {
    const client = DynamoDBDocumentClient.from(this.#parts.database.client);
    for (let from = 0; from < keys.length; from += 25) {
      const some = keys.slice(from, from + 25).map((Key) => ({ DeleteRequest: { Key } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [table]: some } }));
    }
  }

  #take(step: Step): Promise<unknown> {
    switch (step.do) {
      case 'submit':
        return this.#submit(step, step.silent ?? false);
      case 'press':
        return this.#press(({ unproven }) => unproven === true, step.whom);
      case 'release':
        return this.#release();
      case 'young':
        return this.#young(step);
      case 'amend':
        return this.#amend(step);
      case 'approve':
        return this.#decide('approve', step.whom, ({ status }) => status === 'pending-approval');
      case 'decline':
        return this.#decide('decline', step.whom, ({ status }) => status !== 'cancelled' && status !== 'declined');
      case 'cancel':
        return this.#cancel(step.whom, ({ ageBand }) => ageBand === undefined);
      case 'withdraw':
        return this.#cancel(step.whom, ({ ageBand }) => ageBand === 'minor');
      case 'undo':
        return this.#undo(step.whom);
      case 'move-up':
        return this.#moveUp(step.whom);
      case 'capacity':
        return this.#setCapacity(step);
      case 'expire':
        return this.#expire();
      case 'jobs':
        return this.doJobs();
    }
  }

  #newAddress(): string {
    this.#people += 1;
    return `person${this.#people}@${this.id}.example.org`;
  }

  async #submit(wish: Wish, silent: boolean): Promise<void> {
    const email = this.#newAddress();
    const sent = submission({ email, ...wished(wish) });
    await this.#troupe.use.submit(this.#troupe.registration, {
      eventId: this.id,
      language: 'en',
      email,
      identity: email,
      submissionFor: () => sent as never,
    });
    if (!silent) await this.#press((each) => each.email === email, 0);
  }

  async #press(may: (of: Registration) => boolean, whom: number): Promise<void> {
    const held = await this.#held((each) => may(each) && each.ageBand === undefined, whom);
    if (held) await this.#troupe.use.prove(this.#troupe.attendee, held);
  }

  async #release(): Promise<void> {
    const { housekeeping, use } = this.#troupe;
    const reference = releaseName({ domain: `${this.id}.example.org` });
    await use.releaseChosen(housekeeping, newJob(housekeeping.system, 'release-unproven', this.id, { reference }));
  }

  async #young({ until, ...wish }: Extract<Step, { do: 'young' }>): Promise<void> {
    const { use, registration, care, attendeeCare } = this.#troupe;
    const email = this.#newAddress();
    const guardian = { name: 'Vanna Sample', email: `guardian-of-${email}`, language: 'km' };
    const sent = youngSubmission({ email, guardian });
    await use.registerMinor(registration, { eventId: this.id, language: 'en', sent, identity: email });
    const unproven = await this.#held((each) => each.email === email, 0);
    if (until === 'unproven' || unproven === undefined) return;
    await use.askGuardian(care, unproven);
    const begun = await this.#held((each) => each.email === email, 0);
    if (until === 'asked' || begun === undefined) return;
    const consents = (begun.event.minors?.consents ?? []).filter(({ required }) => required);
    await use.agree(
      care,
      begun,
      Object.fromEntries(consents.map(({ id, version }) => [id, version])),
      '+855 12 000 000',
    );
    const agreed = await this.#held((each) => each.email === email, 0);
    if (until === 'agreed' || agreed === undefined) return;
    await use.complete(attendeeCare, agreed, { ...submission(), ...wished(wish) } as never);
  }

  async #amend({ whom, ...wish }: Extract<Step, { do: 'amend' }>): Promise<void> {
    const held = await this.#held(({ status, email }) => status !== 'cancelled' && email !== '', whom);
    if (held) await this.#troupe.use.amend(this.#troupe.attendee, held, (before) => ({ ...before, ...wished(wish) }));
  }

  async #decide(decision: 'approve' | 'decline', whom: number, may: (of: Registration) => boolean): Promise<void> {
    const held = await this.#held(may, whom);
    if (held === undefined) return;
    const { reference, revision } = held.registration;
    const request = {
      params: { eventId: this.id, reference },
      body: { decision, revision },
      language: 'en',
      query: {},
      headers: {},
    };
    const caller = {
      id: 'someone',
      grants: [{ role: 'organiser' as const, vettedUntil: '2099-12-31' }],
      ticks: ['decide' as const],
    };
    await this.#troupe.use.decideRegistration(this.#troupe.organiser)(request as never, caller);
  }

  async #cancel(whom: number, may: (of: Registration) => boolean): Promise<void> {
    const held = await this.#held((each) => each.status !== 'cancelled' && may(each), whom);
    if (held) await this.#troupe.use.cancel(this.#troupe.attendee, held);
  }

  async #undo(whom: number): Promise<void> {
    const held = await this.#held(({ status, ageBand }) => status === 'cancelled' && ageBand === undefined, whom);
    if (held) await this.#troupe.use.undoCancel(this.#troupe.attendee, held, 'holder');
  }

  async #moveUp(whom: number): Promise<void> {
    const held = await this.#held(({ status }) => status === 'waitlisted', whom);
    if (held === undefined) return;
    const { reference, revision } = held.registration;
    const request = {
      params: { eventId: this.id, reference },
      body: { reason: 'They open the forum', revision },
      language: 'en',
      query: {},
      headers: {},
    };
    const caller = {
      id: 'someone',
      grants: [{ role: 'organiser' as const, vettedUntil: '2099-12-31' }],
      ticks: ['move-up' as const],
      why: 'a test',
    };
    await this.#troupe.use.moveUpInLine(this.#troupe.organiser)(request as never, caller);
    this.#moved = [...this.#moved.filter((each) => each !== reference), reference];
  }

  /**
   * Since when someone has a claim to a seat, as the rules say: who waits longer comes first, who lost a seat before them; and the one exception,
   * who was moved up, before all of them, the last of these in front. Whoever left the line is not in it by a move any more.
   */
  ageOf(of: Registration): string {
    const nth = this.#moved.indexOf(of.reference);
    return nth < 0 ? ageOf(of) : `!!${20_000 - nth}`;
  }

  /** Forgets moves of those who are in line no more. */
  forgetMoves(registrations: readonly Registration[]): void {
    const inLine = registrations.filter(({ waiting }) => waiting !== undefined).map(({ reference }) => reference);
    this.#moved = this.#moved.filter((each) => inLine.includes(each));
  }

  async #setCapacity({ quota: index, capacity, counters = 1 }: Extract<Step, { do: 'capacity' }>): Promise<void> {
    const quotas = this.definition.quotas.map((quota, at) =>
      at === index ? { ...quota, capacity, shards: Math.max(quota.shards, counters) } : quota,
    );
    this.definition = { ...this.definition, quotas };
    await this.publish();
  }

  async #expire(): Promise<void> {
    const { housekeeping, use } = this.#troupe;
    const later = new Date(housekeeping.system.now().getTime() + 365 * 24 * 60 * 60 * 1000);
    await use.purgeUnanswered({ ...housekeeping, system: { ...housekeeping.system, now: () => later } });
  }

  /** One of those whom a step may concern, as its use case reads it. */
  async #held(may: (registration: Registration) => boolean, whom: number) {
    const there = (await this.read()).registrations.filter(may).sort(byAge);
    const one = there[whom % Math.max(1, there.length)];
    return one && (await this.#troupe.attendee.registrations.readWithEvent(this.id, one.reference, 'en'));
  }
}

const wished = ({ category, mode, group, sessions }: Wish) => ({
  category,
  mode,
  organisation: `Organisation ${'AB'[group]}`,
  country: ['KH', 'LA'][group] ?? 'KH',
  ...(sessions && { sessions }),
});

const belongsTo = (value: unknown, eventId: string): boolean =>
  value === eventId || (typeof value === 'string' && value.split('#').includes(eventId));

const byAge = (a: Registration, b: Registration): number => ageOf(a).localeCompare(ageOf(b));

/** Since when someone has a claim to a seat, whom nobody moved up; an attendee who lost one comes first. */
const ageOf = ({ waiting, submittedAt, reference, seatLostAt }: Registration): string =>
  `${seatLostAt === undefined ? '' : '!'}${waiting?.since ?? submittedAt}#${reference}`;
