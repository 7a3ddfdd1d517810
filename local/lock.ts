import { readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from './running-parts.ts';

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one with the same number, where the system says. */
  readonly startedAt?: string;
}

export const LOCK_FILE = 'lock';

/**
 * Two processes must not open one database. The lock of a process that is gone is taken over.
 *
 * @returns what gives the lock back
 * @throws StartFailure that names the process which holds it
 */
export async function lockDirectory(directory: string): Promise<() => void> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, LOCK_FILE);
  const mine = JSON.stringify(identify(process.pid));
  while (!(await create(file, mine))) {
    const holder = readHolder(file);
    if (holder !== undefined && isRunning(holder)) {
      throw new StartFailure(
        `Plenary is already running here (process ${holder.pid}). Stop it first; if that is something else, remove ${file}`,
      );
    }
    rmSync(file, { force: true });
  }
  return () => {
    if (readFileSync(file, 'utf8') === mine) rmSync(file, { force: true });
  };
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Nothing for a lock that was half written when its process was killed. */
function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isRunning(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.pid !== process.pid && identify(holder.pid).startedAt === holder.startedAt;
}

/** On Linux, the start time of a process in clock ticks since boot: field 22 of `/proc/PID/stat`. */
function identify(pid: number): Holder {
  try {
    // The second field is the program's name in parentheses, which may hold spaces.
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=[A-Z] )/);
    const [state, ...rest] = fields.split(' ');
    const startedAt = rest[18];
    // A zombie has ended; only its parent has not noticed.
    return startedAt === undefined || state === 'Z' ? { pid } : { pid, startedAt };
  } catch {
    return { pid };
  }
}
