import { ticketHashOf } from '../../shared/checking-in/ticket-hash.ts';
import type { ToldScan } from '../../shared/contract/checkin/scans.ts';
import { headcount } from '../../shared/domain/chaperone.ts';
import { type Holder, holderOf } from '../../shared/domain/check-in/holder.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { asHeld } from '../../shared/domain/event-standing.ts';
import { parseReference } from '../../shared/domain/reference.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { readRegistrations } from '../../shared/store/read-registrations.ts';
import type { Deps } from './deps.ts';

export type NamedHolder = Holder & { readonly reference: string };

/**
 * Whose tickets were scanned, by `ticketHash`, as they stand now. A phone says with each scan which registration its roster names;
 * where it does not know, or the ticket was replaced since, everyone's are looked through, once for a batch.
 */
export async function holdersOf(
  deps: Deps,
  event: EventDefinition<unknown>,
  scans: readonly Pick<ToldScan, 'ticket' | 'reference'>[],
): Promise<ReadonlyMap<string, NamedHolder>> {
  const references = scans.flatMap(({ reference = '' }) => parseReference(reference) ?? []);
  const { client, registry, system } = deps;
  const named = byTicket(await readRegistrations(client, registry, event.id, references, system));
  const wanted = (found: ReadonlyMap<string, Registration>) => scans.filter(({ ticket }) => !found.has(ticket));
  const byHash = await named;
  const isComplete = wanted(byHash).length === 0;
  const everyone = isComplete && !someMinor(byHash) ? [] : await deps.listRegistrations(event.id);
  const found = isComplete ? byHash : await byTicket(everyone);
  const counts = headcount(everyone, event);
  return new Map(
    [...found].map(([ticket, registration]) => [
      ticket,
      { reference: registration.reference, ...holderOf(event, asHeld(event, registration), counts) },
    ]),
  );
}

/** How many adults there have to be for someone under 18 depends on everyone who comes. */
const someMinor = (found: ReadonlyMap<string, Registration>): boolean =>
  [...found.values()].some(({ ageBand }) => ageBand === 'minor');

async function byTicket(registrations: readonly Registration[]): Promise<ReadonlyMap<string, Registration>> {
  const named = registrations.map(async (each) => [await ticketHashOf(each), each] as const);
  return new Map(await Promise.all(named));
}
