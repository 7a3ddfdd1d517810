import { retentionEnd } from '../event/event-times.ts';
import { BusyError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Held } from './coordinator.case.ts';
import type { Delegation } from './delegation-item.schema.ts';

type Deps = Needs<'rosters' | 'system'>;

/** Each lost race means that the coordinator pressed something else at the same time. */
const MOST_RACES = 12;

/** All mail again, also what the coordinator can do without. Twice is as good as once. */
export async function resumeMail(deps: Deps, { roster: { delegation }, event }: Held): Promise<void> {
  let read: Delegation | undefined = delegation;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (read?.optedOut === undefined) return;
    const { optedOut: _, ...before } = read;
    const after = { ...before, revision: before.revision + 1 };
    const outcome = await deps.rosters.write({ before: read, after, messages: [], expiresAt: retentionEnd(event) });
    if (outcome === 'done') return;
    await deps.system.backOff(race);
    read = await deps.rosters.read(delegation.eventId, delegation.id);
  }
  throw new BusyError();
}
