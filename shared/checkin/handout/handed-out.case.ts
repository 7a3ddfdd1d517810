import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json, requireRoom, tableOf } from '../../kernel/http/reply.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';
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
import type { Handout } from '../check-in-items.schema.ts';
import { readDevices } from '../device/known-device.case.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import type { SharedMark } from '../roster/check-in-feed.store.ts';
import { validMarks } from '../scan/passage.ts';
import type { ScanMark } from '../scan/scan.ts';
import { MOST_GIVES_TOLD } from './handout.schema.ts';
import { givenBeyond, handedOut, handoutTally } from './handout.ts';

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
    const named = await withScans(deps, event, people);
    const body = { people: named, ...(isTold && { minors: counted(minors()), unnamed: counted(unnamed()) }) };
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
    const rows = people.map(({ given, isOut, beyond, ...person }) => [
      ...NAMED.map((name) => person[name] ?? ''),
      ...[String(given), local(person.givenAt), isOut ? 'out' : '', beyond === undefined ? '' : String(beyond)],
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
const COLUMNS = [...NAMED, 'given', 'givenAt', 'status', 'beyond'];

const note = (
  deps: WhoCameDeps,
  event: EventDefinition<string>,
  caller: Caller,
  action: Extract<AuditAction, 'export' | 'load-people'>,
  list: string,
  people: number,
): Promise<void> => deps.write([audited(deps, event, caller, action, list, { people, columns: COLUMNS })]);

function counted(all: Parameters<typeof handoutTally>[0]) {
  const { people, out, beyond } = handoutTally(all);
  return { people, out, beyond };
}

/** How it stands with one ticket, by what was scanned of it anywhere. */
export function standingOf(event: Pick<EventDefinition<string>, 'timeZone'>, handout: Handout) {
  const dayOf = (at: number): string => localDate(new Date(at), event.timeZone);
  return (marks: readonly ScanMark[]) => {
    const { gives, out } = handedOut(marks);
    // Most are given something once: to ask for days costs more than all else.
    const beyond = gives.length < 2 ? [] : givenBeyond(handout, marks, dayOf);
    return { gives, out: handout.isLent ? out : undefined, beyond };
  };
}

/** The same in short, as it is told of a person; nothing of one who was given none. @param told how an instant is told */
export function givenTo(
  { gives, out, beyond }: ReturnType<ReturnType<typeof standingOf>>,
  told: (at: number) => string,
) {
  const last = gives.at(-1);
  if (last === undefined) return undefined;
  return {
    ...{ given: gives.length, givenAt: told(last.correctedAt) },
    ...(out && { isOut: true as const }),
    ...(beyond.length > 0 && { beyond: beyond.length }),
  };
}

type Found = Awaited<ReturnType<typeof found>>['people'][number];

/** With what was scanned of those who were given it too often, and at which phones: these alone are asked for it. */
async function withScans(deps: WhoCameDeps, event: EventDefinition<string>, people: readonly Found[]) {
  const devices = people.some(({ beyond }) => beyond !== undefined) ? await readDevices(deps, event.id, SHOWN) : [];
  const names = new Map(devices.map(({ id, name }) => [id, name]));
  const told = toldTime(event, deps.system.now());
  return people.map(({ scans, ...person }) => {
    if (person.beyond === undefined) return person;
    const last = validMarks(scans()).slice(-MOST_GIVES_TOLD);
    const said = last.flatMap(({ kind, device, correctedAt }) =>
      kind === 'undo' ? [] : [{ kind, at: told(correctedAt), phone: names.get(device) }],
    );
    return { ...person, scans: said };
  });
}

/** What is shown alone may be as it was a moment ago. */
const SHOWN = { consistent: false } as const;

/** @throws ProblemError `not-found` also of a door */
async function found(deps: WhoCameDeps, { params: { eventId, listId }, query, language }: Asked, caller: Caller) {
  const { event } = await eventOf(deps, eventId, language);
  const { handouts } = await readCheckInLists(deps.client, deps.registry, event);
  const handout = handouts.find(({ id }) => id === listId);
  if (handout === undefined) throw new ProblemError('not-found');
  const known = await readPeople(deps, event);
  const [adults, young] = [[...known.people.values()], [...known.minors.values()]];
  const marks = await peopleMarks(deps, eventId, [...adults, ...young]);
  const onList = (all: readonly SharedMark[]): readonly ScanMark[] =>
    all.filter(({ list }) => list === listId).map(({ mark }) => mark);
  const standing = standingOf(event, handout);
  const standOf = (all: readonly SharedMark[]) => standing(onList(all));
  const told = toldTime(event, deps.system.now());
  const people = adultsIn(known, { query, language })
    .filter((person) => isVisible(caller, person, event))
    .flatMap((person) => {
      const given = givenTo(standOf(marks.marksOf(person)), told);
      if (given === undefined) return [];
      const { reference, honorific, fullName, nativeName, organisation, country, category } = person;
      const scans = () => onList(marks.marksOf(person));
      return [{ reference, honorific, fullName, nativeName, organisation, country, category, ...given, scans }];
    });
  requireFew(people);
  const minors = () => young.map((row: Pick<IndexedRow, 'ticket'>) => standOf(marks.marksOf(row)));
  return { event, people, minors, unnamed: () => marks.ofNobody().map(standOf) };
}
