import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { cancelled } from '../support/aws-errors.ts';
import { call, postForm } from '../support/call.ts';
import { interceptedClient } from '../support/faults.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { ask, grantTeam, type TeamMember } from '../support/team.ts';

const HOUR = 60 * 60 * 1000;
const NAMED = ['deputy@children.example.org', 'safeguarding@copforum.example.org'];

let parts: Parts;
let eventId: string;
let events = 0;

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

afterEach(() => vi.unstubAllGlobals());

beforeEach(async () => {
  events += 1;
  eventId = `event-${events}`;
  await parts.publish(forum({ id: eventId }));
  await grantTeam(parts, eventId);
});

/** Reports something and returns its reference. */
async function report(what: string): Promise<string> {
  const { statusCode, headers } = await call('postReport', { params: { eventId }, ...postForm([['what', what]]) });
  expect(statusCode).toBe(303);
  return new URL(String(headers?.['location']), 'https://forum.test').searchParams.get('sent') ?? '';
}

const read = async (reference: string, who: TeamMember = 'safeguarding') =>
  (await ask(who, 'readReport', { params: { eventId, reference } })).body;
const list = async () => (await ask('safeguarding', 'listReports', { params: { eventId } })).body.reports;

async function mailed(): Promise<unknown[]> {
  const items = await scan(parts, 'outbox', { having: { eventId } });
  return items.filter(({ kind }) => kind === 'report-received').map(({ to }) => to);
}

describe('CS23: no report is refused', () => {
  it.each([
    ['as long as the form takes it, in Khmer', 'ក្រុង'.repeat(2500)],
    ['with what a broken encoding left', 'He said \uFFFD\uFFFD and took my phone'],
    ['with a pile of marks', `Help me${'\u0301'.repeat(40)} please, ${'he is here '.repeat(9)}`],
  ])('%s', async (_, what) => {
    const kept = (await read(await report(what))).what;
    expect(kept.length).toBeGreaterThan(0.5 * what.length);
  });
});

it('CS23: a report is kept where rivals for what alike ones share do not let go, and the timer has it mailed', async () => {
  const { realDeps } = await import('../../functions/care/index.ts');
  const { postReport } = await import('../../shared/minors/report/report.case.ts');
  const { reportStore } = await import('../../shared/minors/report/report.store.ts');
  const { watchReports } = await import('../../shared/minors/report/watch-reports.case.ts');
  const deps = realDeps();
  const rivals = interceptedClient((command, input) => {
    const isShared = command === 'TransactWriteItemsCommand' && /"(SAYS#|REPORT-NOTICES)/.test(JSON.stringify(input));
    if (isShared) throw cancelled('TransactionConflict');
    return undefined;
  });
  const system = { ...deps.system, backOff: async () => {} };
  const reports = reportStore({ client: rivals, ...deps.tables, system });
  const request = {
    params: { eventId },
    body: { what: ['In the crowd'] },
    language: 'en',
    path: `/e/${eventId}/report`,
  };
  expect(await postReport({ ...deps, reports })(request as never)).toMatchObject({ kind: 'see-other' });
  expect(await list()).toHaveLength(1);
  expect(await mailed()).toEqual([]);
  await watchReports(deps, eventId);
  expect((await mailed()).sort()).toEqual(NAMED);
});

it('CS23: a report beside one that says the same is counted, wherever the function stops', async () => {
  const { realDeps } = await import('../../functions/care/index.ts');
  const { postReport } = await import('../../shared/minors/report/report.case.ts');
  const { reportStore } = await import('../../shared/minors/report/report.store.ts');
  const first = await report('The same.');
  await report('THE SAME');
  await report('THE SAME');
  expect(await list()).toMatchObject([{ reference: first, more: 1 }]);
  const deps = realDeps();
  for (let stopsAt = 1, isStopped = true; isStopped; stopsAt += 1) {
    let calls = 0;
    isStopped = false;
    const client = interceptedClient(() => {
      calls += 1;
      isStopped ||= calls >= stopsAt;
      if (isStopped) throw new Error('the function was stopped');
      return undefined;
    });
    const what = `the same${'!'.repeat(stopsAt)}`;
    const request = { params: { eventId }, body: { what: [what] }, language: 'en', path: '/report' };
    const reports = reportStore({ client, ...deps.tables, system: deps.system });
    await postReport({ ...deps, reports })(request as never).catch(() => {});
    const kept = await scan(parts, 'care', { having: { pk: `REPORTS#${eventId}` } });
    const [{ more }] = await list();
    expect(more, `stopped at call ${stopsAt}`).toBeGreaterThanOrEqual(kept.length - 1);
  }
});

describe('CS23: a report that comes once the event is forgotten', () => {
  it('is kept for a month, and read', async () => {
    eventId = `${eventId}-forgotten`;
    const [day] = forum().days;
    await parts.publish(forum({ id: eventId, days: [{ ...day, date: '2020-01-01' }] } as never));
    await grantTeam(parts, eventId);
    const reference = await report('It was two years ago');
    const ends = async () =>
      (await scan(parts, 'care'))
        .filter(({ pk }) => String(pk).startsWith('REPORT') && String(pk).includes(eventId))
        .map(({ expiresAt }) => Number(expiresAt) * 1000 - Date.now());
    expect((await ends()).length).toBeGreaterThan(4);
    expect(Math.min(...(await ends()))).toBeGreaterThan(29 * 24 * HOUR);
    expect(await read(reference)).toMatchObject({ what: 'It was two years ago' });
    const params = { eventId, reference };
    await ask('safeguarding', 'stepReport', { params, body: { state: 'looked-at', after: 0 } });
    expect(Math.min(...(await ends()))).toBeGreaterThan(29 * 24 * HOUR);
  });
});

describe('CS23: the same words again', () => {
  const WHAT = 'He waits at the gate again.';

  it('are another report once somebody opened those before, that waits for itself and of which readers are mailed', async () => {
    const first = await report(WHAT);
    expect(await report(WHAT)).toBe(first);
    await read(first);
    await read(first, 'deputy');
    const before = await mailed();
    const second = await report(WHAT);
    expect(second).not.toBe(first);
    expect(await report(WHAT)).toBe(second);
    await report(WHAT.toUpperCase());
    expect(await read(second)).toMatchObject({ what: WHAT, group: second });
    expect(await mailed()).toHaveLength(before.length + 2);
    const third = await report(WHAT);
    expect(await list()).toMatchObject([
      { reference: third, more: 0 },
      { reference: second, more: 1, openedAt: expect.any(String) },
      { reference: first, more: 0, openedAt: expect.any(String) },
    ]);
    expect((await list())[0]).not.toHaveProperty('openedAt');
    const waiting = await scan(parts, 'care', { having: { pk: `REPORT-UNOPENED#${eventId}` } });
    expect(waiting.map(({ sk }) => String(sk).split('#')[1])).toEqual([third]);
  });

  it('stand by themselves once those before were handled', async () => {
    const first = await report(WHAT);
    await ask('safeguarding', 'stepReport', {
      params: { eventId, reference: first },
      body: { state: 'handled', after: 0 },
    });
    const second = await report(WHAT);
    expect(await list()).toMatchObject([
      { reference: second, state: 'new', more: 0 },
      { reference: first, state: 'handled' },
    ]);
  });
});

describe('CS23: who is told of a report', () => {
  it('is told again a day later who has not looked, and of one that waits, every day, by the timer', async () => {
    const { watchReports } = await import('../../shared/minors/report/watch-reports.case.ts');
    const { realDeps } = await import('../../functions/care/index.ts');
    const watch = () => watchReports(realDeps(), eventId);
    await report('The first');
    const told = (await mailed()).length;
    expect(told).toBeGreaterThan(1);
    shiftClock(23 * HOUR);
    await report('Another one on the same day');
    await watch();
    expect(await mailed()).toHaveLength(told);
    shiftClock(25 * HOUR);
    const third = await report('One on the next day');
    expect(await mailed()).toHaveLength(2 * told);
    await watch();
    expect(await mailed()).toHaveLength(2 * told);
    shiftClock(50 * HOUR);
    await watch();
    expect(await mailed()).toHaveLength(3 * told);
    for (const { reference } of await list()) await read(reference);
    expect(third).not.toBe('');
    shiftClock(80 * HOUR);
    await watch();
    expect(await mailed()).toHaveLength(3 * told);
  });

  it.each<['listReports' | 'readReport', string]>([
    ['listReports', 'while they look at the list'],
    ['readReport', 'while they go to one by its link'],
  ])('are also, of one that comes in the moment, those who look: %s', async (route) => {
    const { watchReports } = await import('../../shared/minors/report/watch-reports.case.ts');
    const { listReports, readReport } = await import('../../shared/minors/report/report.case.ts');
    const { realDeps } = await import('../../functions/care/index.ts');
    const deps = realDeps();
    const reference = await report('The first');
    const told = await mailed();
    const inBetween = async <Seen>(seen: Promise<Seen>): Promise<Seen> => {
      const before = await seen;
      await report('In between');
      return before;
    };
    const { page, read: readOne } = deps.reports;
    const reports = {
      ...deps.reports,
      page: (...of: Parameters<typeof page>) => inBetween(page(...of)),
      read: (...of: Parameters<typeof readOne>) => inBetween(readOne(...of)),
    };
    // Their look is noted last, as where the table is slow.
    const { noteSeen } = deps.reportNotices;
    const late = async (...of: Parameters<typeof noteSeen>) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await noteSeen(...of);
    };
    const caller = { id: 'looks', ticks: [], grants: [{ role: 'safeguarding', vettedUntil: '2099-12-31' }] } as const;
    const look = { listReports, readReport }[route]({
      ...deps,
      reports,
      reportNotices: { ...deps.reportNotices, noteSeen: late },
    });
    await look({ params: { eventId, reference }, query: {}, language: 'en' } as never, caller);
    expect(await mailed()).toEqual(told);
    await watchReports(deps, eventId);
    expect((await mailed()).length).toBe(told.length + 1);
  });

  it('are all of many readers, the addresses that the event names first', async () => {
    const readers = Array.from({ length: 60 }, (_, number) => `reader-${number}@example.org`);
    for (const email of readers) {
      await grantRoles(
        {
          eventId,
          identity: { issuer: 'https://sign-in.example.org', subject: email },
          label: email,
          grants: [{ role: 'safeguarding', vettedUntil: '2099-12-31' }],
          email,
        },
        { dynamodb: parts.database.client, tableName: parts.database.tables.registry },
      );
    }
    await report('To many');
    expect(await mailed()).toEqual(expect.arrayContaining(NAMED));
    const { watchReports } = await import('../../shared/minors/report/watch-reports.case.ts');
    const { realDeps } = await import('../../functions/care/index.ts');
    await watchReports(realDeps(), eventId);
    expect((await mailed()).sort()).toEqual([...readers, ...NAMED].sort());
  });
});
