import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { changedKeys } from '../../kernel/dynamo/changed-keys.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { headcount } from '../../minors/chaperone/chaperone.ts';
import { minorsShard } from '../../registration/list/changes-shard.ts';
import { readRegistrations } from '../../registration/list/read-registrations.store.ts';
import type { Registration } from '../../registration/registration.ts';
import { ticketHashOf } from '../../ticket/ticket-hash.ts';
import { type Holder, holderOf } from '../holder.ts';
import type { Deps } from './deps.case.ts';
import { lookFor, type Replaced } from './look-for.case.ts';
import type { ToldScan } from './scans.schema.ts';

export interface NamedHolder extends Holder {
  readonly reference: string;
  /** Its ticket shows whose it is, once it is scanned. */
  readonly unproven?: true | undefined;
  /** Of a ticket that they do not have any more: it was theirs until then. */
  readonly replaced?: Replaced;
}

/**
 * Whose tickets were scanned, by `ticketHash`, as they stand now. A phone says with each scan which registration its roster names;
 * where it does not know, or the ticket was replaced since, it is looked for, once for a batch.
 */
export async function holdersOf(
  deps: Deps,
  event: EventDefinition<unknown>,
  scans: readonly Pick<ToldScan, 'ticket' | 'reference'>[],
): Promise<ReadonlyMap<string, NamedHolder>> {
  const references = scans.flatMap(({ reference = '' }) => parseReference(reference) ?? []);
  const { client, registry, system } = deps;
  const read = await readRegistrations(client, registry, event.id, references, system);
  const named = new Map(await Promise.all(read.map(async (each) => [await ticketHashOf(each), each] as const)));
  const unnamed = new Set(scans.map(({ ticket }) => ticket).filter((ticket) => !named.has(ticket)));
  if (unnamed.size === 0) return heldBy(deps, event, named);
  const { holders, replaced } = await lookFor(deps, event.id, unnamed, named);
  const all = await heldBy(deps, event, new Map([...named, ...holders]));
  const former = [...replaced].flatMap(([ticket, by]) => {
    const holder = all.get(by.to);
    return holder === undefined ? [] : [[ticket, { ...holder, replaced: by }] as const];
  });
  return new Map([...all, ...former]);
}

async function heldBy(
  deps: Deps,
  event: EventDefinition<unknown>,
  registrations: ReadonlyMap<string, Registration>,
): Promise<ReadonlyMap<string, NamedHolder>> {
  const counts = await countsFor(deps, event, [...registrations.values()]);
  return new Map(
    [...registrations].map(([ticket, registration]) => [
      ticket,
      {
        reference: registration.reference,
        unproven: registration.unproven,
        ...holderOf(event, asHeld(event, registration), counts),
      },
    ]),
  );
}

/**
 * How many adults there have to be for someone under 18 depends on everyone who comes and is under 18, and on whoever looks after
 * them: the index names these, and lags, so that whoever is at the door is counted in any case.
 */
async function countsFor(
  { client, registry, system }: Deps,
  event: EventDefinition<unknown>,
  atDoor: readonly Registration[],
) {
  const minors = atDoor.filter(({ ageBand }) => ageBand === 'minor');
  if (minors.length === 0) return headcount([], event);
  const keys = await changedKeys(client, registry, minorsShard(event.id));
  const references = [...keys, ...minors].map(({ reference }) => reference);
  return headcount(await readRegistrations(client, registry, event.id, references, system), event);
}
