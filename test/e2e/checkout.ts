import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const NEEDED = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'cli',
  'events',
  'functions',
  'infra',
  'local',
  'shared',
  'web',
];

export interface Checkout {
  readonly directory: string;
  /** `npm start` in a process group of its own, as a terminal would run it. */
  start(port: number, ...options: string[]): Started;
  /** Has `npm start` take what it built before, as it was. */
  keepBuild(): Promise<void>;
  /** Where the functions of what runs there are invoked by name. */
  operator(): Promise<string>;
  remove(): Promise<void>;
}

/** A copy of the project with data and bundles of its own; what npm installed is shared. */
export async function makeCheckout(): Promise<Checkout> {
  const directory = await mkdtemp(join(tmpdir(), 'plenary-checkout-'));
  for (const name of NEEDED) await cp(join(PROJECT, name), join(directory, name), { recursive: true });
  await symlink(join(PROJECT, 'node_modules'), join(directory, 'node_modules'));
  return {
    directory,
    start: (port, ...options) => startIn(directory, port, options),
    keepBuild: () => writeFile(join(directory, 'infra/bundle.ts'), 'export const buildAll = async () => undefined;\n'),
    operator: async () => JSON.parse(await readFile(join(directory, '.local/operator.json'), 'utf8')).local.operator,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

export interface Addresses {
  readonly siteUrl: string;
  readonly mailboxUrl: string;
}

export interface Started {
  /** Of npm, which is also the number of its process group. */
  readonly pid: number;
  /** Addresses of the site and the mailbox. @throws Error with what was printed, when it ended instead */
  ready(): Promise<Addresses>;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>;
}

function startIn(cwd: string, port: number, options: readonly string[]): Started {
  const child = spawn('npm', ['--silent', 'start', '--', ...options], {
    cwd,
    env: { ...process.env, PORT: String(port) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    output: output(),
    errors: errors(),
  }));
  return {
    pid: child.pid ?? 0,
    ready: () => Promise.race([addressesIn(child, output), ended.then(giveUp)]),
    ended,
  };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

function addressesIn({ stdout }: ChildProcess, output: () => string): Promise<Addresses> {
  return new Promise((resolve) => {
    const look = () => {
      const [, siteUrl, mailboxUrl] = /Site +(http:\/\/[^/]+)\S*\n *Mailbox +(\S+)\n/.exec(output()) ?? [];
      if (siteUrl !== undefined && mailboxUrl !== undefined) resolve({ siteUrl, mailboxUrl });
    };
    look();
    stdout?.on('data', look);
  });
}

function giveUp({ output, errors }: { readonly output: string; readonly errors: string }): never {
  throw new Error(`npm start ended:\n${output}\n${errors}`);
}
