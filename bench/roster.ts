import { gzipSync } from 'node:zlib';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { splitTexts } from '../shared/event/event-texts.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { checkSubmission } from '../shared/registration/apply/submission.ts';
import type { Registration } from '../shared/registration/registration.schema.ts';
import { putRegistration, toRegistrationItem } from '../shared/registration/registration.store.ts';
import { changed, newRegistration } from '../shared/registration/registration-state.store.ts';
import { callHandler } from '../test/support/call.ts';
import { forum, submission } from '../test/support/forum.ts';
import { type Parts, startParts } from '../test/support/parts.ts';
import { openPhone } from '../test/support/phone.ts';
import { type Handler, newInstance } from './cost/instance.ts';
import { meterDatabase } from './cost/metered-database.ts';
import type { Measure } from './measure.ts';

const PEOPLE = 10_000;
/** Of the next roster. */
const CHANGED = 10;
const EVENT = 'roster';
/** What a venue's network is asked for. */
const MOST_BYTES = 1_600_000;
const MOST_SECONDS = 3;
const MOST_ANSWER = 4_000_000;
const TOGETHER = 25;
const FAR_AWAY = 2 ** 32;
/** What changed is told again for so long: everyone here changed before that. */
const LONG_AGO = new Date(Date.now() - 3_600_000);

interface Answer {
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly entries: string;
}

/** What a phone takes over of an event of 10,000: all of it, and then what ten people changed. */
export async function roster(): Promise<Measure[]> {
  const parts = await startParts();
  const meter = await meterDatabase(parts.database.endpoint);
  try {
    const people = await enter(parts);
    const { headers } = await openPhone(parts, EVENT);
    process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
    const handler = await newInstance('checkin', EVENT);
    meter.take();
    const first = await pull(handler, headers);
    const readFirst = meter.take().reduce((units, { readUnits }) => units + readUnits, 0);
    await change(parts, people.slice(0, CHANGED));
    const next = await pull(handler, headers, first.cursor);
    const readNext = meter.take().reduce((units, { readUnits }) => units + readUnits, 0);
    const of = `of ${PEOPLE.toLocaleString('en')}`;
    return [
      { what: `first roster ${of}`, value: first.bytes, unit: 'bytes, compressed', budget: { atMost: MOST_BYTES } },
      { what: `first roster ${of}`, value: first.seconds, unit: 'seconds', budget: { atMost: MOST_SECONDS } },
      { what: `largest answer`, value: first.largest, unit: 'bytes', budget: { atMost: MOST_ANSWER } },
      { what: `first roster ${of}`, value: readFirst, unit: 'read units', budget: { atMost: PEOPLE / 2 } },
      {
        what: `${CHANGED} changes ${of}`,
        value: (1000 * next.bytes) / first.bytes,
        unit: '‰ of all',
        budget: { atMost: 5 },
      },
      {
        what: `${CHANGED} changes ${of}`,
        value: (100 * next.seconds) / first.seconds,
        unit: '% of its time',
        budget: { atMost: 10 },
      },
      { what: `${CHANGED} changes ${of}`, value: readNext, unit: 'read units', budget: { atMost: 15 + 2 * CHANGED } },
    ];
  } finally {
    await meter.stop();
    await parts.stop();
  }
}

/** Until there is no more, as a phone asks. */
async function pull(handler: Handler, headers: Record<string, string>, since?: string) {
  let cursor = since;
  let [bytes, largest] = [0, 0];
  const begun = performance.now();
  for (;;) {
    const query = cursor === undefined ? {} : { query: { since: cursor } };
    const { statusCode, body = '' } = await callHandler(handler, 'getRoster', { headers, ...query });
    if (statusCode !== 200) throw new Error(`no roster: ${statusCode} ${body}`);
    const answer: Answer = JSON.parse(body);
    bytes += gzipSync(body).length;
    largest = Math.max(largest, body.length);
    cursor = answer.cursor;
    if (!answer.hasMore) break;
  }
  return { cursor, bytes, largest, seconds: (performance.now() - begun) / 1000 };
}

async function enter(parts: Parts): Promise<readonly Registration[]> {
  const event = forum({ id: EVENT });
  await parts.publish(event);
  const { rules } = splitTexts(event);
  const system = { ...realSystem, now: () => LONG_AGO };
  const people = Array.from({ length: PEOPLE }, (_, number) => {
    const name = `${GIVEN[number % GIVEN.length]} ${FAMILY[number % FAMILY.length]} ${number}`;
    const sent = submission({
      email: `person-${number}@example.org`,
      fullName: name,
      organisation: ORGANISATIONS[number % 7],
    });
    const checked = checkSubmission(rules, sent);
    if ('issues' in checked) throw new Error('the forum refuses the sample submission');
    return newRegistration(system, rules, checked.application, { status: 'confirmed', seats: [] });
  });
  const client = documentClient(parts.database.client);
  for (let from = 0; from < people.length; from += TOGETHER) {
    const puts = people
      .slice(from, from + TOGETHER)
      .map((person) => ({ PutRequest: { Item: toRegistrationItem(person, FAR_AWAY) } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [parts.database.tables.registry]: puts } }));
  }
  return people;
}

async function change(parts: Parts, people: readonly Registration[]): Promise<void> {
  const client = documentClient(parts.database.client);
  const puts = people.map((before) =>
    putRegistration(
      parts.database.tables.registry,
      before,
      changed(before, { status: 'cancelled' }, realSystem.now()),
      FAR_AWAY,
      'system',
    ),
  );
  await writeAll(client, puts, realSystem);
}

const GIVEN = ['Sokha', 'Somchai', 'Nguyễn', 'Siti', 'សុខា', 'Maria', 'ณัฐ', 'Aung', 'Dewi', 'Arun', 'Chan'];
const FAMILY = ['Sample', 'Example', 'Thị Ánh', 'Probe', 'ដារ៉ា', 'Muster', 'ตัวอย่าง', 'Demo', 'Contoh'];
const ORGANISATIONS = [
  'Ministry of Samples',
  'Example Telecommunications',
  'University of Examples',
  'Sample Foundation',
  'ក្រសួងគំរូ',
  'Network for Made-up Children',
  'Institute of Probes',
];
