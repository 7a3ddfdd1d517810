import { afterAll, beforeAll, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { recordsOf } from '../support/stream.ts';
import { ask, grantTeam, identityOf } from '../support/team.ts';

/** What one client sent in two minutes, when the list took 5 seconds and a ticket's mail 100. */
const FLOOD = 1500;
const AT_ONCE = 8;
const MAIL_WITHIN = 10_000;
/** Milliseconds for a page of the list, of which 5,000 were too many. Half a hundred items are read, however many came. */
const PAGE_WITHIN = 2_000;

const eventId = 'asean-ict-forum';
const REAL = 'My brother is alone with a man in the tent. Please come.';
let parts: Parts;

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await grantTeam(parts, eventId);
  await grantRoles(
    {
      eventId,
      identity: identityOf('secondSafeguarding'),
      label: 'Reader',
      grants: [{ role: 'safeguarding', vettedUntil: '2099-12-31' }],
      email: 'reader@example.org',
    },
    { dynamodb: parts.database.client, tableName: parts.database.tables.registry },
  );
});
afterAll(() => parts?.stop());

const report = async (what: string): Promise<string> => {
  const { statusCode, headers } = await call('postReport', { params: { eventId }, ...postForm([['what', what]]) });
  expect(statusCode).toBe(303);
  return new URL(String(headers?.['location']), 'https://forum.test').searchParams.get('sent') ?? '';
};

/** Has the outbox send what is new, in batches of ten, one after another, as its stream does; until told to stop. */
function follow() {
  const seen = new Set<unknown>();
  let isOver = false;
  const done = (async () => {
    const { handler } = await import('../../functions/outbox/index.ts');
    while (!isOver) {
      const fresh = (await scan(parts, 'outbox')).filter(({ id, kind }) => kind !== undefined && !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      for (let from = 0; from < fresh.length; from += 10) await handler(recordsOf(fresh.slice(from, from + 10)));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return async () => {
    isOver = true;
    await done;
  };
}

async function ticketMailed(email: string): Promise<number> {
  const registeredAt = performance.now();
  const answer = await call('submitRegistration', {
    params: { eventId },
    ...postJson(submission({ email, mode: 'online' })),
  });
  expect(answer.statusCode).toBe(202);
  for (;;) {
    const mails = (await (await fetch(`${parts.mailbox.url}/messages?to=${email}`)).json()) as unknown[];
    if (mails.length > 0) return performance.now() - registeredAt;
    if (performance.now() - registeredAt > 3 * MAIL_WITHIN) return Number.POSITIVE_INFINITY;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('CS23: 1,500 reports are all taken, hide none, mail each reader once, and delay no ticket', {
  timeout: 500_000,
}, async () => {
  const stop = follow();
  let sent = 0;
  let real = '';
  const mails: number[] = [];
  const sender = async (): Promise<void> => {
    while (sent < FLOOD) {
      sent += 1;
      const n = sent;
      // Half of them are alike; of the others, each says something else.
      await report(n % 2 === 0 ? `Nobody reads this. Number ${n}.` : `Nobody reads ${wordOf(n)}`);
      if (n === FLOOD / 2) real = await report(REAL);
    }
  };
  const tickets = (async () => {
    for (let n = 1; sent < FLOOD; n += 1) mails.push(await ticketMailed(`somebody-${n}@example.org`));
  })();
  await Promise.all([...Array.from({ length: AT_ONCE }, sender), tickets]);
  await stop();

  expect(mails.length).toBeGreaterThan(3);
  expect(Math.max(...mails)).toBeLessThan(MAIL_WITHIN);
  const written = (await scan(parts, 'outbox')).filter(({ kind }) => kind === 'report-received');
  expect(written).toHaveLength(3);

  const kept = await scan(parts, 'care', { having: { pk: `REPORTS#${eventId}` } });
  expect(kept).toHaveLength(FLOOD + 1);

  const begun = performance.now();
  const { body } = await ask('safeguarding', 'listReports', { params: { eventId } });
  expect(performance.now() - begun).toBeLessThan(PAGE_WITHIN);
  expect(body.reports).toHaveLength(50);
  let [from, more] = [body.next, 0];
  const all: { reference: string; more: number }[] = [...body.reports];
  while (from !== undefined) {
    const next = await ask('safeguarding', 'listReports', { params: { eventId }, query: { cursor: from } });
    all.push(...next.body.reports);
    from = next.body.next;
  }
  for (const each of all) more += each.more;
  expect(new Set(all.map(({ reference }) => reference)).size).toBe(FLOOD / 2 + 2);
  expect(more).toBe(FLOOD / 2 - 1);
  expect(all.find(({ reference }) => reference === real)).toMatchObject({ more: 0 });
});

/** A word for a number, without digits. */
const wordOf = (n: number): string =>
  [...String(n)].map((digit) => String.fromCodePoint(0x61 + Number(digit))).join('');
