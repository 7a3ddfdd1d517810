import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOCAL_AWS } from '../local/aws.ts';
import type { LocalSystem } from '../local/system.ts';
import { writeOffer } from '../shared/checkin/device/enrol.case.ts';
import { putCheckInLists } from '../shared/checkin/list/check-in-lists.store.ts';
import { usualLists } from '../shared/checkin/list/list.ts';
import type { ScanAnswer } from '../shared/checkin/scan/scans.schema.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import type { Registration } from '../shared/registration/registration.schema.ts';
import { ticketHashOf } from '../shared/ticket/ticket-names.store.ts';
import { forum } from '../test/support/forum.ts';
import { FAR_AWAY } from './people.ts';

/** As many scans as one request takes. */
const BATCH = 200;
const DAY = 24 * 60 * 60 * 1000;

/** Sends scans as a phone does: one batch after another. */
export async function openPhone({ endpoints, tables, siteUrl }: LocalSystem, eventId: string) {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const deps = { client: documentClient(dynamodb), registry: tables.registry, system: realSystem };
  const now = Date.now();
  const times = { opensAt: new Date(now - DAY).toISOString(), closesAt: new Date(now + DAY).toISOString() };
  const lists = usualLists(forum()).map((list) => ({ ...list, ...times }));
  await writeAll(deps.client, [putCheckInLists(tables.registry, eventId, lists, 0)], realSystem);
  const { code } = await writeOffer(
    deps,
    { eventId, name: 'One', lists: ['event'], maySearch: false, endsAt: now + DAY, enrolledBy: 'bench' },
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

/** An attendee's ticket, scanned at the entrance now. */
export async function scanOf(person: Registration) {
  const now = Date.now();
  return {
    ...{ scanId: randomBytes(16).toString('base64url'), list: 'event', kind: 'in' },
    ...{ ticket: ticketHashOf(person), reference: person.reference, scannedAt: now, correctedAt: now },
  };
}
