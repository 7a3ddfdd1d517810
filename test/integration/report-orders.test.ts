import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, postForm } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { ask, grantTeam } from '../support/team.ts';

const eventId = 'asean-ict-forum';
const FLOOD = 130;
const REAL = 'My brother is alone with a man in the tent. Please come.';
let parts: Parts;
/** Of the real one, which came first of all, without any work. */
let real: string;
let handled: string;

/** A word for a number, without digits. */
const wordOf = (n: number): string =>
  [...String(n)].map((digit) => String.fromCodePoint(0x61 + Number(digit))).join('');

async function report(what: string): Promise<string> {
  const { statusCode, headers } = await call('postReport', { params: { eventId }, ...postForm([['what', what]]) });
  expect(statusCode).toBe(303);
  return new URL(String(headers?.['location']), 'https://forum.test').searchParams.get('sent') ?? '';
}

/** Keeps reports that cost their sender work, as if it had been done. */
async function flood(): Promise<void> {
  const { realDeps } = await import('../../functions/care/index.ts');
  const { reports, readRules } = realDeps();
  const event = await readRules(eventId);
  if (event === undefined) throw new Error('the event is not published');
  for (let n = 0; n < FLOOD; n += 1) {
    const reference = `FLD${String(n).padStart(7, '0')}`;
    const receivedAt = new Date(Date.now() + n).toISOString();
    const what = `Nobody reads ${wordOf(n)}, nobody.`;
    const kept = { eventId, reference, what, language: 'en', receivedAt, proven: true as const, steps: [] };
    expect(await reports.add(event, { report: kept, says: reference }, async () => [])).toBe('kept');
  }
}

/** All pages of one order. */
async function pagesOf(order?: string): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { body, status } = await ask('safeguarding', 'listReports', {
      params: { eventId },
      query: { ...(order && { order }), ...(cursor && { cursor }) },
    });
    expect(status).toBe(200);
    pages.push(body.reports.map(({ reference }: { reference: string }) => reference));
    cursor = body.next;
  } while (cursor !== undefined);
  return pages;
}

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await grantTeam(parts, eventId);
  handled = await report('The lift is broken');
  real = await report(REAL);
  await flood();
  await ask('safeguarding', 'stepReport', {
    params: { eventId, reference: handled },
    body: { state: 'handled', after: 0 },
  });
});
afterAll(() => parts?.stop());

it.each([undefined, 'newest'])(
  'CS23: a report that took no work is on the first page of a flood that did',
  async (order) => {
    const [first = [], ...others] = await pagesOf(order);
    expect(first).toContain(real);
    expect(first).toHaveLength(50);
    const all = [first, ...others].flat();
    expect(all).toHaveLength(FLOOD + 2);
    expect(new Set(all).size).toBe(FLOOD + 2);
    expect(all.at(-1)).toBe(handled);
  },
);

it('CS23: oldest first, whether they took work or not; what is handled comes last', async () => {
  const all = (await pagesOf('oldest')).flat();
  expect(all[0]).toBe(real);
  expect(all.slice(1, 4)).toEqual(['FLD0000000', 'FLD0000001', 'FLD0000002']);
  expect(all).toHaveLength(FLOOD + 2);
  expect(all.at(-1)).toBe(handled);
});

it('CS23: what differs most from the others comes first, of all that is open', async () => {
  const all = (await pagesOf('different')).flat();
  expect(all[0]).toBe(real);
  expect(new Set(all).size).toBe(FLOOD + 1);
  expect(all).not.toContain(handled);
});

it('CS23: a list tells nothing of how a report is written, and takes no order or place that it does not know', async () => {
  const { body } = await ask('safeguarding', 'listReports', { params: { eventId } });
  expect(JSON.stringify(body)).not.toContain('manner');
  const unknown: Record<string, string>[] = [
    { order: 'loudest' },
    { cursor: '4#2027' },
    { order: 'different', cursor: '-1' },
  ];
  for (const query of unknown) {
    const { status } = await ask('safeguarding', 'listReports', { params: { eventId }, query });
    expect(status, JSON.stringify(query)).toBe(422);
  }
});

it('CS23: a console of before pages went on where it was', async () => {
  const rows = (await ask('safeguarding', 'listReports', { params: { eventId } })).body.reports;
  const last = rows.filter(({ proven }: { proven: boolean }) => proven).at(-1);
  const cursor = `3#${last.receivedAt}#${last.reference}`;
  const { body } = await ask('safeguarding', 'listReports', { params: { eventId }, query: { cursor } });
  const references = body.reports.map(({ reference }: { reference: string }) => reference);
  expect(references).not.toContain(last.reference);
  expect(references).toContain(real);
});
