import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { youngFields } from '../support/young.ts';
import { postForm, postJson } from './post.ts';
import { type Site, startSite } from './site.ts';
import { settledTables } from './tables.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

/** So few that all ways together cause less mail in a minute than an attack. */
const PAIRS = 20;
/**
 * Other work on the machine makes some answers slower, by chance more of one kind than of the other: a set with too large a
 * difference is repeated with other addresses, and the least counts. What gives an address away does so every time.
 */
const MOST_SETS = 6;
/** Of the medians: what is left of the difference when both are answered equally late, and noise. */
const MOST_RATIO = 1.3;

/** Sends one of the site's other forms without a browser. */
const sendForm = (path: string, fields: [string, string][]): Promise<Response> =>
  fetch(`${site.event}/${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const again = { mode: 'online', fullName: 'Other Sample' };
const register = (email: string) => postJson(site, { email, mode: 'online' });
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
  { way: 'submitting by JSON', makeKnown: register, send: (email) => postJson(site, { email, ...again }), status: 202 },
  {
    way: 'submitting by the form',
    makeKnown: register,
    send: (email) => postForm(site, { email, ...again }),
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

describe.each(WAYS)('AU5: $way', ({ way, makeKnown, send, status }) => {
  it('answers the same for known and unknown addresses, in the same time', async () => {
    const answers = { known: new Set<string>(), unknown: new Set<string>() };
    const ratioOfSet = async (set: number): Promise<number> => {
      const domain = `${way.replaceAll(' ', '-').toLowerCase()}-${set}.test`;
      const known = Array.from({ length: PAIRS }, (_, index) => `known-${index}@${domain}`);
      await Promise.all(known.map(makeKnown));
      await settledTables(site);
      const times = { known: [] as number[], unknown: [] as number[] };
      const measure = async (kind: keyof typeof times, email: string) => {
        const begun = performance.now();
        const answer = await send(email);
        const body = await answer.text();
        times[kind].push(performance.now() - begun);
        expect(answer.status).toBe(status);
        answers[kind].add(comparable(answer, body, email));
      };
      for (const [index, email] of known.entries()) {
        const pair = [() => measure('known', email), () => measure('unknown', `fresh-${index}@${domain}`)];
        // Taking turns at going first, so that warming up and slow moments meet both alike.
        for (const each of index % 2 === 0 ? pair : pair.reverse()) await each();
      }
      const [a, b] = [median(times.known), median(times.unknown)];
      const ratio = Math.max(a, b) / Math.min(a, b);
      console.log(
        `${way}: median ${a.toFixed(1)} ms known, ${b.toFixed(1)} ms unknown, ratio ${ratio.toFixed(2)} (at most ${MOST_RATIO})`,
      );
      return ratio;
    };

    let least = Number.POSITIVE_INFINITY;
    for (let set = 1; set <= MOST_SETS && least >= MOST_RATIO; set += 1) least = Math.min(least, await ratioOfSet(set));
    expect(answers.known.size).toBe(1);
    expect(answers.known).toEqual(answers.unknown);
    expect(least).toBeLessThan(MOST_RATIO);
  });
});

/** All that a caller sees, without what he himself sent and what changes with the clock. */
function comparable({ status, headers }: Response, body: string, email: string): string {
  const seen = [...headers].filter(([name]) => name !== 'date' && name !== 'apigw-requestid');
  const cookie = Buffer.from(email).toString('base64url');
  const text = JSON.stringify({ status, seen, body }).replaceAll(email, 'EMAIL').replaceAll(cookie, 'EMAIL');
  return text.replace(/"content-length","\d+"/, '');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
