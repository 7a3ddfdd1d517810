import { reachedOnlyHere } from '../../web/site/delegation/delegation-page.ts';
import { retentionEnd } from '../event/event-times.ts';
import { BusyError, ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { newMessage } from '../mail/outbox/new-items.store.ts';
import { hashReference } from '../registration/hashes.store.ts';
import { toTombstoneItem } from '../registration/tombstone.store.ts';
import type { Held } from './coordinator.case.ts';
import type { Roster } from './delegation.store.ts';
import { shownMembers } from './roster.case.ts';

type Deps = Needs<'rosters' | 'secrets' | 'system'>;

/** Each lost race means that someone was added, or named instead of another, at the same time. */
const MOST_RACES = 12;

/**
 * Deletes a list and the coordinator's address in it; the people in it keep their registrations. It stays as long as
 * anyone comes who is reached through it alone. What is left is a hash, so that what a restored backup brings back is
 * erased again, and a last mail says so.
 *
 * @throws ProblemError `changed-meanwhile` where it has to stay
 */
export async function erase(deps: Deps, { roster: read, event }: Held): Promise<void> {
  const { eventId, id: reference, email, language } = read.delegation;
  const hash = await hashReference(deps.secrets, eventId, reference);
  const expiresAt = retentionEnd(event);
  let roster: Roster | undefined = read;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (roster === undefined) return;
    if (reachedOnlyHere(await shownMembers(deps, roster)) > 0)
      throw new ProblemError('changed-meanwhile', { status: '' });
    const outcome = await deps.rosters.erase({
      roster,
      tombstone: toTombstoneItem({ eventId, hash, erasedAt: deps.system.now().toISOString() }, expiresAt),
      message: newMessage(deps.system, 'delegation-erased', { eventId, reference, email, language }),
      expiresAt,
    });
    if (outcome === 'done') return;
    await deps.system.backOff(race);
    roster = await deps.rosters.readRoster(eventId, reference);
  }
  throw new BusyError();
}
