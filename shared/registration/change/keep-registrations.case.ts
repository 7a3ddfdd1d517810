import { retentionEnd } from '../../event/event-times.ts';
import { extendRetention, stampRetention, WRITES_END } from '../../event/publish/retention.case.ts';
import { readStored } from '../../event/publish/stored-event.case.ts';
import { keptFeedback } from '../../kernel/dynamo/keys.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';

type Deps = Needs<'feedbackTable' | 'jobs' | 'publishing' | 'system'>;

/** Milliseconds after which one run leaves the rest to another: it must end well within the function's 30 seconds. */
const TIME = 15_000;

/**
 * Where an event moved: has the tables keep what people sent for as long after it as before. Done already, it changes nothing. What people
 * answered ends with their registrations, and so do the tokens that they spent: later, an attendee could answer once more. Of
 * answers nothing says which were there when the event moved: that would be an order.
 *
 * It begins once the writers by the version before are done, also another run of this. Where it is not done in time, or the event is
 * published again meanwhile, another job goes on with the event as it is then.
 */
export async function keepRegistrations(deps: Deps, eventId: string): Promise<void> {
  const { publishing, feedbackTable: table, system, jobs } = deps;
  const stored = await readStored(publishing, eventId);
  if (stored === undefined) return;
  const until = retentionEnd(stored.rules);
  const begun = system.now().getTime();
  const notBefore = new Date((stored.publishedAt ?? 0) + WRITES_END);
  if (begun < notBefore.getTime()) return jobs.add(newJob(system, 'keep', eventId, { notBefore }), until);

  const retention = { eventId, version: stored.version, until };
  const hasTime = (): boolean => system.now().getTime() - begun < TIME;
  const answers = { table, partitions: keptFeedback(eventId), progress: 'feedbackParts', saysVersion: false } as const;
  const isWhole =
    (stored.keptUntil === until || (await extendRetention(retention, publishing, hasTime)).isWhole) &&
    (await stampRetention(retention, answers, publishing, hasTime)).isWhole;
  if (isWhole) return;
  const isOvertaken = hasTime();
  const next = new Date(system.now().getTime() + WRITES_END);
  await jobs.add(newJob(system, 'keep', eventId, isOvertaken ? { notBefore: next } : {}), until);
}
