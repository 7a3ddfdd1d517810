import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonMessage } from '../../local/mailbox/inbox.ts';
import { fromDelegationItem } from '../../shared/delegation/delegation.schema.ts';
import { delegationToken } from '../../shared/delegation/delegation-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { call, postForm } from '../support/call.ts';
import { APPROVED_CATEGORY, Course, makeTroupe, type Troupe } from '../support/course.ts';
import { interceptedClient } from '../support/faults.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { ask, grantTeam } from '../support/team.ts';
import {
  type Child,
  type Clock,
  makeYoungTroupe,
  type Phase,
  phaseOf,
  YOUNG_CATEGORIES,
  YoungCourse,
  type YoungStep,
  type YoungTroupe,
} from '../support/young-course.ts';

let parts: Parts;
let adults: Troupe;
let troupe: YoungTroupe;
const clock: Clock = { days: 0 };

beforeAll(async () => {
  parts = await startParts();
  adults = await makeTroupe(interceptedClient(async () => undefined));
  troupe = await makeYoungTroupe(clock);
});
afterAll(() => parts?.stop());

const to = { whom: fc.nat({ max: 20 }), wild: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0) };
const is = <Kind extends YoungStep['do']>(...kinds: Kind[]) => fc.constantFrom(...kinds);

const step: fc.Arbitrary<YoungStep> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: is('ask'), onPaper: fc.constantFrom(false, false, true) }) },
  { weight: 6, arbitrary: fc.record({ do: is('prove'), ...to }) },
  { weight: 6, arbitrary: fc.record({ do: is('agree'), also: fc.boolean(), ...to }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: is('complete'),
      category: fc.constantFrom(...YOUNG_CATEGORIES),
      mode: fc.constantFrom('in-person', 'online'),
      ...to,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('change'), also: fc.constantFrom(false, false, true), ...to }) },
  { weight: 4, arbitrary: fc.record({ do: is('record'), ...to }) },
  { weight: 4, arbitrary: fc.record({ do: is('confirm'), second: fc.boolean(), ...to }) },
  { weight: 4, arbitrary: fc.record({ do: is('approve', 'decline', 'amend', 'reject'), ...to }) },
  { weight: 4, arbitrary: fc.record({ do: is('refuse', 'stop'), ...to }) },
  { weight: 3, arbitrary: fc.record({ do: is('days'), days: fc.integer({ min: 1, max: 16 }) }) },
  { weight: 5, arbitrary: fc.record({ do: is('purge', 'jobs', 'mail') }) },
);

type Change = `${Phase} -> ${Phase}`;
const LIVE = ['pending-approval', 'confirmed', 'waitlisted'] as const;
const fromLive: Change[] = LIVE.flatMap((from) => LIVE.map((next) => `${from} -> ${next}` as const));
const ends = (...from: Phase[]): Change[] => from.map((each) => `${each} -> gone` as const);
const PENDING = ['unproven', 'asked', 'paper-awaited', 'paper-recorded', 'agreed'] as const;

/** What each kind of step may change, and nothing else does. */
const MAY: Partial<Record<YoungStep['do'], readonly Change[]>> = {
  ask: ['none -> unproven', 'none -> paper-awaited'],
  prove: ['unproven -> asked'],
  agree: ['asked -> agreed'],
  change: ['unproven -> asked', 'unproven -> paper-awaited', 'asked -> paper-awaited'],
  record: ['paper-awaited -> paper-recorded'],
  confirm: ['paper-recorded -> agreed'],
  reject: ['paper-recorded -> paper-awaited'],
  complete: ['agreed -> pending-approval', 'agreed -> confirmed', 'agreed -> waitlisted'],
  amend: fromLive.filter((each) => !each.startsWith('pending-approval')),
  approve: ['pending-approval -> confirmed', 'pending-approval -> waitlisted'],
  decline: LIVE.map((from) => `${from} -> declined` as const),
  jobs: ['waitlisted -> confirmed'],
  refuse: ends(...PENDING, ...LIVE, 'declined'),
  stop: ends(...PENDING, ...LIVE, 'declined'),
  purge: ends(...PENDING),
};

/** Changes that were seen over all courses. */
const seen = new Set<Change>();

/** Courses in which something was mailed. */
const mailed = new Set<string>();

type Tables = Awaited<ReturnType<typeof read>>;

async function read(course: Course) {
  const ours = (item: Record<string, unknown>) => item['eventId'] === course.id;
  const [{ registrations, counters, waitlist, locks }, all, care, outbox] = await Promise.all([
    course.read(),
    scan(parts, 'registry'),
    scan(parts, 'care'),
    scan(parts, 'outbox'),
  ]);
  const registry = all.filter((item) => !String(item['pk']).startsWith('EVENT'));
  return {
    registrations: new Map(registrations.map((each) => [each.reference, each])),
    counters,
    waitlist,
    locks,
    registry,
    pending: registry.filter((item) => item['pk'] === 'PENDING-ANSWER' && ours(item)),
    care,
    outbox: outbox.filter(ours),
  };
}

/** CS2: nobody goes a step that the others have not opened; returns who stands on a guardian's consent. */
function checkSteps(step: YoungStep, children: readonly Child[], before: Tables, after: Tables, standing: Set<string>) {
  for (const { reference } of children) {
    // Who has just asked was not there before, and nobody else is new.
    const isNew = reference === children.at(-1)?.reference && step.do === 'ask' && !before.registrations.has(reference);
    const from: Phase = isNew ? 'none' : phaseOf(before.registrations.get(reference));
    const next = phaseOf(after.registrations.get(reference));
    if (from === next) continue;
    const change: Change = `${from} -> ${next}`;
    expect(MAY[step.do] ?? [], `${step.do}: ${change}`).toContain(change);
    seen.add(change);
    if (step.do === 'confirm') expect(step.second, 'confirmed by who recorded it').toBe(true);
    if (next === 'agreed') standing.add(reference);
    if (next === 'gone') standing.delete(reference);
  }
}

/** CS1, RE3: before a consent nothing but name and contact is stored, and no seat is taken; after it, the consent stands. */
function checkConsents({ registrations, care }: Tables, standing: ReadonlySet<string>): void {
  for (const each of registrations.values()) {
    const guardian = care.find((item) => String(item['pk']).startsWith('GUARDIAN#') && item['sk'] === each.reference);
    if (each.status === 'pending-guardian') {
      expect(answersOf(each)).toEqual(NOTHING);
      expect(guardian).toBeDefined();
      expect(guardian?.['agreedAt'] !== undefined).toBe(standing.has(each.reference));
    } else if (each.status === 'declined') {
      // Nothing is kept of the adult who was asked.
      expect(guardian).toBeUndefined();
    } else if (each.status !== 'cancelled') {
      expect(standing.has(each.reference), `${each.status} without consent`).toBe(true);
      expect(each.minor?.guardianConsents).toHaveProperty('attendance');
      expect(guardian?.['consents']).toHaveProperty('attendance');
      expect('photo-recording' in each.consents && !('photo-recording' in (each.minor?.guardianConsents ?? {}))).toBe(
        false,
      );
    }
  }
}

const answersOf = ({
  position,
  organisation,
  country,
  category,
  days,
  sessions,
  answers,
  consents,
  seats,
}: Registration) => ({ position, organisation, country, category, days, sessions, answers, consents, seats });
const NOTHING = {
  position: '',
  organisation: '',
  country: '',
  category: '',
  days: [],
  sessions: [],
  answers: {},
  consents: {},
  seats: [],
};

const TICKETS: readonly unknown[] = ['confirmed', 'promoted', 'updated'];

/** RE3: no mail is written, let alone sent, about a place that nobody consented to. */
function checkMail(before: Tables, after: Tables, standing: ReadonlySet<string>): void {
  const known = new Map(before.outbox.map((item) => [item['id'], item['state']]));
  for (const { id, kind, state, reference } of after.outbox) {
    const isNew = !known.has(id) || (state === 'sent' && known.get(id) !== 'sent');
    if (!isNew || !TICKETS.includes(kind)) continue;
    if (state === 'failed') continue;
    expect(standing.has(String(reference)), `${kind} ${state} without consent`).toBe(true);
  }
}

/** AU9: nothing is mailed to a named guardian before a press in the mail to the address that was given. */
async function checkUnproven({ registrations, outbox }: Tables): Promise<void> {
  for (const registration of registrations.values()) {
    if (phaseOf(registration) !== 'unproven') continue;
    const theirs = outbox.filter(({ reference, state }) => reference === registration.reference && state !== 'failed');
    const toOthers = theirs.filter(({ state, to: address }) => state !== 'sent' && address !== registration.email);
    expect(toOthers).toEqual([]);
    const sent = theirs.filter(({ state }) => state === 'sent').map(({ messageId }) => messageId);
    if (sent.length > 0) expect(await idsOfMailTo(registration.email)).toEqual(expect.arrayContaining(sent));
  }
}

/** The outbox forgets an address once it was mailed; the mailbox has it. */
async function idsOfMailTo(address: string): Promise<string[]> {
  const found = await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`);
  return ((await found.json()) as JsonMessage[]).map(({ id }) => id);
}

const FAREWELLS: readonly unknown[] = ['guardian-refused', 'guardian-expired', 'consent-withdrawn'];

/**
 * CS4, CS5: once it has ended nothing personal is left, but the address on the last mail until that was sent, and on what
 * the outbox has not come to yet, which it then does not send.
 */
function checkGone(now: Date, children: readonly Child[], { registrations, registry, care, outbox }: Tables): void {
  for (const { reference, canaries, email } of children) {
    if (phaseOf(registrations.get(reference)) !== 'gone') continue;
    expect([...registry, ...care].filter((item) => holds(JSON.stringify(item), canaries))).toEqual([]);
    expect(care.filter(({ sk }) => sk === reference)).toEqual([]);
    for (const item of outbox.filter((each) => holds(JSON.stringify(each), canaries))) {
      const isLast = FAREWELLS.includes(item['kind']) && item['to'] === email;
      expect(item['state'] === 'pending' && (isLast || isNearlyDue(item, now)), JSON.stringify(item)).toBe(true);
    }
  }
}

/** Soon looked at, if only to be given up: nothing is kept for the days after which a guardian would have been reminded. */
const isNearlyDue = ({ notBefore, promised }: Record<string, unknown>, now: Date): boolean =>
  promised === true || notBefore === undefined || Date.parse(String(notBefore)) - now.getTime() < 2 * 3_600_000;

const holds = (text: string, canaries: readonly string[]): boolean => canaries.some((each) => text.includes(each));

/** CS4: every request that waits has its time, what ended has none; and after a purge none is over. */
function checkTimes(step: YoungStep, now: Date, { registrations, pending, locks }: Tables): void {
  const waiting = [...registrations.values()]
    .filter(({ status }) => status === 'pending-guardian')
    .map(({ reference, minor }) => ({ reference, answerBy: minor?.answerBy }));
  const named = (of: readonly Record<string, unknown>[]) =>
    of.map((each) => `${each['reference']} ${each['answerBy']}`).sort();
  expect(named(pending)).toEqual(named(waiting));
  if (step.do === 'purge')
    for (const { answerBy } of waiting) expect(Date.parse(answerBy ?? '')).toBeGreaterThan(now.getTime() - 60_000);
  const live = [...registrations.values()].filter(({ status }) => status !== 'cancelled' && status !== 'declined');
  expect(locks.map((lock) => lock['reference']).sort()).toEqual(live.map(({ reference }) => reference).sort());
}

/** RE3: seats are counted as they are held. */
function checkSeats({ registrations, counters, waitlist }: Tables): void {
  const held = [...registrations.values()].flatMap(({ seats }) => seats);
  const taken = [...counters.values()].reduce((sum, counter) => sum + counter.taken, 0);
  expect(taken).toBe(held.filter(({ state }) => state === 'taken').length);
  const waits = [...registrations.values()].filter(({ status }) => status === 'waitlisted');
  expect(waitlist.map(({ reference }) => reference).sort()).toEqual(waits.map(({ reference }) => reference).sort());
}

/** CS8, CS16: what anyone may read, and what organisers do who were not vetted, tells of nobody under 18. */
async function checkUnseen({ id: eventId }: Course, children: readonly Child[]): Promise<void> {
  const params = { eventId };
  const delegation = await call('showDelegation', { params: { token: await delegationOf(eventId) } });
  expect(delegation.statusCode).toBe(200);
  const open = ['getEvent', 'showEvent', 'showForm', 'showYoungForm', 'showThanks', 'showFind', 'showPrivacy'] as const;
  const answers = await Promise.all(open.map((id) => call(id, { params })));
  const team = await Promise.all([
    ask('organiser', 'loadPeople', { params }),
    ask('vettedOrganiser', 'loadPeople', { params }),
    ask('organiser', 'getQuotas', { params }),
    ...children.map(({ reference }) =>
      ask('vettedOrganiser', 'exportAddresses', { params, body: { references: [reference] } }),
    ),
  ]);
  for (const { status } of team) expect(status).toBe(200);
  const texts = [delegation.body, ...answers.map(({ body }) => body), ...team.map(({ body }) => JSON.stringify(body))];
  for (const { canaries, reference } of children) {
    for (const text of texts) expect(holds(text ?? '', [...canaries, reference])).toBe(false);
  }
}

/** The token of a coordinator who has begun a delegation. */
async function delegationOf(eventId: string): Promise<string> {
  const fields: [string, string][] = [
    ['email', `coordinator@${eventId}.example.org`],
    ['language', 'en'],
  ];
  await call('postDelegationStart', { params: { eventId }, ...postForm(fields) });
  const items = await scan(parts, 'registry', { partitions: [`DELEGATION#${eventId}#`] });
  const delegation = items.find(({ sk }) => sk === 'DELEGATION');
  return delegationToken(fromDelegationItem(delegation ?? {}), troupe.registration.secrets);
}

/** AB3, CS8: mail, and the calendar in it, names nobody, not even to themselves. */
async function checkMailbox(course: Course, children: readonly Child[]): Promise<void> {
  const all = (await (await fetch(`${parts.mailbox.url}/messages`)).json()) as JsonMessage[];
  const ours = all.filter(({ text }) => text.includes(course.id));
  if (ours.length > 0) mailed.add(course.id);
  for (const { subject, text, html, attachments } of ours) {
    const files = attachments.map(({ content }) => Buffer.from(content, 'base64').toString());
    for (const { canaries } of children) expect(holds([subject, text, html, ...files].join(' '), canaries)).toBe(false);
  }
}

const of = { whom: 0, wild: false };
/** Each way on, and each way out, is gone once whatever is drawn. */
const EVERY_WAY: [YoungStep[]] = [
  [
    { do: 'ask', onPaper: true },
    // Before anyone has agreed: refused.
    { do: 'complete', category: 'children-youth', mode: 'online', whom: 0, wild: true },
    { do: 'record', ...of },
    { do: 'confirm', second: false, ...of },
    { do: 'reject', ...of },
    { do: 'record', ...of },
    { do: 'confirm', second: true, ...of },
    { do: 'complete', category: APPROVED_CATEGORY, mode: 'in-person', ...of },
    { do: 'approve', ...of },
    { do: 'ask', onPaper: false },
    { do: 'mail' },
    { do: 'prove', ...of },
    { do: 'mail' },
    { do: 'agree', also: true, ...of },
    { do: 'complete', category: 'children-youth', mode: 'in-person', ...of },
    { do: 'mail' },
    { do: 'ask', onPaper: false },
    { do: 'change', also: true, ...of },
    { do: 'days', days: 40 },
    { do: 'purge' },
    { do: 'ask', onPaper: false },
    { do: 'change', also: false, ...of },
    { do: 'change', also: true, ...of },
    { do: 'days', days: 40 },
    { do: 'purge' },
    { do: 'ask', onPaper: false },
    { do: 'prove', ...of },
    { do: 'days', days: 11 },
    { do: 'change', also: false, ...of },
    { do: 'mail' },
    { do: 'agree', also: false, ...of },
    { do: 'complete', category: 'children-youth', mode: 'in-person', ...of },
    { do: 'decline', ...of },
    { do: 'stop', ...of },
    { do: 'refuse', ...of },
    { do: 'ask', onPaper: false },
    { do: 'days', days: 8 },
    { do: 'purge' },
    { do: 'ask', onPaper: false },
    { do: 'prove', ...of },
    { do: 'days', days: 15 },
    { do: 'purge' },
    { do: 'jobs' },
    { do: 'mail' },
  ],
];

const RUNS = Number(process.env['YOUNG_RUNS'] ?? 8);
/** Milliseconds: a failure is told, with how to repeat it, before the runner loses patience. */
const LIMIT = 500_000;

const QUOTAS = [
  { id: 'room', title: { en: 'room', km: 'កូតា' }, capacity: 2, shards: 1, when: { mode: ['in-person'] } },
  { id: 'online', title: { en: 'online', km: 'កូតា' }, capacity: 3, shards: 1, when: { mode: ['online'] } },
];

describe('people under 18', () => {
  it('RE3, CS1, CS2, CS4, CS5, CS8: whatever they, guardians and organisers do, nothing happens without consent, and nothing is left without it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 45 }), async (steps) => {
        clock.days = 0;
        const event = new Course(parts, adults, QUOTAS);
        await event.publish();
        await grantTeam(parts, event.id);
        const course = new YoungCourse(parts, troupe, event, clock);
        const standing = new Set<string>();
        let before = await read(event);
        for (const next of steps) {
          await course.take(next);
          const after = await read(event);
          checkSteps(next, course.children, before, after, standing);
          checkConsents(after, standing);
          checkMail(before, after, standing);
          await checkUnproven(after);
          checkGone(course.now(), course.children, after);
          checkTimes(next, course.now(), after);
          checkSeats(after);
          before = after;
        }
        await checkUnseen(event, course.children);
        await checkMailbox(event, course.children);
        await event.clear();
      }),
      { numRuns: RUNS, examples: [EVERY_WAY], interruptAfterTimeLimit: LIMIT, markInterruptAsFailure: true },
    );
    expect(mailed.size).toBeGreaterThan(0);
    // Courses that nobody takes prove nothing: each way on, and each way out, was gone.
    expect([...seen].sort()).toEqual(expect.arrayContaining(GONE));
  }, 600_000);
});

const GONE: Change[] = [
  'asked -> paper-awaited',
  'paper-recorded -> paper-awaited',
  'confirmed -> declined',
  'declined -> gone',
  'paper-awaited -> gone',
  'none -> unproven',
  'unproven -> asked',
  'unproven -> gone',
  'none -> paper-awaited',
  'asked -> agreed',
  'asked -> gone',
  'paper-awaited -> paper-recorded',
  'paper-recorded -> agreed',
  'agreed -> confirmed',
  'agreed -> pending-approval',
  'pending-approval -> confirmed',
  'confirmed -> gone',
];
