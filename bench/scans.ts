import { startSystem } from '../local/system.ts';
import type { ScanAnswer } from '../shared/checkin/scan/scans.schema.ts';
import type { Measure } from './measure.ts';
import { registerPeople } from './people.ts';
import { openPhone, scanOf } from './phone.ts';
import { scanProcessorTime } from './processor/scans.ts';
import { readTable } from './rush/read-table.ts';

const EVENT = 'scans';
const SCANS = 1000;
/** Seconds in which they have to be on the server. */
const MOST_SECONDS = 10;

/** What one phone scanned while it was offline, through everything that is deployed, and twice more. */
export async function scans(): Promise<Measure[]> {
  return [...(await scanProcessorTime()), ...(await broughtIn())];
}

async function broughtIn(): Promise<Measure[]> {
  const system = await startSystem({ quiet: true });
  try {
    const people = await registerPeople(system, EVENT, SCANS);
    const send = await openPhone(system, EVENT);
    const told = await Promise.all(people.map(scanOf));
    const begun = performance.now();
    const first = await send(told);
    const seconds = (performance.now() - begun) / 1000;
    const again = [...(await send(told)), ...(await send(told.toReversed()))];
    const counts = (await readTable(system, 'registry')).filter(({ pk }) => pk === `CHECK-IN-COUNT#${EVENT}#event`);
    const came = counts.reduce((sum, item) => sum + Number(item['came']), 0);
    const kept = (answers: readonly ScanAnswer[], result: string) =>
      answers.filter((answer) => answer.result === result).length;
    return [
      { what: 'a thousand scans on the server', value: seconds, unit: 's', budget: { atMost: MOST_SECONDS } },
      { what: 'kept', value: kept(first, 'kept'), unit: 'scans', budget: { exactly: SCANS } },
      {
        what: 'known when sent twice more',
        value: kept(again, 'known'),
        unit: 'scans',
        budget: { exactly: 2 * SCANS },
      },
      { what: 'counted', value: came, unit: 'people', budget: { exactly: SCANS } },
    ];
  } finally {
    await system.stop();
  }
}
