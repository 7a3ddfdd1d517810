import { changesShard, minorsShard } from '../../registration/list/changes-shard.ts';
import { isOrWasGood } from '../../ticket/ticket-standing.ts';
import type { Deps, For, Part } from './deps.case.ts';
import { PARTITIONS, type RosterPerson, rosterPeople } from './roster-people.store.ts';
import { sealPeople } from './seal-people.case.ts';

/** Partitions that are read at once. */
const AT_ONCE = 4;
/** Bytes of entries in one answer: base64url makes a third more of them. */
export const MOST_BYTES = 1_900_000;
/** Milliseconds after which no more partitions are begun: the function has ten seconds. */
const TIME = 5_000;
const NOBODY = { minors: 0, chaperones: 0 };

/**
 * Everyone who has a ticket, or had one, partition by partition: as many as one answer holds. Those who come and are under 18, or
 * look after them, are left for the changes, which know how many there are.
 *
 * @param from the first partition that was not read yet
 */
export async function everyone(deps: Deps, { event, device, isVetted }: For, from: number): Promise<Part<number>> {
  const { client, registry, system } = deps;
  const until = system.now().getTime() + TIME;
  const parts: Buffer[] = [];
  let bytes = 0;
  let next = from;
  while (next < PARTITIONS && bytes < MOST_BYTES && system.now().getTime() < until) {
    const some = Array.from({ length: Math.min(AT_ONCE, PARTITIONS - next) }, (_, index) => next + index);
    const people = await Promise.all(
      some.map((partition) => rosterPeople(client, registry, device.eventId, partition)),
    );
    const sealed = sealPeople(event, people.flat().filter(isAlone), NOBODY, isVetted);
    parts.push(sealed);
    bytes += sealed.length;
    next += some.length;
  }
  return { entries: Buffer.concat(parts), reached: next };
}

/** Whether nobody else decides on whether they may go in. */
const isAlone = (person: RosterPerson): boolean =>
  isOrWasGood(person) && changesShard(person) !== minorsShard(person.eventId);
