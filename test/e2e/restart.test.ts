import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../local/http.ts';
import { type Addresses, type Checkout, makeCheckout, type Started } from './checkout.ts';
import { eventually } from './eventually.ts';
import { mailsTo, mailTo, manageLinkIn } from './inbox.ts';
import { postJson } from './post.ts';
import { databaseIn, killAll, processTree, stillThere } from './processes.ts';
import { sweepNow } from './sweep.ts';
import { endWaits } from './waits.ts';

let checkout: Checkout;
let port: number;
/** Whatever a failing test leaves behind. */
const pids = new Set<number>();

beforeAll(async () => {
  checkout = await makeCheckout();
  port = await freePort();
});
afterAll(async () => {
  killAll(stillThere([...pids]));
  await checkout?.remove();
});

type Running = Addresses & { readonly started: Started; readonly processes: number[]; readonly since: Date };

async function start(...options: string[]): Promise<Running> {
  const since = new Date();
  const started = checkout.start(port, ...options);
  pids.add(started.pid);
  const addresses = await started.ready();
  const processes = processTree(started.pid);
  for (const pid of processes) pids.add(pid);
  return { ...addresses, started, processes, since };
}

const register = ({ siteUrl }: Running, email: string) =>
  postJson({ event: `${siteUrl}/e/asean-ict-forum` }, { email, mode: 'online' });

/** Whose registration a link leads to; nobody's when it does not work. */
async function holderOf({ siteUrl }: Running, link: string): Promise<string | undefined> {
  const token = new URL(link).pathname.slice('/m/'.length);
  const answer = await fetch(`${siteUrl}/api/registration`, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { email?: string }).email;
}

/** Milliseconds in which the timer sweeps twice: once past the lease, once past the wait for what SES tells; and some more. */
const SWEPT_TWICE = 300_000;
/** Milliseconds for a test that may wait for that, and starts everything again. */
const RESTART = 600_000;

/** The registrations that each of some people was mailed about, each once, however often a mail was sent. */
async function linksMailedTo(emails: readonly string[]): Promise<string[][]> {
  const mails = await eventually(
    async () => {
      await endWaits(databaseIn(running.processes), running.since);
      await sweepNow(await checkout.operator());
      return Promise.all(emails.map((email) => mailsTo(running, email)));
    },
    (arrived) => arrived.every(({ length }) => length > 0),
    SWEPT_TWICE,
  );
  return mails.map((arrived) => [...new Set(arrived.map(manageLinkIn))]);
}

const gone = (processes: readonly number[]) =>
  eventually(
    async () => stillThere(processes),
    (left) => left.length === 0,
  );

/** Milliseconds between two people, so that some are answered and some are not when everything is killed. */
const ARRIVAL_MS = 20;
const CROWD = Array.from({ length: 30 }, (_, index) => `crowd-${index}@restart.test`);
const EARLY = 'early@restart.test';
let earlyLink: string;
let running: Running;

describe('npm start', () => {
  it('prints where everything is', async () => {
    running = await start();
    await checkout.keepBuild();
    expect((await fetch(`${running.siteUrl}/e/asean-ict-forum`)).status).toBe(200);
    expect((await fetch(running.mailboxUrl)).status).toBe(200);
    expect((await register(running, EARLY)).status).toBe(202);
    earlyLink = manageLinkIn(await mailTo(running, EARLY));
  });

  it(
    'RE8: loses nothing that was acknowledged when all of it is killed under load',
    async () => {
      const acknowledged: string[] = [];
      const sending = CROWD.map(async (email, index) => {
        await sleep(index * ARRIVAL_MS);
        const answer = await register(running, email).catch(() => undefined);
        if (answer?.status === 202) acknowledged.push(email);
      });
      await eventually(
        async () => acknowledged.length,
        (count) => count >= 10,
      );
      // The database is in a process group of its own: each is killed by its own number.
      const processes = processTree(running.started.pid);
      killAll(processes);
      await Promise.allSettled([...sending, running.started.ended]);
      await gone(processes);
      console.log(`killed after ${acknowledged.length} of ${CROWD.length} were acknowledged`);

      running = await start();
      const links = await linksMailedTo(acknowledged);
      expect(await Promise.all(links.map(([link = '']) => holderOf(running, link)))).toEqual(acknowledged);
    },
    RESTART,
  );

  it(
    'takes again what was not acknowledged, and registers nobody twice',
    async () => {
      const answers = await Promise.all(CROWD.map((email) => register(running, email)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
      expect((await linksMailedTo(CROWD)).filter(({ length }) => length !== 1)).toEqual([]);
    },
    RESTART,
  );

  it('keeps mail, and the links in it', async () => {
    expect(await mailsTo(running, EARLY)).toHaveLength(1);
    expect(await holderOf(running, earlyLink)).toBe(EARLY);
  });

  it('leaves no process behind when Ctrl-C stops it', async () => {
    const processes = processTree(running.started.pid);
    expect(processes.length).toBeGreaterThan(2);
    process.kill(-running.started.pid, 'SIGINT');
    await running.started.ended;
    await gone(processes);
  });

  it('starts from nothing with --fresh', async () => {
    running = await start('--fresh');
    expect(await mailsTo(running, EARLY)).toEqual([]);
    expect(await holderOf(running, earlyLink)).toBeUndefined();
    expect((await register(running, EARLY)).status).toBe(202);
    await mailTo(running, EARLY);
    process.kill(-running.started.pid, 'SIGTERM');
    await running.started.ended;
  });

  it('says in one line that its port is taken, and gives up', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const taken = (other.address() as AddressInfo).port;
    const { code, errors } = await checkout.start(taken).ended;
    other.close();
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toEqual([expect.stringContaining(`Port ${taken} is taken`)]);
  });
});
