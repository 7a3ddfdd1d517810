import { CROCKFORD } from '../../kernel/text/crockford.ts';
import { isOrWasGood } from '../../ticket/ticket.ts';
import type { Registration } from '../registration.schema.ts';

/** How many partitions of the index those share who come: more of them take more writes a second. */
const SHARDS = 4;

type Indexed = Pick<Registration, 'eventId' | 'reference' | 'status' | 'hadTicket' | 'ageBand' | 'chaperoning'>;

/** The shard of those whose ticket admits nobody now. */
export const endedShard = (eventId: string): string => `${eventId}#ended`;
/** The shard of minors who come, and of those who look after them: what one of them may do depends on all. */
export const minorsShard = (eventId: string): string => `${eventId}#minors`;
/** The shards of everyone else who comes. */
export const comingShards = (eventId: string): readonly string[] =>
  Array.from({ length: SHARDS }, (_, shard) => `${eventId}#${shard}`);

/**
 * The partition of the index `changes` that a registration is in; none before it was ever confirmed. There is nothing of a minor until they
 * are (CS2).
 */
export function changesShard(registration: Indexed): string | undefined {
  if (!isOrWasGood(registration)) return undefined;
  const { eventId, reference, status, ageBand, chaperoning } = registration;
  if (status !== 'confirmed') return endedShard(eventId);
  if (ageBand === 'minor' || chaperoning !== undefined) return minorsShard(eventId);
  return comingShards(eventId)[CROCKFORD.indexOf(reference.slice(-1)) % SHARDS];
}
