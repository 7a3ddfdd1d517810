import type { EventDefinition } from '../../event/event.ts';
import { changedKeys } from '../../kernel/dynamo/queries.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { minorsShard } from '../../registration/list/changes-shard.ts';
import { readRegistrations } from '../../registration/list/registration-list.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { type Headcount, headcount } from './chaperone.ts';

type Deps = Given<'registry', 'backOff'>;

/** Minors who come to an event and adults who look after them, as they are registered now: the index `changes` names them, and lags. */
export async function minorsWhoCome(
  { client, registry, system }: Deps,
  eventId: string,
  also: readonly Pick<Registration, 'reference'>[] = [],
): Promise<readonly Registration[]> {
  const keys = await changedKeys(client, registry, minorsShard(eventId));
  const references = [...keys, ...also].map(({ reference }) => reference);
  return readRegistrations(client, registry, eventId, references, system);
}

/**
 * How many adults there have to be for a minor depends on all minors who come, and on their chaperones. Minors at hand are counted in any
 * case; where there is none, nothing is read.
 */
export async function headcountFor(
  deps: Deps,
  event: Pick<EventDefinition<unknown>, 'id' | 'days' | 'minors'>,
  atHand: readonly Registration[],
): Promise<Headcount> {
  const minors = atHand.filter(({ ageBand }) => ageBand === 'minor');
  return headcount(minors.length === 0 ? [] : await minorsWhoCome(deps, event.id, minors), event);
}
