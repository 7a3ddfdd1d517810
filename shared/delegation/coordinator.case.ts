import { retentionEnd } from '../event/event-times.ts';
import type { LocalisedEvent } from '../event/localised-event.store.ts';
import { ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Roster } from './delegation.store.ts';
import { isProvenDelegation, isReplacedDelegation, parseDelegationToken } from './delegation-link.store.ts';

type Deps = Needs<'events' | 'rosters' | 'secrets' | 'system'>;

/** The delegation of the holder of a link, with its event. */
export interface HeldDelegation extends LocalisedEvent {
  readonly roster: Roster;
}

/** @throws ProblemError `link-replaced`, or `link-not-valid`, the same for a broken, forged, expired or forgotten link */
export async function coordinatorOf(deps: Deps, token: string, language: string): Promise<HeldDelegation> {
  const { held, isCurrent } = await everCoordinatorOf(deps, token, language);
  if (!isCurrent) throw new ProblemError('link-replaced');
  return held;
}

/**
 * The same for a link that was replaced since: its holder may learn that, and have the new one mailed to the
 * coordinator.
 *
 * @throws ProblemError `link-not-valid`
 */
export async function everCoordinatorOf(
  deps: Deps,
  token: string,
  language: string,
): Promise<{ readonly held: HeldDelegation; readonly isCurrent: boolean }> {
  const claim = parseDelegationToken(token);
  if (claim === undefined) throw new ProblemError('link-not-valid');
  const [roster, localised] = await Promise.all([
    deps.rosters.readRoster(claim.eventId, claim.id),
    deps.events.readEvent(claim.eventId, language),
  ]);
  if (!roster || !localised) throw new ProblemError('link-not-valid');
  // A link lives as long as what it leads to; the table may take two days more to forget.
  if (deps.system.now().getTime() >= retentionEnd(localised.event) * 1000) throw new ProblemError('link-not-valid');
  const isCurrent = await isProvenDelegation(claim, roster.delegation, deps.secrets);
  if (!isCurrent && !(await isReplacedDelegation(claim, roster.delegation, deps.secrets))) {
    throw new ProblemError('link-not-valid');
  }
  return { held: { ...localised, roster }, isCurrent };
}
