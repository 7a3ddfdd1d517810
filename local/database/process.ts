import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { StartFailure } from '../failure.ts';
import { freePort, HOST } from '../http/server.ts';

const ATTEMPTS = 3;
const READY_MS = 30_000;

/**
 * The shell ends the database as soon as its own standard input closes, which the system does for us even when this
 * process is killed: no orphan keeps the file open. A process group of its own keeps Ctrl-C from reaching the
 * database before the functions that still write to it.
 */
const GUARD = `exec 3<&0
"$@" 3<&- &
database=$!
{ cat <&3 >/dev/null; kill "$database"; } 2>/dev/null &
wait "$database"`;

/**
 * Runs dynoxide on a free port. Somebody else may take the port between the moment it was found and the moment it
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
    await exited;
  };
}
