import { whereTheyCame } from '../../checkin/attendance/where-they-came.store.ts';
import type { CheckInList } from '../../checkin/list/list.ts';
import { PARTITIONS, rosterPeople } from '../../checkin/roster/roster-people.store.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { isOrWasGood } from '../../ticket/ticket-standing.ts';
import type { Came } from '../form/attended.ts';

/** Somebody who came to any list. */
export interface Comer extends Pick<Registration, 'status' | 'category' | 'closedSessions'> {
  readonly came: Came;
}

/** Where each who has a ticket came: of whoever had everything erased nothing is known any more. */
export type EveryoneWhoCame = (eventId: string, lists: readonly CheckInList[]) => Promise<readonly Comer[]>;

/** Requests at once: more do not come back sooner. */
const TOGETHER = 32;
/** Milliseconds for which it is remembered: half a minute, and five of 5,000 people, whom it takes seconds to read. */
const LEAST = 30_000;
const PER_PERSON = 60;

/**
 * Counts tell how many came to one list, not how many came to one of several: that is read person by person. A read unit each, and half
 * of one for their registration: 7,500 for 5,000 people (a tenth of a cent), which is why it is remembered.
 */
export function attendeesMemory({
  client,
  registry: table,
  system: { now },
}: Given<'registry', 'now'>): EveryoneWhoCame {
  const known = new Map<string, { readonly until: number; readonly comers: Promise<readonly Comer[]> }>();
  return (eventId, lists) => {
    const before = known.get(eventId);
    const at = now().getTime();
    if (before !== undefined && at < before.until) return before.comers;
    const comers = readEveryone(client, table, eventId, lists);
    // While it is being read nobody begins anew.
    known.set(eventId, { until: Number.POSITIVE_INFINITY, comers });
    comers.then(
      ({ length }) => known.set(eventId, { until: now().getTime() + Math.max(LEAST, length * PER_PERSON), comers }),
      () => known.delete(eventId),
    );
    return comers;
  };
}

async function readEveryone(
  client: DocumentClient,
  table: string,
  eventId: string,
  lists: readonly CheckInList[],
): Promise<readonly Comer[]> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const people = (await Promise.all(partitions.map((each) => rosterPeople(client, table, eventId, each)))).flat();
  const ticketed = people.filter(isOrWasGood);
  const comers: Comer[] = [];
  const takeTurns = async (): Promise<void> => {
    for (let next = ticketed.pop(); next !== undefined; next = ticketed.pop()) {
      const { status, category, closedSessions, ticketId } = next;
      const came = await whereTheyCame(client, table, { eventId, ticketId }, lists);
      if (Object.keys(came).length > 0) comers.push({ status, category, closedSessions, came });
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, takeTurns));
  return comers;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly everyone: EveryoneWhoCame;
  }
}
