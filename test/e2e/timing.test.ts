import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postForm, postJson } from './post.ts';
import { type Site, startSite } from './site.ts';
import { settledTables } from './tables.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

const PAIRS = 30;
/** Of the medians: what is left of the difference when both are answered equally late, and noise. */
const MOST_RATIO = 1.3;

describe.each([
  { way: 'JSON', post: postJson, status: 202 },
  { way: 'the form', post: postForm, status: 303 },
])('AU5: submitting by $way', ({ way, post, status }) => {
  it('answers the same for known and unknown addresses, in the same time', async () => {
    const known = Array.from({ length: PAIRS }, (_, index) => `known-${index}@${status}.test`);
    await Promise.all(known.map((email) => post(site, { email, mode: 'online' })));
    await settledTables(site.system);

    const times = { known: [] as number[], unknown: [] as number[] };
    const answers = { known: new Set<string>(), unknown: new Set<string>() };
    const measure = async (kind: keyof typeof times, email: string) => {
      const begun = performance.now();
      const answer = await post(site, { email, mode: 'online', fullName: 'Other Sample' });
      const body = await answer.text();
      times[kind].push(performance.now() - begun);
      expect(answer.status).toBe(status);
      answers[kind].add(comparable(answer, body, email));
    };
    for (const [index, email] of known.entries()) {
      const pair = [() => measure('known', email), () => measure('unknown', `fresh-${index}@${status}.test`)];
      // Taking turns at going first, so that warming up and slow moments meet both alike.
      for (const each of index % 2 === 0 ? pair : pair.reverse()) await each();
    }

    expect(answers.known.size).toBe(1);
    expect(answers.known).toEqual(answers.unknown);
    const [a, b] = [median(times.known), median(times.unknown)];
    const ratio = Math.max(a, b) / Math.min(a, b);
    console.log(
      `${way}: median ${a.toFixed(1)} ms known, ${b.toFixed(1)} ms unknown, ratio ${ratio.toFixed(2)} (at most ${MOST_RATIO})`,
    );
    expect(ratio).toBeLessThan(MOST_RATIO);
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
