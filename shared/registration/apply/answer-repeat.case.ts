import { retentionEnd } from '../../event/event-times.ts';
import type { MailKind } from '../../mail/kinds.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { AddressLock } from '../lock-item.store.ts';
import type { Entry } from './entry.case.ts';
import type { EntryDeps } from './entry-deps.case.ts';
import type { Outcome } from './submission.store.ts';

/** Milliseconds between two mails that say "you are already registered": a form is no way to fill an inbox. */
const NOTICE_INTERVAL = 60 * 60 * 1000;

/** What of a repeated entry matters. */
type Repeated = Pick<Entry, 'event' | 'pass' | 'addressHash' | 'requestHash' | 'along'> & {
  readonly application: Pick<Entry['application'], 'email' | 'language'>;
};

/**
 * For an address that holds a registration: the same request again changes nothing, another one is told by mail.
 *
 * @param kind of that mail
 */
export async function answerRepeat(
  deps: Pick<EntryDeps, 'submissions' | 'system'>,
  entry: Repeated,
  before: AddressLock,
  kind: MailKind = 'already-registered',
): Promise<Outcome> {
  const { event, application, pass, addressHash, requestHash, along } = entry;
  if (before.request === requestHash && along === undefined) return 'done';
  const now = deps.system.now();
  const due = before.noticeAt === undefined || now.getTime() - Date.parse(before.noticeAt) >= NOTICE_INTERVAL;
  const about = { ...application, eventId: event.id, reference: before.reference };
  return deps.submissions.noteRepeat({
    eventId: event.id,
    addressHash,
    before,
    after: { ...before, request: requestHash, ...(due && { noticeAt: now.toISOString() }) },
    message: due ? newMessage(deps.system, kind, about) : undefined,
    pass,
    also: along?.(undefined) ?? [],
    expiresAt: retentionEnd(event),
  });
}
