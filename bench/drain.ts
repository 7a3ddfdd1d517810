import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { LOCAL_AWS } from '../local/aws.ts';
import { type LocalSystem, startSystem } from '../local/system.ts';
import { MAIL_ATTRIBUTE } from '../shared/kernel/dynamo/tables.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { newMessage } from '../shared/mail/outbox/new-items.store.ts';
import { toOutboxItem } from '../shared/mail/outbox/outbox-items.store.ts';
import type { Registration } from '../shared/registration/registration.schema.ts';
import type { Measure } from './measure.ts';
import { FAR_AWAY, putAll, registerPeople } from './people.ts';
import { mailProcessorTime } from './processor/mail.ts';
import { readTable } from './rush/read-table.ts';
import { median } from './statistics.ts';

const MAILS = 5000;
/** What is compared: instances have grown to their size by then, and what is collected as garbage goes up and down. */
const FIFTH = MAILS / 5;
/** How much more memory everything may take in the last fifth than in the second. */
const MOST_GROWTH = 1.2;
const LOOK_AGAIN = 250;

/** Tickets for thousands at once, through everything that is deployed: how fast they leave, and what memory that takes. */
export async function drain(): Promise<Measure[]> {
  const processor = await mailProcessorTime();
  const system = await startSystem({ quiet: true });
  const ses = new SESClient({ ...LOCAL_AWS, endpoint: system.endpoints.ses });
  const sent = async () => (await ses.send(new GetSendQuotaCommand({}))).SentLast24Hours ?? 0;
  try {
    const people = await registerPeople(system, 'drain', MAILS);
    const begun = performance.now();
    await queueTickets(system, people);
    const memory: { readonly left: number; readonly bytes: number }[] = [];
    for (let left = MAILS; left > 0; left = MAILS - (await sent())) {
      memory.push({ left, bytes: process.memoryUsage().rss });
      await wait(LOOK_AGAIN);
    }
    const seconds = (performance.now() - begun) / 1000;
    await wait(2 * LOOK_AGAIN);
    const messages = (await readTable(system, 'outbox')).filter((item) => item[MAIL_ATTRIBUTE] !== undefined);
    const atOnce = messages.filter(({ state, attempts }) => state === 'sent' && attempts === 1).length;
    const memoryIn = (fifth: number): number => {
      const within = memory.filter(({ left }) => Math.ceil((MAILS - left) / FIFTH) === fifth);
      return median(within.map(({ bytes }) => bytes));
    };
    return [
      ...processor,
      { what: 'tickets mailed', value: MAILS / seconds, unit: 'a second' },
      { what: 'sent', value: await sent(), unit: 'mails', budget: { exactly: MAILS } },
      { what: 'of which at the first attempt', value: atOnce, unit: 'mails', budget: { exactly: MAILS } },
      {
        what: 'memory in the last fifth, to that in the second',
        value: memoryIn(5) / memoryIn(2),
        unit: 'x',
        budget: { atMost: MOST_GROWTH },
      },
    ];
  } finally {
    ses.destroy();
    await system.stop();
  }
}

/** The ticket of each, to be mailed. */
export async function queueTickets({ endpoints, tables }: LocalSystem, people: readonly Registration[]): Promise<void> {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const messages = people.map((person) => newMessage(realSystem, 'confirmed', person));
  await putAll(
    dynamodb,
    tables.outbox,
    messages.map((message) => ({ ...toOutboxItem(message), expiresAt: FAR_AWAY })),
  );
  dynamodb.destroy();
}
