import type { RegistrationStatus } from '../event/attendee.ts';
import type { EventDefinition } from '../event/event.ts';
import { asHeld } from '../event/event-standing.ts';
import type { OrganiserRole } from '../kernel/access.ts';
import { ProblemError } from '../kernel/errors.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { parseReference } from '../kernel/text/reference.ts';
import { compareNames } from '../kernel/text/text-order.ts';
import { localDate } from '../kernel/text/zoned-time.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { noteMinor, noteRead } from '../team/audit/audited.case.ts';
import type { Permitted } from '../team/role/permitted.case.ts';
import { chaperoneStatus, chaperonesNeeded, headcount, needsChaperone } from './chaperone/chaperone.ts';
import { chaperoneRows } from './chaperone/chaperone-row.case.ts';
import { minorView, rowOf } from './minor-view.case.ts';
import type { SAFEGUARDING_ROUTES } from './safeguarding.routes.ts';
import { eventForVetted } from './vetted.case.ts';

type Deps = Needs<
  'auditTable' | 'events' | 'listRegistrations' | 'registrations' | 'roles' | 'system' | 'write' | 'young'
>;

/** Whoever confirms a signed form need not look after children. */
export const SECOND_PERSONS: readonly OrganiserRole[] = ['safeguarding', 'organiser'];

const ENDED: readonly RegistrationStatus[] = ['cancelled', 'declined', 'expired'];

/** Whom each of them waits for. That someone looked is noted, or they do not see it (CS14, CS15). */
export const listMinors =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.listMinors> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller, SECOND_PERSONS);
    await noteRead(deps, event, caller, 'list-minors');
    const all = (await deps.listRegistrations(event.id)).map((each) => asHeld(event, each));
    const counted = headcount(all, event);
    const minors = all.filter(isMinor).map((each) => ({
      ...rowOf(each),
      ...(needsChaperone(each) && { standing: chaperoneStatus(each, event, counted) }),
    }));
    const rowOfAdult = await chaperoneRows(deps, event, caller);
    const chaperones = all.filter(({ chaperoning }) => chaperoning !== undefined).map(rowOfAdult);
    return json(200, {
      minors: minors.sort(byName),
      chaperones: chaperones.sort(byName),
      today: localDate(deps.system.now(), event.timeZone),
      headcount: { ...counted, needed: event.minors ? chaperonesNeeded(counted.minors, event.minors) : 0 },
    });
  };

export const showMinor =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.showMinor> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller, SECOND_PERSONS);
    const registration = await requireMinor(deps, event, request.params.reference);
    await noteMinor(deps, event, caller, registration.reference);
    return json(200, await minorView(deps, event, asHeld(event, registration), caller));
  };

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => compareNames(a.name, b.name);

const isMinor = ({ ageBand, status }: Registration): boolean => ageBand === 'minor' && !ENDED.includes(status);

/** @throws ProblemError `not-found`, the same for an adult and for one whose registration has ended */
export async function requireMinor(deps: Deps, event: EventDefinition<string>, typed: string): Promise<Registration> {
  const reference = parseReference(typed);
  const registration = reference && (await deps.registrations.read(event.id, reference));
  if (!registration || !isMinor(registration)) throw new ProblemError('not-found');
  return registration;
}
