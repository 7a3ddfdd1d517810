import type { EventDefinition } from '../../event/event.ts';
import { BusyError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import type { Chaperoning, Registration } from '../../registration/registration.schema.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { minorView } from '../minor-view.case.ts';
import { requireMinor } from '../minors.case.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForVetted } from '../vetted.case.ts';
import { asked, refused, requireAdult } from './ask-adult.case.ts';
import { minorsOf, needsChaperone, saidBy } from './chaperone.ts';
import type { Changed } from './tie.store.ts';

type Deps = Needs<
  'auditTable' | 'events' | 'listRegistrations' | 'registrations' | 'roles' | 'system' | 'ties' | 'write' | 'young'
>;

/** Each lost race means that one of the three registrations changed under us. */
const MOST_RACES = 4;

/**
 * Gives someone under 18 a chaperone, another one, or none: also on the spot (CS12). Who has accepted before looks after
 * them at once; who was never asked gets a mail, and says yes or no by their own link.
 */
export const nameChaperone =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.nameChaperone> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const { chaperone: typed, revision } = request.body;
    const { reference } = await requireMinor(deps, event, request.params.reference);
    const noted = audited(deps, event, caller, 'name-chaperone', reference);
    for (let race = 1; race <= MOST_RACES; race += 1) {
      const minor = await requireMinor(deps, event, reference);
      if (minor.revision !== revision || !needsChaperone(minor)) throw new ProblemError('out-of-date');
      const adult = typed === null ? undefined : await adultNamed(deps, event, typed, minor);
      if (adult?.reference === minor.chaperone?.reference)
        return json(200, await minorView(deps, event, minor, caller));
      const former = await formerOf(deps, minor);
      const { ends, after, messages } = tied(deps, minor, adult, former);
      if (await deps.ties.tie(event, ends, messages, [noted])) {
        return json(200, await minorView(deps, event, after, caller));
      }
    }
    throw new BusyError();
  };

async function adultNamed(
  deps: Deps,
  event: EventDefinition<string>,
  typed: string,
  minor: Registration,
): Promise<Registration> {
  const adult = await requireAdult(deps, event, typed);
  const others = minorsOf(adult).filter((each) => each !== minor.reference);
  if (others.length >= (event.minors?.chaperoneRatio ?? 0)) throw refused('chaperone-full');
  return adult;
}

const formerOf = async ({ registrations }: Deps, { eventId, chaperone }: Registration) =>
  chaperone && registrations.read(eventId, chaperone.reference);

function tied(deps: Deps, minor: Registration, adult: Registration | undefined, former: Registration | undefined) {
  const now = deps.system.now();
  const chaperone = adult && { reference: adult.reference, ...saidBy(adult) };
  const after = changed(minor, { chaperone }, now);
  const named = adult && withMinor(deps, adult, minor.reference);
  const ends: Changed[] = [
    { before: minor, after },
    ...(adult && named ? [{ before: adult, after: named.after }] : []),
    ...(former ? [{ before: former, after: withoutMinor(deps, former, minor.reference) }] : []),
  ];
  return { ends, after, messages: named?.messages ?? [] };
}

function withMinor({ system }: Deps, adult: Registration, minor: string) {
  const { chaperoning, messages } = asked(system, adult);
  const minors: Chaperoning['minors'] = { ...chaperoning.minors, [minor]: true };
  return { after: changed(adult, { chaperoning: { ...chaperoning, minors } }, system.now()), messages };
}

function withoutMinor({ system }: Deps, adult: Registration, minor: string): Registration {
  const { minors, ...said } = adult.chaperoning ?? { minors: {} };
  const { [minor]: _, ...left } = minors;
  return changed(adult, { chaperoning: { ...said, minors: left } }, system.now());
}
