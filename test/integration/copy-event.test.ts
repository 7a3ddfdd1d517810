import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteEvent } from '../../cli/delete-event.ts';
import { grantRoles } from '../../cli/grant-roles.ts';
import { publishingProblemsIn } from '../../cli/publish.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { instantOf, localDate } from '../../shared/kernel/text/zoned-time.ts';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan, watchTables } from '../support/registry.ts';
import { ask, auditOf, grantTeam, identityOf, leave, type TeamMember } from '../support/team.ts';

const OLD = 'first-forum';
const TITLE = { en: 'Second forum', km: 'វេទិកាទីពីរ' };
const BODY = { title: TITLE, firstDay: '2028-03-07' };

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
  const { registration } = forum();
  const window = { ...registration, opensAt: '2027-03-01T00:30:15+07:00', closesAt: '2027-10-22T23:59:00+07:00' };
  await parts.publish(forum({ id: OLD, status: 'postponed', registration: window, shortTitle: TITLE }));
  await grantTeam(parts, OLD);
});
afterAll(() => parts?.stop());

const copy = (body: object, who: TeamMember = 'organiser') =>
  ask(who, 'copyEvent', { params: { eventId: OLD }, body: { ...BODY, ...body } });
const eventsOf = async (who: TeamMember): Promise<string[]> =>
  (await ask(who, 'listOwnEvents', {})).body.events.map(({ id }: { id: string }) => id);
const problemsOf = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [
  status,
  ...body.errors.map(({ path }: { path: string }) => path),
];
const definitionOf = async (eventId: string): Promise<EventDefinition> =>
  (await ask('organiser', 'getDefinition', { params: { eventId } })).body.definition;

describe('a new event from an old one', () => {
  it('is as it was, on other days, shut and new, of its maker alone', async () => {
    expect(await copy({ id: 'second-forum' })).toMatchObject({ status: 201, body: { id: 'second-forum', version: 1 } });
    const [before, after] = [await definitionOf(OLD), await definitionOf('second-forum')];
    const { status: _, shortTitle: __, ...same } = before;
    const [one, other] = before.days;
    expect(after).toEqual({
      ...same,
      id: 'second-forum',
      version: 1,
      title: TITLE,
      days: [
        { ...one, date: '2028-03-07' },
        { ...other, date: '2028-03-08' },
      ],
      // 126 days later, by clocks in Phnom Penh.
      registration: {
        ...before.registration,
        closed: true,
        opensAt: '2027-07-04T17:30:15.000Z',
        closesAt: '2028-02-25T16:59:00.000Z',
      },
    });
    const written = await scan(parts, 'registry', { partitions: ['ROLE#second-forum', 'QUOTA#second-forum'] });
    expect(written).toMatchObject([{ label: 'organiser', grants: [{ role: 'organiser' }], revision: 1 }]);
    expect(await auditOf(parts, 'second-forum')).toEqual([`copy-event ${OLD}`]);
    expect(await eventsOf('organiser')).toContain('second-forum');
    for (const who of ['vettedOrganiser', 'safeguarding', 'viewer'] as const)
      expect(await eventsOf(who)).not.toContain('second-forum');
    expect((await ask('vettedOrganiser', 'listRoles', { params: { eventId: 'second-forum' } })).status).toBe(403);
  });

  it('takes registrations once it has who reads reports, and is opened', async () => {
    const id = 'third-forum';
    expect((await copy({ id })).status).toBe(201);
    const params = { eventId: id };
    const openNow = async () => {
      const { version } = (await ask('organiser', 'getProgramme', { params })).body;
      return ask('organiser', 'changeRegistrationWindow', { params, body: { version, opensAt: 'now' } });
    };
    expect(problemsOf(await openNow())).toEqual([422, 'opensAt', 'opensAt']);
    await grantTeam(parts, id);
    expect((await openNow()).status).toBe(200);
    const sent = { params, ...postJson(submission({ email: 'one@copied.example.org' })) };
    expect((await call('submitRegistration', sent)).statusCode).toBe(202);
    const { quotas } = (await ask('organiser', 'getQuotas', { params })).body;
    expect(quotas).toContainEqual(expect.objectContaining({ id: 'in-person', taken: 1, waiting: 0 }));
  });

  it('has a short title where its own is too long for subjects of mails', async () => {
    const long = { en: 'A forum on protection '.repeat(6), km: 'វេទិកាទីពីរ'.repeat(6) };
    expect(problemsOf(await copy({ id: 'long', title: long }))).toEqual([422, 'title.en', 'title.km']);
    expect((await copy({ id: 'long', title: long, shortTitle: TITLE })).status).toBe(201);
    expect(await definitionOf('long')).toMatchObject({ title: long, shortTitle: TITLE });
  });

  it('is refused where an event, a role or an invitation has its id, or one that was deleted had', async () => {
    const { dynamodb, tableName } = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    await parts.publish(forum({ id: 'deleted' }));
    const quick = { ...realSystem, wait: async () => undefined };
    await deleteEvent(documentClient(dynamodb), parts.database.tables, 'deleted', quick);
    const early = { eventId: 'has-owner', identity: identityOf('viewer'), label: 'Owner of another one' };
    await grantRoles({ ...early, grants: [{ role: 'organiser' }] }, { dynamodb, tableName });
    await parts.publish(forum({ id: 'has-invitation' }));
    await grantTeam(parts, 'has-invitation');
    const body = { grants: [{ role: 'viewer' }], label: 'Guest' };
    const invited = await ask('organiser', 'inviteToRoles', { params: { eventId: 'has-invitation' }, body });
    expect(invited.status).toBe(201);
    // As before it is published: the command line invites its first owner.
    const [invitation] = await scan(parts, 'registry', { partitions: ['ROLE-INVITATION#has-invitation'] });
    const Item = { ...invitation, pk: 'ROLE-INVITATION#not-yet' };
    await documentClient(dynamodb).send(new PutCommand({ TableName: tableName, Item }));
    const tables = await watchTables(parts);
    for (const id of [
      OLD,
      'second-forum',
      'deleted',
      'has-owner',
      'not-yet',
      'plenary-canary',
      'ab',
      'No id',
      'EVENT#x',
    ])
      expect([id, ...problemsOf(await copy({ id }))]).toEqual([id, 422, 'id']);
    await tables.expectUnchanged();
  });

  it('is refused with all that is wrong with it, and for who does not own the old one', async () => {
    const tables = await watchTables(parts);
    const long = { en: 'A'.repeat(150), kh: 'x' };
    expect(problemsOf(await copy({ id: OLD, title: long, firstDay: '2020-01-01' }))).toEqual([
      422,
      ...['id', 'firstDay', 'title', 'title.kh', 'title.en'],
    ]);
    expect(problemsOf(await copy({ id: 'far', firstDay: '2099-01-01' }))).toEqual([422, 'firstDay']);
    for (const who of ['viewer', 'safeguarding', 'thailand', 'deputy'] as const)
      expect((await copy({ id: 'no-owner' }, who)).status).toBe(403);
    await tables.expectUnchanged();
  });

  it('is made once by two presses at once, and by nobody whose role was taken back meanwhile', async () => {
    const answers = await Promise.all([copy({ id: 'twice' }), copy({ id: 'twice' }, 'vettedOrganiser')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const owners = await scan(parts, 'registry', { partitions: ['ROLE#twice'] });
    expect(owners).toHaveLength(1);
    await leave(parts, OLD, 'vettedOrganiser');
    expect((await copy({ id: 'left' }, 'vettedOrganiser')).status).toBe(403);
  });

  it('CI16: is a rehearsal where that is wanted: on days from today on, open at once, and so is each copy of it', async () => {
    const today = localDate(new Date(), forum().timeZone);
    expect((await copy({ id: 'tried', rehearsal: true, firstDay: today })).status).toBe(201);
    const before = await definitionOf(OLD);
    const { rehearsal, days, registration } = await definitionOf('tried');
    expect([rehearsal, days[0]?.date, registration.closed]).toEqual([true, today, undefined]);
    expect(Date.parse(registration.opensAt)).toBeLessThanOrEqual(Date.now());
    const last = days.at(-1)?.date ?? '';
    expect(registration.closesAt).toBe(instantOf(last, '23:59', before.timeZone).toISOString());
    const sent = { params: { eventId: 'tried' }, ...postJson(submission({ email: 'one@tried.example.org' })) };
    expect((await call('submitRegistration', sent)).statusCode).toBe(202);
    const again = { id: 'tried-again', title: TITLE, firstDay: '2028-03-07' };
    expect((await ask('organiser', 'copyEvent', { params: { eventId: 'tried' }, body: again })).status).toBe(201);
    expect(await definitionOf('tried-again')).toMatchObject({ rehearsal: true, days: [{ date: '2028-03-07' }, {}] });
    const { events } = (await ask('organiser', 'listOwnEvents', {})).body;
    const listed = events.flatMap(({ id, ...own }: { id: string; rehearsal?: true }) => (own.rehearsal ? [id] : []));
    expect(listed.sort()).toEqual(['tried', 'tried-again']);
    expect(JSON.parse((await call('getEvent', { params: { eventId: 'tried' } })).body ?? '')).toMatchObject({
      rehearsal,
    });
    expect(problemsOf(await copy({ id: 'past', rehearsal: true, firstDay: '2020-01-01' }))).toEqual([422, 'firstDay']);
  });

  it('CI16: never becomes a rehearsal once it is published, nor real, in the console or by a file', async () => {
    const tables = await watchTables(parts);
    const { client: dynamodb, tables: names } = parts.database;
    for (const [eventId, change] of [
      ['tried', undefined],
      [OLD, true],
    ] as const) {
      const { rehearsal: _, ...same } = await definitionOf(eventId);
      const definition = { ...same, ...(change && { rehearsal: change }) };
      const body = { version: same.version, definition };
      const answer = await ask('organiser', 'replaceDefinition', { params: { eventId }, body });
      expect(problemsOf(answer)).toEqual([422, 'rehearsal']);
      const problems = await publishingProblemsIn(definition, { dynamodb, tableName: names.registry });
      expect(problems).toContainEqual(expect.objectContaining({ path: ['rehearsal'] }));
    }
    await tables.expectUnchanged();
  });
});
