import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { publishEvent } from '../cli/publish.ts';
import { LOCAL_AWS } from '../local/aws.ts';
import { type LocalSystem, startSystem } from '../local/system.ts';
import type { Quota } from '../shared/event/event.ts';
import { MAIL_ATTRIBUTE } from '../shared/kernel/dynamo/tables.ts';
import { forum, submission } from '../test/support/forum.ts';
import type { Measure } from './measure.ts';
import { registrationProcessorTime } from './processor/registration.ts';
import { bareLoop } from './rush/bare-loop.ts';
import { type Outcome, registered, tally, told } from './rush/outcome.ts';
import { measurePace, type Pace } from './rush/pace.ts';
import { readTable } from './rush/read-table.ts';
import { type Rivals, withRivals } from './rush/rivals.ts';
import { percentile } from './statistics.ts';

const PEOPLE = 1000;
export const SEATS = 50;
const EVENT_ID = 'rush';
/** Of the loop that registrations are compared with. */
const CONNECTIONS = 64;

/**
 * Far more people than seats, all at once, through everything that is deployed, with three quotas each and with the
 * conflicts of a real DynamoDB: once with their mail to be sent afterwards, once with it leaving meanwhile.
 */
export async function rush(): Promise<Measure[]> {
  return [
    ...(await registrationProcessorTime()),
    ...(await rushWithMailAfterwards()),
    ...(await rushWithMailMeanwhile()),
  ];
}

async function rushWithMailAfterwards(): Promise<Measure[]> {
  const mail = gate();
  const { system, rivals } = await startWithRivals(mail.opened);
  try {
    const pace = await registerAll(system);
    mail.open();
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
      { what: `registered, ${PEOPLE} at once`, value: pace.perSecond, unit: 'a second' },
      { what: 'sent again, since it was too busy', value: pace.again, unit: '', budget: { exactly: 0 } },
      { what: 'transactions that met a rival', value: rivals.conflicts(), unit: '' },
      { what: 'answered within, half of them', value: percentile(pace.durations, 50), unit: 'ms' },
      { what: 'answered within, 95 of 100', value: percentile(pace.durations, 95), unit: 'ms' },
      { what: 'bare loop of read and transaction', value: bare.perSecond, unit: 'a second' },
      { what: 'registrations to bare loop', value: pace.perSecond / bare.perSecond, unit: 'x' },
    ];
  } finally {
    mail.open();
    await system.stop();
  }
}

async function rushWithMailMeanwhile(): Promise<Measure[]> {
  const { system } = await startWithRivals();
  try {
    const { perSecond } = await registerAll(system);
    return [{ what: `registered, ${PEOPLE} at once, mail leaving meanwhile`, value: perSecond, unit: 'a second' }];
  } finally {
    await system.stop();
  }
}

async function startWithRivals(released?: Promise<void>): Promise<{ system: LocalSystem; rivals: Rivals }> {
  let rivals: Rivals | undefined;
  const standBetween = async (database: string) => {
    rivals = await withRivals(database, released);
    return rivals;
  };
  const system = await startSystem({ quiet: true, standBetween });
  if (rivals === undefined) throw new Error('nobody stands between');
  return { system, rivals };
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** How often the same is sent where the answer is "busy", or none, as it asks people to do. */
const MOST_TRIES = 10;
/** Milliseconds until then: what `Retry-After` asks for. */
const PAUSE = 2_000;

export interface RushPace extends Pace {
  /** How many times something had to be sent again. */
  readonly again: number;
}

/**
 * Publishes an event with few seats in one of three quotas, and has everyone register for it at once.
 *
 * @param people how many they are, more than there are seats
 * @throws Error where a registration is refused, or was sent in vain {@link MOST_TRIES} times
 */
export async function registerAll(system: LocalSystem, people = PEOPLE): Promise<RushPace> {
  const [room] = forum().quotas.filter(({ id }) => id === 'in-person');
  if (room === undefined) throw new Error('the forum has no quota for the room');
  const quotas: Quota[] = [
    { ...room, id: 'everyone', capacity: 2 * people, shards: 8 },
    { ...room, id: 'building', capacity: people, shards: 8 },
    { ...room, id: 'room', capacity: SEATS, shards: 8 },
  ];
  const event = forum({ id: EVENT_ID, quotas });
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
  await publishEvent(event, { dynamodb, tableName: system.tables.registry, outboxTable: system.tables.outbox });
  dynamodb.destroy();
  let tries = 0;
  const pace = await measurePace(people, people, async (number) => {
    for (let left = MOST_TRIES; left > 0; left -= 1) {
      tries += 1;
      const answer = await fetch(`${system.siteUrl}/api/events/${EVENT_ID}/registrations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(submission({ email: `person-${number}@example.org` })),
      });
      const body = await answer.text();
      if (answer.status === 202) return;
      if (answer.status < 500) throw new Error(`not registered: ${answer.status} ${body}`);
      await wait(PAUSE);
    }
    throw new Error(`person ${number} was answered nothing but errors`);
  });
  return { ...pace, again: tries - people };
}

/** Milliseconds between two looks at the outbox, each of which reads all of it beside the functions that send. */
const LOOK_AGAIN = 2_000;
/** Milliseconds without a mail after which no more will come. */
const PATIENCE = 120_000;

/** What was mailed, once nothing is left to send. @throws Error when that never comes */
export async function mailsOnceSent(system: LocalSystem): Promise<Outcome> {
  let left = Number.POSITIVE_INFINITY;
  for (let since = Date.now(); left > 0; ) {
    const mails = (await readTable(system, 'outbox')).filter((item) => item[MAIL_ATTRIBUTE] !== undefined);
    const unsent = mails.filter(({ state }) => state !== 'sent').length;
    if (unsent < left) since = Date.now();
    else if (Date.now() - since > PATIENCE) throw new Error(`${unsent} mails were not sent`);
    left = unsent;
    await wait(LOOK_AGAIN);
  }
  return told(system, forum().shortTitle?.['en'] ?? '');
}
