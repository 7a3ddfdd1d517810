/**
 * `npm start`: builds, starts everything on this machine, and runs until it is told to stop.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll } from '../infra/bundle.ts';
import { OPERATOR_FILE } from './aws.ts';
import { isPortTaken, listen } from './http.ts';
import { LOCK_FILE, lockDirectory } from './lock.ts';
import { type Options, readOptions } from './options.ts';
import { StartFailure } from './running-parts.ts';
import { SAMPLE_EVENT } from './seed.ts';
import { type LocalSystem, startSystem } from './system.ts';

const DIRECTORY = fileURLToPath(new URL('../.local', import.meta.url));
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SANDBOX = `
Mail is sent as from a new SES account: nobody gets any, and all of it is kept. The console says so, under Mail.
Start again without --sandbox, and it leaves within an hour.
`;

// Functions run in UTC when deployed.
process.env.TZ = 'UTC';

try {
  await run(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  console.error(error instanceof StartFailure ? error.message : error);
  process.exit(1);
}

async function run(options: Options): Promise<void> {
  const { stopped, stop, crash } = untilStopped();
  // A second signal while stopping changes nothing: npm and the terminal both send one.
  for (const signal of SIGNALS) process.on(signal, () => stop(signal));
  await requireFree(options.port);
  const unlock = await lockDirectory(DIRECTORY);
  try {
    if (options.fresh) await empty(DIRECTORY);
    const system = await buildAndStart(options, crash);
    await writeFile(OPERATOR_FILE, JSON.stringify(operated(system)));
    try {
      console.log(welcome(system, options));
      console.log(`\nStopping: ${await stopped}`);
    } finally {
      await rm(OPERATOR_FILE, { force: true });
      await system.stop();
    }
  } finally {
    unlock();
  }
}

/** Resolves with why it was told to stop; rejects when a part ended by itself. */
function untilStopped() {
  let stop: (reason: string) => void = () => undefined;
  let crash: (reason: string) => void = () => undefined;
  const stopped = new Promise<string>((resolve, reject) => {
    stop = resolve;
    crash = (reason) => reject(new StartFailure(`Plenary cannot go on: ${reason}`));
  });
  // Until a caller waits for it, a crash is no unhandled rejection.
  stopped.catch(() => undefined);
  return { stopped, stop, crash };
}

async function buildAndStart(
  { port, fresh, sandbox }: Options,
  onCrash: (reason: string) => void,
): Promise<LocalSystem> {
  const begun = performance.now();
  console.log('Building');
  await buildAll((line) => console.log(`  ${line}`));
  console.log('Starting');
  const system = await startSystem({ directory: DIRECTORY, port, fresh, sandbox, onCrash });
  console.log(`Ready in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return system;
}

/** What `npm run redrive` works on. */
function operated({ tables, endpoints: { dynamodb, operator } }: LocalSystem) {
  const local = { dynamodb, operator };
  const { outbox: table, registry, audit } = tables;
  return { table, registry, audit, queue: `${operator}/dead-letters`, mailEvents: 'mail-events', local };
}

function welcome({ siteUrl, mailboxUrl, identity }: LocalSystem, { sandbox }: Options): string {
  return `
  Site      ${siteUrl}/e/${SAMPLE_EVENT}
  Mailbox   ${mailboxUrl}
  Check-in  ${siteUrl}/checkin/
  Console   ${siteUrl}/console/?event=${SAMPLE_EVENT}
            sign in with one press as an organiser, a focal point and others (${identity.issuer})
${sandbox ? SANDBOX : ''}
Data is kept in .local/ (npm start -- --fresh empties it). Ctrl-C stops everything.
`;
}

/** Found out before the build, which takes a moment. */
async function requireFree(port: number): Promise<void> {
  try {
    const probe = await listen(() => undefined, port);
    await probe.stop();
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    throw new StartFailure(`Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 100} npm start`);
  }
}

async function empty(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name !== LOCK_FILE) await rm(join(directory, name), { recursive: true });
  }
}
