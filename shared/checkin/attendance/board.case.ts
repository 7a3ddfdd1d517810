import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { isVisible } from '../../team/role/within-reach.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { readDevices } from '../device/known-device.case.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { byName, endOn, isKnownToAll, type ListDay, presenceOn } from './arrivals.ts';
import {
  type BoardBy,
  boardBys,
  boardChoices,
  boardOf,
  groupIn,
  type Present,
  projectedOf,
  silentPhones,
  usualChoice,
} from './board.ts';
import { dayOfList, readMarks, type WhoCameDeps } from './who-came.case.ts';

type Rules = EventDefinition<string>;

/** A board is asked for every few seconds, and nothing is decided on it. */
const SHOWN = { consistent: false } as const;

interface Wanted {
  readonly params: { readonly eventId: string };
  readonly query: {
    readonly list?: string | undefined;
    readonly day?: string | undefined;
    readonly groupBy?: BoardBy | undefined;
  };
  readonly language: string;
}

/** The arrivals of a list on a day as they are now, in numbers; and of what else a board may be. */
export const showArrivalBoard =
  (deps: WhoCameDeps): Permitted<typeof CHECK_IN_ROUTES.showArrivalBoard> =>
  async (request, caller) => {
    const { event, lists, choices, on } = await boardAsked(deps, request, caller);
    const told = choices.map((each) => ({ ...calledOn(event, each), day: each.day?.id }));
    if (on === undefined) return json(200, { choices: told });
    const [present, devices] = await Promise.all([
      presentAt(deps, event, { ...on, lists }),
      readDevices(deps, event.id, SHOWN),
    ]);
    const { by, bys } = byAsked(present, request.query.groupBy);
    return json(200, {
      choices: told,
      shown: {
        ...shownOf(deps, event, on),
        ...{ by, bys },
        ...boardOf(event, present, by, request.language),
        silent: silentPhones(devices, [on.list.id], deps.system.now().getTime()),
      },
    });
  };

/** The same for everyone in the room to see: nobody is named or told by a number, nor is a phone. */
export const projectArrivals =
  (deps: WhoCameDeps): Permitted<typeof CHECK_IN_ROUTES.projectArrivals> =>
  async (request, caller) => {
    const { event, lists, on } = await boardAsked(deps, request, caller);
    if (on === undefined) throw new ProblemError('not-found');
    const [present, devices] = await Promise.all([
      presentAt(deps, event, { ...on, lists }),
      readDevices(deps, event.id, SHOWN),
    ]);
    const { by } = byAsked(present, request.query.groupBy);
    const { name } = calledOn(event, on);
    return json(200, {
      ...shownOf(deps, event, on),
      ...{ name, date: on.day?.date },
      ...{ by, ...projectedOf(event, present, by, request.language) },
      silent: silentPhones(devices, [on.list.id], deps.system.now().getTime()).length,
    });
  };

const COLUMNS = ['reference', 'honorific', 'fullName', 'nativeName', 'organisation', 'country'] as const;
/** Names of one press: more are read by nobody within a minute. */
const MOST_NAMED = 200;

/** Adults who are expected at a list on a day and have not come, by name. Each look is noted like an export. */
export const nameNotYetHere =
  (deps: WhoCameDeps): Permitted<typeof CHECK_IN_ROUTES.nameNotYetHere> =>
  async (request, caller) => {
    const { event, lists, on } = await boardAsked(deps, request, caller);
    if (on === undefined) throw new ProblemError('not-found');
    const present = await presentAt(deps, event, { ...on, lists });
    const { by } = byAsked(present, request.query.groupBy);
    const { group } = request.query;
    const groupOf = groupIn(by);
    const missing = present
      .flatMap(({ row, isHere }) => (isHere || row.ageBand === 'minor' || !isVisible(caller, row, event) ? [] : [row]))
      .filter((row) => group === undefined || groupOf(row) === group)
      .sort(byName(request.language));
    const people = missing
      .slice(0, MOST_NAMED)
      .map((row) => Object.fromEntries(COLUMNS.map((name) => [name, row[name]])));
    const about = [on.list.id, on.day?.id].filter(Boolean).join(' ');
    const said = { people: people.length, columns: COLUMNS };
    await deps.write([audited(deps, event, caller, 'name-not-here', about, said)]);
    return json(200, { people, total: missing.length });
  };

/**
 * Of what a board is wanted: a list on a day, or what is on where none is named.
 *
 * @throws ProblemError `not-found` also for a list of a closed session, for all but those who run check-in
 */
async function boardAsked(deps: WhoCameDeps, { params: { eventId }, query, language }: Wanted, caller: Caller) {
  const { event } = await eventOf(deps, eventId, language);
  const { lists } = await readCheckInLists(deps.client, deps.registry, event, SHOWN);
  const isTold = holdsAny(caller.grants, ['run-check-in']) ? () => true : isKnownToAll.bind(undefined, event);
  const choices = boardChoices(event, lists.filter(isTold));
  if (query.list === undefined) {
    if (query.day !== undefined) throw new InvalidInputError([{ path: 'list', code: 'required' }]);
    return { event, lists, choices, on: usualChoice(event, choices, deps.system.now()) };
  }
  const list = choices.find((each) => each.list.id === query.list)?.list;
  if (list === undefined) throw new ProblemError('not-found');
  return { event, lists, choices, on: { list, day: dayOfList(event, list, query.day) } };
}

/** With all lists of the event: an entrance says of a day's who came. */
type AskedOn = Parameters<typeof readMarks>[2];

/** Everyone who came there or is expected, those under 18 too. */
async function presentAt(deps: WhoCameDeps, event: Rules, on: AskedOn): Promise<readonly Present[]> {
  const { people, minors } = await readPeople(deps, event);
  const known = [...people.values(), ...minors.values()];
  const { marksOf } = await readMarks(deps, event, on, known, known);
  const presence = presenceOn(event, on);
  return known.flatMap((row) => {
    const found = presence(row, marksOf(row));
    return found === undefined ? [] : [{ row, isHere: found.stay !== undefined }];
  });
}

function byAsked(present: readonly Present[], asked: BoardBy | undefined) {
  const bys = boardBys(present);
  // Whose last delegation was deleted meanwhile still sees the numbers.
  const by = bys.find((each) => each === asked) ?? bys.find((each) => each !== 'organisation') ?? 'category';
  return { by, bys };
}

const shownOf = ({ system }: Pick<WhoCameDeps, 'system'>, event: Rules, on: ListDay) => ({
  list: on.list.id,
  day: on.day?.id,
  at: system.now().toISOString(),
  ends: new Date(endOn(event, on)).toISOString(),
});

/** What a list is called on a day, in the language of the request; the event's entrance has no name of its own. */
export function calledOn({ days, sessions }: Rules, { list: { id: list, name, place }, day }: ListDay) {
  const session = place.kind === 'session' ? sessions.find(({ id }) => id === place.session) : undefined;
  const own = place.kind === 'day' ? place.day : session?.day;
  const on = day ?? days.find(({ id }) => id === own);
  const title = place.kind === 'event' ? undefined : (session?.title ?? on?.title);
  return { list, name: name ?? title, date: on?.date, start: session?.start };
}
