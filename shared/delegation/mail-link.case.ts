import type { EventDefinition } from '../event/event.ts';
import { retentionEnd } from '../event/event-times.ts';
import { BusyError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { newMessage } from '../mail/outbox/new-items.store.ts';
import { isLinkDue } from '../registration/link-interval.store.ts';
import type { Held } from './coordinator.case.ts';
import type { Delegation } from './delegation-item.schema.ts';

type Deps = Needs<'rosters' | 'system'>;

/** Each lost race means that the coordinator pressed something else at the same time. */
const MOST_RACES = 12;

/** Mails the link as it is now, at most once in half an hour: whoever holds an old one cannot fill an inbox. */
export async function mailLink(deps: Deps, { roster: { delegation }, event }: Held): Promise<void> {
  // Where it changed meanwhile, the link is on its way, or there is none any more.
  if (isLinkDue(delegation, deps.system.now())) await mailed(deps, event, delegation, delegation.linkVersion);
}

/** Makes the link that someone holds, and all before it, lead nowhere, and mails a new one to whom it belongs. Twice is as good as once. */
export async function replaceLink(deps: Deps, { roster: { delegation: read }, event }: Held): Promise<void> {
  let before: Delegation | undefined = read;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (before === undefined || before.linkVersion > read.linkVersion) return;
    if ((await mailed(deps, event, before, before.linkVersion + 1)) === 'done') return;
    await deps.system.backOff(race);
    before = await deps.rosters.read(read.eventId, read.id);
  }
  throw new BusyError();
}

function mailed(deps: Deps, event: EventDefinition<string>, before: Delegation, linkVersion: number) {
  const { eventId, id: reference, email, language } = before;
  return deps.rosters.write({
    before,
    after: { ...before, linkVersion, linkAt: deps.system.now().toISOString() },
    messages: [newMessage(deps.system, 'delegation-link', { eventId, reference, email, language })],
    expiresAt: retentionEnd(event),
  });
}
