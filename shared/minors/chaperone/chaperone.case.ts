import type { Needs } from '../../kernel/parts.store.ts';
import { changeHeld } from '../../registration/change/change-registration.case.ts';
import { renewTie } from '../../registration/change/tie-writes.store.ts';
import type { Chaperoning, Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { chaperoneStateOf, minorsOf } from './chaperone.ts';

type Deps = Needs<'changes' | 'registrations' | 'system' | 'tables'>;

/**
 * Accepts to look after young people, whichever of them the focal point entrusts to them: it counts at once for each who
 * already is. An attendee who was not asked changes nothing.
 */
export const acceptChaperoning = (deps: Deps, { registration, event }: RegistrationWithEvent): Promise<Registration> =>
  changeHeld(deps, { registration, event }, ({ before }) => {
    const { chaperoning } = before;
    if (!isAsked(chaperoning) || chaperoning.acceptedAt !== undefined) return undefined;
    const now = deps.system.now();
    const accepted = { ...chaperoning, acceptedAt: now.toISOString(), declinedAt: undefined };
    const after = changed(before, { chaperoning: accepted }, now);
    const { eventId, reference: adult } = before;
    return {
      after,
      messages: [],
      also: minorsOf(before).map((minor) =>
        renewTie(deps.tables.registry, { eventId, minor, adult }, chaperoneStateOf(after), now),
      ),
    };
  });

/** Says no, or no longer: those they looked after need another chaperone, and the focal point is told. */
export const declineChaperoning = (deps: Deps, { registration, event }: RegistrationWithEvent): Promise<Registration> =>
  changeHeld(deps, { registration, event }, ({ before }) => {
    const { chaperoning } = before;
    if (!isAsked(chaperoning) || chaperoning.declinedAt !== undefined) return undefined;
    const now = deps.system.now();
    const declined = { ...chaperoning, minors: {}, acceptedAt: undefined, declinedAt: now.toISOString() };
    return { after: changed(before, { chaperoning: declined }, now), messages: [] };
  });

const isAsked = (chaperoning: Chaperoning | undefined): chaperoning is Chaperoning =>
  chaperoning?.askedAt !== undefined;
