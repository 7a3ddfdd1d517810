import type { EventDefinition } from '../event/event.ts';
import { poolName, poolsFor, type SeatHolder } from './quota.ts';

/** What an attendee in the waiting list waits for. */
export interface WaitingFor {
  /** As the event calls the quotas in which there is no seat for them. */
  readonly quotas: readonly string[];
  /** They would wait for none of these without the sessions that they chose. */
  readonly forSessionsAlone: boolean;
}

/** @returns nothing for an attendee who does not wait */
export function waitingFor(event: Pick<EventDefinition<string>, 'quotas'>, holder: SeatHolder): WaitingFor | undefined {
  if (holder.status !== 'waitlisted') return undefined;
  const waiting = holder.seats.filter(({ state }) => state === 'waiting');
  const otherwise = new Set(poolsFor(event, { ...holder, sessions: [] }).map(poolName));
  return {
    quotas: event.quotas.filter(({ id }) => waiting.some(({ quota }) => quota === id)).map(({ title }) => title),
    forSessionsAlone: waiting.length > 0 && waiting.every((pool) => !otherwise.has(poolName(pool))),
  };
}
