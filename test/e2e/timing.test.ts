import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { youngFields } from '../support/young.ts';
import { postForm, postJson } from './post.ts';
import { settledTables } from './tables.ts';

let system: LocalSystem;
const eventPage = (): string => `${system.siteUrl}/e/${SAMPLE_EVENT}`;

/** So few that all ways together cause less mail in a minute than an attack. */
const PAIRS = 20;
/**
 * Other work on the machine makes some answers slower, by chance more of one kind than of the other: a set with too large a
 * difference is repeated with other addresses, and the least counts. What gives an address away does so every time.
 */
const MOST_SETS = 6;
/**
 * Milliseconds from one request to the next, of whichever way: longer than one is worked on, and a part of the time for which its answer
 * is held back, so that only the waits of the ways are side by side.
 */
const APART = 60;
/** Of the medians: what is left of the difference when both are answered equally late, and noise. */
const MOST_RATIO = 1.3;

/** Sends one of the site's other forms without a browser. */
const sendForm = (path: string, fields: [string, string][]): Promise<Response> =>
  fetch(`${eventPage()}/${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const again = { mode: 'online', fullName: 'Other Sample' };
const register = (email: string) => postJson({ event: eventPage() }, { email, mode: 'online' });
const startDelegation = (email: string) =>
  sendForm('delegation', [
    ['email', email],
    ['language', 'en'],
  ]);

/** Ways in which a stranger might find out whether an address is known: what makes it known, and what they then send. */
const WAYS: readonly {
  readonly way: string;
  readonly makeKnown: (email: string) => Promise<Response>;
  readonly send: (email: string) => Promise<Response>;
  readonly status: number;
}[] = [
  {
    way: 'submitting by JSON',
    makeKnown: register,
    send: (email) => postJson({ event: eventPage() }, { email, ...again }),
    status: 202,
  },
  {
    way: 'submitting by the form',
    makeKnown: register,
    send: (email) => postForm({ form: `${eventPage()}/register` }, { email, ...again }),
    status: 303,
  },
  {
    way: 'asking for the link',
    makeKnown: register,
    send: (email) => sendForm('find', [['email', email]]),
    status: 303,
  },
  { way: 'beginning a delegation', makeKnown: startDelegation, send: startDelegation, status: 303 },
  // The last, for its reminders wait for days.
  {
    way: 'asking for a guardian',
    makeKnown: register,
    send: (email) => sendForm('register/young', youngFields({ email, 'guardian.email': `for-${email}` })),
    status: 303,
  },
];

type Way = (typeof WAYS)[number];

/** What was found out by a way: the least ratio of the times, and what callers were told. */
interface Found {
  ratio: number;
  readonly known: Set<string>;
  readonly unknown: Set<string>;
}

const found = new Map<string, Found>(
  WAYS.map(({ way }) => [way, { ratio: Number.POSITIVE_INFINITY, known: new Set(), unknown: new Set() }]),
);
function foundBy(way: string): Found {
  const one = found.get(way);
  if (one === undefined) throw new Error(`no way is ${way}`);
  return one;
}

let next = 0;
/** Waits until the next request may be sent. */
function turn(): Promise<void> {
  const now = performance.now();
  next = Math.max(now, next + APART);
  return sleep(next - now);
}

/** Sends one set by one way. @param known addresses that are, one of each pair */
async function measure({ way, send, status }: Way, known: readonly string[], domain: string): Promise<number> {
  const times = { known: [] as number[], unknown: [] as number[] };
  const sendAs = async (kind: keyof typeof times, email: string) => {
    await turn();
    const begun = performance.now();
    const answer = await send(email);
    const body = await answer.text();
    times[kind].push(performance.now() - begun);
    expect(answer.status).toBe(status);
    foundBy(way)[kind].add(comparable(answer, body, email));
  };
  for (const [index, email] of known.entries()) {
    const pair = [() => sendAs('known', email), () => sendAs('unknown', `fresh-${index}@${domain}`)];
    // Taking turns at going first, so that warming up and slow moments meet both alike.
    for (const each of index % 2 === 0 ? pair : pair.reverse()) await each();
  }
  const [a, b] = [median(times.known), median(times.unknown)];
  const ratio = Math.max(a, b) / Math.min(a, b);
  console.log(
    `${way}: median ${a.toFixed(1)} ms known, ${b.toFixed(1)} ms unknown, ratio ${ratio.toFixed(2)} (at most ${MOST_RATIO})`,
  );
  return ratio;
}

/** Those that were not found to be alike yet, beside each other. */
async function takeSet(set: number): Promise<void> {
  const left = WAYS.filter(({ way }) => foundBy(way).ratio >= MOST_RATIO).map((way) => {
    const domain = `${way.way.replaceAll(' ', '-').toLowerCase()}-${set}.test`;
    return { way, domain, known: Array.from({ length: PAIRS }, (_, index) => `known-${index}@${domain}`) };
  });
  if (left.length === 0) return;
  await Promise.all(left.flatMap(({ way, known }) => known.map(way.makeKnown)));
  await settledTables({ system, eventId: SAMPLE_EVENT });
  await Promise.all(
    left.map(async ({ way, known, domain }) => {
      const of = foundBy(way.way);
      of.ratio = Math.min(of.ratio, await measure(way, known, domain));
    }),
  );
}

beforeAll(async () => {
  system = await startSystem({ quiet: true });
  for (let set = 1; set <= MOST_SETS; set += 1) await takeSet(set);
}, 300_000);
afterAll(() => system?.stop());

describe.each(WAYS)('AU5: $way', ({ way }) => {
  it('answers the same for known and unknown addresses, in the same time', () => {
    const { ratio, known, unknown } = foundBy(way);
    expect(known.size).toBe(1);
    expect(known).toEqual(unknown);
    expect(ratio).toBeLessThan(MOST_RATIO);
  });
});

/** All that a caller sees, without what he himself sent and what changes with the clock. */
function comparable({ status, headers }: Response, body: string, email: string): string {
  const seen = [...headers].filter(([name]) => name !== 'date' && name !== 'x-correlation-id');
  const cookie = Buffer.from(email).toString('base64url');
  const text = JSON.stringify({ status, seen, body }).replaceAll(email, 'EMAIL').replaceAll(cookie, 'EMAIL');
  return text.replace(/"content-length","\d+"/, '');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
