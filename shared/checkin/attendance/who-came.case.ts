import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json, requireRoom, tableOf } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { localTime, localWithOffset } from '../../kernel/text/zoned-time.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import type { IndexedPerson } from '../../registration/people/person.ts';
import type { AuditAction } from '../../team/audit/audit.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { isVisible } from '../../team/role/within-reach.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { CheckInList } from '../check-in-items.schema.ts';
import { checkInKey } from '../check-in-keys.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import type { SharedMark } from '../roster/check-in-feed.store.ts';
import { fromCheckInItem } from '../scan/check-in.store.ts';
import { ONLINE, type ScanMark } from '../scan/scan.ts';
import { type Comer, comersOf, isKnownToAll, type ListDay, stayOn } from './arrivals.ts';
import { peopleMarks } from './attendance.case.ts';
import { countedOn } from './attendance.store.ts';
import { shortMarks } from './attendance-index.store.ts';

type Deps = Needs<
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
  readonly query: { readonly day?: string | undefined };
  readonly language: string;
}

/** Who came to a list, and who was expected: adults that the caller may see. */
export const listWhoCame =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.listWhoCame> =>
  async (request, caller) => {
    const { event, comers, unnamed } = await found(deps, request, caller);
    const people = comers.map(({ person, status, stay }) => {
      const { reference, honorific, fullName, badgeName, nativeName, organisation, country, category } = person;
      const names = { reference, honorific, fullName, badgeName, nativeName };
      return { ...names, organisation, country, category, status, ...stay };
    });
    const body = { people, ...(holdsAny(caller.grants, ['run-check-in']) && { unnamed }) };
    requireRoom(JSON.stringify(body));
    await note(deps, event, caller, 'load-people', request.params.listId, comers);
    return json(200, body);
  };

/** The same as a table: a file leaves the system and its rules behind. */
export const exportWhoCame =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.exportWhoCame> =>
  async (request, caller) => {
    const { eventId, listId } = request.params;
    const { event, asked, comers } = await found(deps, request, caller);
    const { timeZone } = event;
    const local = (instant: string | undefined): string => {
      if (instant === undefined) return '';
      const { date, time } = localTime(new Date(instant), timeZone);
      return localWithOffset(date, time, timeZone);
    };
    const rows = comers.map(({ person, status, stay }) => [
      ...NAMED.map((name) => person[name] ?? ''),
      ...[stay?.mode ?? '', local(stay?.cameAt), local(stay?.leftAt), status],
    ]);
    const about = [eventId, listId, asked.day?.date].filter(Boolean).join('-');
    const file = tableOf(`${about}-who-came`, [COLUMNS, ...rows]);
    await note(deps, event, caller, 'export', listId, comers);
    return file;
  };

const NAMED = [
  ...(['reference', 'honorific', 'fullName', 'badgeName', 'nativeName'] as const),
  ...(['organisation', 'country', 'category'] as const),
] satisfies readonly (keyof IndexedPerson)[];
const COLUMNS = [...NAMED, 'mode', 'cameAt', 'leftAt', 'status'];

const note = (
  deps: Deps,
  event: Rules,
  caller: Caller,
  action: Extract<AuditAction, 'export' | 'load-people'>,
  list: string,
  comers: readonly Comer[],
): Promise<void> =>
  deps.write([audited(deps, event, caller, action, list, { people: comers.length, columns: COLUMNS })]);

/** @throws ProblemError `not-found` also of a list of a closed session, for all but organisers */
async function found(deps: Deps, { params: { eventId, listId }, query, language }: Wanted, caller: Caller) {
  const { event } = await eventOf(deps, eventId, language);
  const { lists } = await readCheckInLists(deps.client, deps.registry, event);
  const list = lists.find(({ id }) => id === listId);
  const isTold = list !== undefined && (holdsAny(caller.grants, ['run-check-in']) || isKnownToAll(event, list));
  if (!isTold) throw new ProblemError('not-found');
  const asked = { list, day: dayAsked(event, list, query.day) };
  const known = [...(await readPeople(deps, event)).people.values()];
  const seen = known.filter((person) => isVisible(caller, person, event));
  const { marksOf, unnamed } = await readMarks(deps, event, asked, known, seen);
  const comers = comersOf(event, asked, seen, marksOf, { now: deps.system.now(), language });
  return { event, asked, comers, unnamed };
}

/** @throws InvalidInputError for a day that the event does not have, or that is not the list's */
function dayAsked(event: Rules, { place }: CheckInList, day: string | undefined): ListDay['day'] {
  if (day === undefined) return undefined;
  const found = event.days.find(({ id }) => id === day);
  if (found === undefined) throw new InvalidInputError([{ path: 'day', code: 'unknown-option' }]);
  if (place.kind === 'event') return found;
  const own = place.kind === 'day' ? place.day : event.sessions.find(({ id }) => id === place.session)?.day;
  const problem = 'the list is for another day';
  if (own !== day) throw new InvalidInputError([{ path: 'day', code: 'does-not-fit', params: { problem } }]);
  return undefined;
}

/**
 * What is known of people's scans on a list. Where more were counted online than are told of, from how each ticket stands.
 *
 * @param known all that the index holds
 * @param seen whose scans are wanted
 */
async function readMarks(
  deps: Deps,
  event: Rules,
  asked: ListDay,
  known: readonly IndexedPerson[],
  seen: readonly IndexedPerson[],
) {
  const { client, registry, system } = deps;
  const { list } = asked;
  const { id } = list;
  const mayJoin = list.place.kind === 'session';
  const [{ marksOf, ofNobody }, counted] = await Promise.all([
    peopleMarks(deps, event.id, known),
    mayJoin ? countedOn(client, registry, event.id, id) : [],
  ]);
  const onList = (marks: readonly SharedMark[]): readonly ScanMark[] =>
    marks.filter((each) => each.list === id).map(({ mark }) => mark);
  const stay = stayOn(event, asked);
  const nobodys = ofNobody();
  const unnamed = nobodys.filter((marks) => stay(onList(marks)) !== undefined).length;
  const cameOnline = counted.reduce((sum, { isOnline, came }) => sum + (isOnline ? came : 0), 0);
  const joined = [...known.map(marksOf), ...nobodys].filter((marks) =>
    onList(marks).some(({ device }) => device === ONLINE),
  );
  if (joined.length >= cameOnline) return { marksOf: (person: IndexedPerson) => onList(marksOf(person)), unnamed };
  const keyOf = (ticket: string) => checkInKey(event.id, ticket, id);
  const tickets = seen.flatMap(({ ticket }) => (ticket === undefined ? [] : [ticket]));
  const find = await batchGet(client, registry, tickets.map(keyOf), system);
  const standOf = ({ ticket }: IndexedPerson): readonly ScanMark[] => {
    const item = ticket === undefined ? undefined : find(keyOf(ticket));
    return item === undefined ? [] : shortMarks(id, fromCheckInItem(item));
  };
  return { marksOf: (person: IndexedPerson) => [...onList(marksOf(person)), ...standOf(person)], unnamed };
}
