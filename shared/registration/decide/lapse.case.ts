import { deleteCareNeeds } from '../../care/care.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { lapsesAt } from '../../mail/fate/mail-state.ts';
import type { Job } from '../../mail/outbox/job-item.store.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { hashHolder } from '../hashes.store.ts';

type Deps = Needs<'careTable' | 'changes' | 'registrations' | 'secrets' | 'system' | 'waitlist'>;

/**
 * Gives back the seat, or the place in the waiting list, of an address at which nobody could be reached for three days. It
 * is decided on what is known now: a corrected address, a mail that arrived, a later bounce, which has a job of its own,
 * or an end in another way each leave it alone. Nobody is mailed: there is nowhere to.
 */
export async function lapse(deps: Deps, { eventId, reference = '' }: Job): Promise<void> {
  const [registration, event] = await Promise.all([
    deps.registrations.read(eventId, reference),
    deps.waitlist.readEvent(eventId),
  ]);
  if (registration === undefined || event === undefined) return;
  const addressHash = await hashHolder(deps.secrets, registration);
  await changeRegistration(deps, event, registration, ({ before }) => {
    const now = deps.system.now();
    const at = lapsesAt(before);
    if (at === undefined || at > now) return undefined;
    const ended = { seats: [], waiting: undefined } as const;
    return {
      after: changed(before, { ...ended, status: 'cancelled', lapsed: true }, now),
      lock: { release: true, addressHash },
      messages: [],
      also: [deleteCareNeeds(deps.careTable, before)],
    };
  });
}
