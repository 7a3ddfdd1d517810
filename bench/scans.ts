import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOCAL_AWS } from '../local/aws.ts';
import { type System, startSystem } from '../local/system.ts';
import { offerEnrolment } from '../shared/checking-in/enrol.ts';
import { ticketHashOf } from '../shared/checking-in/ticket-hash.ts';
import type { ScanAnswer } from '../shared/contract/checkin/scans.ts';
import { usualLists } from '../shared/domain/check-in/list.ts';
import type { Registration } from '../shared/domain/registration.ts';
import { putCheckInLists } from '../shared/store/check-in-lists-item.ts';
import { documentClient } from '../shared/store/client.ts';
import { writeAll } from '../shared/store/transact.ts';
import { realSystem } from '../shared/system.ts';
import { forum } from '../test/support/forum.ts';
import type { Measure } from './measure.ts';
import { FAR_AWAY, registerPeople } from './people.ts';
import { readTable } from './rush/read-table.ts';

const EVENT = 'scans';
const SCANS = 1000;
/** As many as one request takes. */
const BATCH = 200;
/** Seconds in which they have to be on the server. */
const MOST_SECONDS = 10;
const DAY = 24 * 60 * 60 * 1000;

/** What one phone scanned while it was offline, through everything that is deployed, and twice more. */
export async function scans(): Promise<Measure[]> {
  const system = await startSystem({ quiet: true });
  try {
    const people = await registerPeople(system, EVENT, SCANS);
    const send = await openPhone(system);
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

/** Sends scans as a phone does: one batch after another. */
async function openPhone({ endpoints, tables, siteUrl }: System) {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const deps = { client: documentClient(dynamodb), registry: tables.registry, system: realSystem };
  const now = Date.now();
  const times = { opensAt: new Date(now - DAY).toISOString(), closesAt: new Date(now + DAY).toISOString() };
  const lists = usualLists(forum()).map((list) => ({ ...list, ...times }));
  await writeAll(deps.client, [putCheckInLists(tables.registry, EVENT, lists, 0)], realSystem);
  const { code } = await offerEnrolment(
    deps,
    { eventId: EVENT, name: 'One', lists: ['event'], maySearch: false, endsAt: now + DAY, enrolledBy: 'bench' },
    FAR_AWAY,
  );
  dynamodb.destroy();
  const post = async (path: string, body: unknown, token = '') => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(siteUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  };
  const secret = randomBytes(32).toString('base64url');
  const { token } = (await post('/api/checkin/devices', { code, secret })) as { token: string };
  return async (told: readonly unknown[]): Promise<readonly ScanAnswer[]> => {
    const answers: ScanAnswer[] = [];
    for (let at = 0; at < told.length; at += BATCH) {
      const batch = { scans: told.slice(at, at + BATCH) };
      const sent = (await post('/api/checkin/scans', batch, token)) as { answers: ScanAnswer[] };
      answers.push(...sent.answers);
    }
    return answers;
  };
}

async function scanOf(person: Registration) {
  const now = Date.now();
  return {
    ...{ scanId: randomBytes(16).toString('base64url'), list: 'event', kind: 'in' },
    ...{ ticket: await ticketHashOf(person), reference: person.reference, scannedAt: now, correctedAt: now },
  };
}
