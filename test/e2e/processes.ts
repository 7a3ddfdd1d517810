import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process and all that it started, itself last: numbers as they are now, on Linux. */
export function processTree(root: number): number[] {
  const parents = new Map(runningProcesses().map(({ pid, parent }) => [pid, parent]));
  const below = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => [...below(child), child]);
  return [...below(root), root];
}

/** Those of some processes that are still there, be it only to be waited for. */
export const stillThere = (pids: readonly number[]): number[] => pids.filter((pid) => existsSync(`/proc/${pid}`));

/** Ends processes at once. One that ended by itself meanwhile, since what it waited for did, is as good. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function runningProcesses(): { pid: number; parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: parentOf(name) }));
}

/** The second field after the program's name, which stands in parentheses and may hold spaces. */
function parentOf(pid: string): number {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return 0;
  }
}

/** The address of the database that is among some processes. */
export function databaseIn(pids: readonly number[]): string {
  const commands = stillThere(pids).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'));
  const [port] = commands.flatMap((words) => (words.includes('--db-path') ? [words[words.indexOf('--port') + 1]] : []));
  return `http://127.0.0.1:${port}`;
}
