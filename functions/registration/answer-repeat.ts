import type { Application } from '../../shared/domain/registration.ts';
import type { AddressLock } from '../../shared/store/lock-item.ts';
import type { Deps } from './deps.ts';
import { newMessage } from './new-registration.ts';

export interface Repeat {
  readonly eventId: string;
  readonly application: Application;
  readonly addressHash: string;
  readonly requestHash: string;
}

/** Milliseconds between two mails that say "you are already registered": a form is no way to fill an inbox. */
const NOTICE_INTERVAL = 60 * 60 * 1000;

/** For an address that holds a registration: the same request again changes nothing, another one is told by mail. */
export async function answerRepeat(deps: Deps, repeat: Repeat, before: AddressLock): Promise<void> {
  const { eventId, application, addressHash, requestHash } = repeat;
  if (before.request === requestHash) return;
  const now = deps.system.now();
  const due = before.noticeAt === undefined || now.getTime() - Date.parse(before.noticeAt) >= NOTICE_INTERVAL;
  const about = { ...application, eventId, reference: before.reference };
  await deps.submissions.noteRepeat({
    eventId,
    addressHash,
    before,
    after: { ...before, request: requestHash, ...(due && { noticeAt: now.toISOString() }) },
    message: due ? newMessage(deps.system, 'already-registered', about) : undefined,
  });
}
