import { afterAll, beforeAll, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { beginYoung } from '../support/begin-young.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, identityOf, leave, type TeamMember } from '../support/team.ts';
import { youngSubmission } from '../support/young.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const NOTE = 'Knows their <newsroom>';
const idOf = (who: TeamMember): string => memberId(identityOf(who));

/** An event of its own, whose media need approval, with one applicant from Thailand. */
async function applied(id: string) {
  const categories = forum().categories.map((each) => ({ ...each, approval: each.id === 'media' }));
  const event = await openEvent(parts, id, { categories, quotas: [] });
  await grantTeam(parts, id);
  const email = `one@${id}.example.org`;
  await event.register(email, { category: 'media' });
  const now = () => event.registrationOf(email);
  const { reference } = await now();
  const params = { eventId: id, reference };
  return {
    ...{ ...event, email, now, params },
    hand: async (who: TeamMember, to: TeamMember | 'me' | 'nobody', more: { revision?: number; note?: string } = {}) =>
      ask(who, 'handOver', {
        params,
        body: {
          to: to === 'me' || to === 'nobody' ? to : idOf(to),
          ...more,
          revision: more.revision ?? (await now()).revision,
        },
      }),
    /** Whose everyone is as a member's queue has it, and as the page of the applicant does. */
    async seenBy(who: TeamMember) {
      const [list, one] = [await ask(who, 'listHanded', { params }), await ask(who, 'showHanded', { params })];
      return { list: list.body.handed, one: one.body.handed, colleagues: one.body.colleagues };
    },
    decide: async (who: TeamMember, decision: string) =>
      ask(who, 'decideRegistration', { params, body: { decision, revision: (await now()).revision } }),
    grant: (who: TeamMember, grants: readonly RoleGrant[]) =>
      grantRoles(
        { eventId: id, identity: identityOf(who), label: who, grants: [...grants] },
        { dynamodb: parts.database.client, tableName: parts.database.tables.registry },
      ),
  };
}

const typeOf = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [status, String(body.type).split(/[/:#]/).at(-1)];

it('leaves an applicant to a colleague with a note, who takes over or gives back, and locks nobody out', async () => {
  const one = await applied('handed');
  const { pendingSince, revision } = await one.now();
  const mails = await one.kindsTo(one.email);
  const handed = await one.hand('organiser', 'thailand', { note: ` ${NOTE} ` });
  expect([handed.status, handed.body.revision, handed.body.status]).toEqual([200, revision + 1, 'pending-approval']);
  expect(JSON.stringify(handed.body), 'the page of a registration has nothing of it').not.toContain('newsroom');
  const again = await one.hand('organiser', 'thailand', { note: NOTE, revision });
  expect([again.status, again.body.revision], 'pressed twice').toEqual([200, revision + 1]);
  const { reference } = one.params;
  expect(await one.seenBy('organiser')).toEqual({
    list: [{ reference, to: 'thailand', isYours: false }],
    one: { to: 'thailand', isYours: false, by: 'organiser', at: expect.any(String), note: NOTE },
    colleagues: expect.arrayContaining([
      { id: idOf('organiser'), name: 'organiser', isYou: true },
      { id: idOf('vettedOrganiser'), name: 'vettedOrganiser', isYou: false },
      { id: idOf('thailand'), name: 'thailand', isYou: false },
    ]),
  });
  expect((await one.seenBy('organiser')).colleagues, 'those alone who may decide on them').toHaveLength(3);
  expect((await one.seenBy('thailand')).list).toEqual([{ reference, to: 'thailand', isYours: true }]);
  expect((await one.hand('vettedOrganiser', 'me')).status).toBe(200);
  expect((await one.seenBy('vettedOrganiser')).one).toMatchObject({ isYours: true, by: 'vettedOrganiser' });
  expect((await one.hand('thailand', 'nobody')).status).toBe(200);
  expect(await one.seenBy('thailand')).toMatchObject({ list: [], one: undefined });
  await one.hand('organiser', 'thailand');
  expect(await one.now()).toMatchObject({ pendingSince, handed: { to: idOf('thailand'), by: idOf('organiser') } });
  expect((await one.decide('vettedOrganiser', 'approve')).status, 'it is no lock').toBe(200);
  expect(await one.now()).not.toHaveProperty('handed');
  expect((await one.seenBy('thailand')).list).toEqual([]);
  expect((await one.now()).history?.every(({ was }) => !('handed' in was))).toBe(true);
  expect(await auditOf(parts, one.id)).toEqual(
    ['hand-over', 'take-over', 'give-back', 'hand-over', 'approve'].map((action) => `${action} ${reference}`),
  );
  const audit = await scan(parts, 'audit', { having: { eventId: one.id } });
  expect(audit.map(({ label }) => label).filter(Boolean)).toEqual(['thailand', 'thailand']);
  expect(JSON.stringify(audit)).not.toContain('newsroom');
  expect((await one.kindsTo(one.email)).filter((kind) => !mails.includes(kind))).toEqual(['confirmed']);
});

it('of two at once the later is told; so is who hands over an applicant who was decided on or cancelled meanwhile', async () => {
  const one = await applied('handed-twice');
  const { revision } = await one.now();
  const both = await Promise.all([
    one.hand('organiser', 'thailand', { revision }),
    one.hand('vettedOrganiser', 'me', { revision }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.map(typeOf)).toContainEqual([409, 'changed-meanwhile']);
  expect((await auditOf(parts, one.id)).length).toBe(1);
  const read = (await one.now()).revision;
  await one.press(one.email, 'cancel');
  expect(await one.now()).not.toHaveProperty('handed');
  for (const at of [read, undefined])
    expect(typeOf(await one.hand('organiser', 'thailand', at ? { revision: at } : {}))).toEqual([
      409,
      'changed-meanwhile',
    ]);
  expect((await one.now()).handed).toBeUndefined();
});

it('is to members alone who may decide on the applicant, by those who may; a role that ends or narrows gives them back to all', async () => {
  const one = await applied('handed-reach');
  const codes = async (to: TeamMember) => {
    const { status, body } = await one.hand('organiser', to);
    return [status, body.errors?.[0]?.path, body.errors?.[0]?.code];
  };
  for (const to of ['laos', 'viewer', 'protocol', 'care', 'deputy'] as const)
    expect([to, ...(await codes(to))]).toEqual([to, 422, 'to', 'unknown-option']);
  expect(typeOf(await one.hand('laos', 'me'))).toEqual([404, 'not-found']);
  expect((await ask('laos', 'showHanded', { params: one.params })).status).toBe(404);
  for (const who of ['viewer', 'protocol', 'care'] as const) {
    expect((await one.hand(who, 'me')).status).toBe(403);
    expect((await ask(who, 'listHanded', { params: one.params })).status).toBe(403);
  }
  await one.hand('organiser', 'thailand');
  expect((await one.seenBy('organiser')).list).toHaveLength(1);
  expect((await ask('laos', 'listHanded', { params: one.params })).body, 'beyond their reach').toEqual({ handed: [] });
  await one.grant('thailand', [{ role: 'focal-point', countries: ['LA'] }]);
  expect(await one.seenBy('organiser'), 'narrower').toMatchObject({ list: [], one: undefined });
  await one.grant('thailand', [{ role: 'focal-point', categories: ['media'], endsAt: '2020-01-01T00:00:00Z' }]);
  expect((await one.seenBy('organiser')).list, 'ended').toEqual([]);
  await one.grant('thailand', [{ role: 'focal-point', countries: ['TH'] }]);
  expect((await one.seenBy('organiser')).list).toHaveLength(1);
  await leave(parts, one.id, 'thailand');
  expect(await one.seenBy('organiser'), 'left').toMatchObject({ list: [], one: undefined });
  await one.hand('organiser', 'vettedOrganiser');
  await one.amend(one.email, { country: 'LA' });
  expect((await ask('laos', 'listHanded', { params: one.params })).body.handed, 'who reaches all keeps them').toEqual([
    { reference: one.params.reference, to: 'vettedOrganiser', isYours: false },
  ]);
});

it('has a note of at most 200 letters on one line, of which nothing is left once the person is replaced or erased', async () => {
  const one = await applied('handed-note');
  const codes = async (note: string) => {
    const { status, body } = await one.hand('organiser', 'thailand', { note });
    return [status, body.errors?.[0]?.path, body.errors?.[0]?.code];
  };
  expect(await codes('ស្ត្រី'.repeat(201))).toEqual([422, 'note', 'too-long']);
  expect(await codes('x'.repeat(20_000))).toEqual([422, 'note', 'too-long']);
  expect((await codes('one\ntwo'))[2]).toBe('line-break');
  expect((await one.now()).handed).toBeUndefined();
  expect(await codes('ស្ត្រី'.repeat(200))).toEqual([200, undefined, undefined]);
  await one.hand('organiser', 'vettedOrganiser', { note: 'Unmistakable words' });
  const { revision } = await one.now();
  const other = { fullName: 'Other Person', email: 'other@handed-note.example.org', position: 'Editor', revision };
  expect((await ask('organiser', 'substituteRegistration', { params: one.params, body: other })).status).toBe(200);
  expect(await one.registrationOf(other.email)).not.toHaveProperty('handed');
  const next = (await one.registrationOf(other.email)).revision;
  await one.hand('organiser', 'thailand', { note: 'Unmistakable words', revision: next });
  expect((await one.press(other.email, 'erase', [['confirm', 'yes']])).statusCode).toBe(200);
  await one.doJobs();
  const left = await Promise.all((['registry', 'outbox', 'care', 'audit'] as const).map((each) => scan(parts, each)));
  expect(left.flat().filter((item) => JSON.stringify(item).includes('Unmistakable'))).toEqual([]);
});

it('CS13: nobody under 18 is handed over; for those who may not see them they are not there', async () => {
  const event = await openEvent(parts, 'handed-minor', { quotas: [] });
  await grantTeam(parts, event.id);
  const sent = youngSubmission({ email: 'young@handed-minor.example.org' });
  const { reference, revision } = await beginYoung(parts, event.id, sent);
  const params = { eventId: event.id, reference };
  const calls = (who: TeamMember) =>
    Promise.all([
      ask(who, 'handOver', { params, body: { to: 'me', note: 'A child', revision } }),
      ask(who, 'showHanded', { params }),
    ]);
  expect((await calls('organiser')).map(typeOf)).toEqual([
    [404, 'not-found'],
    [404, 'not-found'],
  ]);
  expect((await calls('vettedOrganiser')).map(typeOf)).toEqual([
    [409, 'not-amendable'],
    [409, 'not-amendable'],
  ]);
  expect((await ask('vettedOrganiser', 'listHanded', { params })).body).toEqual({ handed: [] });
  expect((await scan(parts, 'registry')).filter((item) => JSON.stringify(item).includes('A child'))).toEqual([]);
});
