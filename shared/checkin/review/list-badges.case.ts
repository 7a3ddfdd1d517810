import { refusesPictures } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { inOrderOf, readPeople } from '../../registration/people/people.case.ts';
import type { IndexedPerson } from '../../registration/people/person.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { noteMinor } from '../../team/audit/audited.case.ts';
import { maySee } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { BADGES_A_PAGE, type Badge } from './people.schema.ts';

type Deps = Needs<'auditTable' | 'events' | 'people' | 'peopleMemory' | 'registrations' | 'system' | 'write'>;
type Rules = EventDefinition<string>;

/** Badges to be printed, of a group, of all, or of one person: in the order of their names. */
export const listBadges =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.listBadges> =>
  async ({ params: { eventId }, query: { category, reference, after = '' }, language }, caller) => {
    const event = (await deps.events.readEvent(eventId, language))?.event;
    if (event === undefined) throw new ProblemError('unknown-event');
    if (reference !== undefined) return oneBadge(deps, event, reference, caller);
    const isWanted = (each: Wearer): boolean =>
      wearsBadge(event, each) && (category === undefined || each.category === category);
    const wanted = inOrderOf(await readPeople(deps, event), 'badges', byBadge).filter(isWanted);
    const from = Buffer.from(after, 'base64url').toString();
    const rest = after === '' ? wanted : wanted.slice(behind(wanted, from));
    const { badges, looked } = await firstBadges(deps, event, rest, isWanted);
    const last = rest[looked - 1];
    return json(200, {
      badges,
      total: wanted.length - (looked - badges.length),
      ...(last && rest.length > looked && { next: Buffer.from(placeOf(last)).toString('base64url') }),
    });
  };

/** The same of those who were chosen; who wears none is left out. */
export const listChosenBadges =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.listChosenBadges> =>
  async ({ params: { eventId }, body: { references }, language }) => {
    const event = (await deps.events.readEvent(eventId, language))?.event;
    if (event === undefined) throw new ProblemError('unknown-event');
    const wanted = [...new Set(references.flatMap((each) => parseReference(each) ?? []))];
    const found = wanted.map((reference) => ({ reference }));
    const { badges } = await firstBadges(deps, event, found, (each) => wearsBadge(event, each));
    return json(200, { badges, total: badges.length });
  };

/** What says whether an attendee wears a badge, and where it lies among others. */
type Wearer = Pick<IndexedPerson, 'reference' | 'status' | 'mode' | 'category' | 'badgeName'>;

/** @returns also at how many was looked: who does not come any more is left out, whatever the index says */
async function firstBadges(
  { people }: Deps,
  event: Rules,
  wanted: readonly Pick<Wearer, 'reference'>[],
  isWanted: (each: Wearer) => boolean,
) {
  const badges: Badge[] = [];
  let looked = 0;
  while (badges.length < BADGES_A_PAGE && looked < wanted.length) {
    const some = wanted.slice(looked, looked + BADGES_A_PAGE - badges.length);
    looked += some.length;
    const read = await people.registrations(
      event.id,
      some.map(({ reference }) => reference),
    );
    // Nobody under 18 is in a batch: there is no bulk export of theirs (CS16).
    const wearing = read.filter((each) => each.ageBand !== 'minor' && isWanted(each));
    badges.push(...wearing.map((each) => badgeOf(event, each)));
  }
  return { badges, looked };
}

async function oneBadge(deps: Deps, event: Rules, typed: string, caller: Caller) {
  const reference = parseReference(typed);
  const found = reference === undefined ? undefined : await deps.registrations.read(event.id, reference);
  const isShown = found && wearsBadge(event, found) && maySee(caller.grants, found, lastDay(event));
  if (!isShown) return json(200, { badges: [], total: 0 });
  if (found.ageBand === 'minor') await noteMinor(deps, event, caller, found.reference);
  return json(200, { badges: [badgeOf(event, found)], total: 1 });
}

/** The order of badges: staff who hand them out look for a name. */
const byBadge = (people: readonly IndexedPerson[]): readonly IndexedPerson[] =>
  people
    .map((person) => ({ person, place: placeOf(person) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ person }) => person);

const placeOf = ({ badgeName, reference }: Wearer): string => `${badgeName.toLowerCase().slice(0, 40)} ${reference}`;

/** How many of people in that order are not behind a place. */
function behind(wanted: readonly Wearer[], place: string): number {
  let [from, to] = [0, wanted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (placeOf(wanted[middle] as Wearer) > place) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Whether an attendee wears one: they come to the room. */
const wearsBadge = (event: Pick<EventDefinition<unknown>, 'status'>, each: Pick<Wearer, 'status' | 'mode'>): boolean =>
  each.status === 'confirmed' && asHeld(event, each).mode === 'in-person';

/** The badge of a minor says their name and nothing else: neither where they come from nor why they are here. */
function badgeOf(event: Pick<EventDefinition<unknown>, 'consents' | 'minors'>, registration: Registration): Badge {
  const { reference, ticketId: code, badgeName: name, ageBand, role } = registration;
  const common = { reference, code, name, ...(refusesPictures(event, registration) && { noPhoto: true as const }) };
  if (ageBand === 'minor') return common;
  const { nativeName, honorific, position, organisation, country, category } = registration;
  return {
    ...common,
    ...(nativeName !== undefined && nativeName !== name && { nativeName }),
    ...(honorific !== undefined && { honorific }),
    ...(position !== '' && { position }),
    ...{ organisation, country, category },
    ...(role !== 'attendee' && { role }),
  };
}
