import { isLive } from '../../event/attendee.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { PlannedChange } from '../change/change-registration.case.ts';
import type { Registration } from '../registration.schema.ts';
import { changed } from '../registration-state.store.ts';

/**
 * What cancelling makes of an adult's registration: its lock, and what is kept beside it, are left to the caller.
 *
 * @returns nothing where it is cancelled already
 * @throws ProblemError `not-cancellable` where it ended in another way
 */
export function planCancellation({ system }: Needs<'system'>, before: Registration): PlannedChange {
  if (before.status === 'cancelled') return undefined;
  if (!isLive(before)) throw new ProblemError('not-cancellable');
  const after = changed(before, { seats: [], waiting: undefined, status: 'cancelled' }, system.now());
  return { after, messages: [newMessage(system, 'cancelled', before)] };
}
