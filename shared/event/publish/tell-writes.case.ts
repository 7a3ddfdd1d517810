import { announce } from '../../announcements/announcement-writes.store.ts';
import { putTold } from '../../announcements/told.store.ts';
import { firstTold, hasNews, newStanding, tellAt, withNewSessions } from '../../announcements/told.ts';
import { toldReader } from '../../announcements/told-reader.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { AnnouncementKind } from '../../mail/kinds.ts';
import { putJob } from '../../mail/outbox/job-item.store.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import { LIVE_STATUSES } from '../attendee.ts';
import type { EventDefinition } from '../event.ts';
import { joinTexts } from '../event-texts.ts';
import { eventEnd, retentionEnd } from '../event-times.ts';
import type { PublishingDeps } from './deps.case.ts';
import type { StoredEvent } from './stored-event.case.ts';

interface Telling {
  readonly items: readonly TransactItem[];
  /** What everyone is told by it. */
  readonly announced?: AnnouncementKind | undefined;
}

const NOTHING: Telling = { items: [] };

/**
 * What tells people that an event is not as they know it, for the transaction that makes it so: at once whether and when it takes
 * place, and with a job, which collects what follows, of its programme. A first publication tells nothing, nor does one of an event
 * that is over.
 */
export async function tellWrites(
  { client, registry, outbox, system }: PublishingDeps,
  stored: StoredEvent | undefined,
  event: EventDefinition,
): Promise<Telling> {
  // Words that are not of these rules were never seen by anyone.
  if (stored === undefined || !stored.whole) return NOTHING;
  const now = system.now();
  const was = joinTexts(stored.rules, stored.texts);
  if (now >= eventEnd(was) && now >= eventEnd(event)) return NOTHING;
  const { id: eventId, version } = event;
  const since = now.toISOString();
  const read = (await toldReader({ client, registry })(eventId)) ?? firstTold(was, since);
  const id = `event#${version}`;
  const standing = newStanding(read, event, id, since);
  const told = withNewSessions(standing?.told ?? read, event);
  const end = retentionEnd(event);
  const news = hasNews(told, event);
  const isNew = read.revision === 0;
  if (isNew && standing === undefined && !news) return NOTHING;
  const items = [
    // Also where nothing is told: whoever is about to tell what was changed back by this is refused.
    putTold(registry, eventId, told, end),
    ...(standing
      ? announce(
          system,
          { registry, outbox },
          {
            ...{ eventId, id, kind: standing.kind, createdAt: since },
            segment: { statuses: LIVE_STATUSES },
          },
          end,
        )
      : []),
    ...(news ? [putJob(outbox, newJob(system, 'tell-changes', eventId, { notBefore: tellAt(told, now) }), end)] : []),
  ];
  return { items, announced: standing?.kind };
}
