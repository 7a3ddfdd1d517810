import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { Quota, Session } from '../../shared/event/event.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { pressYes } from '../support/proof.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { recordsOf } from '../support/stream.ts';
import { ask, auditOf, grantTeam, identityOf, type TeamMember } from '../support/team.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

let parts: Parts;
let housekeeping: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

beforeAll(async () => {
  parts = await startParts();
  ({ handler: housekeeping } = await import('../../functions/housekeeping/index.ts'));
});
afterAll(() => parts?.stop());

const quota = (changes: Partial<Quota> = {}): Quota => ({
  id: 'room',
  capacity: 1,
  shards: 1,
  title: { en: 'Room', km: 'បន្ទប់' },
  ...changes,
});

async function event(id: string, quotas: Quota[] = []): Promise<void> {
  await parts.publish(forum({ id, quotas, questions: [] }));
  await grantTeam(parts, id);
}

const register = async (eventId: string, email: string, changes: Record<string, unknown> = {}) => {
  const sent = submission({ email, ...changes });
  return (await call('submitRegistration', { params: { eventId }, ...postJson(sent) })).statusCode;
};
/** Who waits is promoted once they said that the registration is theirs (AB15). */
async function registerAndPress(eventId: string, email: string) {
  const status = await register(eventId, email);
  await pressYes(parts, eventId, email);
  return status;
}
async function doJobs() {
  const jobs = (await scan(parts, 'outbox')).filter((item) => item['job'] !== undefined);
  expect(await housekeeping(recordsOf(jobs))).toEqual({ batchItemFailures: [] });
}
const organiser = (id: Parameters<typeof ask>[1], params: Record<string, string>, body?: unknown) =>
  ask('organiser', id, { params, body });
const publicEvent = async (eventId: string) => JSON.parse((await call('getEvent', { params: { eventId } })).body ?? '');

describe('quotas', () => {
  it('are shown with what is taken and waited for, and let who waits move up when they are raised', async () => {
    const id = 'raise';
    await event(id, [quota()]);
    for (const name of ['a', 'b', 'c']) await registerAndPress(id, `${name}@raise.example.org`);
    const { body } = await organiser('getQuotas', { eventId: id });
    expect(body.quotas).toEqual([{ id: 'room', title: 'Room', capacity: 1, taken: 1, waiting: 2, overfull: false }]);
    const change = { version: body.version, capacity: 2 };
    const raised = await organiser('changeCapacity', { eventId: id, quotaId: 'room' }, change);
    expect(raised).toMatchObject({ status: 200, body: { version: body.version + 1, quotas: [{ capacity: 2 }] } });
    expect((await organiser('changeCapacity', { eventId: id, quotaId: 'room' }, change)).body).toEqual(raised.body);
    await doJobs();
    const after = (await organiser('getQuotas', { eventId: id })).body;
    expect(after.quotas).toMatchObject([{ taken: 2, waiting: 1, overfull: false }]);
    expect(await auditOf(parts, id)).toEqual(['change-capacity room']);
    expect((await organiser('changeCapacity', { eventId: id, quotaId: 'none' }, change)).status).toBe(404);
  });

  it('lowered below what is taken take no seat away, give no new one, and say so', async () => {
    const id = 'lower';
    await event(id, [quota({ capacity: 8, shards: 2 })]);
    for (const name of ['a', 'b', 'c']) await register(id, `${name}@lower.example.org`);
    const { version } = (await organiser('getQuotas', { eventId: id })).body;
    const lowered = await organiser('changeCapacity', { eventId: id, quotaId: 'room' }, { version, capacity: 2 });
    expect(lowered.body.quotas).toMatchObject([{ capacity: 2, taken: 3, waiting: 0, overfull: true }]);
    await register(id, 'late@lower.example.org');
    expect((await organiser('getQuotas', { eventId: id })).body.quotas).toMatchObject([{ taken: 3, waiting: 1 }]);
  });

  it('are exact when seats are taken while a split capacity changes', async () => {
    const id = 'while';
    await event(id, [quota({ capacity: 4, shards: 2 })]);
    const { version } = (await organiser('getQuotas', { eventId: id })).body;
    const registering = Array.from({ length: 12 }, (_, number) => registerAndPress(id, `n${number}@while.example.org`));
    const changed = await organiser('changeCapacity', { eventId: id, quotaId: 'room' }, { version, capacity: 6 });
    expect(changed.status).toBe(200);
    expect(await Promise.all(registering)).toEqual(Array.from({ length: 12 }, () => 202));
    await doJobs();
    const [room] = (await organiser('getQuotas', { eventId: id })).body.quotas;
    expect(room).toMatchObject({ capacity: 6, taken: 6, waiting: 6 });
    const { counters, registrations } = await readRegistry(parts, id);
    expect([...counters.values()].reduce((sum, { capacity }) => sum + capacity, 0)).toBe(6);
    expect(registrations.filter(({ status }) => status === 'confirmed')).toHaveLength(6);
  });

  it('grow to several counters with their capacity, and are summed over all of them', async () => {
    const id = 'grow';
    await event(id, [quota({ capacity: 2 })]);
    for (const name of ['a', 'b', 'c']) await registerAndPress(id, `${name}@grow.example.org`);
    const { version } = (await organiser('getQuotas', { eventId: id })).body;
    const grown = await organiser('changeCapacity', { eventId: id, quotaId: 'room' }, { version, capacity: 60 });
    expect(grown.body.quotas).toMatchObject([{ capacity: 60, taken: 2, waiting: 1, overfull: false }]);
    await doJobs();
    for (const name of ['d', 'e', 'f']) await register(id, `${name}@grow.example.org`);
    const [room] = (await organiser('getQuotas', { eventId: id })).body.quotas;
    expect(room).toMatchObject({ capacity: 60, taken: 6, waiting: 0 });
    expect((await readRegistry(parts, id)).counters.size).toBe(3);
  });

  it('per organisation name each one that has seats', async () => {
    const id = 'groups';
    await event(id, [quota({ per: 'organisation', capacity: 1 })]);
    await register(id, 'a@groups.example.org', { organisation: 'Sample Telecom' });
    await register(id, 'b@groups.example.org', { organisation: 'SAMPLE TELECOM' });
    await register(id, 'c@groups.example.org', { organisation: 'Other' });
    const [each] = (await organiser('getQuotas', { eventId: id })).body.quotas;
    expect(each).toMatchObject({ per: 'organisation', capacity: 1, taken: 2, waiting: 1, overfull: false });
    expect(each.groups).toMatchObject([
      { name: expect.stringMatching(/^sample telecom$/i), taken: 1, waiting: 1 },
      { name: 'Other', taken: 1, waiting: 0 },
    ]);
  });

  it('CS13: per organisation count those under 18, and name none after them to who was not vetted', async () => {
    const id = 'groups-of-children';
    await event(id, [quota({ per: 'organisation', capacity: 2 })]);
    await register(id, 'a@children.example.org', { organisation: 'Sample Telecom' });
    const { secrets } = (await import('../../functions/attendee/index.ts')).realDeps();
    const minor = async () => {
      const { registrations } = await readRegistry(parts, id);
      return registrations.find(({ ageBand }) => ageBand === 'minor') ?? expect.unreachable();
    };
    await beginYoung(parts, id, youngSubmission());
    await call('postConsent', {
      params: { token: await consentToken(await minor(), secrets) },
      ...postForm(consentFields()),
    });
    const answers = postForm(completeFields({ organisation: 'Sample School' }));
    await call('postComplete', { params: { token: await manageToken(await minor(), secrets) }, ...answers });
    expect(await minor()).toMatchObject({ status: 'confirmed', organisation: 'Sample School' });
    const [each] = (await organiser('getQuotas', { eventId: id })).body.quotas;
    expect(each.taken).toBe(2);
    expect(each.groups.map(({ name }: { name: string }) => name).sort()).toEqual(['', 'Sample Telecom']);
  });
});

describe('a change of the definition', () => {
  it('opens and closes registration at once', async () => {
    const id = 'window';
    await event(id);
    const { version, registration: window } = (await organiser('getProgramme', { eventId: id })).body;
    const { state, ...registration } = window;
    expect(state).toBe('open');
    const closed = { ...registration, closesAt: new Date(Date.now() - 1000).toISOString() };
    const answer = await organiser('changeRegistrationWindow', { eventId: id }, { version, ...closed });
    expect(answer).toMatchObject({ status: 200, body: { version: version + 1 } });
    expect(await register(id, 'late@window.example.org')).toBe(409);
    const open = { version: version + 1, ...registration };
    await organiser('changeRegistrationWindow', { eventId: id }, open);
    expect(await register(id, 'late@window.example.org')).toBe(202);
    const backwards = { version: version + 2, opensAt: registration.closesAt, closesAt: registration.opensAt };
    const refused = await organiser('changeRegistrationWindow', { eventId: id }, backwards);
    expect(refused.body.errors).toMatchObject([{ path: 'closesAt', code: 'does-not-fit' }]);
  });

  it("opens and closes registration now, by the server's clock, once however often it is pressed; its other rules stay", async () => {
    const id = 'now';
    const { registration } = forum({});
    await parts.publish(forum({ id, questions: [], registration: { ...registration, attackRate: 1000 } }));
    await grantTeam(parts, id);
    const programme = async () => (await organiser('getProgramme', { eventId: id })).body;
    const before = await programme();
    const { opensAt, closesAt } = before.registration;
    const close = { version: before.version, opensAt, closesAt: 'now' };
    for (const press of [1, 2]) {
      const answer = await organiser('changeRegistrationWindow', { eventId: id }, close);
      expect([press, answer.status, answer.body.version]).toEqual([press, 200, before.version + 1]);
    }
    expect((await programme()).registration.state).toBe('closed');
    expect(await register(id, 'late@now.example.org')).toBe(409);
    const wanted = { version: before.version + 1, opensAt: 'now', closesAt };
    expect((await organiser('changeRegistrationWindow', { eventId: id }, wanted)).status).toBe(200);
    expect((await programme()).registration).toMatchObject({ opensAt, closesAt, state: 'open' });
    expect(await publicEvent(id)).toMatchObject({ registration: { state: 'open' } });
    const rules = (await scan(parts, 'registry')).find(({ pk, sk }) => pk === `EVENT#${id}` && sk === 'RULES');
    expect(rules?.['definition']).toContain('"attackRate":1000');
  });

  it('CS17, CS23: does not open registration where nobody reads reports, and closes it all the same', async () => {
    const id = 'unread';
    const { registration: window } = forum();
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const grant = (subject: TeamMember, grants: readonly RoleGrant[]) =>
      grantRoles({ eventId: id, identity: identityOf(subject), label: subject, grants }, deps);
    await parts.publish(forum({ id, questions: [], registration: { ...window, closed: true } }));
    await grant('organiser', [{ role: 'organiser' }]);
    await grant('deputy', [{ role: 'safeguarding', deputy: true }]);
    await grant('safeguarding', [{ role: 'safeguarding', vettedUntil: '2027-11-02' }]);
    expect(await register(id, 'early@unread.example.org')).toBe(409);
    const { version, registration } = (await organiser('getProgramme', { eventId: id })).body;
    expect(registration).toMatchObject({ state: 'not-open', closed: true });
    const { opensAt, closesAt } = registration;
    for (const opening of ['now', opensAt]) {
      const body = { version, opensAt: opening, closesAt };
      const refused = await organiser('changeRegistrationWindow', { eventId: id }, body);
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toMatchObject([{ path: 'opensAt', code: 'does-not-fit' }]);
    }
    expect(await register(id, 'early@unread.example.org')).toBe(409);
    await grant('safeguarding', [{ role: 'safeguarding', vettedUntil: '2027-11-03' }]);
    const open = { version, opensAt: 'now', closesAt };
    expect((await organiser('changeRegistrationWindow', { eventId: id }, open)).status).toBe(200);
    expect(await register(id, 'early@unread.example.org')).toBe(202);
    await grant('safeguarding', [{ role: 'care' }]);
    const later = { version: version + 1, opensAt, closesAt: new Date(Date.parse(closesAt) + 1000).toISOString() };
    expect((await organiser('changeRegistrationWindow', { eventId: id }, later)).status).toBe(200);
    const shut = { version: version + 2, opensAt, closesAt: 'now' };
    expect((await organiser('changeRegistrationWindow', { eventId: id }, shut)).status).toBe(200);
    const again = { ...open, version: version + 3 };
    expect((await organiser('changeRegistrationWindow', { eventId: id }, again)).status).toBe(422);
  });

  it('CS17, CS23: does not call an event back on where nobody reads reports, and calls it off all the same', async () => {
    const id = 'unread-status';
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const grant = (subject: TeamMember, grants: readonly RoleGrant[]) =>
      grantRoles({ eventId: id, identity: identityOf(subject), label: subject, grants }, deps);
    await parts.publish(forum({ id, questions: [] }));
    await grant('organiser', [{ role: 'organiser' }]);
    await grant('deputy', [{ role: 'safeguarding', deputy: true }]);
    const become = (status: string, version: number) =>
      organiser('changeEventStatus', { eventId: id }, { status, version });
    const { version } = (await organiser('getProgramme', { eventId: id })).body;
    expect((await become('cancelled', version)).status).toBe(200);
    const refused = await become('scheduled', version + 1);
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [
        expect.objectContaining({
          path: 'registration.opensAt',
          message: expect.stringContaining('nobody would read'),
        }),
      ],
    ]);
    expect(await publicEvent(id)).toMatchObject({ status: 'cancelled' });
    await grant('safeguarding', [{ role: 'safeguarding', vettedUntil: '2099-12-31' }]);
    expect((await become('scheduled', version + 1)).status).toBe(200);
  });

  it('AB15: says within which time seats are to be proven, and whether they go by themselves, by the limits of the file', async () => {
    const id = 'prove-within';
    const { registration: window } = forum();
    await parts.publish(forum({ id, questions: [], registration: { ...window, closed: true } }));
    await grantTeam(parts, id);
    const programme = async () => (await organiser('getProgramme', { eventId: id })).body;
    const change = (body: object) => organiser('changeRegistrationWindow', { eventId: id }, body);
    const { version, registration } = await programme();
    expect(registration).toMatchObject({ proveWithin: '7 days', releaseUnproven: 'proposed', closed: true });
    for (const proveWithin of ['71 hours', '2 days', 'a week', '1.5 days', '0 days']) {
      const { status, body } = await change({ version, proveWithin });
      expect([proveWithin, status, body.errors[0].path]).toEqual([proveWithin, 422, 'proveWithin']);
    }
    expect((await change({ version, releaseUnproven: 'at-once' })).status).toBe(422);
    const wanted = { proveWithin: '96 hours', releaseUnproven: 'automatic' };
    expect(await change({ version, ...wanted })).toMatchObject({ status: 200, body: { version: version + 1 } });
    // What was published shut is not opened by it, and its times stay.
    expect((await programme()).registration).toEqual({ ...registration, ...wanted });
    expect(await register(id, 'early@prove-within.example.org')).toBe(409);
    const overview = await organiser('listUnprovenSeats', { eventId: id });
    expect(overview.body).toMatchObject(wanted);
    // The same again is a success; on an older version, something else is refused.
    expect(await change({ version, ...wanted })).toMatchObject({ status: 200, body: { version: version + 1 } });
    const stale = await change({ version, proveWithin: '10 days' });
    expect([stale.status, stale.body.type]).toEqual([409, 'urn:plenary:problem:definition-changed']);
    // Opening it later leaves the rules as they are.
    const open = { version: version + 1, opensAt: 'now', closesAt: registration.closesAt };
    expect((await change(open)).status).toBe(200);
    expect((await programme()).registration).toMatchObject({ ...wanted, state: 'open' });
  });

  it('on a version that is no longer the one is refused: nobody is overwritten', async () => {
    const id = 'versions';
    await event(id, [quota()]);
    const { version, registration: window } = (await organiser('getProgramme', { eventId: id })).body;
    const { state: _, ...registration } = window;
    const answers = await Promise.all([
      organiser('changeCapacity', { eventId: id, quotaId: 'room' }, { version, capacity: 5 }),
      organiser(
        'changeRegistrationWindow',
        { eventId: id },
        {
          version,
          ...registration,
          opensAt: '2026-10-01T00:00:00+07:00',
        },
      ),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.type).toBe('urn:plenary:problem:definition-changed');
    expect(await auditOf(parts, id)).toHaveLength(1);
  });

  it('moves, adds and closes sessions, with their words in every language', async () => {
    const id = 'sessions';
    await event(id);
    const programme = async () => (await organiser('getProgramme', { eventId: id })).body;
    const before = await programme();
    const { id: sessionId, ...first } = before.sessions[0];
    const change = (wanted: string, version: number, session: object) =>
      organiser('changeSession', { eventId: id, sessionId: wanted }, { version, session });
    const moved = { ...first, room: { en: 'Hall B', km: 'សាល ខ' }, signUp: true, mayOverlap: true };
    expect((await change(sessionId, before.version, moved)).status).toBe(200);
    const added = {
      title: { en: 'Member States only', km: 'សម្រាប់រដ្ឋសមាជិក' },
      day: before.days[0].id,
      start: '17:00',
      end: '18:00',
      audience: ['member-state'],
    };
    expect((await change('closed-door', before.version + 1, added)).status).toBe(200);
    const after = await programme();
    expect(after.sessions[0]).toEqual({ id: sessionId, ...moved });
    expect(after.sessions.at(-1)).toEqual({ id: 'closed-door', ...added });
    const shown = JSON.stringify(await publicEvent(id));
    expect([shown.includes('Hall B'), shown.includes('Member States only')]).toEqual([true, false]);
    expect(await auditOf(parts, id)).toEqual([`change-session ${sessionId}`, 'change-session closed-door']);
    const bad = { ...added, title: { en: 'Only English' }, day: 'no-day', audience: ['nobody'] };
    const refused = await change('closed-door', after.version, bad);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['session.title', 'session.day', 'session.audience.0']),
    );
  });

  it('EV5: of a session to the time of another says how many have both, until they do not exclude one another', async () => {
    const id = 'at-once';
    const chosen: Readonly<Record<string, object>> = {
      arrival: { start: '10:00', end: '11:00', signUp: true },
      networking: { start: '11:00', end: '12:00', signUp: true },
    };
    const sessions = forum().sessions.map((session) => ({ ...session, ...chosen[session.id] }));
    await parts.publish(forum({ id, quotas: [], questions: [], sessions }));
    await grantTeam(parts, id);
    const both = { sessions: Object.keys(chosen) };
    for (const name of ['a', 'b']) expect(await register(id, `${name}@at-once.example.org`, both)).toBe(202);
    expect(await register(id, 'c@at-once.example.org', { sessions: ['arrival'] })).toBe(202);
    const programme = async () => (await organiser('getProgramme', { eventId: id })).body;
    const change = async (changes: object) => {
      const { version, sessions } = await programme();
      const { id: sessionId, ...networking } = sessions.find((session: Session) => session.id === 'networking');
      const body = { version, session: { ...networking, ...changes } };
      expect((await organiser('changeSession', { eventId: id, sessionId }, body)).status).toBe(200);
    };
    expect((await programme()).attendedAtOnce).toBeUndefined();
    await change({ start: '10:30', end: '11:30' });
    expect((await programme()).attendedAtOnce).toEqual([{ session: 'arrival', other: 'networking', attendees: 2 }]);
    // Who runs the doors reads the programme, and moves nothing.
    const lead = { issuer: identityOf('viewer').issuer, subject: 'lead' };
    const tables = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    await grantRoles({ eventId: id, identity: lead, label: 'Lead', grants: [{ role: 'desk-lead' }] }, tables);
    const seen = await call('getProgramme', { params: { eventId: id }, caller: lead });
    expect(seen.statusCode).toBe(200);
    expect(seen.body).not.toContain('attendedAtOnce');
    await change({ mayOverlap: true });
    expect((await programme()).attendedAtOnce).toBeUndefined();
  });
});

describe('an invitation code', () => {
  const soon = new Date(Date.now() + 86_400_000).toISOString();

  it('lets someone of the media in without approval, is told once, and can be revoked', async () => {
    const id = 'codes';
    await event(id);
    const wanted = { label: 'Sample Daily', uses: 2, validUntil: soon, category: 'media' };
    const made = await organiser('makeInvitation', { eventId: id }, wanted);
    expect(made).toMatchObject({ status: 201, body: { code: expect.stringMatching(/^(\w{4}-){2}\w{4}$/) } });
    expect(made.body.link).toContain(`/e/${id}/register?code=${made.body.code}`);
    const form = await call('showForm', { params: { eventId: id }, query: { code: made.body.code } });
    expect(form.body).toContain(`value="${made.body.code}"`);
    expect(await register(id, 'one@codes.example.org', { category: 'media', invitation: made.body.code })).toBe(202);
    expect((await readRegistry(parts, id)).registrations).toMatchObject([{ status: 'confirmed', approved: true }]);
    const listed = await organiser('listInvitations', { eventId: id });
    expect(listed.body.invitations).toEqual([{ id: made.body.id, ...wanted, used: 1, state: 'open' }]);
    expect(JSON.stringify(await scan(parts, 'registry'))).not.toContain(made.body.code.replaceAll('-', ''));
    const revoke = () => organiser('revokeInvitation', { eventId: id, invitationId: made.body.id });
    for (const answer of [await revoke(), await revoke()]) {
      expect(answer.body.invitations).toMatchObject([{ state: 'revoked' }]);
    }
    expect(await register(id, 'two@codes.example.org', { category: 'media', invitation: made.body.code })).toBe(422);
    expect((await organiser('revokeInvitation', { eventId: id, invitationId: 'A'.repeat(43) })).status).toBe(404);
    expect((await auditOf(parts, id)).map((entry) => entry.split(' ')[0])).toEqual([
      'invite',
      'revoke-invitation',
      'revoke-invitation',
    ]);
  });

  it('for a group that is none, an address that is none, or a time that is over is refused', async () => {
    const id = 'no-codes';
    await event(id);
    const wanted = { label: 'x', uses: 1, validUntil: '2020-01-01T00:00:00Z', category: 'nobody', email: 'nobody' };
    const refused = await organiser('makeInvitation', { eventId: id }, wanted);
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['email', 'category', 'validUntil']);
  });
});
