import type { Needs } from '../kernel/parts.store.ts';
import { changeHeld } from '../registration/change/change-registration.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { changed } from '../registration/registration-state.store.ts';

type Deps = Needs<'changes' | 'registrations' | 'system'>;

/** Lets the coordinator of an attendee's delegation see where they stand, and do something about it. */
export const showToCoordinator = (deps: Deps, held: RegistrationWithEvent): Promise<Registration> =>
  letSee(deps, held, true);

/** Takes that back. */
export const hideFromCoordinator = (deps: Deps, held: RegistrationWithEvent): Promise<Registration> =>
  letSee(deps, held, undefined);

/** An attendee in no delegation, or reached through its coordinator anyway, changes nothing. */
const letSee = (deps: Deps, { registration, event }: RegistrationWithEvent, shown: true | undefined) =>
  changeHeld(deps, { registration, event }, ({ before }) => {
    const { delegation } = before;
    if (delegation === undefined || delegation.throughCoordinator || delegation.shown === shown) return undefined;
    const after = changed(before, { delegation: { ...delegation, shown } }, deps.system.now());
    return { after, messages: [] };
  });
