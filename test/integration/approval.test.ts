import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashCode } from '../../shared/registration/hashes.store.ts';
import { type Invitation, toInvitationItem } from '../../shared/registration/invitation/invitation-item.schema.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { registrationsTo, scan } from '../support/registry.ts';

let parts: Parts;
let deps: ReturnType<typeof import('../../functions/registration/index.ts').realDeps>;
const eventId = 'asean-ict-forum';
const params = { eventId };

beforeAll(async () => {
  parts = await startParts();
  const media = { approval: true, trustedDomains: ['press.example.org'] };
  const { categories, sessions, questions } = forum();
  await parts.publish(
    forum({
      categories: categories.map((each) => (each.id === 'media' ? { ...each, ...media } : each)),
      sessions: [
        ...sessions,
        {
          id: 'closed',
          day: 'day-1',
          start: '17:00',
          end: '18:00',
          title: { en: 'Closed', km: 'បិទ' },
          audience: ['member-state'],
        },
      ],
      questions: questions.filter(({ required }) => !required),
    }),
  );
  deps = (await import('../../functions/registration/index.ts')).realDeps();
});
afterAll(() => parts?.stop());

const register = (email: string, changes: Record<string, unknown> = {}) =>
  call('submitRegistration', { params, ...postJson(submission({ email, category: 'media', ...changes })) });
const registrationOf = async (email: string) => (await registrationsTo(parts, eventId, email))[0];

async function invite(code: string, changes: Partial<Invitation> = {}): Promise<void> {
  const invitation = {
    eventId,
    codeHash: await hashCode(deps.secrets, eventId, code),
    label: 'Sample Daily',
    uses: 1,
    used: 0,
    validUntil: '2099-01-01T00:00:00Z',
    revoked: false,
    ...changes,
  };
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const Item = toInvitationItem(invitation, 4_000_000_000);
  await client.send(new PutCommand({ TableName: parts.database.tables.registry, Item }));
}

describe('approval', () => {
  it('waits without a seat, and says so by mail', async () => {
    expect((await register('waits@example.org')).statusCode).toBe(202);
    expect(await registrationOf('waits@example.org')).toMatchObject({ status: 'pending-approval', seats: [] });
    const [message] = (await scan(parts, 'outbox')).filter(({ to }) => to === 'waits@example.org');
    expect(message).toMatchObject({ kind: 'pending-approval' });
  });

  it('is not asked of an address in a trusted domain', async () => {
    await register('trusted@press.example.org');
    expect(await registrationOf('trusted@press.example.org')).toMatchObject({ status: 'confirmed' });
  });

  it('is asked of whoever wants to take part in closed sessions, of a group that has them', async () => {
    const changes = { category: 'member-state', country: 'KH', closedSessions: true };
    await register('closed@example.org', changes);
    expect(await registrationOf('closed@example.org')).toMatchObject({
      status: 'pending-approval',
      closedSessions: true,
    });
    const answer = await register('nosey@example.org', { category: 'ngo', closedSessions: true });
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body ?? '').errors[0]).toMatchObject({
      path: 'closedSessions',
      code: 'no-closed-sessions',
    });
  });

  it('drops the wish for closed sessions in a form without scripts, where the group has none', async () => {
    const fields = formFields({ email: 'ticked@example.org', category: 'ngo', closedSessions: 'yes' });
    expect((await call('postForm', { params, ...postForm(fields) })).statusCode).toBe(303);
    expect(await registrationOf('ticked@example.org')).toMatchObject({ status: 'confirmed', closedSessions: false });
  });
});

describe('an invitation code', () => {
  it('lets in without approval, once, however it is typed', async () => {
    await invite('ABCD-1234');
    await register('invited@example.org', { invitation: ' abcd 1234 ' });
    expect(await registrationOf('invited@example.org')).toMatchObject({ status: 'confirmed', approved: true });
    const again = await register('late@example.org', { invitation: 'ABCD1234' });
    expect(JSON.parse(again.body ?? '').errors).toMatchObject([{ path: 'invitation', code: 'invitation-not-valid' }]);
    expect(await registrationOf('late@example.org')).toBeUndefined();
  });

  it('that is used up between form and submit: the form comes back with all answers kept', async () => {
    await invite('LAST-ONE');
    const both = await Promise.all(
      ['one@rivals.example.org', 'two@rivals.example.org'].map((email) =>
        call('postForm', { params, ...postForm(formFields({ email, category: 'media', invitation: 'LAST-ONE' })) }),
      ),
    );
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 422]);
    const refused = both.find(({ statusCode }) => statusCode === 422);
    expect(refused?.body).toContain('Somchai Sample');
    expect(refused?.body).toContain('rivals.example.org');
  });

  it('AU5: that cannot be used is refused the same for a known address and an unknown one', async () => {
    await register('known-here@example.org');
    const asks = (email: string) => register(email, { invitation: 'NEVER-ISSUED' });
    const known = await asks('known-here@example.org');
    const unknown = await asks('unknown-here@example.org');
    expect(unknown.statusCode).toBe(422);
    expect([known.statusCode, known.body]).toEqual([unknown.statusCode, unknown.body]);
  });

  it('whose only use was taken by the very request that comes again is no mistake', async () => {
    await invite('SENT-TWICE');
    for (const _ of [1, 2]) {
      expect((await register('twice@example.org', { invitation: 'SENT-TWICE' })).statusCode).toBe(202);
    }
  });

  it('bound to another address, or mistyped, is refused by name and nothing is stored', async () => {
    await invite('BOUND-TO', { email: 'someone@example.org' });
    for (const invitation of ['BOUND-TO', 'NEVER-ISSUED']) {
      const answer = await register('other@example.org', { invitation });
      expect([answer.statusCode, JSON.parse(answer.body ?? '').errors[0].path]).toEqual([422, 'invitation']);
    }
    expect(await registrationOf('other@example.org')).toBeUndefined();
  });
});
