import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleanedAndGiven } from '../../kernel/text/cleaned.ts';
import { doesNotFit, unfit } from '../../kernel/text/field-problem.ts';
import { localTime } from '../../kernel/text/zoned-time.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import { noteNews } from '../../registration/people/people.case.ts';
import { rowInIndex } from '../../registration/people/people.store.ts';
import type { IndexedRow } from '../../registration/people/person.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { requireUnchanged } from '../../registration/registration.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { isVisible, ownRegistration } from '../../team/role/within-reach.case.ts';
import { type ArrivedBy, arrivalOn, isKnownToAll } from '../attendance/arrivals.ts';
import { peopleMarks } from '../attendance/attendance.case.ts';
import { calledOn } from '../attendance/board.case.ts';
import { silentPhones } from '../attendance/board.ts';
import type { WhoCameDeps } from '../attendance/who-came.case.ts';
import { readDevices } from '../device/known-device.case.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import type { GREET_ROUTES } from './greet.routes.ts';
import type { GreetedPerson } from './greet.schema.ts';
import {
  allGreetings,
  deleteGreeting,
  type GreetingDeps,
  isPastItsDay,
  type KeptGreeting,
  readGreeting,
  writeGreeting,
} from './greet.store.ts';
import { greetingEnd, LONGEST_GREETING, MOST_GREETED, mayBeGreeted, staysPicked } from './greet.ts';

type Deps = WhoCameDeps & Needs<'greetedMemory' | 'notedNews' | 'registrations'>;
type Rules = EventDefinition<string>;

const COLUMNS = ['reference', 'fullName', 'position', 'organisation', 'country', 'why', 'arrival'];
const HOUR = 3_600_000;

/** Who may be greeted, as they were read: without their address, and whatever else no list tells. */
interface Known {
  readonly row: IndexedRow;
  readonly holders: number;
  readonly names: ReturnType<typeof namesOf>;
}

/** Of whom a list was told last, by event. */
type GreetedMemory = Map<string, { readonly at: number; readonly known: ReadonlyMap<string, Known> }>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly greetedMemory: GreetedMemory;
  }
}

/** Milliseconds for which registrations are remembered that a list is told of every few seconds: who is erased leaves it within a minute. */
const REMEMBERED = 30_000;
/** A list is looked at every few seconds, and nothing is decided on it. */
const SHOWN = { consistent: false } as const;

/**
 * Whom protocol greets, and who of them is here. Their registrations are read as they are, by no index, each half minute: a person who was
 * erased, replaced or put right to be under 18 is not told of from then on, and one who lost their place is told to have none. A look is noted
 * with how many it told of, again each hour, and where one changes.
 */
export const listGreeted =
  (deps: Deps): Permitted<typeof GREET_ROUTES.listGreeted> =>
  async ({ params: { eventId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const now = deps.system.now();
    const { people: picked } = await greetingOf(deps, event, SHOWN);
    const known = await remembered(deps, event, picked);
    const found = stillPicked(deps, event, picked, known).filter(({ row }) => isVisible(caller, row, event));
    const { lists: all } = await readCheckInLists(deps.client, deps.registry, event, SHOWN);
    const isTold = holdsAny(caller.grants, ['run-check-in']) ? () => true : isKnownToAll.bind(undefined, event);
    const day = dayOn(event, now);
    const on = arrivalOn(event, all.filter(isTold), day, now);
    const rows = found.map(({ row }) => row);
    const [{ marksOf }, devices] = await Promise.all([
      peopleMarks(deps, eventId, rows),
      readDevices(deps, eventId, SHOWN),
    ]);
    const { compare } = new Intl.Collator(language);
    const arrivalOf = (row: IndexedRow) =>
      mayBeGreeted(row) ? arrivalTold(event, on.of(row, marksOf(row))) : { status: 'no-place' as const };
    const people = found
      .map(({ why, names, row }) => ({ row, told: { ...names, why, ...arrivalOf(row) } }))
      .sort((a, b) => compare(a.told.fullName, b.told.fullName) || (a.told.reference < b.told.reference ? -1 : 1));
    const hour = Math.floor(now.getTime() / HOUR);
    const states = people.map(
      ({ row: { reference, revision }, told: { status } }) => [reference, `${hour} ${revision} ${status}`] as const,
    );
    await noteNews(deps.notedNews, `greeting ${eventId} ${caller.id}`, new Map(states), (fresh) =>
      deps.write([audited(deps, event, caller, 'read-greeted', undefined, { people: fresh, columns: COLUMNS })]),
    );
    return json(200, {
      date: day.date,
      people: people.map(({ told }) => told),
      silent: silentPhones(devices, on.lists, now.getTime()),
    });
  };

/** Those who are picked, as they were half a minute ago at most; who was picked since is read at once. */
async function remembered(deps: Deps, event: Rules, picked: readonly GreetedPerson[]): Promise<KnownByReference> {
  const { greetedMemory: memory, system } = deps;
  const now = system.now().getTime();
  const before = memory.get(event.id);
  const isFresh = before !== undefined && now - before.at < REMEMBERED;
  // Who is there no more, or was picked meanwhile, is not in what was read.
  if (isFresh && picked.every(({ reference }) => before.known.has(reference))) return before.known;
  const known = await readKnown(deps, event, picked);
  memory.delete(event.id);
  memory.set(event.id, { at: now, known });
  const [oldest] = memory.keys();
  if (memory.size > MOST_EVENTS && oldest !== undefined) memory.delete(oldest);
  return known;
}

/** Events that an instance remembers. */
const MOST_EVENTS = 10;

type KnownByReference = ReadonlyMap<string, Known>;

/** Registrations of those who are picked, strongly consistent; of one that is there no more, that is told. */
async function readKnown(
  { people }: Needs<'people'>,
  event: Rules,
  picked: readonly Pick<GreetedPerson, 'reference'>[],
): Promise<KnownByReference> {
  if (picked.length === 0) return new Map();
  const read = await people.registrations(
    event.id,
    picked.map(({ reference }) => reference),
  );
  return new Map(read.map((each) => [each.reference, knownOf(event, each)]));
}

const knownOf = (event: Rules, registration: Registration): Known => ({
  row: rowInIndex(event, registration),
  holders: registration.formerHolders ?? 0,
  names: namesOf(registration),
});

/** Those who are who was picked, and hold a place, or may get theirs back. */
const stillPicked = (
  { system }: Needs<'system'>,
  event: Rules,
  picked: readonly GreetedPerson[],
  known: KnownByReference,
): readonly (GreetedPerson & Known)[] =>
  picked.flatMap((each) => {
    const of = known.get(each.reference);
    const stays = of !== undefined && staysPicked({ ...of.row, holders: of.holders }, each, event, system.now());
    return stays ? [{ ...of, reference: each.reference, why: each.why, holders: each.holders }] : [];
  });

const namesOf = ({ reference, honorific, fullName, nativeName, position, organisation, country }: Registration) => ({
  ...{ reference, honorific, fullName, nativeName, position, organisation, country },
});

const arrivalTold = (event: Rules, { status, arrival }: ArrivedBy) => ({
  status,
  arrival: arrival && { name: calledOn(event, arrival.on).name, at: new Date(arrival.at).toISOString() },
});

/** Today, or the next day of the event; once all are over, its last. */
function dayOn({ days, timeZone }: Rules, now: Date): Rules['days'][number] {
  const today = localTime(now, timeZone).date;
  const inOrder = days.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const day = inOrder.find(({ date }) => date >= today) ?? inOrder.at(-1);
  if (day === undefined) throw new Error('an event without days');
  return day;
}

/** Whether an adult is picked, with what line, and how many are: for their page, as it was a moment ago. */
export async function greetingTold(
  deps: Needs<'client' | 'people' | 'registry' | 'system'>,
  event: Rules,
  registration: Registration,
) {
  const { people } = await greetingOf(deps, event, SHOWN);
  // Whether there is room is asked of all of them: some may be gone since.
  const still =
    people.length < MOST_GREETED ? people : stillPicked(deps, event, people, await readKnown(deps, event, people));
  return oneIn(deps, event, still, registration);
}

/** Picks a person, or writes another line. Two members who pick at once both find whom they picked, and never more than fifty are. */
export const greetPerson =
  (deps: Deps): Permitted<typeof GREET_ROUTES.greetPerson> =>
  async (request, caller) => {
    const why = cleanedAndGiven('why', request.body.why, { max: LONGEST_GREETING });
    const { registration, event } = await adultToGreet(deps, request, caller);
    const { reference } = registration;
    return rewrite(deps, event, registration, async (before) => {
      const known = await readKnown(deps, event, [...before, registration]);
      const own = known.get(reference);
      // After it nobody is greeted, and what is written would be deleted at once.
      if (own === undefined || !mayBeGreeted(own.row) || isPast(deps, event)) throw new ProblemError('not-amendable');
      const mine = { reference, why, holders: own.holders };
      const others = stillPicked(deps, event, before, known).filter((each) => each.reference !== reference);
      if (others.length >= MOST_GREETED)
        throw new InvalidInputError([doesNotFit('why', unfit('greeted-most', { max: MOST_GREETED }))]);
      const had = before.find((each) => each.reference === reference);
      if (had?.why === why && had.holders === mine.holders) return undefined;
      const people = [...others.map(pickedOf), mine];
      // Who is erased at this moment is not written after it was forgotten (CS20).
      const isAsRead = requireUnchanged(deps.registry, event.id, reference, own.row.revision);
      return {
        people,
        also: [isAsRead, audited(deps, event, caller, 'greet', registration, { people: people.length })],
      };
    });
  };

const pickedOf = ({ reference, why, holders }: GreetedPerson): GreetedPerson => ({ reference, why, holders });

/** Takes a person off the list, also one who does not come any more. */
export const stopGreeting =
  (deps: Deps): Permitted<typeof GREET_ROUTES.stopGreeting> =>
  async (request, caller) => {
    const { registration, event } = await adultToGreet(deps, request, caller);
    const { reference } = registration;
    return rewrite(deps, event, registration, async (before) => {
      const people = before.filter((each) => each.reference !== reference);
      if (people.length === before.length) return undefined;
      return { people, also: [audited(deps, event, caller, 'stop-greeting', registration, { people: people.length })] };
    });
  };

/** @throws ProblemError `not-found` beyond the caller's reach; `not-amendable` of someone under 18, who is never picked */
async function adultToGreet(deps: Deps, request: Parameters<typeof ownRegistration>[1], caller: Caller) {
  const found = await ownRegistration(deps, request, caller);
  if (found.registration.ageBand === 'minor') throw new ProblemError('not-amendable');
  return found;
}

const isPast = ({ system }: Needs<'system'>, event: Rules): boolean => system.now().getTime() >= greetingEnd(event);

/** Nothing, once the event is over: also where it was moved, and what is stored is of its former days. */
async function greetingOf(deps: GreetingDeps, event: Rules, options?: typeof SHOWN): Promise<KeptGreeting> {
  const kept = await readGreeting(deps, event.id, options);
  return isPast(deps, event) ? { ...kept, people: [] } : kept;
}

function oneIn(deps: Needs<'system'>, event: Rules, people: readonly GreetedPerson[], registration: Registration) {
  const own = people.filter(({ reference }) => reference === registration.reference);
  const known = new Map([[registration.reference, knownOf(event, registration)]]);
  const why = stillPicked(deps, event, own, known)[0]?.why;
  return { ...(why !== undefined && { why }), picked: people.length };
}

interface Written {
  readonly people: readonly GreetedPerson[];
  readonly also: Parameters<typeof writeGreeting>[4];
}

const rewrite = (
  deps: Deps,
  event: Rules,
  registration: Registration,
  decide: (before: readonly GreetedPerson[]) => Promise<Written | undefined>,
) =>
  untilWritten(deps.system, async () => {
    const before = await greetingOf(deps, event);
    const after = await decide(before.people);
    if (after === undefined) return json(200, oneIn(deps, event, before.people, registration));
    const isWritten = await writeGreeting(deps, before, after.people, expiryOf(event), after.also);
    return isWritten ? json(200, oneIn(deps, event, after.people, registration)) : undefined;
  });

const expiryOf = (event: Parameters<typeof greetingEnd>[0]): number => Math.floor(greetingEnd(event) / 1000);

type KeepDeps = Needs<'client' | 'people' | 'readRules' | 'registry' | 'system'>;

/**
 * Each quarter of an hour: leaves nothing of a person who does not come any more, has an event that was moved keep its list until its own end,
 * and deletes what is over. One that is written meanwhile is looked at by the next one. Who is erased is forgotten by the job that erasing
 * leaves, and a list tells of none of the others meanwhile.
 */
export async function keepGreetings(deps: KeepDeps): Promise<void> {
  for (const kept of await allGreetings(deps)) {
    try {
      await keepGreeting(deps, kept);
    } catch (error) {
      logger.error('people to greet not kept', { error, eventId: kept.eventId });
    }
  }
}

async function keepGreeting(deps: KeepDeps, kept: KeptGreeting): Promise<void> {
  const now = deps.system.now();
  const event = await deps.readRules(kept.eventId);
  if (event === undefined || isPastItsDay(kept, now) || now.getTime() >= greetingEnd(event))
    return deleteGreeting(deps, kept);
  const still = stillPicked(deps, event, kept.people, await readKnown(deps, event, kept.people));
  if (still.length === 0) return deleteGreeting(deps, kept);
  if (still.length === kept.people.length && kept.expiresAt === expiryOf(event)) return;
  await writeGreeting(deps, kept, still.map(pickedOf), expiryOf(event));
}

/** Leaves nothing of an erased person among those to greet. */
export async function forgetGreeted(
  deps: Needs<'client' | 'registry' | 'system'>,
  { eventId, reference }: Job,
): Promise<void> {
  if (reference === undefined) return;
  await untilWritten(deps.system, async () => {
    const kept = await readGreeting(deps, eventId);
    const people = kept.people.filter((each) => each.reference !== reference);
    if (people.length === kept.people.length) return true;
    return (await writeGreeting(deps, kept, people, kept.expiresAt)) || undefined;
  });
}
