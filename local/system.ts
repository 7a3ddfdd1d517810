import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MANIFESTS } from '../functions/manifests.ts';
import { canaryParameters } from '../shared/kernel/canary.ts';
import type { Manifest } from '../shared/kernel/manifest.ts';
import { mailEventPattern } from '../shared/mail/fate/mail-event.schema.ts';
import { callsAShard } from '../shared/mail/limits/send-pace.ts';
import { LOCAL_AWS_ENVIRONMENT } from './aws.ts';
import { type BusEvent, startBus } from './bus.ts';
import type { TableNames } from './database/tables.ts';
import { startDatabase } from './database.ts';
import { deadLetters, openLetterQueue, startOperator } from './dead-letters.ts';
import { type Functions, namedValues, startFunctions } from './functions.ts';
import { jwtAuthorizer } from './gateway/authorizer.ts';
import { startGateway } from './gateway.ts';
import { freePort, isPortTaken } from './http.ts';
import { POOL_ID } from './identity/pool.ts';
import { type IdentityProvider, startIdentity } from './identity.ts';
import { startKeys } from './keys.ts';
import { USUAL_QUOTA } from './mailbox/quota.ts';
import { startMailbox } from './mailbox.ts';
import { RunningParts } from './running-parts.ts';
import { SAMPLE_EVENT, seedEvents, seedRoles } from './seed.ts';
import { startStream } from './streams.ts';
import { startTimers } from './timers.ts';
import { startWakeUps } from './wake-ups.ts';

export interface SystemOptions {
  /** Where data is kept; a temporary one, removed at the end, when absent. */
  readonly directory?: string;
  /** Of the site; the mailbox takes the next one, the sign-in pages the one after. Free ones when absent. */
  readonly port?: number;
  /** Keeps what functions write to themselves. */
  readonly quiet?: boolean;
  /** Begins with empty tables, also where the database is not ours. */
  readonly fresh?: boolean;
  /** Begins in SES's sandbox: mail goes to verified addresses only. */
  readonly sandbox?: boolean;
  /** Stands between functions and their database: to show them what a healthy emulator never does. */
  readonly standBetween?: (database: string) => Promise<{ readonly endpoint: string; stop(): Promise<void> }>;
  /** Called when a part that the rest depends on ends by itself. */
  readonly onCrash?: (reason: string) => void;
}

export interface LocalSystem {
  /** `http://localhost:3000` */
  readonly siteUrl: string;
  readonly mailboxUrl: string;
  /** Where organisers sign in. */
  readonly identity: Pick<IdentityProvider, 'issuer' | 'clientId'>;
  readonly endpoints: {
    readonly dynamodb: string;
    readonly ses: string;
    readonly kms: string;
    readonly operator: string;
  };
  readonly tables: TableNames;
  /** Everything a function reads, for tests that call handlers or AWS clients in their own process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Does what is due, and then runs something while no timer fires: for tests of what changes, and what does not. */
  readonly hold: <T>(during: () => Promise<T>) => Promise<T>;
  stop(): Promise<void>;
}

/**
 * All of Plenary on this machine: the built bundles, and what stands in for AWS around them.
 *
 * @throws StartFailure, or the system's error when the port is taken; nothing is left running then
 */
export async function startSystem(options: SystemOptions = {}): Promise<LocalSystem> {
  for (let attempt = 1; ; attempt += 1) {
    const parts = new RunningParts();
    try {
      return { ...(await startParts(options, parts)), stop: () => parts.stop() };
    } catch (error) {
      await parts.stop();
      // Another program may take a free port between the moment it was found and the moment it is used.
      const isWorthAnother = options.port === undefined && isPortTaken(error) && attempt < ATTEMPTS;
      if (!isWorthAnother) throw error;
    }
  }
}

const ATTEMPTS = 3;

async function startParts(options: SystemOptions, parts: RunningParts): Promise<Omit<LocalSystem, 'stop'>> {
  const log = options.quiet ? () => undefined : console.log;
  const directory = options.directory ?? (await temporaryDirectory(parts));
  const prefix = options.directory === undefined ? `plenary-${randomBytes(4).toString('hex')}-` : undefined;
  const database = parts.add(await startDatabase({ ...options, directory, prefix }));
  await seedEvents({ ...database, directory, log });
  const keys = parts.add(await startKeys({ directory }));
  // Mail is accepted before there is a function that could hear of it.
  let bus: ReturnType<typeof startBus> | undefined;
  const publish = (event: BusEvent): void => bus?.publish(event);
  const mailbox = parts.add(
    await near(options.port, 1, (port) =>
      startMailbox({ directory, port, publish, sandbox: options.sandbox, identities: VERIFIED }),
    ),
  );
  const port = options.port ?? (await freePort());
  const siteUrl = `http://localhost:${port}`;
  const consoleUrl = `${siteUrl}/console/`;
  const identity = parts.add(await near(options.port, 2, (port) => startIdentity({ directory, port, consoleUrl })));
  await seedRoles(database, identity.issuer);

  // Functions are told where it is before there are any; nothing waits in it then.
  let functions: Functions | undefined;
  const queue = await openLetterQueue(join(directory, 'dead-letters.jsonl'));
  const wakeUps = parts.add(
    await startWakeUps({
      invoke: async (event) => functions?.housekeeping.invoke(event),
      onFailure: (body) => queue.add(body),
    }),
  );

  const between = options.standBetween && parts.add(await options.standBetween(database.endpoint));
  const common = {
    ...LOCAL_AWS_ENVIRONMENT,
    AWS_ENDPOINT_URL_DYNAMODB: between?.endpoint ?? database.endpoint,
    AWS_ENDPOINT_URL_SES: mailbox.endpoint,
    AWS_ENDPOINT_URL_SESV2: mailbox.endpoint,
    AWS_ENDPOINT_URL_KMS: keys.endpoint,
    AWS_ENDPOINT_URL_SQS: wakeUps.endpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: identity.poolEndpoint,
  };
  const originKeys = ['before', 'current', 'next'].map(() => randomBytes(32).toString('base64url'));
  const [, originKey = ''] = originKeys;
  const values = {
    registry: database.tables.registry,
    outbox: database.tables.outbox,
    wakeUps: wakeUps.url,
    audit: database.tables.audit,
    care: database.tables.care,
    feedback: database.tables.feedback,
    secretsKey: keys.ids.secrets,
    feedbackKey: keys.ids.feedback,
    ticketKey: keys.ids.ticket,
    formerTicketKeys: '[]',
    originKeys: JSON.stringify(originKeys),
    siteUrl,
    homeEvent: SAMPLE_EVENT,
    mailFrom: MAIL_FROM,
    configurationSet: CONFIGURATION_SET,
    oidcIssuer: identity.issuer,
    oidcClientId: identity.clientId,
    oidcScope: 'openid',
    userPool: POOL_ID,
    // There is no Systems Manager here: who tries it brings the keys.
    canaryParameters: canaryParameters('local'),
  };
  ({ functions } = parts.add(await startFunctions({ values, common, log })));
  const operator = parts.add(await startOperator({ queue, functions }));
  const onFailure = deadLetters(queue, log);
  bus = parts.add(
    startBus([
      {
        name: 'mail-events',
        pattern: mailEventPattern(CONFIGURATION_SET),
        invoke: functions['mail-events'].invoke,
        onFailure,
      },
    ]),
  );
  const outbox = {
    dynamodb: database.client,
    endpoint: database.streamsEndpoint,
    tableName: database.tables.outbox,
    onFailure,
    log,
  };
  for (const { name, stream } of Object.values<Manifest>(MANIFESTS)) {
    if (stream === undefined) continue;
    const checkpointFile = join(directory, `stream-outbox-${stream.attribute}.json`);
    const calls = callsAShard(stream, USUAL_QUOTA.perSecond);
    parts.add(await startStream({ ...outbox, ...stream, calls, invoke: functions[name].invoke, checkpointFile }));
  }
  const timers = parts.add(startTimers(functions, log));
  const authorize = jwtAuthorizer({ issuer: identity.issuer, audience: identity.clientId });
  parts.add(await startGateway({ functions, authorize, assets: WEB, issuer: identity.issuer, originKey, port }));
  return {
    siteUrl,
    mailboxUrl: mailbox.url,
    identity: { issuer: identity.issuer, clientId: identity.clientId },
    endpoints: {
      dynamodb: database.endpoint,
      ses: mailbox.endpoint,
      kms: keys.endpoint,
      operator: operator.endpoint,
    },
    tables: database.tables,
    environment: { ...common, ...namedValues(values) },
    hold: timers.hold,
  };
}

const WEB = fileURLToPath(new URL('../dist/web', import.meta.url));
const MAIL_FROM = 'registration@plenary.example.org';
/** As if SES had verified the sender's domain, and no recipient. */
const VERIFIED = [MAIL_FROM.slice(MAIL_FROM.indexOf('@') + 1)];
const CONFIGURATION_SET = 'plenary';

async function temporaryDirectory(parts: RunningParts): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'plenary-'));
  // Everything else ends with this process by itself.
  const removeAtExit = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  parts.add({
    stop: async () => {
      process.off('exit', removeAtExit);
      await rm(directory, { recursive: true, force: true });
    },
  });
  return directory;
}

/** On a port right after the site's when that is free: easy to remember, but no reason not to start. */
async function near<T>(
  sitePort: number | undefined,
  distance: number,
  start: (port: number) => Promise<T>,
): Promise<T> {
  const wanted = (sitePort ?? HIGHEST_PORT) + distance;
  return start(wanted <= HIGHEST_PORT ? wanted : 0).catch((error) => {
    if (!isPortTaken(error)) throw error;
    return start(0);
  });
}

const HIGHEST_PORT = 65_535;
