import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Announcement } from '../announcement.ts';
import type { StoredAnnouncement } from '../announcement-item.store.ts';
import { announce } from '../announcement-writes.store.ts';
import { audienceNow } from './audience.case.ts';
import { hasChangedMuch } from './audience.ts';
import { checkSegment, checkWords } from './checked.ts';
import { summaryOf } from './summary.case.ts';

type Deps = Needs<
  | 'announcements'
  | 'attempt'
  | 'auditTable'
  | 'events'
  | 'listRegistrations'
  | 'outboxTable'
  | 'registry'
  | 'stoppedDelegations'
  | 'system'
>;

/**
 * Sends a message once, however often and from however many windows it is asked for: its id is the sender's. What is to be
 * sent under the id of something else, or to many more or fewer people than the sender saw, is not.
 */
export const sendMessage =
  (deps: Deps): Permitted<'sendMessage'> =>
  async ({ params: { eventId, messageId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const wanted: Announcement = {
      eventId,
      id: messageId,
      kind: 'organiser-message',
      segment: checkSegment(event, body.segment),
      words: checkWords(event, body.words),
      createdAt: deps.system.now().toISOString(),
    };
    const before = await deps.announcements.read(eventId, messageId);
    if (before !== undefined) return answer(event, wanted, before);
    const { people, mails } = await audienceNow(deps, event, wanted);
    if (people === 0 || hasChangedMuch(body.people, people)) throw new ProblemError('audience-changed', { people });
    const announcement = { ...wanted, expected: mails };
    const refusals = await deps.attempt([
      ...announce(
        deps.system,
        { registry: deps.registry, outbox: deps.outboxTable },
        announcement,
        retentionEnd(event),
      ),
      audited(deps, event, caller, 'send-message', messageId),
    ]);
    const sent =
      refusals.length === 0 ? { ...announcement, written: 0 } : await deps.announcements.read(eventId, messageId);
    if (sent === undefined) throw new Error('a message was refused though nothing has its id');
    return answer(event, wanted, sent);
  };

/** @throws ProblemError where something else was sent under this id */
function answer(event: EventDefinition<string>, wanted: Announcement, sent: StoredAnnouncement) {
  const isSame = isDeepStrictEqual([sent.segment, sent.words], [wanted.segment, wanted.words]);
  if (sent.kind !== wanted.kind || !isSame) throw new ProblemError('message-differs');
  return json(200, summaryOf(event, sent));
}
