import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { CANARY, CARE_ANSWERS, careForum } from '../support/care.ts';
import { changeAddress } from '../support/change-address.ts';
import { openDelegation, person } from '../support/delegation.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent, quota } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, identityOf, leave, type TeamMember } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

type States = NonNullable<Registration['history']>;

const ORGANISER = { by: 'member', member: memberId(identityOf('organiser')) };
/** What each change has left, without when. */
const statesOf = ({ history = [] }: Registration): Omit<States[number], 'at'>[] =>
  history.map(({ at: _, ...rest }) => rest);

async function opened(id: string, changes: Parameters<typeof openEvent>[2] = {}) {
  const event = await openEvent(parts, id, { categories: forum().categories, ...changes });
  await grantTeam(parts, id);
  const asMember = async (who: TeamMember, route: Parameters<typeof ask>[1], email: string, body: object = {}) => {
    const { reference, revision } = await event.registrationOf(email);
    const answer = await ask(who, route, { params: { eventId: id, reference }, body: { revision, ...body } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  };
  return { ...event, asMember };
}

describe('the history of a registration has what it said before', () => {
  it('nothing of what is new, and then each change of its holder, a member and the system', async () => {
    const id = 'history-all';
    const event = await opened(id, { quotas: [quota('room', { when: { mode: ['in-person'] } })] });
    const [holder, waiter] = [`holder@${id}.example.org`, `waiter@${id}.example.org`];
    await event.register(holder, { category: 'academia', position: 'Clerk' });
    await event.register(waiter, { category: 'academia', fullName: 'Wai Ter' });
    expect([(await event.registrationOf(holder)).history, (await event.registrationOf(waiter)).status]).toEqual([
      undefined,
      'waitlisted',
    ]);
    await event.amend(holder, { position: 'Head of office', nativeName: 'សំណាង' });
    await event.asMember('organiser', 'correctName', holder, { fullName: 'Somchai Right', nativeName: 'សំណាង' });
    await event.asMember('organiser', 'replaceTicket', holder);
    await event.press(holder, 'cancel');
    await event.doJobs();
    const { history: cancelled = [], changedAt } = await event.registrationOf(holder);
    expect(cancelled.at(-1)?.at).toBe(changedAt);
    expect(statesOf(await event.registrationOf(holder))).toEqual([
      { by: 'holder', was: { position: 'Clerk', nativeName: null } },
      { ...ORGANISER, was: { fullName: 'Somchai Sample' } },
      { ...ORGANISER, was: {}, renewed: ['ticket'] },
      { by: 'holder', was: { status: 'confirmed' } },
    ]);
    // Whose place it becomes is told as the system's doing.
    expect(statesOf(await event.registrationOf(waiter)).at(-1)).toEqual({
      by: 'system',
      was: { status: 'waitlisted' },
    });
    await event.asMember('organiser', 'correctAddress', waiter, { email: `other@${id}.example.org` });
    expect(statesOf(await event.registrationOf(`other@${id}.example.org`)).at(-1)).toEqual({
      ...ORGANISER,
      was: {},
      renewed: ['address', 'ticket', 'link'],
    });
  });

  it('decisions, one that is taken back too, with the note; and an end of it', async () => {
    const id = 'history-decided';
    const event = await opened(id, { quotas: [] });
    const email = `media@${id}.example.org`;
    await event.register(email, { category: 'media' });
    await event.asMember('thailand', 'decideRegistration', email, { decision: 'decline', note: 'Not this year' });
    await event.asMember('organiser', 'decideRegistration', email, { decision: 'take-back' });
    await event.asMember('thailand', 'decideRegistration', email, { decision: 'approve' });
    const thailand = { by: 'member', member: memberId(identityOf('thailand')) };
    expect(statesOf(await event.registrationOf(email))).toEqual([
      { ...thailand, was: { status: 'pending-approval', decisionNote: null } },
      { ...ORGANISER, was: { status: 'declined', decisionNote: 'Not this year' }, renewed: ['ticket'] },
      { ...thailand, was: { status: 'pending-approval' } },
    ]);
  });

  it('an address that its holder changed and undid; a press that only proves leaves nothing', async () => {
    const id = 'history-address';
    const event = await opened(id, { quotas: [] });
    const email = `old@${id}.example.org`;
    await event.register(email, { category: 'academia' });
    await event.press(email, 'prove');
    const before = await event.registrationOf(email);
    expect(before.history).toBeUndefined();
    const use = changeAddress(parts, event.deps.secrets);
    await use.sendCode(before);
    const asked = await event.registrationOf(email);
    await use.ask(asked, await use.codeOf(asked), `new@${id}.example.org`);
    await use.press(await use.confirmToken(await event.registrationOf(email)), 'confirm');
    const moved = await event.registrationOf(`new@${id}.example.org`);
    expect(statesOf(moved)).toEqual([{ by: 'holder', was: {}, renewed: ['address', 'link'] }]);
    await use.press(await use.undoToken(moved), 'undo');
    expect(statesOf(await event.registrationOf(email)).at(-1)).toMatchObject({
      was: {},
      renewed: ['address', 'ticket', 'link'],
    });
    const kept = JSON.stringify(await scan(parts, 'registry', { partitions: [`REGISTRATION#${id}#`] }));
    expect(kept).not.toContain(moved.email);
  });

  it('what a coordinator does', async () => {
    const event = await openDelegation(parts, 'history-delegation', { quotas: [] });
    await event.add([person(1)]);
    const [line] = await event.members();
    await event.pressOn(line?.member ?? '', 'cancel', [['revision', '1']]);
    const found = (await readRegistry(parts, event.id)).registrations.map(statesOf);
    expect(found).toEqual([[{ by: 'coordinator', was: { status: 'confirmed' } }]]);
  });

  it('tags, mail that was stopped, and what a bulk change made, in the name of the member who began it', async () => {
    const id = 'history-bulk';
    const event = await opened(id, { quotas: [] });
    const email = `media@${id}.example.org`;
    await event.register(email, { category: 'media' });
    const { reference, revision } = await event.registrationOf(email);
    const started = await ask('organiser', 'startBulk', {
      params: { eventId: id },
      body: { id: 'a'.repeat(22), kind: 'approve', people: [{ reference, revision }] },
    });
    expect(started.status, JSON.stringify(started.body)).toBeLessThan(300);
    await event.doJobs();
    expect(statesOf(await event.registrationOf(email))).toEqual([
      { ...ORGANISER, was: { status: 'pending-approval' } },
    ]);
  });
});

describe('it is shown', () => {
  it('newest first to those who see the person, with what the team calls its members, and to nobody else', async () => {
    const id = 'history-shown';
    const event = await opened(id, { quotas: [] });
    const email = `one@${id}.example.org`;
    await event.register(email, { category: 'academia', position: 'Clerk' });
    await event.asMember('thailand', 'correctName', email, { fullName: 'Somchai Right' });
    await event.amend(email, { position: 'Head' });
    await event.asMember('organiser', 'replaceTicket', email);
    const { reference } = await event.registrationOf(email);
    const shown = async (who: TeamMember) => {
      const answer = await ask(who, 'showPersonPage', { params: { eventId: id, reference } });
      return { status: answer.status, body: answer.body.history };
    };
    await leave(parts, id, 'thailand');
    const at = expect.any(String);
    const { status, body } = await shown('organiser');
    expect([status, body]).toEqual([
      200,
      {
        changes: [
          { at, by: 'member', member: 'organiser', memberId: ORGANISER.member, was: {}, renewed: ['ticket'] },
          { at, by: 'holder', was: { position: 'Clerk' } },
          { at, by: 'member', memberId: memberId(identityOf('thailand')), was: { fullName: 'Somchai Sample' } },
        ],
      },
    ]);
    expect((await shown('protocol')).body).toEqual(body);
    const statuses = await Promise.all((['laos', 'care', 'viewer', 'thailand'] as const).map(shown));
    expect(statuses.map((each) => each.status)).toEqual([404, 403, 403, 403]);
    expect(await auditOf(parts, id)).toEqual([`correct-name ${reference}`, `replace-ticket ${reference}`]);
  });
});

describe('it is not there', () => {
  it('once another person came in the place, but that it begins anew; nor after everything was erased', async () => {
    const id = 'history-anew';
    const event = await opened(id, { quotas: [] });
    const email = `first@${id}.example.org`;
    await event.register(email, { category: 'academia', position: 'Former secret' });
    await event.amend(email, { position: 'Another' });
    const second = { fullName: 'Dara Sample', email: `second@${id}.example.org`, position: 'Editor' };
    await event.asMember('organiser', 'substituteRegistration', email, second);
    const after = await event.registrationOf(second.email);
    expect(statesOf(after)).toEqual([{ ...ORGANISER, was: {}, anew: true }]);
    const inRegistry = async () => JSON.stringify(await scan(parts, 'registry'));
    expect(await inRegistry()).not.toContain('Former secret');
    const consents = { 'code-of-conduct': '2027-1' };
    expect((await event.amend(second.email, { position: 'Chief editor', consents })).statusCode).toBe(200);
    expect(statesOf(await event.registrationOf(second.email)).at(-1)?.was).toEqual({
      position: 'Editor',
      'consents.code-of-conduct': null,
    });
    await event.press(second.email, 'erase', [['confirm', 'yes']]);
    const left = await inRegistry();
    expect(left).not.toContain(after.reference);
    expect(left).not.toContain('Chief editor');
  });

  it('of what someone needs', async () => {
    const id = 'history-needs';
    const event = await opened(id, { ...careForum(), id });
    const email = `one@${id}.example.org`;
    await event.register(email, { category: 'academia', position: 'Clerk', answers: CARE_ANSWERS });
    expect((await event.amend(email, { position: 'Head', days: ['day-1'] })).statusCode).toBe(200);
    const { reference } = await event.registrationOf(email);
    const { body } = await ask('organiser', 'showPersonPage', { params: { eventId: id, reference } });
    expect(body.history.changes.map(({ was }: { was: object }) => was)).toEqual([
      { position: 'Clerk', days: ['day-1', 'day-2'] },
    ]);
    expect(JSON.stringify([body, await scan(parts, 'registry')])).not.toContain(CANARY);
  });

  it('of someone under 18, whoever changes what', async () => {
    const id = 'history-minor';
    const event = await opened(id, { quotas: [] });
    const email = `child@${id}.example.org`;
    await event.register(email, { category: 'academia', position: 'Pupil' });
    await event.amend(email, { position: 'Pupil of form 2' });
    const { reference } = await event.registrationOf(email);
    await DynamoDBDocumentClient.from(parts.database.client).send(
      new UpdateCommand({
        TableName: parts.database.tables.registry,
        Key: registrationKey(id, reference),
        UpdateExpression: 'SET ageBand = :minor',
        ExpressionAttributeValues: { ':minor': 'minor' },
      }),
    );
    await event.asMember('vettedOrganiser', 'correctName', email, { fullName: 'Other Name' });
    expect((await event.registrationOf(email)).history).toBeUndefined();
  });
});
