import { eventOf } from '../../event/event-of.case.ts';
import { announcementKey } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { summaryOf } from './summary.case.ts';

type Deps = Needs<'announcements' | 'attempt' | 'auditTable' | 'events' | 'registry' | 'system'>;

/** Stops what an organiser sent: what has not been claimed by then does not leave any more. What left has left. */
export const stopMessage =
  (deps: Deps): Permitted<'stopMessage'> =>
  async ({ params: { eventId, messageId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const before = await deps.announcements.read(eventId, messageId);
    if (before?.kind !== 'organiser-message') throw new ProblemError('not-found');
    if (before.stoppedAt !== undefined) return json(200, summaryOf(event, before));
    await deps.attempt([
      stop(deps.registry, eventId, messageId, deps.system.now()),
      audited(deps, event, caller, 'stop-message', messageId),
    ]);
    const after = await deps.announcements.read(eventId, messageId);
    if (after === undefined) throw new ProblemError('not-found');
    return json(200, summaryOf(event, after));
  };

/** Refused where someone else was faster, or its event was forgotten. */
const stop = (table: string, eventId: string, messageId: string, now: Date): TransactItem => ({
  Update: {
    TableName: table,
    Key: announcementKey(eventId, messageId),
    UpdateExpression: 'SET stoppedAt = :now',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(stoppedAt)',
    ExpressionAttributeValues: { ':now': now.toISOString() },
  },
});
