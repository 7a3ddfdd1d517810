import type { EventDefinition } from '../../event/event.ts';
import { BusyError, ProblemError } from '../../kernel/errors.ts';
import { withoutEndedTies } from '../../minors/chaperone/chaperone.ts';
import type { Counters } from '../../seats/quota.ts';
import type { ChangeStore } from '../change.store.ts';
import type { AddressLock } from '../lock.store.ts';
import { provenBy } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationStore, RegistrationWithEvent } from '../registration.store.ts';
import type { Changer } from '../registration.ts';
import type { RegistrationChange } from './change-parts.store.ts';
import { withHistory } from './history.store.ts';

/** What the change of an existing registration is decided on. */
export interface Situation {
  readonly before: Registration;
  /** As far as they are known. */
  readonly counters: Counters;
  /** The lock on an address that the change wanted to hold. */
  readonly lock: AddressLock | undefined;
  /** Whether the invitation that the change wanted to use turned out to be used up. */
  readonly invitation: boolean;
}

/** What it becomes; nothing where it is already as it should be. */
export type PlannedChange = Omit<RegistrationChange, 'event' | 'before' | 'by'> | undefined;

/** Each lost race means that the registration or a counter changed under us. */
const MOST_DECISIONS = 12;

/**
 * Decides, writes, and decides again on what a failed condition reported.
 *
 * @param by who changes it, for its history
 * @param decide may throw a problem of its own; is called anew for each attempt
 * @returns the registration as it stands afterwards
 * @throws BusyError when rivals do not let go, or the registration is gone
 */
export async function changeRegistration(
  deps: { readonly changes: ChangeStore; readonly registrations: Pick<RegistrationStore, 'read'> },
  event: EventDefinition<string>,
  read: Registration,
  by: Changer,
  decide: (situation: Situation) => PlannedChange | Promise<PlannedChange>,
): Promise<Registration> {
  let situation: Situation = { before: read, counters: new Map(), lock: undefined, invitation: false };
  for (let decision = 1; decision <= MOST_DECISIONS; decision += 1) {
    const decided = await decide(situation);
    if (decided === undefined) return situation.before;
    const { before } = situation;
    const refused = await deps.changes.change({ ...decided, event, before, by });
    if (refused === 'done')
      return withHistory(before, withoutEndedTies(before, decided.after, decided.isSamePerson), by);
    const now = refused.registration ? await deps.registrations.read(event.id, before.reference) : before;
    if (now === undefined) break;
    const counters = new Map([...situation.counters, ...refused.counters]);
    situation = { before: now, counters, lock: refused.lock, invitation: refused.invitation };
  }
  throw new BusyError();
}

/** @throws ProblemError `link-replaced` where the link that its holder pressed leads nowhere any more */
export const requireSameLink =
  ({ linkVersion }: Pick<Registration, 'linkVersion'>) =>
  (before: Pick<Registration, 'linkVersion'>): void => {
    if (before.linkVersion !== linkVersion) throw new ProblemError('link-replaced');
  };

/**
 * Changes a registration for the holder of its link. Where another person came in their place at the same moment, or the link was replaced,
 * the one that they hold says nothing about it any more. The link was mailed: a holder who changes something by it has the address.
 *
 * @throws ProblemError `link-replaced`
 */
export const changeHeld = (
  deps: Parameters<typeof changeRegistration>[0],
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  decide: (situation: Situation) => PlannedChange | Promise<PlannedChange>,
): Promise<Registration> =>
  changeRegistration(deps, event, registration, 'holder', async (situation) => {
    requireSameLink(registration)(situation.before);
    const decided = await decide(situation);
    return decided && { ...decided, after: provenBy(decided.after, 'mail') };
  });
