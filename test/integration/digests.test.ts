import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { ask, grantTeam } from '../support/team.ts';

let parts: Parts;
let deps: ReturnType<typeof import('../../functions/housekeeping/index.ts').realDeps>;
let use: typeof import('../../shared/registration/digest/send-digests.case.ts');
/** Sends what waits, as the outbox's timer does later. */
let sweep: () => Promise<void>;

beforeAll(async () => {
  parts = await startParts();
  deps = (await import('../../functions/housekeeping/index.ts')).realDeps();
  use = await import('../../shared/registration/digest/send-digests.case.ts');
  const outbox = (await import('../../functions/outbox/index.ts')).realDeps();
  const { sweep: sweepWith } = await import('../../shared/mail/outbox/sweep.case.ts');
  sweep = () => sweepWith({ ...outbox, system: { ...outbox.system, now: () => new Date('2099-11-01') } });
});
afterAll(() => parts?.stop());

/** An event of its own, whose team has the addresses that their invitations went to. */
async function openEvent(id: string, changes: Partial<EventDefinition> = {}): Promise<void> {
  await parts.publish(forum({ id, questions: [], ...changes }));
  await grantTeam(parts, id);
}

/** Invites by mail and accepts as someone who has no role yet. */
async function join(eventId: string, subject: string, grants: unknown[], language = 'en'): Promise<string> {
  const email = `${subject}@${eventId}.example.org`;
  const body = { grants, email, language };
  const { body: made } = await ask('organiser', 'inviteToRoles', { params: { eventId }, body });
  const invitation = new URLSearchParams(new URL(made.link).hash.slice(1)).get('invitation');
  const caller = { issuer: 'https://accounts.test', subject };
  await call('redeemRoleInvitation', { params: { eventId }, caller, ...postJson({ invitation }) });
  return email;
}

const apply = (eventId: string, email: string, changes: Record<string, unknown> = {}) =>
  call('submitRegistration', {
    params: { eventId },
    ...postJson(submission({ email, category: 'media', ...changes })),
  });

/** What housekeeping would do at an instant. */
const at = (instant: string) => use.sendDigests({ ...deps, system: { ...deps.system, now: () => new Date(instant) } });

const digests = async (eventId: string) =>
  (await scan(parts, 'outbox')).filter((item) => item['kind'] === 'digest' && item['eventId'] === eventId);
const told = async (eventId: string) => (await digests(eventId)).map(({ to }) => String(to)).sort();
const mailTo = async (address: string) =>
  (await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json()) as {
    subject: string;
    text: string;
  }[];

const TOMORROW = '2099-01-01';
const FAR = forum().days.map((day) => ({ ...day, date: '2099-12-01' }));
const far = { days: FAR, sessions: [] };

describe("focal points' digest", () => {
  it('comes at eight at the event, once a day however often the timer fires, and tells numbers, not names', async () => {
    const id = 'digest-daily';
    await openEvent(id, far);
    const thai = await join(id, 'thai', [{ role: 'focal-point', countries: ['TH'] }]);
    const lao = await join(id, 'lao', [{ role: 'focal-point', countries: ['LA'] }], 'km');
    const organiser = await join(id, 'chief', [{ role: 'organiser' }]);
    await apply(id, 'one@daily.example.org');
    await apply(id, 'two@daily.example.org');
    await apply(id, 'three@daily.example.org', { country: 'VN' });
    await at(`${TOMORROW}T00:59:00Z`);
    expect(await told(id)).toEqual([]);
    await Promise.all([at(`${TOMORROW}T01:00:00Z`), at(`${TOMORROW}T01:00:00Z`)]);
    await at(`${TOMORROW}T01:15:00Z`);
    expect(await told(id)).toEqual([organiser, thai].sort());
    await at('2099-01-02T01:00:00Z');
    expect(await told(id)).toEqual([organiser, organiser, thai, thai].sort());

    await sweep();
    const [mail] = (await mailTo(thai)).filter(({ subject }) => subject.startsWith('Registrations wait'));
    expect(mail?.text).toContain('2 registrations of your countries or organisations wait for your decision');
    expect(mail?.text).toContain(`${SITE_URL}/console/e/${id}/approvals`);
    expect(mail?.text).not.toMatch(/Somchai|one@daily/);
    expect(await mailTo(lao)).toEqual([]);
  });

  it('is by the clock at the event, on both sides of a change of clocks', async () => {
    const id = 'digest-berlin';
    await openEvent(id, { ...far, timeZone: 'Europe/Berlin' });
    const thai = await join(id, 'thai', [{ role: 'focal-point', countries: ['TH'] }]);
    await apply(id, 'one@berlin.example.org');
    // Clocks in Berlin go forward on the last Sunday of March, in 2099 the 29th.
    for (const [instant, count] of [
      ['2099-03-28T06:59:00Z', 0],
      ['2099-03-28T07:00:00Z', 1],
      ['2099-03-29T05:59:00Z', 1],
      ['2099-03-29T06:00:00Z', 2],
      ['2099-03-29T21:59:00Z', 2],
    ] as const) {
      await at(instant);
      expect([instant, (await told(id)).filter((to) => to === thai).length]).toEqual([instant, count]);
    }
  });

  it('reaches nobody whose roles were taken back, before it is written or before it leaves', async () => {
    const id = 'digest-revoked';
    await openEvent(id, far);
    const gone = await join(id, 'gone', [{ role: 'focal-point', countries: ['TH'] }]);
    const late = await join(id, 'late', [{ role: 'focal-point', countries: ['TH'] }]);
    await apply(id, 'one@revoked.example.org');
    const revoke = async (email: string) => {
      const member = (await deps.roles.list(id)).find((each) => each.email === email);
      const params = { eventId: id, memberId: member?.id ?? '' };
      expect((await ask('organiser', 'revokeRoles', { params })).status).toBe(200);
    };
    await revoke(gone);
    await at(`${TOMORROW}T01:00:00Z`);
    expect(await told(id)).toContain(late);
    expect(await told(id)).not.toContain(gone);
    await revoke(late);
    await sweep();
    const [message] = (await digests(id)).filter(({ failure }) => failure !== undefined);
    expect(message).toMatchObject({ state: 'failed', failure: 'superseded' });
  });

  it('is not sent where nobody waits, nor after the event', async () => {
    const id = 'digest-nobody';
    await openEvent(id, far);
    await apply(id, 'seated@nobody.example.org', { category: 'academia' });
    await at(`${TOMORROW}T01:00:00Z`);
    expect(await told(id)).toEqual([]);
    await apply(id, 'waits@nobody.example.org');
    await at('2099-12-02T01:00:00Z');
    expect(await told(id)).toEqual([]);
    // Of what is postponed nobody knows the end yet.
    await parts.publish(forum({ id, questions: [], ...far, status: 'postponed' }));
    await at('2099-12-03T01:00:00Z');
    expect(await told(id)).not.toEqual([]);
  });

  it('goes to the secretariat where no organiser has an address, with who is overdue by reference', async () => {
    const id = 'digest-secretariat';
    const email = `desk@${id}.example.org`;
    await openEvent(id, { ...far, secretariat: { ...forum().secretariat, email } });
    await apply(id, 'one@secretariat.example.org');
    await at('2099-02-01T01:00:00Z');
    expect(await told(id)).toEqual([email]);
    await sweep();
    const [mail] = await mailTo(email);
    const [{ reference } = { reference: '' }] = (await readRegistry(parts, id)).registrations;
    expect(mail?.text).toContain('One person has waited longer than the 5 days that they were told.');
    expect(mail?.text.replaceAll('-', '')).toContain(reference);
  });

  it('is written for whoever is left after a crash between two', async () => {
    const id = 'digest-crash';
    await openEvent(id, far);
    await join(id, 'organiser', [{ role: 'organiser' }]);
    await join(id, 'a', [{ role: 'focal-point', countries: ['TH'] }]);
    await join(id, 'b', [{ role: 'focal-point', countries: ['TH'] }]);
    await apply(id, 'one@crash.example.org');
    const system = { ...deps.system, now: () => new Date(`${TOMORROW}T01:00:00Z`) };
    let left = 2;
    const tell: typeof deps.digestWriter.tell = async (...day) => {
      if (day[0].id === id && left-- === 0) throw new Error('the function was stopped');
      return deps.digestWriter.tell(...day);
    };
    await use.sendDigests({ ...deps, system, digestWriter: { ...deps.digestWriter, tell } });
    expect(await told(id)).toHaveLength(2);
    await use.sendDigests({ ...deps, system });
    await use.sendDigests({ ...deps, system });
    expect(await told(id)).toEqual(['a', 'b', 'organiser'].map((name) => `${name}@${id}.example.org`));
  });

  it('reads the people of an event once a day', async () => {
    const id = 'digest-bounded';
    await openEvent(id, far);
    const listed: string[] = [];
    const chunks: typeof deps.people.chunks = (eventId, ...asked) => {
      listed.push(eventId);
      return deps.people.chunks(eventId, ...asked);
    };
    for (const minute of ['00', '15', '30']) {
      const system = { ...deps.system, now: () => new Date(`2099-01-05T01:${minute}:00Z`) };
      await use.sendDigests({ ...deps, system, people: { ...deps.people, chunks } });
    }
    expect(listed.filter((each) => each === id)).toEqual([id]);
  });
});
