import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { publishEvent } from '../events/publish.ts';
import { LOCAL_AWS } from '../local/aws.ts';
import { type System, startSystem } from '../local/system.ts';
import { MAIL_ATTRIBUTE } from '../shared/store/tables.ts';
import { forum, submission } from '../test/support/forum.ts';
import type { Measure } from './measure.ts';
import { bareLoop } from './rush/bare-loop.ts';
import { type Outcome, registered, tally, told } from './rush/outcome.ts';
import { measurePace, type Pace } from './rush/pace.ts';
import { readTable } from './rush/read-table.ts';
import { percentile } from './statistics.ts';

export const PEOPLE = 500;
export const SEATS = 50;
const CONNECTIONS = 64;
const EVENT_ID = 'rush';
/** Registrations a second. */
const LEAST_PACE = 100;

/** Far more people than seats, all at once, through everything that is deployed. */
export async function rush(): Promise<Measure[]> {
  const system = await startSystem({ quiet: true });
  try {
    const pace = await registerAll(system);
    const statuses = tally(await registered(system, EVENT_ID));
    const mails = tally(await mailsOnceSent(system));
    const bare = await bareLoop(system, PEOPLE, CONNECTIONS);
    const exactly = (what: string, value = 0, wanted: number): Measure => ({
      what,
      value,
      unit: 'people',
      budget: { exactly: wanted },
    });
    return [
      exactly(`confirmed, of ${PEOPLE} for ${SEATS} seats`, statuses['confirmed'], SEATS),
      exactly('waitlisted', statuses['waitlisted'], PEOPLE - SEATS),
      exactly('told by one mail that they are registered', mails['confirmed'], SEATS),
      exactly('told by one mail that they wait', mails['waitlisted'], PEOPLE - SEATS),
      {
        what: `from ${CONNECTIONS} connections`,
        value: pace.perSecond,
        unit: 'a second',
        budget: { atLeast: LEAST_PACE },
      },
      { what: 'answered within, half of them', value: percentile(pace.durations, 50), unit: 'ms' },
      { what: 'answered within, 95 of 100', value: percentile(pace.durations, 95), unit: 'ms' },
      { what: 'bare loop of read and transaction', value: bare.perSecond, unit: 'a second' },
      { what: 'registrations to bare loop', value: pace.perSecond / bare.perSecond, unit: 'x' },
    ];
  } finally {
    await system.stop();
  }
}

/** Publishes an event with a few seats, and has everyone register for it. */
export async function registerAll(system: System): Promise<Pace> {
  const quotas = forum().quotas.filter(({ id }) => id === 'in-person');
  const event = forum({ id: EVENT_ID, quotas: quotas.map((quota) => ({ ...quota, capacity: SEATS })) });
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
  await publishEvent(event, { dynamodb, tableName: system.tables.registry, outboxTable: system.tables.outbox });
  dynamodb.destroy();
  return measurePace(PEOPLE, CONNECTIONS, async (number) => {
    const answer = await fetch(`${system.siteUrl}/api/events/${EVENT_ID}/registrations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(submission({ email: `person-${number}@example.org` })),
    });
    const body = await answer.text();
    if (answer.status !== 202) throw new Error(`not registered: ${answer.status} ${body}`);
  });
}

/** Milliseconds between two looks at the outbox. */
const LOOK_AGAIN = 500;
/** Milliseconds without a mail after which no more will come. */
const PATIENCE = 30_000;

/** What was mailed, once nothing is left to send. @throws Error when that never comes */
export async function mailsOnceSent(system: System): Promise<Outcome> {
  let left = Number.POSITIVE_INFINITY;
  for (let since = Date.now(); left > 0; ) {
    const mails = (await readTable(system, 'outbox')).filter((item) => item[MAIL_ATTRIBUTE] !== undefined);
    const unsent = mails.filter(({ state }) => state !== 'sent').length;
    if (unsent < left) since = Date.now();
    else if (Date.now() - since > PATIENCE) throw new Error(`${unsent} mails were not sent`);
    left = unsent;
    await wait(LOOK_AGAIN);
  }
  return told(system, forum().title['en'] ?? '');
}
