import type { EventDefinition } from '../../event/event.ts';
import { isEventOver, retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { ProblemType } from '../../kernel/http/problem.schema.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newJob, newMessage } from '../../mail/outbox/new-items.store.ts';
import { type Job, putJob } from '../../mail/outbox/outbox-items.store.ts';
import { poolName } from '../../seats/quota.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller } from '../../team/role/permitted.case.ts';
import { requireReach } from '../../team/role/within-reach.case.ts';
import { requireNotCalledOff } from '../apply/require-open.ts';
import { planCancellation } from '../cancel/cancellation.case.ts';
import { amendSeats, formerStanding } from '../change/amendment.ts';
import { changeRegistration, type PlannedChange, type Situation } from '../change/change-registration.case.ts';
import { planDecision, requestOf } from '../decide/decide.case.ts';
import { hashHolder } from '../hashes.store.ts';
import type { Registration } from '../registration.schema.ts';
import { changed } from '../registration-state.store.ts';
import { planTags } from '../tags/tags.case.ts';
import { misfitsSession, sessionsWith } from './add-to-session.ts';
import type { Bulk, BulkPerson, Held } from './bulk.schema.ts';
import { advance, type Chosen, putBulkPerson } from './bulk.store.ts';
import { BULK_MAILS, BULK_RULES, type BulkRefusal, isTagging, misfit, timeToTakeBack } from './bulk.ts';
import { bringBack, digestOf, formerValue, type HeldPerson, Overtaken, release } from './settle-bulk.case.ts';

/*
 * Each person is changed by one transaction that also goes on to the next: whatever is killed, or works at the same bulk change twice, is
 * through with each person once. What the end of a registration gives back - its seats, its address, what is to be arranged for it - is set
 * aside until mail leaves: it goes to nobody else as long as the change can be taken back.
 */

type Deps = Needs<
  | 'auditTable'
  | 'bulks'
  | 'careTable'
  | 'changes'
  | 'outboxTable'
  | 'people'
  | 'registrations'
  | 'registry'
  | 'roles'
  | 'secrets'
  | 'system'
  | 'tags'
>;
type Rules = EventDefinition<string>;

/** Milliseconds after which one run leaves the rest to another: it must end well within the function's 30 seconds. */
const TIME = 15_000;
/** People after whom it is looked again what the member who started it may do. */
const PEOPLE_PER_LOOK = 10;

/** Does what is next of a bulk change: the people, then, once its time has come, the mail; or takes it back. */
export async function doBulk(
  deps: Deps & Needs<'jobs' | 'readRules'>,
  { eventId, reference: id = '' }: Job,
): Promise<void> {
  const [event, bulk] = await Promise.all([deps.readRules(eventId), deps.bulks.read(eventId, id)]);
  if (event === undefined || bulk === undefined) return;
  const begun = deps.system.now().getTime();
  const isLate = (): boolean => deps.system.now().getTime() - begun > TIME;
  const isWhole = await NEXT[bulk.status](deps, event, bulk, isLate);
  if (!isWhole) await deps.jobs.add(bulkJob(deps, event, bulk), retentionEnd(event));
}

export const bulkJob = ({ system }: Needs<'system'>, event: Rules, { id }: Pick<Bulk, 'id'>, notBefore?: Date): Job =>
  newJob(system, 'do-bulk', event.id, { reference: id, ...(notBefore && { notBefore }) });

/** Milliseconds after which a single decision is gone on with that was killed in the middle. */
const GONE_ON_WITH = 15_000;

/** The job that goes on with a single decision, if nothing else does. */
export const backupJob = (deps: Needs<'system'>, event: Rules, bulk: Pick<Bulk, 'id'>): Job =>
  bulkJob(deps, event, bulk, new Date(deps.system.now().getTime() + GONE_ON_WITH));

/**
 * Does a single decision, or takes it back, while the organiser waits for it.
 *
 * @returns how it stands then, and what became of the person
 */
export async function doSingle(deps: Deps, event: Rules, bulk: Bulk): Promise<[Bulk, readonly BulkPerson[]]> {
  if (bulk.status === 'running') {
    await changeAll(deps, event, bulk, () => false);
    return [(await deps.bulks.read(event.id, bulk.id)) ?? bulk, await deps.bulks.people(bulk)];
  }
  await settlePeople(deps, event, bulk, () => false, bringBack);
  const people = await deps.bulks.people(bulk);
  return [await end(deps, bulk), people];
}

/** Has the mail of a single decision leave whose time is over. @returns how it stands then */
export async function leaveSingle(deps: Deps, event: Rules, bulk: Bulk): Promise<Bulk> {
  await beginToLeave(deps, event, bulk, () => false);
  return (await deps.bulks.read(event.id, bulk.id)) ?? { ...bulk, status: 'done' };
}

/** @returns whether nothing is left to do now */
type Step = (deps: Deps, event: Rules, bulk: Bulk, isLate: () => boolean) => Promise<boolean>;

const NEXT: Readonly<Record<Bulk['status'], Step>> = {
  running: changeAll,
  held: beginToLeave,
  leaving: (...all) => settleAll(...all, release),
  'taking-back': (...all) => settleAll(...all, bringBack),
  done: async () => true,
  'taken-back': async () => true,
};

async function changeAll(deps: Deps, event: Rules, read: Bulk, isLate: () => boolean): Promise<boolean> {
  let bulk = read;
  const chosen = await deps.bulks.chosen(bulk);
  let caller: Caller | undefined;
  for (let looked = 0; bulk.handled < chosen.length; looked += 1) {
    if (isLate()) return false;
    if (looked % PEOPLE_PER_LOOK === 0) caller = await startedBy(deps, bulk);
    if (caller === undefined) {
      await forgetErased(deps, bulk, chosen);
      return holdMail(deps, event, bulk, { stopped: true });
    }
    const isThrough = await changeOne(deps, event, bulk, caller, chosen[bulk.handled]);
    const next = isThrough ? { ...bulk, handled: bulk.handled + 1 } : await deps.bulks.read(event.id, bulk.id);
    if (next?.status !== 'running') return true;
    bulk = next;
  }
  return holdMail(deps, event, bulk, {});
}

/** The member who started it, with what they hold now; nothing where they may not do so any more. */
async function startedBy(deps: Deps, { eventId, by, kind }: Bulk): Promise<Caller | undefined> {
  const { grants = [], label } = (await deps.roles.read(eventId, by)) ?? {};
  const { ticks } = BULK_RULES[kind];
  return holdsAny(grants, ticks) ? { id: by, label, grants, ticks } : undefined;
}

/** All is done: mail waits for as long as it can be taken back. */
async function holdMail(deps: Deps, event: Rules, bulk: Bulk, said: Pick<Bulk, 'stopped'>): Promise<boolean> {
  if (isTagging(bulk.kind)) {
    await deps.bulks.step(bulk, { ...said, status: 'done', endedAt: deps.system.now().toISOString() });
    return true;
  }
  const leavesAt = new Date(deps.system.now().getTime() + timeToTakeBack(bulk));
  const job = putJob(deps.outboxTable, bulkJob(deps, event, bulk, leavesAt), retentionEnd(event));
  const to = { ...said, status: 'held', leavesAt: leavesAt.toISOString() } as const;
  // Where it is refused, another run has come as far, or it is taken back: a job of its own is there for that.
  await deps.bulks.step(bulk, to, [job]);
  return true;
}

async function beginToLeave(deps: Deps, event: Rules, bulk: Bulk, isLate: () => boolean): Promise<boolean> {
  const left = Date.parse(bulk.leavesAt ?? '') - deps.system.now().getTime();
  if (left > 0) return true;
  if (!(await deps.bulks.step(bulk, { status: 'leaving' }))) return true;
  return settleAll(deps, event, { ...bulk, status: 'leaving' }, isLate, release);
}

/** Goes through all of whom something is held back. */
async function settleAll(...all: Parameters<typeof settlePeople>): Promise<boolean> {
  const [deps, , bulk] = all;
  const isWhole = await settlePeople(...all);
  if (!isWhole) return false;
  if (bulk.handled < bulk.total) await forgetErased(deps, bulk, await deps.bulks.chosen(bulk));
  await end(deps, bulk);
  return true;
}

/** People who are read together. */
const PAGE = 100;

/** Of one that ends early: to those who were not its turn yet it does not come, of whom one was erased while it was begun (CS20). */
async function forgetErased(
  { bulks, people }: Deps,
  bulk: Bulk,
  chosen: readonly (Chosen | undefined)[],
): Promise<void> {
  const rest = chosen.slice(bulk.handled).flatMap((each) => each?.reference ?? []);
  for (let first = 0; first < rest.length; first += PAGE) {
    const wanted = rest.slice(first, first + PAGE);
    const there = new Set((await people.registrations(bulk.eventId, wanted)).map(({ reference }) => reference));
    for (const each of wanted) if (!there.has(each)) await bulks.forget(bulk, each);
  }
}

async function settlePeople(
  deps: Deps,
  event: Rules,
  bulk: Bulk,
  isLate: () => boolean,
  settle: (deps: Deps, event: Rules, bulk: Bulk, person: HeldPerson) => Promise<void>,
): Promise<boolean> {
  for (const { reference, outcome, held } of await deps.bulks.people(bulk)) {
    if (held === undefined) continue;
    if (isLate()) return false;
    await settle(deps, event, bulk, { reference, outcome, held });
  }
  return true;
}

/** @returns how it stands then; of a single one nothing is kept */
async function end(deps: Deps, bulk: Bulk): Promise<Bulk> {
  const status = bulk.status === 'leaving' ? 'done' : 'taken-back';
  const to = { status, endedAt: deps.system.now().toISOString() } as const;
  if (bulk.isSingle) await deps.bulks.end(bulk);
  else await deps.bulks.step(bulk, to);
  return { ...bulk, ...to };
}

/** Why a person is left as they are. */
class LeftAsIs extends Error {
  readonly why: BulkRefusal;
  constructor(why: BulkRefusal) {
    super(why);
    this.why = why;
  }
}

/** @returns whether it is through with the person; otherwise it stands elsewhere by now */
async function changeOne(
  deps: Deps,
  event: Rules,
  bulk: Bulk,
  caller: Caller,
  chosen: Chosen | undefined,
): Promise<boolean> {
  const { bulks, registrations } = deps;
  const read = chosen && (await registrations.read(event.id, chosen.reference));
  // One who was erased while it was begun is still among the chosen (CS20).
  if (chosen !== undefined && read === undefined) await bulks.forget(bulk, chosen.reference);
  // Nothing is noted of a person who is gone, nor of a minor (CS16): both are counted.
  if (chosen === undefined || read === undefined || read.ageBand === 'minor') return bulks.pass(bulk, bulk.handled);
  try {
    await changeRegistration(
      deps,
      event,
      read,
      caller,
      againWhile(deps, bulk, (situation) => {
        requireReach(caller, situation.before);
        return planned(deps, event, bulk, caller, chosen, situation);
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    const why = refusalOf(error);
    if (why === undefined) throw error;
    return bulks.pass(bulk, bulk.handled, { reference: chosen.reference, outcome: why });
  }
}

/** Decides anew only while no other run is through with the person: that one may be what kept this one from writing. */
function againWhile<T>(
  { bulks }: Deps,
  bulk: Bulk,
  decide: (situation: Situation) => Promise<T>,
): (situation: Situation) => Promise<T> {
  let decisions = 0;
  return async (situation) => {
    decisions += 1;
    if (decisions > 1) {
      const now = await bulks.read(bulk.eventId, bulk.id);
      if (now?.status !== bulk.status || now.handled !== bulk.handled) throw new Overtaken();
    }
    return decide(situation);
  };
}

/** What becomes of a registration, with what is noted of it. */
async function planned(
  deps: Deps,
  event: Rules,
  bulk: Bulk,
  caller: Caller,
  { reference, revision }: Chosen,
  situation: Situation,
): Promise<PlannedChange> {
  const { before } = situation;
  const isOver = isEventOver(event, deps.system.now());
  const why = misfit(bulk.kind, before, { revision, isOver, tag: bulk.tag, session: bulk.session });
  if (why !== undefined) throw new LeftAsIs(why);
  if (isTagging(bulk.kind)) {
    const tags = [bulk.tag ?? ''];
    const tagged = await planTags(deps, before, bulk.kind === 'tag' ? { set: tags } : { unset: tags });
    if (tagged === undefined) throw new LeftAsIs('already');
    // Nothing is held back: nobody is mailed.
    const also = noted(deps, event, bulk, caller, before, { reference, outcome: 'done' });
    return { ...tagged, also: [...(tagged.also ?? []), ...also] };
  }
  const plan = planOf(deps, event, bulk, { ...situation, grants: caller.grants }, revision);
  const mail = plan?.messages[0];
  const kind = BULK_MAILS.find((each) => each === mail?.kind);
  if (plan === undefined || mail === undefined || kind === undefined) throw new LeftAsIs('already');
  const { after } = plan;
  const addressHash = await hashHolder(deps.secrets, before);
  const kept = new Set(after.seats.map(poolName));
  const seats = before.seats.filter((seat) => seat.state === 'taken' && !kept.has(poolName(seat)));
  const held: Held = {
    revision: after.revision,
    made: digestOf(after),
    ticketId: after.ticketId,
    former: formerOf(before, after),
    seats,
    lock: bulk.kind === 'approve' ? undefined : addressHash,
    mail: { kind, former: mail.former },
  };
  const outcome = after.status === 'waitlisted' ? 'waits' : 'done';
  return {
    ...plan,
    messages: [],
    setAside: { after: seats },
    ...(bulk.kind === 'take-back' && {
      lock: { put: { reference, request: await requestOf(deps, before) }, addressHash, mayBeOurs: true },
    }),
    also: noted(deps, event, bulk, caller, before, { reference, outcome, held }),
  };
}

type Judged = Situation & Pick<Caller, 'grants'>;
/** @throws LeftAsIs, ProblemError why not */
function planOf(deps: Deps, event: Rules, bulk: Bulk, situation: Judged, revision: number): PlannedChange {
  const { kind, note, reason, session = '', withoutClosedSessions } = bulk;
  if (kind === 'cancel') return planCancellation(deps, situation.before);
  if (kind === 'add-to-session') return planSession(deps, event, situation, session);
  if (isTagging(kind)) return undefined;
  return planDecision(deps, event, situation, { decision: kind, note, reason, revision, withoutClosedSessions });
}

/** A person who comes, with one more session, and the seats that it takes: nobody waits for one whom an organiser adds. */
function planSession(
  { system }: Deps,
  event: Rules,
  { before, counters, grants }: Judged,
  session: string,
): NonNullable<PlannedChange> {
  const now = system.now();
  requireNotCalledOff(event);
  const why = misfitsSession(event, before, session, grants);
  if (why !== undefined) throw new LeftAsIs(why);
  const sessions = sessionsWith(event, before, session);
  const amended = amendSeats(event, before, { ...before, sessions }, counters, system.chance());
  if ('full' in amended || amended.status !== 'confirmed') throw new LeftAsIs('no-seat');
  const after = changed(before, { sessions, seats: amended.seats }, now);
  const message = { ...newMessage(system, 'updated', after), former: formerStanding(event, before) };
  return { after, behind: amended.behind, messages: [message] };
}

/** What is written of a person who is changed, with the change. */
const noted = (
  deps: Deps,
  event: Rules,
  bulk: Bulk,
  caller: Caller,
  before: Registration,
  person: BulkPerson,
): readonly TransactItem[] => [
  audited(deps, event, caller, bulk.kind === 'take-back' ? 'take-back-decline' : bulk.kind, before),
  advance(deps.registry, bulk, bulk.handled, 1),
  putBulkPerson(deps.registry, bulk, person),
];

/** What a change makes other, as `Held` has it: of what was asked nothing but that it is withdrawn. */
function formerOf(before: Registration, after: Registration): Held['former'] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Registration>;
  for (const each of ['revision', 'changedAt'] as const) names.delete(each);
  const differing = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return JSON.stringify(Object.fromEntries(differing.map((name) => [name, formerValue(before, name)])));
}

const REFUSED: ReadonlyMap<ProblemType, BulkRefusal> = new Map([
  ['not-found', 'out-of-reach'],
  ['registered-anew', 'registered-anew'],
  ['registration-closed', 'registration-closed'],
  ['registration-not-open', 'registration-closed'],
  ['event-cancelled', 'registration-closed'],
  ['event-postponed', 'registration-closed'],
]);

/** Nothing where it says nothing about the person: then it is tried again. */
function refusalOf(error: unknown): BulkRefusal | undefined {
  if (error instanceof LeftAsIs) return error.why;
  // The tag that they were to get was removed meanwhile.
  if (error instanceof InvalidInputError) return 'not-possible';
  return error instanceof ProblemError ? REFUSED.get(error.type) : undefined;
}
