import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Publication, publishEvent } from '../../cli/publish.ts';
import { LOCAL_AWS_ENVIRONMENT } from '../../local/aws.ts';
import { type LocalDatabase, startDatabase } from '../../local/database.ts';
import { startKeys } from '../../local/keys.ts';
import { type LocalMailbox, type MailboxOptions, startMailbox } from '../../local/mailbox.ts';
import { startWakeUps } from '../../local/wake-ups.ts';

import type { EventDefinition } from '../../shared/event/event.ts';
import { canaryParameters } from '../../shared/kernel/canary.ts';
import { TABLES, type TableName, type TableShape } from '../../shared/kernel/dynamo/tables.ts';
import { ENVIRONMENT, NO_USER_POOL } from '../../shared/kernel/env.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';

export interface Parts {
  readonly database: LocalDatabase;
  readonly mailbox: LocalMailbox;
  readonly publish: (event: EventDefinition) => Promise<Publication>;
  /** Where each test has an event of its own: reading all of a table is most of the time once many are in it. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export const SENDER = 'forum@mail.test';
export const ISSUER = 'https://accounts.test';
export const SITE_URL = 'https://forum.test';

/**
 * A real DynamoDB wire protocol, KMS and SES for handlers that run in this process: the environment is set as a
 * deployment would, so import handlers after this.
 */
export async function startParts(
  mail: Pick<MailboxOptions, 'quota' | 'sandbox' | 'identities' | 'publish'> = {},
): Promise<Parts> {
  // How long an answer takes is measured where everything runs as it is deployed; here it would be most of the time.
  Object.assign(realSystem, { answerNotBefore: async () => undefined });
  const directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  const database = await startDatabase({ directory });
  const keys = await startKeys({ directory });
  const mailbox = await startMailbox({ directory, ...mail });
  // Tests say when time has passed: nothing is woken by itself.
  const wakeUps = await startWakeUps({
    invoke: async () => ({ batchItemFailures: [] }),
    onFailure: async () => undefined,
  });
  Object.assign(process.env, LOCAL_AWS_ENVIRONMENT, {
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_ENDPOINT_URL_KMS: keys.endpoint,
    AWS_ENDPOINT_URL_SQS: wakeUps.endpoint,
    AWS_ENDPOINT_URL_SES: mailbox.endpoint,
    AWS_ENDPOINT_URL_SESV2: mailbox.endpoint,
    [ENVIRONMENT.registry]: database.tables.registry,
    [ENVIRONMENT.outbox]: database.tables.outbox,
    [ENVIRONMENT.wakeUps]: wakeUps.url,
    [ENVIRONMENT.audit]: database.tables.audit,
    [ENVIRONMENT.care]: database.tables.care,
    [ENVIRONMENT.feedback]: database.tables.feedback,
    [ENVIRONMENT.secretsKey]: keys.ids.secrets,
    [ENVIRONMENT.feedbackKey]: keys.ids.feedback,
    [ENVIRONMENT.ticketKey]: keys.ids.ticket,
    [ENVIRONMENT.formerTicketKeys]: '[]',
    [ENVIRONMENT.originKeys]: JSON.stringify(['before', 'current', 'next'].map((name) => name.padEnd(43, '-'))),
    [ENVIRONMENT.siteUrl]: SITE_URL,
    [ENVIRONMENT.homeEvent]: 'asean-ict-forum',
    [ENVIRONMENT.mailFrom]: SENDER,
    [ENVIRONMENT.configurationSet]: 'plenary',
    [ENVIRONMENT.oidcIssuer]: ISSUER,
    [ENVIRONMENT.oidcClientId]: 'console',
    [ENVIRONMENT.oidcScope]: 'openid',
    [ENVIRONMENT.userPool]: NO_USER_POOL,
    [ENVIRONMENT.canaryParameters]: canaryParameters('test'),
  });
  return {
    database,
    mailbox,
    publish: (event) =>
      publishEvent(event, {
        dynamodb: database.client,
        tableName: database.tables.registry,
        outboxTable: database.tables.outbox,
        // Nobody is registering at the moment at which a test moves an event.
        wait: async () => undefined,
      }),
    empty: () => emptyTables(database),
    async stop() {
      await wakeUps.stop();
      await mailbox.stop();
      await keys.stop();
      await database.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Items one by one: tables that are made anew take ten times as long. */
async function emptyTables({ client, tables }: LocalDatabase): Promise<void> {
  for (const [name, TableName] of Object.entries(tables)) {
    const { partitionKey, sortKey }: TableShape = TABLES[name as TableName];
    const keys = [partitionKey, sortKey].filter((key) => key !== undefined);
    const ExpressionAttributeNames = Object.fromEntries(keys.map((key, place) => [`#${place}`, key]));
    const ProjectionExpression = Object.keys(ExpressionAttributeNames).join();
    // As many as one request deletes.
    const scan = { TableName, ExpressionAttributeNames, ProjectionExpression, Limit: 25 };
    for await (const { Items = [] } of paginateScan({ client }, scan)) {
      const deletions = Items.map((Key) => ({ DeleteRequest: { Key } }));
      if (deletions.length > 0)
        await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: deletions } }));
    }
  }
}
