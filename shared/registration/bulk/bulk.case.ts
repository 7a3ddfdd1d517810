import { asReadBy } from '../../event/answer-readers.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isEventOver, retentionEnd } from '../../event/event-times.ts';
import { signUpSessions } from '../../event/sessions.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { putJob } from '../../mail/outbox/outbox-items.store.ts';
import { admit } from '../../seats/admission.ts';
import { type Counter, counterName, countersOf, type Pool, poolOf, poolsFor } from '../../seats/quota.ts';
import { afterChange, counterChanges } from '../../seats/seat-changes.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny, holdsForAll, reaches } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf, isVisible } from '../../team/role/within-reach.case.ts';
import { checkDecisionNote, chosenReason } from '../decide/decide.case.ts';
import { readPeople } from '../people/people.case.ts';
import { listedQuestions, personRow, type ToldPerson } from '../people/person.ts';
import { misfitsSession, poolsForSession } from './add-to-session.ts';
import type { BULK_ROUTES } from './bulk.routes.ts';
import type { Bulk, BulkPerson } from './bulk.schema.ts';
import type { Chosen } from './bulk.store.ts';
import {
  BULK_RULES,
  type BulkKind,
  type BulkRefusal,
  type Fitting,
  isTagging,
  mayStop,
  misfit,
  needsNumber,
} from './bulk.ts';
import { backupJob, bulkJob, doSingle, leaveSingle } from './do-bulk.case.ts';

type Deps = Needs<
  | 'auditTable'
  | 'bulks'
  | 'careTable'
  | 'changes'
  | 'counters'
  | 'events'
  | 'outboxTable'
  | 'people'
  | 'peopleMemory'
  | 'registrations'
  | 'registry'
  | 'roles'
  | 'secrets'
  | 'system'
  | 'tags'
  | 'write'
>;
type Rules = EventDefinition<string>;

/** Says what a change of many would do, from the index of people: nothing is changed, and the look is noted. */
export const previewBulk =
  (deps: Deps): Permitted<typeof BULK_ROUTES.previewBulk> =>
  async ({ params: { eventId }, language, body: { kind, people, tag, session } }, caller) => {
    requireKind(caller, kind);
    const event = await definitionOf(deps, eventId, language);
    if (isTagging(kind)) await requireTag(deps, event, kind, tag);
    if (kind === 'add-to-session') requireSession(event, session);
    const { known, minors, unknown } = await look(deps, event, caller, people, people.length === 1);
    const isOver = isEventOver(event, deps.system.now());
    const refused = new Map<BulkRefusal, string[]>();
    const refuse = (why: BulkRefusal, { reference }: ToldPerson) =>
      refused.set(why, [...(refused.get(why) ?? []), reference]);
    const listed = new Set(listedQuestions(event));
    let fit: readonly ToldPerson[] = known.flatMap(({ row, revision }) => {
      // Whom a member sees they need not decide on: another grant may show more than the one that decides reaches.
      const isWithin = reaches(caller.grants, BULK_RULES[kind].ticks, row);
      const misfits = isWithin ? misfit(kind, row, { revision, isOver, tag, session }) : 'out-of-reach';
      const isAdded = kind === 'add-to-session' && session !== undefined;
      const isKnown = (id: string) => listed.has(id);
      const why = misfits ?? (isAdded ? misfitsSession(event, row, session, caller.grants, isKnown) : undefined);
      if (why !== undefined) refuse(why, row);
      return why === undefined ? [row] : [];
    });
    let wait = 0;
    if (kind === 'approve') {
      const poolsOf = (person: ToldPerson) => (person.role === 'attendee' ? poolsFor(event, person) : []);
      wait = (await withoutSeat(deps, event, fit, poolsOf)).length;
    } else if (kind === 'add-to-session' && session !== undefined) {
      const seatless = await withoutSeat(deps, event, fit, (person) => poolsForSession(event, person, session));
      for (const each of seatless) refuse('no-seat', each);
      fit = fit.filter((each) => !seatless.includes(each));
    }
    const said = { people: known.length };
    await deps.write([audited(deps, event, caller, 'preview-bulk', undefined, said)]);
    return json(200, {
      fit: fit.length,
      wait,
      refused: [...refused].map(([why, references]) => ({ why, references })),
      minors,
      unknown,
      mustConfirm: needsNumber(kind, people.length),
    });
  };

/** @throws ProblemError `not-permitted` */
function requireKind({ grants }: Caller, kind: BulkKind): void {
  if (!holdsAny(grants, BULK_RULES[kind].ticks)) throw new ProblemError('not-permitted');
}

/** One that is taken away may be removed meanwhile. @throws InvalidInputError of `tag` */
async function requireTag(
  { tags }: Deps,
  { id }: Rules,
  kind: 'tag' | 'untag',
  tag: string | undefined,
): Promise<void> {
  if (tag === undefined) throw new InvalidInputError([{ path: 'tag', code: 'required' }]);
  const isThere = kind === 'untag' || (await tags.read(id)).tags.some((each) => each.id === tag);
  if (!isThere) throw new InvalidInputError([{ path: 'tag', code: 'unknown-option' }]);
}

/** A closed session is none that is chosen. @throws InvalidInputError of `session` */
function requireSession(event: Rules, session: string | undefined): void {
  if (session === undefined) throw new InvalidInputError([{ path: 'session', code: 'required' }]);
  const isOffered = signUpSessions(event).some(({ id }) => id === session);
  if (!isOffered) throw new InvalidInputError([{ path: 'session', code: 'unknown-option' }]);
}

/** What concerns one person reads no index. */
const NOBODY: ReadonlyMap<string, ToldPerson & Fitting> = new Map();

interface Seen {
  readonly known: readonly { readonly row: ToldPerson & Fitting; readonly revision: number }[];
  readonly minors: number;
  readonly unknown: number;
}

/** Whom of those that were sent the caller sees. The index lags: those who are not in it are looked for one by one. */
async function look(deps: Deps, event: Rules, caller: Caller, sent: readonly Chosen[], isOne = false): Promise<Seen> {
  const people = isOne ? NOBODY : (await readPeople(deps, event)).people;
  const wanted = new Map(sent.map(({ reference, revision }) => [parseReference(reference) ?? reference, revision]));
  const missing = [...wanted.keys()].filter((each) => !people.has(each) && parseReference(each) === each);
  const read = missing.length === 0 ? [] : await deps.people.registrations(event.id, missing);
  const visible = read.filter((each) => isVisible(caller, each, event));
  const rows = new Map(
    visible.flatMap((each) => {
      const row = personRow(event, each);
      return row === undefined ? [] : [[row.reference, { ...row, chaperoning: each.chaperoning }]];
    }),
  );
  const known = [...wanted].flatMap(([reference, revision]) => {
    const row = people.get(reference) ?? rows.get(reference);
    return row !== undefined && isVisible(caller, row, event) ? [{ row, revision }] : [];
  });
  const minors = visible.filter(({ ageBand }) => ageBand === 'minor').length;
  return { known, minors, unknown: wanted.size - known.length - minors };
}

/** Which of them would find no seat, one after the other, in quotas that are for everyone. */
async function withoutSeat(
  deps: Deps,
  event: Rules,
  people: readonly ToldPerson[],
  poolsOf: (person: ToldPerson) => readonly Pool[],
): Promise<readonly ToldPerson[]> {
  const counters = new Map<string, Counter>();
  const read = await deps.counters.read(event);
  for (const quota of event.quotas.filter(({ per }) => per === undefined)) {
    const found = read.get(quota.id) ?? [];
    countersOf(poolOf(quota)).forEach((id, place) => {
      const counter = found[place];
      if (counter !== undefined) counters.set(counterName(id), counter);
    });
  }
  return people.filter((person) => {
    const { status, seats, behind } = admit(poolsOf(person), [], counters, deps.system.chance());
    for (const change of counterChanges(event, [], seats, behind)) {
      const counter = counters.get(counterName(change));
      if (counter !== undefined) counters.set(counterName(change), afterChange(counter, change));
    }
    return status === 'waitlisted';
  });
}

/** Has housekeeping change them: hundreds are more than a request has time for. The same again is one. */
export const startBulk =
  (deps: Deps): Permitted<typeof BULK_ROUTES.startBulk> =>
  async ({ params: { eventId }, language, body }, caller) => {
    const { id, kind, people, confirm, note: typed = '', reason: chosenId, tag, session, isSingle } = body;
    const { withoutClosedSessions } = body;
    requireKind(caller, kind);
    if (needsNumber(kind, people.length) && confirm !== people.length) {
      throw new InvalidInputError([{ path: 'confirm', code: 'required' }]);
    }
    if (isSingle && (people.length > 1 || isTagging(kind) || kind === 'add-to-session')) {
      throw new InvalidInputError([{ path: 'isSingle', code: 'unknown-option' }]);
    }
    const note = checkDecisionNote(typed);
    const event = await definitionOf(deps, eventId, language);
    if (isTagging(kind)) await requireTag(deps, event, kind, tag);
    if (kind === 'add-to-session') requireSession(event, session);
    const reason = kind === 'decline' ? await chosenReason(deps, event, chosenId) : undefined;
    const known = (await look(deps, event, caller, people, isSingle)).known;
    if (known.length === 0) throw new InvalidInputError([{ path: 'people', code: 'unknown-option' }]);
    const bulk: Bulk = {
      ...{ eventId, id, kind, status: 'running', by: caller.id, handled: 0, changed: 0, total: known.length },
      ...(kind === 'decline' && note !== undefined && { note }),
      ...(reason !== undefined && { reason }),
      ...(kind === 'approve' && withoutClosedSessions && { withoutClosedSessions }),
      ...(isTagging(kind) && { tag }),
      ...(kind === 'add-to-session' && { session }),
      ...(isSingle && { isSingle }),
      startedAt: deps.system.now().toISOString(),
    };
    const chosen = known.map(({ row: { reference }, revision }) => ({ reference, revision }));
    const isNew = await deps.bulks.start(bulk, chosen, [
      // A single decision is noted once, with the person.
      ...(isSingle ? [] : [audited(deps, event, caller, 'start-bulk', id, { people: chosen.length })]),
      putJob(deps.outboxTable, (isSingle ? backupJob : bulkJob)(deps, event, bulk), retentionEnd(event)),
    ]);
    if (isNew) return json(202, isSingle ? await doneAtOnce(deps, event, bulk) : factsOf(bulk));
    const before = await deps.bulks.read(eventId, id);
    if (before === undefined || !isSame(before, bulk) || !isOfThese(await deps.bulks.chosen(before), people, chosen))
      throw new ProblemError('bulk-differs');
    const told = before.isSingle ? await deps.bulks.people(before) : undefined;
    return json(202, resultOf(before, told));
  };

/** Whether the same was asked for, by the same member. */
const isSame = (...two: readonly [Bulk, Bulk]): boolean => {
  const [before, now] = two.map(({ by, kind, note, reason, tag, session, isSingle, withoutClosedSessions }) =>
    JSON.stringify([by, kind, note, reason?.id, tag, session, isSingle, withoutClosedSessions]),
  );
  return before === now;
};

/** Whether the same people were sent. Some of them may be gone since, or not be seen any more: those who were are all among these. */
function isOfThese(before: readonly (Chosen | undefined)[], sent: readonly Chosen[], seen: readonly Chosen[]): boolean {
  const asText = ({ reference, revision }: Chosen): string => `${parseReference(reference) ?? reference} ${revision}`;
  const chosen = new Set(before.flatMap((each) => (each === undefined ? [] : asText(each))));
  const again = new Set(sent.map(asText));
  return [...chosen].every((each) => again.has(each)) && seen.every((each) => chosen.has(asText(each)));
}

/** A single decision as far as it comes while the organiser waits: a job goes on with one that does not come through. */
async function doneAtOnce(deps: Deps, event: Rules, bulk: Bulk) {
  try {
    return resultOf(...(await doSingle(deps, event, bulk)));
  } catch (error) {
    logger.error('a single decision is not done yet', { error });
    return factsOf(bulk);
  }
}

export const listBulks =
  (deps: Deps): Permitted<typeof BULK_ROUTES.listBulks> =>
  async ({ params: { eventId }, language }, caller) => {
    await definitionOf(deps, eventId, language);
    const bulks = (await deps.bulks.list(eventId)).filter((each) => !each.isSingle && maySee(caller, each));
    return json(200, { bulks: bulks.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1)).map(factsOf) });
  };

/** Whose own it is, and organisers. */
const maySee = ({ id, grants }: Caller, { by, kind }: Bulk): boolean =>
  by === id || holdsForAll(grants, BULK_RULES[kind].ticks);

/** @throws ProblemError `not-found`, the same for one that the caller may not see */
async function visibleBulk(deps: Deps, eventId: string, bulkId: string, caller: Caller): Promise<Bulk> {
  const bulk = await deps.bulks.read(eventId, bulkId);
  if (bulk === undefined || !maySee(caller, bulk)) throw new ProblemError('not-found');
  return bulk;
}

export const showBulk =
  (deps: Deps): Permitted<typeof BULK_ROUTES.showBulk> =>
  async ({ params: { eventId, bulkId }, query, language }, caller) => {
    const bulk = await visibleBulk(deps, eventId, bulkId, caller);
    if (query.people === undefined) return json(200, factsOf(bulk));
    const people = await deps.bulks.people(bulk);
    if (bulk.by === caller.id || !people.some(({ outcome }) => outcome === 'unanswered'))
      return json(200, resultOf(bulk, people));
    // Of which question it is is not kept: it was one that the member reads who started it.
    const event = await definitionOf(deps, eventId, language);
    const readsAll = asReadBy(caller.grants, event).questions.length === event.questions.length;
    const told = (each: BulkPerson): BulkPerson =>
      each.outcome === 'unanswered' && !readsAll ? { ...each, outcome: 'not-possible' } : each;
    return json(200, resultOf(bulk, people.map(told)));
  };

/** Stops it, and has housekeeping make everyone what they were; none of its mail leaves. @throws ProblemError once it leaves */
export const takeBackBulk =
  (deps: Deps): Permitted<typeof BULK_ROUTES.takeBackBulk> =>
  async ({ params: { eventId, bulkId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    for (;;) {
      const bulk = await visibleBulk(deps, eventId, bulkId, caller);
      requireKind(caller, bulk.kind);
      if (bulk.status === 'taking-back' || bulk.status === 'taken-back') return json(202, factsOf(bulk));
      if (!mayStop(bulk)) throw new ProblemError('changed-meanwhile', { status: bulk.status });
      const to = { status: 'taking-back', takenBackBy: caller.id } as const;
      const isStopped = await deps.bulks.step(bulk, to, [
        audited(deps, event, caller, 'take-back-bulk', bulkId),
        putJob(deps.outboxTable, (bulk.isSingle ? backupJob : bulkJob)(deps, event, bulk), retentionEnd(event)),
      ]);
      if (!isStopped) continue;
      const stopped = { ...bulk, ...to };
      return json(202, bulk.isSingle ? await doneAtOnce(deps, event, stopped) : factsOf(stopped));
    }
  };

/** Milliseconds that a browser's clock may be early by: so long the answer waits. */
const EARLY = 2_000;

/**
 * The browser of the member who decided says that its seconds are over, and shows by that that mail left. Where it does not, for it is closed
 * by then, a queue wakes housekeeping a moment later; where that is down, the next minute has the mail leave.
 */
export const leaveBulk =
  (deps: Deps): Permitted<typeof BULK_ROUTES.leaveBulk> =>
  async ({ params: { eventId, bulkId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const bulk = await visibleBulk(deps, eventId, bulkId, caller);
    requireKind(caller, bulk.kind);
    const left = Date.parse(bulk.leavesAt ?? '') - deps.system.now().getTime();
    if (!bulk.isSingle || bulk.status !== 'held' || left > EARLY) return json(202, factsOf(bulk));
    if (left > 0) await deps.system.wait(left);
    return json(202, factsOf(await leaveSingle(deps, event, bulk)));
  };

const factsOf = ({
  eventId: _,
  by: __,
  note: ___,
  reason: ____,
  takenBackBy: _____,
  isSingle: ______,
  withoutClosedSessions: _______,
  ...facts
}: Bulk) => ({
  ...facts,
  mayTakeBack: mayStop(facts),
});

/** With what became of each person, where that is known. */
const resultOf = (bulk: Bulk, people?: readonly BulkPerson[]) => ({
  ...factsOf(bulk),
  ...(people && { people: people.map(({ reference, outcome }) => ({ reference, outcome })) }),
});
