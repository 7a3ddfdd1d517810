import { putCheckInLists } from '../../shared/checkin/list/check-in-lists.store.ts';
import { usualLists } from '../../shared/checkin/list/list.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { eventOf, postJson } from '../../test/support/call.ts';
import { forum } from '../../test/support/forum.ts';
import { startParts } from '../../test/support/parts.ts';
import { openPhone } from '../../test/support/phone.ts';
import type { Measure } from '../measure.ts';
import { registerPeople } from '../people.ts';
import { scanOf } from '../phone.ts';
import { compareProcessorTime, piecesInAll } from './compare.ts';

const EVENT_ID = 'processor-scans';
/** As many as one request takes. */
const SCANS_A_ROUND = 200;
/** Nobody comes twice. */
const PEOPLE = piecesInAll(SCANS_A_ROUND);
const DAY = 24 * 60 * 60 * 1000;
/** Bare reads and transactions. */
const MOST_BARE = 0.6;

/** What the processor does for a scan, of a batch as a phone brings it in that had no network. */
export async function scanProcessorTime(): Promise<Measure[]> {
  const parts = await startParts();
  try {
    const { endpoint, tables, client } = parts.database;
    const people = [...(await registerPeople({ endpoints: { dynamodb: endpoint }, tables }, EVENT_ID, PEOPLE))];
    const now = Date.now();
    const times = { opensAt: new Date(now - DAY).toISOString(), closesAt: new Date(now + DAY).toISOString() };
    const lists = usualLists(forum()).map((list) => ({ ...list, ...times }));
    await writeAll(documentClient(client), [putCheckInLists(tables.registry, EVENT_ID, lists, 0)], realSystem);
    const phone = await openPhone(parts, EVENT_ID);
    const batch = async (length: number) => {
      const scans = await Promise.all(people.splice(0, length).map(scanOf));
      return eventOf('postScans', postJson({ scans }, phone.headers));
    };
    const { milliseconds, ratio } = await compareProcessorTime({
      name: 'checkin',
      table: tables.registry,
      pieces: SCANS_A_ROUND,
      atOnce: 1,
      events: async (pieces) => [await batch(pieces)],
      check: (results) => {
        for (const result of results) {
          const { statusCode, body } = result as { statusCode: number; body: string };
          const isKept = statusCode === 200 && !/"result":"(?!kept)/.test(body);
          if (!isKept) throw new Error(`not kept: ${statusCode} ${body.slice(0, 200)}`);
        }
      },
    });
    return [
      {
        what: 'processor time of a scan, to a bare read and transaction',
        value: ratio,
        unit: 'x',
        budget: { atMost: MOST_BARE },
      },
      { what: 'processor time of a scan', value: milliseconds, unit: 'ms' },
    ];
  } finally {
    await parts.stop();
  }
}
