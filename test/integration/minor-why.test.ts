import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE } from '../../shared/kernel/metrics.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import type { RouteId } from '../../shared/routes.ts';
import { call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { ownSecret } from '../support/phone.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { grantTeam, identityOf, type TeamMember } from '../support/team.ts';
import { youngSubmission } from '../support/young.ts';

let parts: Parts;
let reference: string;
const eventId = 'asean-ict-forum';

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await grantTeam(parts, eventId);
  const answer = await call('submitRegistration', { params: { eventId }, ...postJson(youngSubmission()) });
  expect(answer.statusCode).toBe(202);
  reference = (await readRegistry(parts, eventId)).registrations[0]?.reference ?? '';
});
afterAll(() => parts?.stop());

const look = async (who: TeamMember, id: RouteId, why?: string) => {
  const headers: Record<string, string> = why === undefined ? {} : { [WHY_HEADER]: why };
  const { statusCode, body } = await call(id, { params: { eventId, reference }, headers, caller: identityOf(who) });
  return { status: statusCode, type: JSON.parse(body ?? '').type };
};
const looksNoted = async () => (await scan(parts, 'audit')).filter(({ action }) => action === 'read-minor');

/** Lines of the log while something happens. */
async function logged(act: () => Promise<unknown>): Promise<string> {
  const spies = (['log', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level).mockReturnValue(undefined));
  await act();
  const lines = spies.flatMap((spy) => spy.mock.calls.map(([line]) => String(line)));
  for (const spy of spies) spy.mockRestore();
  return lines.join('\n');
}

describe('CS14: the record of someone under 18', () => {
  const BOTH: [TeamMember, RouteId][] = [
    ['safeguarding', 'showMinor'],
    ['vettedOrganiser', 'showOrganiserRegistration'],
    ['vettedOrganiser', 'showPersonPage'],
  ];

  it.each(BOTH)('is shown to %s by %s with a reason, which the note has and no log', async (who, id) => {
    const before = (await looksNoted()).length;
    const why = 'ដើម្បីទូរស័ព្ទទៅអាណាព្យាបាល';
    const lines = await logged(async () => expect((await look(who, id, encodeURIComponent(why))).status).toBe(200));
    const noted = (await looksNoted()).filter((each) => each['why'] === why && each['about'] === reference);
    expect(noted.length).toBeGreaterThan(0);
    expect((await looksNoted()).length).toBe(before + 1);
    expect(lines).not.toContain(why);
    expect(lines).not.toContain(encodeURIComponent(why));
  });

  it.each([
    ['none', undefined],
    ['an empty one', '%20'],
    ['one that cannot be read', '%E0%A4%A'],
    ['one that is too long', 'x'.repeat(201)],
  ])('is not shown with %s as its reason, and nothing is noted', async (_, why) => {
    const before = (await looksNoted()).length;
    for (const [who, id] of BOTH) {
      expect(await look(who, id, why)).toEqual({ status: 428, type: 'urn:plenary:problem:why-needed' });
    }
    expect((await looksNoted()).length).toBe(before);
  });

  it('nor is how they leave, where the note has the reason too', async () => {
    const handovers = async () => (await scan(parts, 'audit')).filter(({ action }) => action === 'read-handover');
    const before = (await handovers()).length;
    expect(await look('safeguarding', 'showHandover')).toEqual({ status: 428, type: 'urn:plenary:problem:why-needed' });
    expect((await handovers()).length).toBe(before);
    expect((await look('safeguarding', 'showHandover', 'her%20aunt%20is%20here')).status).toBe(200);
    expect((await handovers()).slice(before)).toMatchObject([{ why: 'her aunt is here', about: reference }]);
  });

  it('is not found where it is fetched before anyone looks, with a reason or without, and nothing is noted', async () => {
    const before = (await looksNoted()).length;
    for (const id of ['showPersonPage', 'listRegistrationAudit'] as const) {
      for (const why of [undefined, 'why']) {
        const headers: Record<string, string> = why === undefined ? {} : { [WHY_HEADER]: why };
        const what = { params: { eventId, reference }, query: { only: 'adult' }, headers };
        const { statusCode } = await call(id, { ...what, caller: identityOf('vettedOrganiser') });
        expect([id, why, statusCode]).toEqual([id, why, 404]);
      }
    }
    expect((await looksNoted()).length).toBe(before);
  });

  it('has no more on its page than the registration: each further look is noted by itself', async () => {
    const what = { params: { eventId, reference }, headers: { [WHY_HEADER]: 'why' } };
    const { body = '' } = await call('showPersonPage', { ...what, caller: identityOf('vettedOrganiser') });
    expect(Object.keys(JSON.parse(body))).toEqual(['registration']);
  });

  it('is asked no reason of whoever may not see it: they learn nothing', async () => {
    expect((await look('organiser', 'showMinor')).status).toBe(403);
    expect((await look('organiser', 'showOrganiserRegistration')).status).toBe(404);
  });
});

describe('CS14: refused tokens, codes and roles', () => {
  it('by their role is one of the 403s that API Gateway counts, and the line of the request says why', async () => {
    const spy = vi.spyOn(console, 'info').mockReturnValue(undefined);
    expect((await look('care', 'showMinor', 'why')).status).toBe(403);
    const [line] = spy.mock.calls.map(([line]) => JSON.parse(String(line)));
    spy.mockRestore();
    expect(line).toMatchObject({ message: 'request', status: 403, problem: 'not-permitted' });
  });

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'an invitation that is none',
      'TokenRefused',
      () =>
        call('redeemRoleInvitation', {
          params: { eventId },
          ...postJson({ invitation: 'A'.repeat(22) }),
          caller: identityOf('care'),
        }),
    ],
    ['a link that is none', 'TokenRefused', () => call('getRegistration', { headers: { authorization: 'Bearer x' } })],
    [
      'a code that lets no device in',
      'TokenRefused',
      () => call('enrolDevice', postJson({ code: ownSecret(), secret: ownSecret() })),
    ],
  ])('is counted, without whom or where: %s', async (_, metric, act) => {
    const lines = (await logged(act)).split('\n').flatMap((line) => (line.includes('_aws') ? [JSON.parse(line)] : []));
    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            { Namespace: METRIC_NAMESPACE, Dimensions: [['service']], Metrics: [{ Name: metric, Unit: 'Count' }] },
          ],
        },
        ...METRIC_DIMENSIONS,
        [metric]: 1,
      },
    ]);
  });
});
