import { retentionEnd } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { sendAgain } from '../../registration/link/send-again.case.ts';
import { isLinkDue } from '../../registration/link-interval.store.ts';
import type { Person } from './person.case.ts';

type Deps = Needs<'locks' | 'secrets' | 'system'>;

/** Milliseconds: longer than any way takes, so that the time of the answer tells nothing (AU5). */
const ANSWER_AFTER = 200;

/**
 * Mails a person's ticket or link again, at most once in half an hour. Of whom the coordinator does not see, this is
 * what anyone can do who knows an address: ask for the link that it may have.
 */
export async function sendAgainTo(deps: Deps, person: Person): Promise<void> {
  const { registration } = person;
  const startedAt = deps.system.now();
  if (registration === undefined) await mailLink(deps, person);
  else await sendAgain(deps, { ...person, registration });
  await deps.system.answerNotBefore(startedAt, ANSWER_AFTER);
}

async function mailLink(deps: Deps, { event, language, member }: Person): Promise<void> {
  const { eventId, email, member: addressHash } = member;
  if (email === undefined) return;
  const before = await deps.locks.read(eventId, addressHash);
  const now = deps.system.now();
  if (before === undefined || !isLinkDue(before, now)) return;
  await deps.locks.note({
    message: newMessage(deps.system, 'link', { eventId, reference: before.reference, email, language }),
    addressHash,
    before,
    after: { ...before, linkAt: now.toISOString() },
    expiresAt: retentionEnd(event),
  });
}
