import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { freePort, HOST } from '../http.ts';
import { StartFailure } from '../running-parts.ts';
import { findDynoxide } from './binary.ts';

export interface DatabaseEngine {
  readonly endpoint: string;
  readonly streamsEndpoint: string;
  stop(): Promise<void>;
}

/** The database that this machine has: dynoxide, else whatever `AWS_ENDPOINT_URL_DYNAMODB` names. */
export async function startDatabaseEngine(file: string, onCrash?: (reason: string) => void): Promise<DatabaseEngine> {
  const dynoxide = await findDynoxide();
  if (dynoxide !== undefined) {
    await copyTemplate(file, dynoxide.version);
    const { endpoint, stop } = await startDynoxide(dynoxide.path, file, onCrash);
    return { endpoint, streamsEndpoint: endpoint, stop };
  }
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (!endpoint) throw new StartFailure(HOW_TO_GET_ONE);
  const streamsEndpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB_STREAMS ?? endpoint;
  return { endpoint, streamsEndpoint, stop: async () => undefined };
}

const HOW_TO_GET_ONE = `No database found. Plenary needs one of these:
  - the package @dynoxide/linux-x64, which npm installs on 64-bit Linux: npm ci --include=optional
  - a program called dynoxide on the PATH: brew install nubo-db/tap/dynoxide, cargo install dynoxide-rs,
    or a download from https://github.com/nubo-db/dynoxide/releases
  - a DynamoDB emulator that is already running: AWS_ENDPOINT_URL_DYNAMODB=http://host:port npm start`;

const ATTEMPTS = 3;
const READY_MS = 30_000;

/**
 * The shell ends the database as soon as its own standard input closes, which the system does for us even when this process is killed: no
 * orphan keeps the file open. It ends it as well when it is told to, in case what notices was killed. A process group of its own keeps
 * Ctrl-C from reaching the database before the functions that still write to it.
 */
const GUARD = `exec 3<&0
trap 'kill "$database"; wait "$database"' TERM
"$@" 3<&- &
database=$!
{ cat <&3 >/dev/null; kill "$database"; } 2>/dev/null &
wait "$database"`;

/**
 * Runs dynoxide on a free port. Another program may take the port between the moment it was found and the moment it
 * is used (the program cannot report the port it got), hence more than one attempt.
 */
export async function startDynoxide(path: string, file: string, onCrash: (reason: string) => void = () => undefined) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const outcome = await run(path, ['--host', HOST, '--port', String(port), '--db-path', file]);
    if (typeof outcome !== 'string') {
      return { endpoint: `http://${HOST}:${port}`, stop: watch(outcome, onCrash) };
    }
    if (attempt === ATTEMPTS) throw new StartFailure(`The database did not start: ${outcome}`);
  }
}

/** The running process, or what it said when it gave up. */
async function run(path: string, options: readonly string[]): Promise<ChildProcess | string> {
  const child = spawn('/bin/sh', ['-c', GUARD, 'sh', path, ...options], { detached: true, stdio: 'pipe' });
  // Writing to a database that just ended is reported by its exit.
  child.stdin.on('error', () => undefined);
  let said = '';
  const listening = new Promise<ChildProcess>((resolve) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      if (said.includes('listening on')) resolve(child);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
  const ended = once(child, 'close').then(() => said.trim());
  const late = new Promise<string>((resolve) => {
    setTimeout(() => resolve(`no answer in ${READY_MS} ms`), READY_MS).unref();
  });
  const outcome = await Promise.race([listening, ended, late]);
  if (typeof outcome === 'string') child.stdin.end();
  return outcome;
}

/** @returns what stops the process; until then, its end is a crash */
function watch(child: ChildProcess, onCrash: (reason: string) => void): () => Promise<void> {
  let stopping = false;
  const exited = once(child, 'exit').then(([code, signal]) => {
    // Lets the shell's watchdog end.
    child.stdin?.destroy();
    if (!stopping) onCrash(`the database ended (${signal ?? `exit code ${code}`})`);
  });
  return async () => {
    stopping = true;
    child.stdin?.end();
    child.kill();
    await exited;
  };
}

/**
 * dynoxide looks for the last record of a stream by reading all of them, once for each write. A database that starts
 * as a copy of this template has indexes for that query; `make-template.ts` made it. Another version of dynoxide,
 * whose tables may differ, starts from nothing instead.
 */
export const templateFile = (version: string): URL => new URL(`template-${version}.db.gz`, import.meta.url);

/** Leaves a database that exists as it is. */
export async function copyTemplate(file: string, version: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const template = templateFile(version);
  if (existsSync(file) || !existsSync(template)) return;
  await writeFile(file, gunzipSync(await readFile(template)));
}
