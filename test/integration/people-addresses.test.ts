import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, type TeamMember } from '../support/team.ts';
import { youngSubmission } from '../support/young.ts';

let parts: Parts;

async function registerYoung(eventId: string): Promise<void> {
  const sent = postJson(youngSubmission({ email: 'child@example.org' }));
  expect((await call('submitRegistration', { params: { eventId }, ...sent })).statusCode).toBe(202);
}

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

async function open(id: string, questions = forum().questions) {
  const event = await openEvent(parts, id, { questions });
  await grantTeam(parts, id);
  return event;
}

const find = (who: TeamMember, eventId: string, email: string) =>
  ask(who, 'findByAddress', { params: { eventId }, body: { email } });
const addresses = (who: TeamMember, eventId: string, references: readonly string[]) =>
  ask(who, 'exportAddresses', { params: { eventId }, body: { references } });

describe('RE11: a whole address', () => {
  it('leads to who registered with it, however it is typed, within the reach of the member who asks alone', async () => {
    const event = await open('by-address');
    await event.register('Sok.Dara@example.org', submission({ email: 'Sok.Dara@example.org', country: 'TH' }));
    const { reference } = await event.registrationOf('Sok.Dara@example.org');
    for (const typed of ['sok.dara@example.org', ' SOK.DARA@EXAMPLE.ORG ']) {
      expect((await find('organiser', event.id, typed)).body, typed).toEqual({ reference });
    }
    expect((await find('thailand', event.id, 'sok.dara@example.org')).body).toEqual({ reference });
    for (const [who, typed] of [
      ['laos', 'sok.dara@example.org'],
      ['organiser', 'nobody@example.org'],
      ['organiser', 'no address'],
      ['organiser', ''],
    ] as const) {
      expect((await find(who, event.id, typed)).body, `${who} ${typed}`).toEqual({});
    }
    for (const who of ['care', 'safeguarding', 'deputy'] as const) {
      expect((await find(who, event.id, 'sok.dara@example.org')).status, who).toBe(403);
    }
    expect((await find('organiser', event.id, `${'x'.repeat(400)}@example.org`)).status).toBe(422);
    const noted = await auditOf(parts, event.id);
    expect(noted.filter((each) => each === `find-address ${reference}`)).toHaveLength(3);
    expect(noted.filter((each) => each === 'find-address')).toHaveLength(4);
    expect(JSON.stringify(await scan(parts, 'audit', { having: { eventId: event.id } }))).not.toMatch(/sok.dara/i);
  });

  it('leads to nobody where it is that of someone under 18, whoever asks', async () => {
    const event = await open('by-address-young');
    await registerYoung(event.id);
    for (const who of ['organiser', 'vettedOrganiser', 'thailand'] as const) {
      expect((await find(who, event.id, 'child@example.org')).body, who).toEqual({});
    }
  });

  it('takes at most four read units', async () => {
    const event = await open('by-address-cost');
    await event.register('one@example.org');
    const { findByAddress } = await import('../../shared/registration/people/people-addresses.case.ts');
    const { realDeps } = await import('../../functions/organiser/index.ts');
    const deps = realDeps();
    const read: string[] = [];
    const counted = {
      ...deps,
      locks: {
        ...deps.locks,
        read: (...of: Parameters<typeof deps.locks.read>) => {
          read.push('lock');
          return deps.locks.read(...of);
        },
      },
      registrations: {
        ...deps.registrations,
        read: (...of: Parameters<typeof deps.registrations.read>) => {
          read.push('registration');
          return deps.registrations.read(...of);
        },
      },
    };
    const caller = { id: 'm', grants: [{ role: 'organiser' }] } as never;
    const wanted = { params: { eventId: event.id }, body: { email: 'one@example.org' }, language: 'en' } as never;
    await asFunction('organiser', () => Promise.resolve(findByAddress(counted)(wanted, caller)));
    expect(read).toEqual(['lock', 'registration']);
  });
});

describe('AB7: a file of people', () => {
  it('is noted before it is made: how many, which columns', async () => {
    const event = await open('noted-export');
    const body = { people: 7, columns: ['name', 'country'] };
    const asked = { params: { eventId: event.id }, body };
    expect((await ask('organiser', 'noteExport', asked)).body).toEqual({ noted: true });
    expect((await ask('thailand', 'noteExport', asked)).status).toBe(403);
    const wrong = { ...asked, body: { people: -1, columns: [] } };
    expect((await ask('organiser', 'noteExport', wrong)).status).toBe(422);
    const noted = (await scan(parts, 'audit', { having: { eventId: event.id } })).filter(
      ({ action }) => action === 'export',
    );
    expect(noted).toMatchObject([body]);
  });

  it('gets addresses, texts and consents of exactly those who were chosen, and nothing of care', async () => {
    const note = { id: 'remark', type: 'long-text', required: false, title: { en: 'Remark', km: 'កំណត់' } } as const;
    const diet = { id: 'diet', type: 'text', required: false, care: true, title: { en: 'Diet', km: 'អាហារ' } } as const;
    const event = await open('addresses', [note, diet]);
    for (const name of ['one', 'two', 'gone']) {
      const email = `${name}@example.org`;
      await event.register(email, submission({ email, answers: { remark: `=said by ${name}` } }));
    }
    const referenceOf = async (name: string) => (await event.registrationOf(`${name}@example.org`)).reference;
    const [one, gone] = [await referenceOf('one'), await referenceOf('gone')];
    await event.press('gone@example.org', 'erase', [['confirm', 'yes']]);
    const { status, body } = await addresses('organiser', event.id, [one, gone, '2222222222']);
    expect(status).toBe(200);
    expect(body.people.map(({ reference }: { reference: string }) => reference)).toEqual([one]);
    const cells = Object.fromEntries(
      body.columns.map((name: string, place: number) => [name, body.people[0].cells[place]]),
    );
    expect(cells).toMatchObject({ email: 'one@example.org', 'remark: Remark': '=said by one' });
    expect(body.columns.join()).not.toContain('Diet');
    expect(Object.keys(cells).filter((name) => name.includes(': ')).length).toBeGreaterThan(1);
    const noted = (await scan(parts, 'audit', { having: { eventId: event.id } })).filter(
      ({ action }) => action === 'export-addresses',
    );
    expect(noted).toMatchObject([{ people: 1, columns: expect.arrayContaining(['email', 'remark']) }]);
    expect((await addresses('thailand', event.id, [one])).status).toBe(403);
    for (const wrong of [[], ['x'], Array.from({ length: 2_501 }, () => one)]) {
      expect((await addresses('organiser', event.id, wrong)).status, String(wrong.length)).toBe(422);
    }
    expect(
      (
        await addresses(
          'organiser',
          event.id,
          Array.from({ length: 2_500 }, () => one),
        )
      ).body.people,
    ).toHaveLength(1);
  });

  it('holds nobody under 18, though they are named, whoever asks', async () => {
    const event = await open('addresses-young');
    await registerYoung(event.id);
    const child = await event.registrationOf('child@example.org');
    for (const who of ['organiser', 'vettedOrganiser'] as const) {
      expect((await addresses(who, event.id, [child.reference])).body.people, who).toEqual([]);
    }
  });
});
