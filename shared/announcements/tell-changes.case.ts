import { LIVE_STATUSES } from '../event/attendee.ts';
import { joinTexts } from '../event/event-texts.ts';
import { isEventOver, retentionEnd } from '../event/event-times.ts';
import { onceTold, programmeChanges, programmeOf } from '../event/programme/programme-change.ts';
import { readStored } from '../event/publish/stored-event.case.ts';
import { transact } from '../kernel/dynamo/transact.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { newJob } from '../mail/outbox/new-items.store.ts';
import { announce } from './announcement.store.ts';
import { putTold, toldReader } from './told.store.ts';
import { hasNews, tellNotBefore } from './told.ts';

type Deps = Needs<'jobs' | 'publishing'>;

/**
 * Tells whom it concerns what of the programme is not as they were told, in one mail, at most one an hour. What is told and that it was
 * told is one transaction: done twice, or by two at once, there is nothing left to tell.
 *
 * @throws Error while the event is being published: the job is done again
 */
export async function tellChanges(deps: Deps, eventId: string): Promise<void> {
  const { client, registry, outbox, system } = deps.publishing;
  const stored = await readStored({ client, registry }, eventId);
  const told = await toldReader({ client, registry })(eventId);
  if (stored === undefined || told === undefined) return;
  if (!stored.whole) throw new Error(`"${eventId}" is being published`);
  const event = joinTexts(stored.rules, stored.texts);
  const now = system.now();
  if (isEventOver(event, now) || !hasNews(told, event)) return;
  const end = retentionEnd(event);
  const notBefore = tellNotBefore(told);
  if (notBefore !== undefined && now < notBefore) {
    return deps.jobs.add(newJob(system, 'tell-changes', eventId, { notBefore }), end);
  }
  const current = programmeOf(event);
  const createdAt = now.toISOString();
  const announcement = {
    ...({ eventId, id: `programme#${stored.version}`, kind: 'programme-changed', createdAt } as const),
    segment: { statuses: LIVE_STATUSES },
    changes: programmeChanges(told.programme, current),
  };
  // Refused where a rival told them, or publishes: who does, adds a job of their own.
  await transact(
    client,
    [
      putTold(
        registry,
        eventId,
        { ...told, programme: onceTold(told.programme, current), programmeToldAt: createdAt },
        end,
      ),
      ...announce(system, { registry, outbox }, announcement, end),
    ],
    system,
  );
}
