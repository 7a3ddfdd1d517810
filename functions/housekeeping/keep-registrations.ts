import { retentionEnd } from '../../shared/domain/event-times.ts';
import { keepUntil } from '../../shared/publishing/keep-until.ts';
import { stampUntil } from '../../shared/publishing/stamp-until.ts';
import { readStored } from '../../shared/publishing/stored-event.ts';
import { keptFeedback } from '../../shared/store/keys.ts';
import type { Deps } from './deps.ts';

/**
 * Where an event moved: has the tables keep what people sent for as long after it as before. Done already, it changes nothing. What people
 * answered ends with their registrations, and so do the tokens that they spent: later, somebody could answer once more. Of
 * answers nothing says which were there when the event moved: that would be an order.
 */
export async function keepRegistrations(deps: Deps, eventId: string): Promise<void> {
  const { publishing, feedbackTable: table } = deps;
  const stored = await readStored(publishing, eventId);
  if (stored === undefined) return;
  const until = retentionEnd(stored.rules);
  const retention = { eventId, version: stored.version, until };
  if (stored.keptUntil !== until) await keepUntil(retention, publishing);
  await stampUntil(retention, { table, partitions: keptFeedback(eventId), saysVersion: false }, publishing);
  const now = await readStored(publishing, eventId);
  if (now !== undefined && retentionEnd(now.rules) !== until) await keepRegistrations(deps, eventId);
}
