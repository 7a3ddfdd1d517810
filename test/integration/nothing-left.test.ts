import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delegationMemberKey } from '../../shared/kernel/dynamo/keys.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import type { RegistrationWithEvent } from '../../shared/registration/registration.store.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm } from '../support/call.ts';
import { openDelegation, person } from '../support/delegation.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent, quota } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const everything = async () =>
  Promise.all((['registry', 'outbox', 'care'] as const).map((table) => scan(parts, table)));

describe('erasing', () => {
  it('CS20: leaves neither name nor address in the list of the delegation', async () => {
    const event = await openDelegation(parts, 'erased-there');
    await event.add([person(1, { fullName: 'Unmistakable Name', email: 'gone@delegation.example.org' }), person(2)]);
    const press = await event.press('gone@delegation.example.org', 'erase', [['confirm', 'yes']]);
    expect(press.statusCode, press.body).toBe(200);
    expect(JSON.stringify(await scan(parts, 'registry'))).not.toMatch(/Unmistakable|gone@delegation/);
    expect((await event.members()).filter(({ name }) => name !== undefined)).toHaveLength(1);
    expect((await event.add([person(3)])).statusCode).toBe(303);
  });

  it('CS20: leaves the line of whoever was registered anew', async () => {
    const event = await openDelegation(parts, 'anew-there');
    const anew = person(1, { email: 'anew@delegation.example.org' });
    await event.add([anew]);
    const token = await event.tokenOf('anew@delegation.example.org');
    await event.press('anew@delegation.example.org', 'cancel');
    await event.register('anew@delegation.example.org');
    const erase = postForm([
      ['action', 'erase'],
      ['confirm', 'yes'],
    ]);
    expect((await call('postRegistration', { params: { token }, ...erase })).statusCode).toBe(200);
    expect((await readRegistry(parts, 'anew-there')).registrations).toHaveLength(1);
    expect((await readRegistry(parts, 'anew-there')).locks).toHaveLength(1);
  });

  it('CS20: leaves the line of whoever the coordinator names there at that very moment', async () => {
    const event = await openDelegation(parts, 'named-there');
    await event.add([person(1, { email: 'former@delegation.example.org' })]);
    const { reference } = await event.registrationOf('former@delegation.example.org');
    const held = (await event.deps.registrations.readWithEvent(event.id, reference, 'en')) as RegistrationWithEvent;
    const client = DynamoDBDocumentClient.from(parts.database.client);
    let reads = 0;
    const readMember: typeof event.deps.delegations.readMember = async (...line) => {
      const read = await event.deps.delegations.readMember(...line);
      reads += 1;
      if (reads > 1) return read;
      await client.send(
        new UpdateCommand({
          TableName: parts.database.tables.registry,
          Key: delegationMemberKey(...line),
          UpdateExpression: 'SET #reference = :other',
          ExpressionAttributeNames: { '#reference': 'reference' },
          ExpressionAttributeValues: { ':other': 'OTHERPERSN' },
        }),
      );
      return read;
    };
    const { erase } = await import('../../shared/registration/cancel/erase.case.ts');
    await erase({ ...event.deps, delegations: { ...event.deps.delegations, readMember } }, held);
    expect((await readRegistry(parts, event.id)).registrations).toEqual([]);
    expect(await event.members()).toMatchObject([{ reference: 'OTHERPERSN' }]);
  });

  it('CS20: leaves no reminder that holds the address of a guardian', async () => {
    const event = await openEvent(parts, 'erased-young');
    const email = 'young@erased.example.org';
    const guardian = { name: 'Parent Sample', email: 'parent@erased.example.org', language: 'en' };
    await beginYoung(parts, event.id, youngSubmission({ email, guardian }));
    expect((await event.press(email, 'erase', [['confirm', 'yes']])).statusCode).toBe(200);
    const left = (await scan(parts, 'outbox')).filter(({ to }) => to === guardian.email);
    expect(left.map(({ kind }) => kind)).toEqual(['guardian-request']);
  });
});

describe('declining someone under 18', () => {
  it('keeps nothing of their guardian; before that one has agreed there is nothing to decide', async () => {
    const { categories } = forum();
    const event = await openEvent(parts, 'declined-young', {
      categories: categories.map((each) => (each.minors ? { ...each, approval: true } : each)),
    });
    await grantTeam(parts, event.id);
    const email = 'young@declined.example.org';
    const guardian = { name: 'Declined Parent', email: 'parent@declined.example.org', language: 'en' };
    await beginYoung(parts, event.id, youngSubmission({ email, guardian }));
    const decline = async () => {
      const { reference, revision } = await event.registrationOf(email);
      const params = { eventId: event.id, reference };
      return ask('vettedOrganiser', 'decideRegistration', { params, body: { decision: 'decline', revision } });
    };
    expect((await decline()).status).toBe(409);
    const consent = await consentToken(await event.registrationOf(email), event.deps.secrets);
    await call('postConsent', { params: { token: consent }, ...postForm(consentFields()) });
    const complete = postForm(completeFields());
    const completed = await call('postComplete', { params: { token: await event.tokenOf(email) }, ...complete });
    expect(completed.statusCode, completed.body).toBe(303);
    expect(await event.registrationOf(email)).toMatchObject({ status: 'pending-approval' });
    expect((await decline()).status).toBe(200);
    expect(JSON.stringify(await scan(parts, 'care'))).not.toContain('Declined Parent');
  });
});

describe('a link, while someone else takes the place', () => {
  it.each(['amend', 'cancel', 'erase'] as const)('cannot %s what is not theirs any more', async (what) => {
    const event = await openEvent(parts, `replaced-${what}`, { quotas: [quota('all')] });
    await grantTeam(parts, event.id);
    await event.register('former@example.org');
    const { reference, revision } = await event.registrationOf('former@example.org');
    const held = (await event.deps.registrations.readWithEvent(event.id, reference, 'en')) as RegistrationWithEvent;
    const body = { fullName: 'Dara Sample', position: 'Adviser', email: 'next@example.org', revision };
    const params = { eventId: event.id, reference };
    expect((await ask('organiser', 'substituteRegistration', { params, body })).status).toBe(200);
    const after = await everything();
    const use = {
      amend: async () => {
        const { amend } = await import('../../shared/registration/change/amend.case.ts');
        await amend(event.deps, held, (before) => ({ ...before, fullName: 'Former Name' }));
      },
      cancel: async () => (await import('../../shared/minors/end-young.case.ts')).cancel(event.deps, held),
      erase: async () => (await import('../../shared/registration/cancel/erase.case.ts')).erase(event.deps, held),
    };
    await expect(asFunction('attendee', async () => void (await use[what]()))).rejects.toThrow('link-replaced');
    expect(await everything()).toEqual(after);
  });
});
