import { openSessions } from '../../event/sessions.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import type { IndexedRow } from '../../registration/people/person.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf } from '../../team/role/within-reach.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { camePlaces, isKnownToAll } from './arrivals.ts';
import { peopleMarks } from './attendance.case.ts';
import { largeOf, NUMBER_TABLES, type Sorted, toldNumber, toldTables } from './numbers.ts';
import type { WhoCameDeps } from './who-came.case.ts';

type Deps = WhoCameDeps & Needs<'registrations'>;

/**
 * How many people there are, adults and those under 18 together, for members who may see none of them: who holds a place, apart by group,
 * country, mode, day, session and quota, and who came. Closed sessions are in none of it.
 */
export const showNumbers =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.showNumbers> =>
  async ({ params: { eventId }, language }) => {
    const event = await definitionOf(deps, eventId, language);
    const known = await readPeople(deps, event);
    const everyone: readonly IndexedRow[] = [...known.people.values(), ...known.minors.values()];
    const { lists } = await readCheckInLists(deps.client, deps.registry, event);
    const { marksOf } = await peopleMarks(deps, eventId, everyone);
    const placesOf = camePlaces(
      event,
      lists.filter((list) => isKnownToAll(event, list)),
    );
    const came = everyone.map((each) => placesOf(marksOf(each))).filter((places) => places.length > 0);
    const held = everyone.filter(({ status }) => status === 'confirmed');
    const [days, modes, sessions] = [event.days, event.modes, openSessions(event)];
    const of = (named: readonly { readonly id: string }[], people: readonly (readonly string[])[]): Sorted => {
      const rows = named.map(({ id }) => id);
      return { rows, people: people.map((own) => rows.filter((id) => own.includes(id))) };
    };
    const places = toldTables({
      category: of(
        event.categories,
        held.map(({ category }) => [category]),
      ),
      country: largeOf(held.map(({ country }) => country)),
      mode: of(
        modes,
        held.map(({ mode }) => [mode]),
      ),
      day: of(
        days,
        held.map((each) => each.days),
      ),
      session: of(
        sessions.filter(({ signUp }) => signUp),
        held.map((each) => each.sessions),
      ),
      quota: of(
        event.quotas,
        held.map(({ seats }) => seats.flatMap(({ quota, state }) => (state === 'taken' ? [quota] : []))),
      ),
    });
    const presences = toldTables({
      'came-day': of(
        days,
        came.map((all) => all.flatMap(({ place }) => (place.kind === 'day' ? [place.day] : []))),
      ),
      'came-session': of(
        sessions,
        came.map((all) => all.flatMap(({ place }) => (place.kind === 'session' ? [place.session] : []))),
      ),
      'came-mode': of(
        modes,
        came.map((all) => all.flatMap(({ place, mode }) => (place.kind === 'event' ? [mode] : []))),
      ),
    });
    // What differs may have one id: a way of taking part, and the seats for it.
    const named = { category: event.categories, mode: modes, day: days, session: sessions, quota: event.quotas };
    const titleOf = (about: keyof typeof tables, id: string): string | undefined => {
      const kind = about.replace('came-', '') as keyof typeof named;
      return about === 'country' ? undefined : named[kind].find((each) => each.id === id)?.title;
    };
    const capacities = new Map(
      event.quotas.map(({ id, per, capacity }) => [id, per === undefined ? capacity : undefined]),
    );
    const tables = { ...places, ...presences };
    return json(200, {
      registered: toldNumber(held.length) ?? undefined,
      came: toldNumber(came.length) ?? undefined,
      tables: NUMBER_TABLES.map((about) => {
        const { rows, isWithheld } = tables[about];
        const told = rows.map(({ id, people }) => {
          const capacity = about === 'quota' ? capacities.get(id) : undefined;
          const title = titleOf(about, id);
          return {
            id,
            people: people ?? undefined,
            ...(title !== undefined && { title }),
            ...(capacity !== undefined && { capacity }),
          };
        });
        return { about, isWithheld, rows: told };
      }),
    });
  };
