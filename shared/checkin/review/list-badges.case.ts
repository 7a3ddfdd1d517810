import { refusesPictures } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { listRegistrations } from '../../registration/list/registration-list.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { noteMinor } from '../../team/audit/audited.case.ts';
import { maySee } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { BADGES_A_PAGE, type Badge } from './people.schema.ts';

type Deps = Needs<'auditTable' | 'client' | 'events' | 'registrations' | 'registry' | 'system' | 'write'>;

/** Badges to be printed, of a group, of all, or of one person: in the order of their names. */
export const listBadges =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.listBadges> =>
  async ({ params: { eventId }, query: { category, reference, after = '' }, language }, caller) => {
    const event = (await deps.events.readEvent(eventId, language))?.event;
    if (event === undefined) throw new ProblemError('unknown-event');
    if (reference !== undefined) return oneBadge(deps, event, reference, caller);
    const all = await listRegistrations(deps.client, deps.registry, eventId);
    const wearing = all.filter((each) => wearsBadge(event, each));
    // Nobody under 18 is in a batch: there is no bulk export of theirs (CS16).
    const wanted = wearing
      .filter(({ ageBand, ...each }) => ageBand !== 'minor' && (category === undefined || each.category === category))
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const place = Buffer.from(after, 'base64url').toString();
    const rest = after === '' ? wanted : wanted.filter((each) => placeOf(each) > place);
    const shown = rest.slice(0, BADGES_A_PAGE);
    const last = shown.at(-1);
    return json(200, {
      badges: shown.map((each) => badgeOf(event, each)),
      total: wanted.length,
      ...(last && rest.length > shown.length && { next: Buffer.from(placeOf(last)).toString('base64url') }),
    });
  };

async function oneBadge(deps: Deps, event: EventDefinition<string>, typed: string, caller: Caller) {
  const reference = parseReference(typed);
  const found = reference === undefined ? undefined : await deps.registrations.read(event.id, reference);
  const isShown = found && wearsBadge(event, found) && maySee(caller.grants, found, lastDay(event));
  if (!isShown) return json(200, { badges: [], total: 0 });
  if (found.ageBand === 'minor') await noteMinor(deps, event, caller, found.reference);
  return json(200, { badges: [badgeOf(event, found)], total: 1 });
}

/** The order of badges: staff who hand them out look for a name. */
const placeOf = ({ badgeName, reference }: Registration): string =>
  `${badgeName.toLowerCase().slice(0, 40)} ${reference}`;

/** Whether an attendee wears one: they come to the room. */
const wearsBadge = (event: Pick<EventDefinition<unknown>, 'status'>, registration: Registration): boolean =>
  registration.status === 'confirmed' && asHeld(event, registration).mode === 'in-person';

/** The badge of a minor says their name and nothing else: neither where they come from nor why they are here. */
function badgeOf(event: Pick<EventDefinition<unknown>, 'consents'>, registration: Registration): Badge {
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
