import type { EventDefinition } from '../../event/event.ts';
import type { Headcount } from '../../minors/chaperone/chaperone.ts';
import { sealEntry } from '../../ticket/roster-seal.store.ts';
import { ticketIdBytes, ticketNames } from '../../ticket/ticket-names.store.ts';
import { entryOf } from './entry-of.ts';
import { packEntry } from './roster-entry.ts';
import type { RosterPerson } from './roster-people.store.ts';
import { tiesAmong } from './ties.case.ts';

const LENGTH_BYTES = 2;

/**
 * Entries that open with the ticket alone, one after another, as a phone takes them over (CI11).
 *
 * @param counts of the whole event, where any of them is under 18
 * @param seesMinors whether entries of people under 18 say who they are (CS13)
 */
export const sealPeople = (
  event: EventDefinition<unknown>,
  people: readonly RosterPerson[],
  counts: Headcount,
  seesMinors: boolean,
): Buffer => {
  const tiesOf = tiesAmong(people, event);
  return Buffer.concat(
    people.map((person) => {
      const id = ticketIdBytes(person.ticketId);
      const entry = packEntry(entryOf(event, person, counts, seesMinors, tiesOf(person)));
      return framed(ticketNames(id).hash, sealEntry(entry, id, person.eventId));
    }),
  );
};

/** That there is no entry under a ticket any more. @param hash `ticketHash`, 16 bytes */
export const noEntry = (hash: Uint8Array): Buffer => framed(hash, new Uint8Array());

function framed(hash: Uint8Array, sealed: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(sealed.length);
  return Buffer.concat([hash, length, sealed]);
}
