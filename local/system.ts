import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCAL_AWS_ENVIRONMENT } from './aws.ts';
import type { TableNames } from './database/tables.ts';
import { startDatabase } from './database.ts';
import { deadLetters } from './dead-letters.ts';
import { namedValues } from './functions/environment.ts';
import { startFunctions } from './functions.ts';
import { startGateway } from './gateway.ts';
import { freePort, isPortTaken } from './http/server.ts';
import { startKeys } from './keys.ts';
import { startMailbox } from './mailbox.ts';
import { SAMPLE_EVENT, seedEvents } from './seed.ts';
import { startStream } from './streams.ts';

export interface SystemOptions {
  /** Where data is kept; a temporary one, removed at the end, when absent. */
  readonly directory?: string;
  /** Of the site; the mailbox takes the next one. Free ones when absent. */
  readonly port?: number;
  /** Keeps what functions write to themselves. */
  readonly quiet?: boolean;
  /** Begins with empty tables, also where the database is not ours. */
  readonly fresh?: boolean;
  /** Called when a part that the rest depends on ends by itself. */
  readonly onCrash?: (reason: string) => void;
}

export interface System {
  /** `http://localhost:3000` */
  readonly siteUrl: string;
  readonly mailboxUrl: string;
  readonly endpoints: { readonly dynamodb: string; readonly ses: string; readonly kms: string };
  readonly tables: TableNames;
  /** Everything a function reads, for tests that call handlers or AWS clients in their own process. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * All of Plenary on this machine: the built bundles, and what stands in for AWS around them.
 *
 * @throws StartFailure, or the system's error when the port is taken; nothing is left running then
 */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const parts: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    // The last part started is the first to stop: nothing outlives what it depends on.
    for (let end = parts.pop(); end !== undefined; end = parts.pop()) await end();
  };
  try {
    return { ...(await startParts(options, parts)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(options: SystemOptions, parts: (() => Promise<unknown>)[]): Promise<Omit<System, 'stop'>> {
  const log = options.quiet ? () => undefined : console.log;
  const temporary = options.directory === undefined;
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'plenary-')));
  if (temporary) parts.push(() => rm(directory, { recursive: true, force: true }));
  const started = <T extends { stop(): Promise<void> }>(part: T): T => {
    parts.push(() => part.stop());
    return part;
  };

  const database = started(
    await startDatabase({
      directory,
      ...(temporary && { prefix: `plenary-${randomBytes(4).toString('hex')}-` }),
      ...(options.fresh && { fresh: true }),
      ...(options.onCrash && { onCrash: options.onCrash }),
    }),
  );
  const [keys, mailbox] = await Promise.all([
    startKeys({ directory }).then(started),
    startMailboxNear(directory, options.port).then(started),
    seedEvents(database),
  ]);
  const port = options.port ?? (await freePort());
  const siteUrl = `http://localhost:${port}`;
  const common = {
    ...LOCAL_AWS_ENVIRONMENT,
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_ENDPOINT_URL_SES: mailbox.endpoint,
    AWS_ENDPOINT_URL_KMS: keys.endpoint,
  };
  const values = {
    registryTable: database.tables.registry,
    outboxTable: database.tables.outbox,
    secretsKey: keys.ids.secrets,
    ticketKey: keys.ids.ticket,
    siteUrl,
    mailFrom: MAIL_FROM,
    configurationSet: CONFIGURATION_SET,
  };
  const { functions } = started(await startFunctions({ values, common, log }));
  started(
    await startStream({
      dynamodb: database.client,
      endpoint: database.streamsEndpoint,
      tableName: database.tables.outbox,
      invoke: functions.outbox.invoke,
      checkpointFile: join(directory, 'stream-outbox.json'),
      onFailure: deadLetters(join(directory, 'dead-letters.jsonl'), log),
      log,
    }),
  );
  started(await startGateway({ functions, assets: WEB, home: `/e/${SAMPLE_EVENT}`, port }));
  return {
    siteUrl,
    mailboxUrl: mailbox.url,
    endpoints: { dynamodb: database.endpoint, ses: mailbox.endpoint, kms: keys.endpoint },
    tables: database.tables,
    environment: { ...common, ...namedValues(values) },
  };
}

const WEB = fileURLToPath(new URL('../dist/web', import.meta.url));
const MAIL_FROM = 'registration@plenary.example.org';
const CONFIGURATION_SET = 'plenary';

/** On the port after the site's when that is free: easy to remember, but no reason not to start. */
async function startMailboxNear(directory: string, sitePort?: number) {
  const port = sitePort === undefined ? 0 : sitePort + 1;
  return startMailbox({ directory, port }).catch((error) => {
    if (!isPortTaken(error) && !(error instanceof RangeError)) throw error;
    return startMailbox({ directory });
  });
}
