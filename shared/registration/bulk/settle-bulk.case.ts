import { createHash } from 'node:crypto';
import { deleteCareNeeds } from '../../care/care.store.ts';
import { isLive } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { BusyError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import { admit } from '../../seats/admission.ts';
import { type Counters, poolsFor } from '../../seats/quota.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { reopenedQuestions } from '../ask/asked.ts';
import { changeRegistration, type PlannedChange } from '../change/change-registration.case.ts';
import type { Registration } from '../registration.schema.ts';
import { requireUnchanged } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';
import type { Bulk, BulkPerson, Held } from './bulk.schema.ts';
import { settleBulkPerson } from './bulk.store.ts';
import { isEnding } from './bulk.ts';

/*
 * What is held back of a person who was changed goes out, or all is made as it was.
 */

type Deps = Needs<'auditTable' | 'bulks' | 'careTable' | 'changes' | 'registrations' | 'registry' | 'system'>;
type Rules = EventDefinition<string>;

export interface HeldPerson extends BulkPerson {
  readonly held: Held;
}

/** Another run is through with this person. */
export class Overtaken extends Error {}

/**
 * Writes the mail of a person, and gives back what was held. Of one who was erased, that alone is left. One who came back meanwhile, by an
 * undo of their own or a decision taken back, keeps their address, and is not told of an end that is none; nor is one who ended of a seat, nor
 * one who left a session of that they are in it, nor whoever got another ticket, in another's place too, of how they stood before.
 */
export async function release(deps: Deps, event: Rules, bulk: Bulk, person: HeldPerson): Promise<void> {
  const { reference, outcome, held } = person;
  const { kind, former } = held.mail;
  const isEnd = isEnding(bulk.kind);
  const stays = bulk.status === 'taking-back' ? 'stays' : outcome;
  let registration = await deps.registrations.read(event.id, reference);
  for (;;) {
    const hasEnded = registration !== undefined && !isLive(registration);
    const isBack = isEnd && registration !== undefined && !hasEnded;
    // One who left a session again was mailed that.
    const hasLeft = bulk.session !== undefined && registration?.sessions.includes(bulk.session) === false;
    const isToldAnew = held.ticketId !== undefined && registration?.ticketId !== held.ticketId;
    const isOtherwise = isBack || (!isEnd && hasEnded) || hasLeft || isToldAnew;
    const mail = registration && {
      ...newMessage(deps.system, kind, registration),
      ...(former && { former }),
      ...(kind === 'updated' && { byOrganisers: true as const }),
    };
    const refused = await deps.changes.release({
      event,
      reference,
      seats: held.seats,
      addressHash: isEnd && !isBack ? held.lock : undefined,
      messages: mail === undefined || isOtherwise ? [] : [mail],
      also: [
        settleBulkPerson(deps.registry, bulk, person, stays),
        ...(isEnd ? [requireUnchanged(deps.registry, event.id, reference, registration?.revision)] : []),
        ...(isEnd && hasEnded && registration ? [deleteCareNeeds(deps.careTable, registration)] : []),
      ],
    });
    if (refused === 'done') return;
    const now = await deps.registrations.read(event.id, reference);
    // As it was read: another run has seen to the person.
    if (now?.revision === registration?.revision) return;
    registration = now;
  }
}

/**
 * Makes a registration what it was before, with the seats that it had. One that changed since stays as it is, with its mail: what came after
 * rests on it.
 */
export async function bringBack(deps: Deps, event: Rules, bulk: Bulk, person: HeldPerson): Promise<void> {
  const { reference, held } = person;
  const read = await deps.registrations.read(event.id, reference);
  if (read === undefined || !isAsMade(read, held)) return release(deps, event, bulk, person);
  const by = { id: bulk.takenBackBy ?? bulk.by, ticks: [], grants: [] };
  try {
    await changeRegistration(deps, event, read, by, ({ before, counters }) => {
      if (!isAsMade(before, held)) throw new Overtaken();
      return {
        ...restored(deps, event, before, held, counters),
        setAside: { before: held.seats },
        ...(bulk.kind === 'take-back' &&
          held.lock !== undefined && { lock: { release: true, addressHash: held.lock } as const }),
        also: [
          audited(deps, event, by, 'take-back-bulk', before),
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

/** Tags are set and taken away beside it: who gets one since is as the change made them. */
const isAsMade = (now: Registration, { revision, made }: Held): boolean =>
  now.revision === revision || (made !== undefined && digestOf(now) === made);

/** Of a registration without its tags, and without what says how often, when and from what it changed; base64url. */
export function digestOf({ tags: _, revision: __, changedAt: ___, history: ____, ...rest }: Registration): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(rest)))
    .digest('base64url');
}

/** The same in any order of names: as it is stored, others come first than in the one that was written. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, each]) => [name, sorted(each)]),
        )
      : value;

const isGone = async ({ registrations }: Deps, { eventId, reference }: Registration): Promise<boolean> =>
  (await registrations.read(eventId, reference)) === undefined;

/** Stands in `former` for questions of which a decision withdrew one: their words are with the registration alone. */
const WITHDRAWN = 'withdrawn';

export const formerValue = (before: Registration, name: keyof Registration): unknown =>
  name === 'asked' ? WITHDRAWN : (before[name] ?? null);

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
  const entries = Object.entries<unknown>(JSON.parse(former)).map(([name, value]) => [
    name,
    value === WITHDRAWN && name === 'asked' ? reopenedQuestions(before) : (value ?? undefined),
  ]);
  const was = Object.fromEntries(entries) as Partial<Registration>;
  const after = { ...changed(before, was, system.now()), ...was };
  if (after.status !== 'waitlisted') return { after, messages: [] };
  const { status, seats, behind } = admit(poolsFor(event, after), [], counters, system.chance());
  if (status === 'waitlisted') return { after: { ...after, seats }, behind, messages: [] };
  const seated = { ...after, status, seats, waiting: undefined };
  return { after: seated, messages: [newMessage(system, 'promoted', seated)] };
}

/** Leaves nothing of an erased person in any bulk change of their event; what was held of them is given back. */
export async function forgetInBulks(deps: Deps & Needs<'readRules'>, { eventId, reference }: Job): Promise<void> {
  const event = await deps.readRules(eventId);
  if (event === undefined || reference === undefined) return;
  for (const bulk of await deps.bulks.list(eventId)) {
    const person = (await deps.bulks.people(bulk)).find((each) => each.reference === reference);
    if (person?.held !== undefined) await release(deps, event, bulk, { ...person, held: person.held });
    await deps.bulks.forget(bulk, reference);
  }
}
