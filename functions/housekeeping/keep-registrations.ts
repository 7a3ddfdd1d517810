import { retentionEnd } from '../../shared/domain/event-times.ts';
import { keepUntil } from '../../shared/publishing/keep-until.ts';
import { readStored } from '../../shared/publishing/stored-event.ts';
import type { Deps } from './deps.ts';

/** Where an event moved: has the table keep what people sent for as long after it as before. Done already, it changes nothing. */
export async function keepRegistrations({ publishing }: Deps, eventId: string): Promise<void> {
  const stored = await readStored(publishing, eventId);
  if (stored === undefined) return;
  const until = retentionEnd(stored.rules);
  if (stored.keptUntil !== until) await keepUntil({ eventId, version: stored.version, until }, publishing);
}
