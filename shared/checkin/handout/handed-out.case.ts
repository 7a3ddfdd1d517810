import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json, requireRoom, tableOf } from '../../kernel/http/reply.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import type { IndexedPerson, IndexedRow } from '../../registration/people/person.ts';
import type { AuditAction } from '../../team/audit/audit.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { isVisible } from '../../team/role/within-reach.case.ts';
import { peopleMarks } from '../attendance/attendance.case.ts';
import { toldTime } from '../attendance/minutes.ts';
import { adultsIn, inZone, isFirst, requireFew, type WhoCameDeps } from '../attendance/who-came.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import type { SharedMark } from '../roster/check-in-feed.store.ts';
import { type HandedOut, handedOut, handoutTally } from './handout.ts';

interface Asked {
  readonly params: { readonly eventId: string; readonly listId: string };
  readonly query: { readonly part?: string | undefined };
  readonly language: string;
}

/** To whom something was handed out: adults that the caller may see; of all others, to those who run check-in, how many. */
export const listHandedOut =
  (deps: WhoCameDeps): Permitted<typeof CHECK_IN_ROUTES.listHandedOut> =>
  async (request, caller) => {
    const { event, people, minors, unnamed } = await found(deps, request, caller);
    const isTold = holdsAny(caller.grants, ['run-check-in']) && isFirst(request.query);
    const body = { people, ...(isTold && { minors: counted(minors()), unnamed: counted(unnamed()) }) };
    requireRoom(JSON.stringify(body));
    await note(deps, event, caller, 'load-people', request.params.listId, people.length);
    return json(200, body);
  };

/** The same as a table: a file leaves the system and its rules behind. */
export const exportHandedOut =
  (deps: WhoCameDeps): Permitted<typeof CHECK_IN_ROUTES.exportHandedOut> =>
  async (request, caller) => {
    const { eventId, listId } = request.params;
    const { event, people } = await found(deps, request, caller);
    const local = inZone(event);
    const rows = people.map(({ given, isOut, ...person }) => [
      ...NAMED.map((name) => person[name] ?? ''),
      ...[String(given), local(person.givenAt), isOut ? 'out' : ''],
    ]);
    const about = [eventId, listId, request.query.part].filter(Boolean).join('-');
    const file = tableOf(`${about}-handed-out`, [COLUMNS, ...rows]);
    await note(deps, event, caller, 'export', listId, people.length);
    return file;
  };

const NAMED = [
  ...(['reference', 'honorific', 'fullName', 'nativeName'] as const),
  ...(['organisation', 'country', 'category'] as const),
] satisfies readonly (keyof IndexedPerson)[];
const COLUMNS = [...NAMED, 'given', 'givenAt', 'status'];

const note = (
  deps: WhoCameDeps,
  event: EventDefinition<string>,
  caller: Caller,
  action: Extract<AuditAction, 'export' | 'load-people'>,
  list: string,
  people: number,
): Promise<void> => deps.write([audited(deps, event, caller, action, list, { people, columns: COLUMNS })]);

function counted(all: readonly HandedOut[]) {
  const { people, out } = handoutTally(all);
  return { people, out };
}

/** @throws ProblemError `not-found` also of a door */
async function found(deps: WhoCameDeps, { params: { eventId, listId }, query, language }: Asked, caller: Caller) {
  const { event } = await eventOf(deps, eventId, language);
  const { handouts } = await readCheckInLists(deps.client, deps.registry, event);
  const handout = handouts.find(({ id }) => id === listId);
  if (handout === undefined) throw new ProblemError('not-found');
  const known = await readPeople(deps, event);
  const [adults, young] = [[...known.people.values()], [...known.minors.values()]];
  const marks = await peopleMarks(deps, eventId, [...adults, ...young]);
  const standOf = (all: readonly SharedMark[]): HandedOut => {
    const { gives, out } = handedOut(all.filter(({ list }) => list === listId).map(({ mark }) => mark));
    return { gives, out: handout.isLent ? out : undefined };
  };
  const told = toldTime(event, deps.system.now());
  const people = adultsIn(known, { query, language })
    .filter((person) => isVisible(caller, person, event))
    .flatMap((person) => {
      const { gives, out } = standOf(marks.marksOf(person));
      const last = gives.at(-1);
      if (last === undefined) return [];
      const { reference, honorific, fullName, nativeName, organisation, country, category } = person;
      const given = { given: gives.length, givenAt: told(last.correctedAt), ...(out && { isOut: true as const }) };
      return [{ reference, honorific, fullName, nativeName, organisation, country, category, ...given }];
    });
  requireFew(people);
  const minors = () => young.map((row: Pick<IndexedRow, 'ticket'>) => standOf(marks.marksOf(row)));
  return { event, people, minors, unnamed: () => marks.ofNobody().map(standOf) };
}
