import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json, requireRoom, tableOf } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { doesNotFit, unfit } from '../../kernel/text/field-problem.ts';
import { localWithOffset } from '../../kernel/text/zoned-time.ts';
import { inOrderOf, inOrderOfReferences, readPeople } from '../../registration/people/people.case.ts';
import { chunkOf, type KnownPeople, PLACES } from '../../registration/people/people.store.ts';
import type { IndexedPerson, IndexedRow } from '../../registration/people/person.ts';
import type { AuditAction } from '../../team/audit/audit.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { isVisible } from '../../team/role/within-reach.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { CheckInList } from '../check-in-items.schema.ts';
import { checkInKey } from '../check-in-keys.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { scansOf } from '../list/list.ts';
import type { SharedMark } from '../roster/check-in-feed.store.ts';
import { fromCheckInItem } from '../scan/check-in.store.ts';
import { ONLINE, type ScanMark } from '../scan/scan.ts';
import { byName, type Comer, comersOf, isKnownToAll, type ListDay, stayOn } from './arrivals.ts';
import { type PeopleMarks, peopleMarks } from './attendance.case.ts';
import { type Counted, countedOn } from './attendance.store.ts';
import { shortMarks } from './attendance-index.store.ts';

/** What it takes to tell who came: the indexes of people and attendance, lists, and to note who looked. */
export type WhoCameDeps = Needs<
  | 'attendanceIndex'
  | 'attendanceMemory'
  | 'auditTable'
  | 'client'
  | 'events'
  | 'people'
  | 'peopleMemory'
  | 'registry'
  | 'system'
  | 'write'
>;
type Rules = EventDefinition<string>;

interface Wanted {
  readonly params: { readonly eventId: string; readonly listId: string };
  readonly query: { readonly day?: string | undefined; readonly part?: string | undefined };
  readonly language: string;
}

/** Who came to a list, and who was expected: adults that the caller may see. */
export const listWhoCame =
  (deps: WhoCameDeps): Permitted<typeof CHECK_IN_ROUTES.listWhoCame> =>
  async (request, caller) => {
    const { event, comers, unnamed } = await found(deps, request, caller);
    const isTold = holdsAny(caller.grants, ['run-check-in']) && isFirst(request.query);
    const people = comers.map(({ person, status, stay }) => {
      const { reference, honorific, fullName, badgeName, nativeName, organisation, country, category } = person;
      // All of one shape, whatever is absent: twenty thousand that differ take four times as long.
      return {
        reference,
        honorific,
        fullName,
        badgeName,
        nativeName,
        organisation,
        country,
        category,
        status,
        mode: stay?.mode,
        cameAt: stay?.cameAt,
        leftAt: stay?.leftAt,
        isByHand: stay?.isByHand,
      };
    });
    const body = { people, ...(isTold && { unnamed: unnamed() }) };
    requireRoom(JSON.stringify(body));
    await note(deps, event, caller, 'load-people', request.params.listId, comers);
    return json(200, body);
  };

/** Whether what is told with a list is told with this answer: of parts, one has it. */
export const isFirst = ({ part }: Pick<Wanted['query'], 'part'>): boolean => part === undefined || part === PLACES[0];

/** The same as a table: a file leaves the system and its rules behind. */
export const exportWhoCame =
  (deps: WhoCameDeps): Permitted<typeof CHECK_IN_ROUTES.exportWhoCame> =>
  async (request, caller) => {
    const { eventId, listId } = request.params;
    const { event, asked, comers } = await found(deps, request, caller);
    const local = inZone(event);
    const rows = comers.map(({ person, status, stay }) => [
      ...NAMED.map((name) => person[name] ?? ''),
      ...[stay?.mode ?? '', local(stay?.cameAt), local(stay?.leftAt), status],
    ]);
    const about = [eventId, listId, asked.day?.date, request.query.part].filter(Boolean).join('-');
    const file = tableOf(`${about}-who-came`, [COLUMNS, ...rows]);
    await note(deps, event, caller, 'export', listId, comers);
    return file;
  };

const DATE = 'YYYY-MM-DD'.length;

/** What was told of when, as files say it: with the event's offset. */
export const inZone =
  ({ timeZone }: Pick<Rules, 'timeZone'>) =>
  (told = ''): string =>
    // A date alone is as local as it will be.
    told === '' || told.length === DATE ? told : localWithOffset(new Date(told), timeZone);

const NAMED = [
  ...(['reference', 'honorific', 'fullName', 'badgeName', 'nativeName'] as const),
  ...(['organisation', 'country', 'category'] as const),
] satisfies readonly (keyof IndexedPerson)[];
const COLUMNS = [...NAMED, 'mode', 'cameAt', 'leftAt', 'status'];

const note = (
  deps: WhoCameDeps,
  event: Rules,
  caller: Caller,
  action: Extract<AuditAction, 'export' | 'load-people'>,
  list: string,
  comers: readonly Comer[],
): Promise<void> =>
  deps.write([audited(deps, event, caller, action, list, { people: comers.length, columns: COLUMNS })]);

/** People of one answer: of so many, each with nothing but what everyone has, an answer of Lambda is full. */
const MOST_AT_ONCE = 40_000;

/** @throws ProblemError `export-too-large` before it takes long to write what no answer holds */
export function requireFew(people: readonly unknown[]): void {
  if (people.length > MOST_AT_ONCE) throw new ProblemError('export-too-large');
}

/** Adults of a part in the order of their references, or all in that of their names: put so again, which takes no time. */
export const adultsIn = (
  known: KnownPeople,
  { query: { part }, language }: Pick<Wanted, 'query' | 'language'>,
): readonly IndexedPerson[] =>
  part === undefined
    ? inOrderOf(known, `names ${language}`, (all) => all.toSorted(byName(language)))
    : inOrderOfReferences(known).filter(({ reference }) => chunkOf(reference) === part);

/**
 * @throws ProblemError `not-found` also of a list of a closed session, for all but organisers; `export-too-large` of more people than one
 *   answer holds, of which a part has to be asked
 */
async function found(deps: WhoCameDeps, { params: { eventId, listId }, query, language }: Wanted, caller: Caller) {
  const { event } = await eventOf(deps, eventId, language);
  const { lists } = await readCheckInLists(deps.client, deps.registry, event);
  const list = lists.find(({ id }) => id === listId);
  const isTold = list !== undefined && (holdsAny(caller.grants, ['run-check-in']) || isKnownToAll(event, list));
  if (!isTold) throw new ProblemError('not-found');
  const asked = { list, day: dayOfList(event, list, query.day) };
  const people = await readPeople(deps, event);
  const known = [...people.people.values()];
  const seen = adultsIn(people, { query, language }).filter((person) => isVisible(caller, person, event));
  const { marksOf, unnamed } = await readMarks(deps, event, { ...asked, lists }, known, seen);
  const comers = comersOf(event, asked, seen, marksOf, deps.system.now());
  requireFew(comers);
  return { event, asked, comers, unnamed };
}

/** @throws InvalidInputError for a day that the event does not have, or that is not the list's */
export function dayOfList(event: Rules, { place }: CheckInList, day: string | undefined): ListDay['day'] {
  if (day === undefined) return undefined;
  const found = event.days.find(({ id }) => id === day);
  if (found === undefined) throw new InvalidInputError([{ path: 'day', code: 'unknown-option' }]);
  if (place.kind === 'event') return found;
  const own = place.kind === 'day' ? place.day : event.sessions.find(({ id }) => id === place.session)?.day;
  if (own !== day) throw new InvalidInputError([doesNotFit('day', unfit('list-other-day'))]);
  return undefined;
}

type MarksDeps = Needs<'attendanceIndex' | 'attendanceMemory' | 'client' | 'registry' | 'system'>;
type Ticketed = Pick<IndexedRow, 'ticket'>;

/**
 * What is known of people's scans on a list: `unnamed` counts tickets of none of them that came in there.
 *
 * @param known all that the index holds
 * @param seen whose scans are wanted
 */
export async function readMarks(
  deps: MarksDeps,
  event: Rules,
  asked: ListDay & { readonly lists: readonly CheckInList[] },
  known: readonly Ticketed[],
  seen: readonly Ticketed[],
) {
  const { client, registry } = deps;
  const { list } = asked;
  const [marks, counted] = await Promise.all([
    peopleMarks(deps, event.id, known),
    mayJoin(list) ? countedOn(client, registry, event.id, list.id) : [],
  ]);
  const stay = stayOn(event, asked);
  const isOf = scansOf(event, list, asked.lists);
  const onList = (all: readonly SharedMark[]): readonly ScanMark[] => {
    const theirs: ScanMark[] = [];
    for (const each of all) if (isOf(each)) theirs.push(each.mark);
    return theirs;
  };
  const unnamed = () => marks.ofNobody().filter((each) => stay(onList(each)) !== undefined).length;
  const untoldOf = await untoldMarks(deps, event.id, list, { counted, joined: () => joinedOn(marks, known) }, seen);
  const toldOf = (person: Ticketed) => onList(marks.marksOf(person));
  const marksOf = untoldOf === undefined ? toldOf : (person: Ticketed) => [...toldOf(person), ...untoldOf(person)];
  return { marksOf, unnamed };
}

const mayJoin = ({ place }: CheckInList): boolean => place.kind === 'session';

/** How many are told of who joined online, by the id of the list. @param known all that the index holds */
export function joinedOn(
  marks: PeopleMarks,
  known: readonly Pick<IndexedRow, 'ticket'>[],
): ReadonlyMap<string, number> {
  const joined = new Map<string, number>();
  for (const theirs of [...known.map(marks.marksOf), ...marks.ofNobody()]) {
    const lists = new Set(theirs.flatMap(({ list, mark }) => (mark.device === ONLINE ? [list] : [])));
    for (const list of lists) joined.set(list, (joined.get(list) ?? 0) + 1);
  }
  return joined;
}

/**
 * Marks of people on a list to which more were counted online than are told of: from how each ticket stands.
 *
 * @param online what was counted on the list, and how many of it are told of
 * @param seen whose marks are wanted
 * @returns nothing where all are told of
 */
export async function untoldMarks(
  { client, registry, system }: Pick<WhoCameDeps, 'client' | 'registry' | 'system'>,
  eventId: string,
  list: CheckInList,
  { counted, joined }: { readonly counted: readonly Counted[]; readonly joined: () => ReturnType<typeof joinedOn> },
  seen: readonly Pick<IndexedRow, 'ticket'>[],
): Promise<((person: Pick<IndexedRow, 'ticket'>) => readonly ScanMark[]) | undefined> {
  const cameOnline = counted.reduce((sum, { isOnline, came }) => sum + (isOnline ? came : 0), 0);
  if (!mayJoin(list) || cameOnline <= 0 || (joined().get(list.id) ?? 0) >= cameOnline) return undefined;
  const keyOf = (ticket: string) => checkInKey(eventId, ticket, list.id);
  const keys = seen.map(({ ticket }) => keyOf(ticket));
  const find = await batchGet(client, registry, keys, system);
  return ({ ticket }) => {
    const item = find(keyOf(ticket));
    return item === undefined ? [] : shortMarks(list.id, fromCheckInItem(item));
  };
}
