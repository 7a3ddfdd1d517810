import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Job } from '../../mail/outbox/job-item.store.ts';
import { headcount } from '../../minors/chaperone/chaperone.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { checkInKey } from '../check-in-keys.ts';
import { holderOf } from '../holder.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { doorOf } from '../list/list.ts';
import { fromCheckInItem } from '../scan/check-in.store.ts';
import { anonymiseCheckIns } from './anonymise-check-ins.case.ts';
import { carryOn } from './carry-on.case.ts';

type Deps = Needs<'checkIns' | 'listRegistrations' | 'registrations' | 'waitlist'>;

/**
 * Has what somebody attended follow them from a ticket that was replaced to the one that they have now: at a door they are in already, and
 * are counted once. The former ticket then says no more whose it was, since whatever is erased later is found by the one that they have.
 * Twice is as good as once.
 */
export async function transferAttendance(deps: Deps, { eventId, reference: ticket = '' }: Job): Promise<void> {
  const { client, registry } = deps.checkIns;
  const event = await deps.waitlist.readEvent(eventId);
  const items = await queryPartition(client, registry, checkInKey(eventId, ticket, '').pk);
  if (event === undefined || items.length === 0) return;
  const { lists } = await readCheckInLists(client, registry, event);
  for (const checkIn of items.map(fromCheckInItem)) {
    const list = lists.find(({ id }) => id === checkIn.list);
    const door = list && doorOf(event, list);
    const registration =
      checkIn.reference === undefined ? undefined : await deps.registrations.read(eventId, checkIn.reference);
    if (door === undefined || registration === undefined) continue;
    const to = ticketHashOf(registration);
    if (to === ticket) continue;
    const holder = await holderIn(deps, event, registration);
    await carryOn(deps.checkIns, { checkIn, to, door, holder }, retentionEnd(event));
  }
  await anonymiseCheckIns(deps.checkIns, eventId, ticket);
}

async function holderIn(deps: Deps, event: EventDefinition<string>, registration: Registration) {
  const all = registration.ageBand === 'minor' ? await deps.listRegistrations(event.id) : [];
  const holder = holderOf(event, asHeld(event, registration), headcount(all, event));
  return { reference: registration.reference, ...holder };
}
