import { eventOf, postJson } from '../../test/support/call.ts';
import { forum, submission } from '../../test/support/forum.ts';
import { startParts } from '../../test/support/parts.ts';
import type { Measure } from '../measure.ts';
import { compareProcessorTime, piecesInAll } from './compare.ts';

const EVENT_ID = 'processor';
const PEOPLE_A_ROUND = 50;
/** Of each quota at least: by its capacity it has 64. */
const COUNTERS = 8;
const CAPACITY = COUNTERS * 2 * piecesInAll(PEOPLE_A_ROUND);
/** As many as have answers on their way while the processor is busy with others: what waits takes none. */
const AT_ONCE = 16;
/**
 * Bare reads and transactions, of which each is two calls as well. Twelve measurements on Node 24 gave 2.19 to 2.46, beside 2.24 to 2.58 of the
 * code before counters were looked up without copies. By its profile about a tenth of it is the line that each request writes, the item by which
 * scans find whose ticket it is, and the list of events that changed.
 */
const MOST_BARE = 2.5;

/** What the processor does for a registration that takes a seat in three quotas. */
export async function registrationProcessorTime(): Promise<Measure[]> {
  const parts = await startParts();
  try {
    const [room] = forum().quotas.filter(({ id }) => id === 'in-person');
    if (room === undefined) throw new Error('the forum has no quota for the room');
    const quotas = ['everyone', 'building', 'room'].map((id) => ({
      ...room,
      id,
      capacity: CAPACITY,
      shards: COUNTERS,
    }));
    await parts.publish(forum({ id: EVENT_ID, quotas }));
    let number = 0;
    const someone = () => {
      number += 1;
      const sent = postJson(submission({ email: `person-${number}@example.org` }));
      return eventOf('submitRegistration', { params: { eventId: EVENT_ID }, ...sent });
    };
    const { milliseconds, ratio } = await compareProcessorTime({
      name: 'registration',
      table: parts.database.tables.registry,
      pieces: PEOPLE_A_ROUND,
      atOnce: AT_ONCE,
      events: async (pieces) => Array.from({ length: pieces }, someone),
      check: (results) => {
        for (const result of results) {
          const { statusCode, body } = result as { statusCode: number; body: string };
          if (statusCode !== 202) throw new Error(`not registered: ${statusCode} ${body}`);
        }
      },
    });
    return [
      {
        what: 'processor time of a registration, to a bare read and transaction',
        value: ratio,
        unit: 'x',
        budget: { atMost: MOST_BARE },
      },
      { what: 'processor time of a registration', value: milliseconds, unit: 'ms' },
    ];
  } finally {
    await parts.stop();
  }
}
