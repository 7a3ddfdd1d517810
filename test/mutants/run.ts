/**
 * Mutates rules, and sees which mutants the unit tests kill: 200 of them, that were chosen once and by chance. `mutants.txt` says what
 * became of each; a developer who moves code holds against it that nothing which tests saw before is unseen after.
 *
 *     npm run mutants              tries those of the list again, says what differs, and fails where one lives that was killed
 *     npm run mutants -- --choose  chooses, where there is no list yet, and writes it
 *     npm run mutants -- --write   tries those of the list again, and writes what became of them
 *
 * Stopped and started again it goes on where it was, as long as neither rules nor tests have changed.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { choose } from './chosen.ts';
import { CHOSEN, SOURCES, STATE, TESTS, TRIED } from './paths.ts';

const LIST = fileURLToPath(new URL('../golden/mutants.txt', import.meta.url));
/** A mutant for which no answer comes in so many milliseconds runs in a circle: it is seen, and so killed. */
const LONGEST = 300_000;
const LONGEST_MAP = 3_600_000;

const linesIn = (file: string): readonly string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
const isKilled = (line: string): boolean => line.startsWith('killed ');
const idIn = (line: string): string => line.slice(line.indexOf(' ') + 1);

function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  const files = folders.flatMap((folder) =>
    (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name)),
  );
  for (const file of files.sort()) if (file.endsWith('.ts')) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

/** @returns whether it ended by itself, in time */
function start(given: readonly string[], longest: number, hear: (line: string) => void): Promise<boolean> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/mutants/try.ts', ...given], {
    // A process group of its own: workers end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = (): void => void (child.pid && process.kill(-child.pid, 'SIGKILL'));
  let timer = setTimeout(end, longest);
  createInterface(child.stdout).on('line', (line) => {
    clearTimeout(timer);
    timer = setTimeout(end, longest);
    hear(line);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      end();
      process.exit(1);
    });
  return new Promise((resolve, reject) =>
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0 || code === null) resolve(code === 0);
      else reject(new Error(`it ended with ${code}`));
    }),
  );
}

const options = process.argv.slice(2);
const sources = hashOf(['shared', 'test/unit']);
if (existsSync(SOURCES) && readFileSync(SOURCES, 'utf8') !== sources) rmSync(STATE, { recursive: true });
mkdirSync(STATE, { recursive: true });
writeFileSync(SOURCES, sources);
const before = linesIn(LIST);
const isToChoose = options.includes('--choose');
if (isToChoose === before.length > 0) throw new Error(isToChoose ? `there is a list: ${LIST}` : 'there is no list yet');

const ids = isToChoose ? choose() : before.map(idIn);
writeFileSync(CHOSEN, JSON.stringify(ids));
if (!existsSync(TESTS) && !(await start(['map'], LONGEST_MAP, console.log))) throw new Error('the tests take too long');

const note = (line: string): void => {
  appendFileSync(TRIED, `${line}\n`);
  console.log(line);
};
const left = (): string[] => {
  const tried = new Set(linesIn(TRIED).map(idIn));
  return ids.filter((id) => !tried.has(id));
};
for (let rest = left(); rest.length > 0; rest = left()) {
  const ended = await start(['all', ...rest], LONGEST, (line) => /^(killed|survived) /.test(line) && note(line));
  const [stuck] = left();
  if (!ended && stuck !== undefined) note(`killed ${stuck}`);
}

const after = linesIn(TRIED).toSorted((one, other) => (idIn(one) < idIn(other) ? -1 : 1));
if (isToChoose || options.includes('--write')) writeFileSync(LIST, `${after.join('\n')}\n`);
const differences = isToChoose ? [] : after.filter((line) => !before.includes(line));
for (const line of differences) console.log(`other than before: ${line}`);
console.log(`${after.filter(isKilled).length} of ${after.length} are killed`);
process.exitCode = differences.every(isKilled) ? 0 : 1;
