import { lastStanding } from '../../announcements/told.ts';
import { statusOf } from '../../event/event-standing.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage, RegistrationMessageKind } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { dataOf } from '../registration-data.case.ts';

type Deps = Needs<'announcements' | 'readTold' | 'secrets' | 'siteUrl'>;

/** What says how someone stands: sent again, to a corrected address, or to whoever comes in another's place. */
const SAYS_HOW_THEY_STAND: readonly RegistrationMessageKind[] = ['confirmed', 'waitlisted', 'pending-approval'];

/**
 * Of an event that was called off nobody is told that they come. What was written before is told by the mail to everyone; whom
 * something is written to since may not have had that one, and is told the same.
 */
export async function aboutCalledOff(
  deps: Deps,
  kind: RegistrationMessageKind,
  found: RegistrationWithEvent,
  { eventId, createdAt }: OutboxMessage,
): Promise<Told> {
  const told = await deps.readTold(eventId);
  const last = told && lastStanding(told);
  const isSaid =
    last?.status === statusOf(found.event) && createdAt >= last.since && SAYS_HOW_THEY_STAND.includes(kind);
  const announcement = isSaid ? await deps.announcements.read(eventId, last.announcement ?? '') : undefined;
  if (announcement === undefined) return { obstacle: 'superseded' };
  const data = { ...(await dataOf(deps, found, createdAt)), announcement, wished: found.registration.mode };
  return { message: renderMessage(announcement.kind, data), event: found.event };
}
