import { deleteCareNeeds } from '../../care/care.store.ts';
import { isLive } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { ProblemType } from '../../kernel/http/problem.schema.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newJob, newMessage } from '../../mail/outbox/new-items.store.ts';
import { type Job, putJob } from '../../mail/outbox/outbox-items.store.ts';
import { admit } from '../../seats/admission.ts';
import { type Counters, poolsFor } from '../../seats/quota.ts';
import type { AuditAction } from '../../team/audit/audit.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller } from '../../team/role/permitted.case.ts';
import { requireReach } from '../../team/role/within-reach.case.ts';
import { planCancellation } from '../cancel/cancellation.case.ts';
import { changeRegistration, type PlannedChange, type Situation } from '../change/change-registration.case.ts';
import { planDecision, requestOf } from '../decide/decide.case.ts';
import { hashHolder } from '../hashes.store.ts';
import type { Registration } from '../registration.schema.ts';
import { changed } from '../registration-state.store.ts';
import { planTags } from '../tags/tags.case.ts';
import type { Bulk, BulkPerson, Held } from './bulk.schema.ts';
import { advance, type Chosen, putBulkPerson, settleBulkPerson } from './bulk.store.ts';
import {
  BULK_MAILS,
  BULK_RULES,
  type BulkKind,
  type BulkRefusal,
  isTagging,
  misfit,
  TIME_TO_TAKE_BACK,
} from './bulk.ts';

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
  | 'jobs'
  | 'outboxTable'
  | 'readRules'
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
export async function doBulk(deps: Deps, { eventId, reference: id = '' }: Job): Promise<void> {
  const [event, bulk] = await Promise.all([deps.readRules(eventId), deps.bulks.read(eventId, id)]);
  if (event === undefined || bulk === undefined) return;
  const begun = deps.system.now().getTime();
  const isLate = (): boolean => deps.system.now().getTime() - begun > TIME;
  const isWhole = await NEXT[bulk.status](deps, event, bulk, isLate);
  if (!isWhole) await deps.jobs.add(bulkJob(deps, event, bulk), retentionEnd(event));
}

export const bulkJob = ({ system }: Needs<'system'>, event: Rules, { id }: Pick<Bulk, 'id'>, notBefore?: Date): Job =>
  newJob(system, 'do-bulk', event.id, { reference: id, ...(notBefore && { notBefore }) });

/** @returns whether nothing is left to do now */
type Step = (deps: Deps, event: Rules, bulk: Bulk, isLate: () => boolean) => Promise<boolean>;

const NEXT: Readonly<Record<Bulk['status'], Step>> = {
  running: changeAll,
  held: beginToLeave,
  leaving: (...all) => settleAll(...all, release),
  'taking-back': (...all) => settleAll(...all, takeBack),
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
    if (caller === undefined) return holdMail(deps, event, bulk, { stopped: true });
    const isThrough = await changeOne(deps, event, bulk, caller, chosen[bulk.handled]);
    const next = isThrough ? { ...bulk, handled: bulk.handled + 1 } : await deps.bulks.read(event.id, bulk.id);
    if (next?.status !== 'running') return true;
    bulk = next;
  }
  return holdMail(deps, event, bulk, {});
}

/** The member who started it, with what they hold now; nothing where they may not do so any more. */
async function startedBy(deps: Deps, { eventId, by, kind }: Bulk): Promise<Caller | undefined> {
  const grants = (await deps.roles.read(eventId, by))?.grants ?? [];
  const { ticks } = BULK_RULES[kind];
  return holdsAny(grants, ticks) ? { id: by, grants, ticks } : undefined;
}

/** All is done: mail waits for as long as it can be taken back. */
async function holdMail(deps: Deps, event: Rules, bulk: Bulk, said: Pick<Bulk, 'stopped'>): Promise<boolean> {
  if (isTagging(bulk.kind)) {
    await deps.bulks.step(bulk, { ...said, status: 'done', endedAt: deps.system.now().toISOString() });
    return true;
  }
  const leavesAt = new Date(deps.system.now().getTime() + TIME_TO_TAKE_BACK);
  const job = putJob(deps.outboxTable, bulkJob(deps, event, bulk, leavesAt), retentionEnd(event));
  const to = { ...said, status: 'held', leavesAt: leavesAt.toISOString() } as const;
  // Where it is refused, another run has come as far, or it is taken back: a job of its own is there for that.
  await deps.bulks.step(bulk, to, [job]);
  return true;
}

async function beginToLeave(deps: Deps, event: Rules, bulk: Bulk, isLate: () => boolean): Promise<boolean> {
  if (Date.parse(bulk.leavesAt ?? '') > deps.system.now().getTime()) return true;
  if (!(await deps.bulks.step(bulk, { status: 'leaving' }))) return true;
  return settleAll(deps, event, { ...bulk, status: 'leaving' }, isLate, release);
}

/** Goes through all of whom something is held back. */
async function settleAll(
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
  const status = bulk.status === 'leaving' ? 'done' : 'taken-back';
  await deps.bulks.step(bulk, { status, endedAt: deps.system.now().toISOString() });
  return true;
}

interface HeldPerson extends BulkPerson {
  readonly held: Held;
}

/** Why a person is left as they are. */
class LeftAsIs extends Error {
  readonly why: BulkRefusal;
  constructor(why: BulkRefusal) {
    super(why);
    this.why = why;
  }
}

/** Another run is through with this person. */
class Overtaken extends Error {}

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
  const why = misfit(bulk.kind, before, { revision, tag: bulk.tag });
  if (why !== undefined) throw new LeftAsIs(why);
  if (isTagging(bulk.kind)) {
    const tags = [bulk.tag ?? ''];
    const tagged = await planTags(deps, before, bulk.kind === 'tag' ? { set: tags } : { unset: tags });
    if (tagged === undefined) throw new LeftAsIs('already');
    // Nothing is held back: nobody is mailed.
    const also = noted(deps, event, bulk, caller, { reference, outcome: 'done' });
    return { ...tagged, also: [...(tagged.also ?? []), ...also] };
  }
  const plan =
    bulk.kind === 'cancel'
      ? planCancellation(deps, before)
      : planDecision(deps, event, situation, { decision: bulk.kind, note: bulk.note, reason: bulk.reason, revision });
  const mail = plan?.messages[0];
  const kind = BULK_MAILS.find((each) => each === mail?.kind);
  if (plan === undefined || mail === undefined || kind === undefined) throw new LeftAsIs('already');
  const { after } = plan;
  const addressHash = await hashHolder(deps.secrets, before);
  const isEnd = !isLive(after);
  const seats = isEnd ? before.seats.filter(({ state }) => state === 'taken') : [];
  const held: Held = {
    revision: after.revision,
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
      lock: { put: { reference, request: await requestOf(deps, before) }, addressHash },
    }),
    also: noted(deps, event, bulk, caller, { reference, outcome, held }),
  };
}

/** What is written of a person who is changed, with the change. */
const noted = (deps: Deps, event: Rules, bulk: Bulk, caller: Caller, person: BulkPerson): readonly TransactItem[] => [
  audited(deps, event, caller, ACTIONS[bulk.kind], person.reference),
  advance(deps.registry, bulk, bulk.handled, 1),
  putBulkPerson(deps.registry, bulk, person),
];

const ACTIONS = {
  approve: 'approve',
  decline: 'decline',
  'take-back': 'take-back-decline',
  cancel: 'cancel',
  tag: 'tag',
  untag: 'untag',
} as const satisfies Record<BulkKind, AuditAction>;

/** What a change makes other, as `Held` has it. */
function formerOf(before: Registration, after: Registration): Held['former'] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Registration>;
  for (const each of ['revision', 'changedAt'] as const) names.delete(each);
  const differing = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return JSON.stringify(Object.fromEntries(differing.map((name) => [name, before[name] ?? null])));
}

const REFUSED: ReadonlyMap<ProblemType, BulkRefusal> = new Map([
  ['changed-meanwhile', 'changed'],
  ['not-cancellable', 'wrong-status'],
  ['not-found', 'out-of-reach'],
  ['not-taken-back', 'not-possible'],
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

/** Writes the mail of a person, and gives back what was held. Of one who was erased, that alone is left. */
async function release(deps: Deps, event: Rules, bulk: Bulk, person: HeldPerson): Promise<void> {
  const { reference, outcome, held } = person;
  const registration = await deps.registrations.read(event.id, reference);
  const { kind, former } = held.mail;
  const hasEnded = registration !== undefined && !isLive(registration);
  const isEnding = BULK_RULES[bulk.kind].done.every((status) => !isLive({ status }));
  const stays = bulk.status === 'taking-back' ? 'stays' : outcome;
  await deps.changes.release({
    event,
    reference,
    seats: held.seats,
    addressHash: isEnding ? held.lock : undefined,
    messages: registration ? [{ ...newMessage(deps.system, kind, registration), ...(former && { former }) }] : [],
    also: [
      settleBulkPerson(deps.registry, bulk, person, stays),
      ...(isEnding && hasEnded ? [deleteCareNeeds(deps.careTable, registration)] : []),
    ],
  });
}

/**
 * Makes a registration what it was before, with the seats that it had. One that changed since stays as it is, with its mail: what came after
 * rests on it.
 */
async function takeBack(deps: Deps, event: Rules, bulk: Bulk, person: HeldPerson): Promise<void> {
  const { reference, held } = person;
  const read = await deps.registrations.read(event.id, reference);
  if (read?.revision !== held.revision) return release(deps, event, bulk, person);
  const by = { id: bulk.takenBackBy ?? bulk.by, ticks: [], grants: [] };
  try {
    await changeRegistration(deps, event, read, ({ before, counters }) => {
      if (before.revision !== held.revision) throw new Overtaken();
      return {
        ...restored(deps, event, before, held, counters),
        setAside: { before: held.seats },
        ...(bulk.kind === 'take-back' &&
          held.lock !== undefined && { lock: { release: true, addressHash: held.lock } as const }),
        also: [
          audited(deps, event, by, 'take-back-bulk', reference),
          settleBulkPerson(deps.registry, bulk, person, 'taken-back'),
        ],
      };
    });
  } catch (error) {
    const isChanged = error instanceof Overtaken || (error instanceof BusyError && (await isGone(deps, read)));
    if (!isChanged) throw error;
    await release(deps, event, bulk, person);
  }
}

const isGone = async ({ registrations }: Deps, { eventId, reference }: Registration): Promise<boolean> =>
  (await registrations.read(eventId, reference)) === undefined;

/**
 * As before the change, but for the knowledge that a ticket was good for a while. Those who waited stand where they stood, unless by now
 * there is a seat for which nobody waits.
 */
function restored(
  { system }: Deps,
  event: Rules,
  before: Registration,
  { former }: Held,
  counters: Counters,
): NonNullable<PlannedChange> {
  const entries = Object.entries<unknown>(JSON.parse(former)).map(([name, value]) => [name, value ?? undefined]);
  const was = Object.fromEntries(entries) as Partial<Registration>;
  const after = { ...changed(before, was, system.now()), ...was };
  if (after.status !== 'waitlisted') return { after, messages: [] };
  const { status, seats, behind } = admit(poolsFor(event, after), [], counters, system.chance());
  if (status === 'waitlisted') return { after: { ...after, seats }, behind, messages: [] };
  const seated = { ...after, status, seats, waiting: undefined };
  return { after: seated, messages: [newMessage(system, 'promoted', seated)] };
}

/** Leaves nothing of an erased person in any bulk change of their event; what was held of them is given back. */
export async function forgetInBulks(deps: Deps, { eventId, reference }: Job): Promise<void> {
  const event = await deps.readRules(eventId);
  if (event === undefined || reference === undefined) return;
  for (const bulk of await deps.bulks.list(eventId)) {
    const person = (await deps.bulks.people(bulk)).find((each) => each.reference === reference);
    if (person?.held !== undefined) await release(deps, event, bulk, { ...person, held: person.held });
    await deps.bulks.forget(bulk, reference);
  }
}
