import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { displayReference } from '../../shared/kernel/text/reference.ts';
import { call, postForm } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, auditOf, grantTeam } from '../support/team.ts';

let parts: Parts;
const eventId = 'asean-ict-forum';
const WHAT = 'Someone follows children around near the lift';

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await grantTeam(parts, eventId);
});
afterAll(() => parts?.stop());

/** Reports something and returns its reference. */
async function reported(what = WHAT): Promise<string> {
  const fields: [string, string][] = [
    ['what', what],
    ['contact', '+855 12 000 000'],
  ];
  const { headers } = await call('postReport', { params: { eventId }, ...postForm(fields) });
  return new URL(String(headers?.['location']), 'https://forum.test').searchParams.get('sent') ?? '';
}

const read = (reference: string, who: Parameters<typeof ask>[0] = 'safeguarding') =>
  ask(who, 'readReport', { params: { eventId, reference } });
const step = (reference: string, body: unknown, who: Parameters<typeof ask>[0] = 'safeguarding') =>
  ask(who, 'stepReport', { params: { eventId, reference }, body });

describe('CS17: reports', () => {
  it('reach the focal point by a mail that says nothing of them', async () => {
    const reference = await reported('A secret that no mail carries');
    const { handler } = await import('../../functions/outbox/index.ts');
    await handler(await outboxInserts(parts));
    for (const address of ['safeguarding@copforum.example.org', 'deputy@children.example.org']) {
      const answer = await fetch(`${parts.mailbox.url}/messages?to=${address}`);
      const mails = (await answer.json()) as { text: string }[];
      expect(mails.some(({ text }) => text.includes(displayReference(reference)))).toBe(true);
      expect(JSON.stringify(mails)).not.toContain('A secret that no mail carries');
    }
  });

  it('are taken before registration opens, and after it has closed', async () => {
    for (const [id, registration] of [
      ['not-yet', { opensAt: '2999-01-01T00:00:00Z', closesAt: '2999-02-01T00:00:00Z' }],
      ['closed', { opensAt: '2020-01-01T00:00:00Z', closesAt: '2020-02-01T00:00:00Z' }],
    ] as const) {
      await parts.publish(forum({ id, registration }));
      const params = { eventId: id };
      expect((await call('showReport', { params })).statusCode).toBe(200);
      expect((await call('postReport', { params, ...postForm([['what', WHAT]]) })).statusCode).toBe(303);
    }
  });

  it('sent twice are one, of which the focal point hears once', async () => {
    const [first, second] = [await reported('Pressed twice'), await reported('Pressed twice')];
    expect(second).toBe(first);
    expect((await scan(parts, 'care')).filter(({ what }) => what === 'Pressed twice')).toHaveLength(1);
    const mails = (await scan(parts, 'outbox')).filter(({ kind }) => kind === 'report-received');
    expect(mails.filter(({ eventId: of }) => of === eventId)).toHaveLength(2);
  });

  it('are listed without what they say, and read whole, by those who look after children', async () => {
    const reference = await reported();
    const { status, body } = await ask('safeguarding', 'listReports', { params: { eventId } });
    expect(status).toBe(200);
    expect(body.reports[0]).toEqual({
      reference,
      state: 'new',
      receivedAt: expect.any(String),
      aboutOrganiser: false,
      proven: false,
      more: 0,
    });
    expect((await read(reference)).body).toMatchObject({ what: WHAT, contact: '+855 12 000 000', steps: [] });
    const audit = await auditOf(parts, eventId);
    expect(audit.slice(-2)).toEqual(['list-reports', `read-report ${reference}`]);
  });

  it('are read by a deputy, who reaches nothing else', async () => {
    const reference = await reported('For the deputy too');
    expect((await ask('deputy', 'listReports', { params: { eventId } })).status).toBe(200);
    expect((await read(reference, 'deputy')).status).toBe(200);
    expect((await step(reference, { state: 'looked-at', after: 0 }, 'deputy')).status).toBe(200);
    for (const id of ['listMinors', 'loadPeople', 'listFeedback', 'listRoles', 'listNeeds'] as const) {
      expect((await ask('deputy', id, { params: { eventId } })).status).toBe(403);
    }
  });

  it.each(['organiser', 'vettedOrganiser', 'thailand', 'lapsedSafeguarding'] as const)(
    'are neither listed nor read by %s, not even that one exists',
    async (who) => {
      const reference = await reported(`Only for focal points, not for ${who}`);
      const before = await auditOf(parts, eventId);
      for (const { status } of [
        await ask(who, 'listReports', { params: { eventId } }),
        await read(reference, who),
        await read('0000000000', who),
        await step(reference, { state: 'handled', after: 0 }, who),
      ]) {
        expect(status).toBe(403);
      }
      expect(await auditOf(parts, eventId)).toEqual(before);
    },
  );

  it('keep each step that someone took, with their name and note', async () => {
    const reference = await reported('Steps');
    await step(reference, { state: 'looked-at', after: 0 });
    const { status, body } = await step(
      reference,
      { state: 'handled', note: 'Talked to security.', after: 1 },
      'secondSafeguarding',
    );
    expect([status, body.state]).toEqual([200, 'handled']);
    expect((await read(reference)).body.steps).toMatchObject([
      { state: 'looked-at', by: 'safeguarding' },
      { state: 'handled', by: 'secondSafeguarding', note: 'Talked to security.' },
    ]);
    expect((await auditOf(parts, eventId)).filter((entry) => entry === `step-report ${reference}`)).toHaveLength(2);
  });

  it('do not take a step of someone who did not see the one before', async () => {
    const reference = await reported('Two at once');
    const answers = await Promise.all([
      step(reference, { state: 'looked-at', after: 0 }),
      step(reference, { state: 'handled', after: 0 }, 'secondSafeguarding'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await read(reference)).body.steps).toHaveLength(1);
  });

  it.each([
    [{ state: 'new', after: 0 }, 'state'],
    [{ state: 'handled', after: 0, note: 'too long '.repeat(112) }, 'note'],
    [{ state: 'handled', after: -1 }, 'after'],
  ])('take no other step: %j', async (body, path) => {
    const reference = await reported('Wrong step');
    const answer = await step(reference, body);
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, path]);
  });

  it('that do not exist are not found', async () => {
    for (const reference of ['0000000000', 'nothing', 'A'.repeat(300)]) {
      expect((await read(reference)).status).toBe(404);
    }
  });

  it('CS15: are not seen where that cannot be noted', async () => {
    const reference = await reported('Unnoted');
    const name = ENVIRONMENT.audit;
    const table = process.env[name];
    process.env[name] = 'no-such-table';
    const { realDeps } = await import('../../functions/care/index.ts');
    const deps = realDeps();
    process.env[name] = table;
    const { readReport, listReports } = await import('../../shared/minors/report/report.case.ts');
    const caller = { id: 'someone', ticks: [], grants: [{ role: 'safeguarding', vettedUntil: '2099-12-31' }] } as const;
    const request = {
      params: { eventId, reference },
      query: {},
      language: 'en',
      headers: {},
      path: '/',
      body: undefined,
    };
    await expect(readReport(deps)(request as never, caller)).rejects.toThrow();
    await expect(listReports(deps)(request as never, caller)).rejects.toThrow();
  });

  it('leave no trace of what they say outside Care', async () => {
    await reported('Kept in one place only');
    const elsewhere = await Promise.all((['registry', 'outbox', 'audit'] as const).map((table) => scan(parts, table)));
    expect(JSON.stringify(elsewhere)).not.toContain('Kept in one place only');
  });
});
