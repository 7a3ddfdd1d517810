import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

/** The same engine without a browser around it: half of the processor's time, but nobody who grants or refuses a camera. */
const SHELL = 'chromium-headless-shell';

/** What pages are tested in: the shell where this machine has it, else the browser. @throws Error as `requireChromium` does */
export function requireShell(): string {
  const browser = requireChromium();
  return browser === process.env.CHROMIUM_PATH ? browser : (findOnPath([SHELL]) ?? browser);
}

/** Both, as far as they can be had: a machine that brings the browser may lack the shell. @throws Error as `requireChromium` does */
export function installBoth(): void {
  requireChromium();
  if (findOnPath([SHELL]) === undefined && isDebian()) run('apt-get', ['update']) && install(SHELL);
}

/**
 * The browser of this machine, installed if there is none: end-to-end tests never skip for want of one.
 *
 * @returns the path of the program
 * @throws Error that says how to get one
 */
export function requireChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  console.log('No Chromium found: installing one. This happens once and takes a minute or two.');
  for (const install of [installFromDebian, installFromPlaywright]) {
    const installed = install() ? findChromium() : undefined;
    if (installed !== undefined) return installed;
  }
  throw new Error(HOW_TO_GET_ONE);
}

const HOW_TO_GET_ONE = `There is no Chromium to test with, and installing one did not succeed (see above). Any of these helps:
  apt-get install chromium ${SHELL}    on Debian, as root
  npx playwright-core install chromium                anywhere else, then run the tests again
  CHROMIUM_PATH=/path/to/chrome npm test              for a browser in an unusual place`;

function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && !isProgram(named)) throw new Error(`CHROMIUM_PATH names no program: ${named}`);
  return named ?? findOnPath(PROGRAMS) ?? [chromium.executablePath()].find(isProgram);
}

function findOnPath(programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ubuntu's package of the same name is a snap, which containers cannot run. @returns whether its packages can be installed, too */
const isDebian = (): boolean =>
  isRoot() && existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

const install = (...names: string[]): boolean => run('apt-get', ['install', '-y', '--no-install-recommends', ...names]);

function installFromDebian(): boolean {
  if (!isDebian()) return false;
  // Older releases have no package of the shell.
  return run('apt-get', ['update']) && (install('chromium', SHELL) || install('chromium'));
}

function installFromPlaywright(): boolean {
  const cli = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '../cli.js');
  return run(process.execPath, [cli, 'install', ...(isRoot() ? ['--with-deps'] : []), 'chromium']);
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Its output is shown: a long download should be seen to move. */
function run(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'inherit' }).status === 0;
}
