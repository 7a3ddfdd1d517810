import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consentToken } from '../../shared/keys/consent-link.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

/*
 * CS24: how a minor leaves is said by the guardian, lives in `Care` alone, and is read at the safeguarding desk, singly and
 * audited. A code shows that somebody was sent by the guardian.
 */

let parts: Parts;
let event: Awaited<ReturnType<typeof openEvent>>;
const eventId = 'handover';

beforeAll(async () => {
  parts = await startParts();
  event = await openEvent(parts, eventId);
  await grantTeam(parts, eventId);
});
afterAll(() => parts?.stop());

const emailOf = (name: string): string => `${name}@young.example.org`;
const tokenOf = async (name: string) => consentToken(await event.registrationOf(emailOf(name)), event.deps.secrets);

async function begun(name: string): Promise<string> {
  const guardian = { name: 'Parent Sample', email: `${name}@guardian.example.org`, language: 'en' };
  return (await beginYoung(parts, eventId, youngSubmission({ email: emailOf(name), guardian }))).reference;
}

async function agreed(name: string): Promise<string> {
  const reference = await begun(name);
  await press(name, consentFields(true));
  const token = await event.tokenOf(emailOf(name));
  const done = await call('postComplete', {
    params: { token },
    ...postForm(completeFields({ 'consents.photo-recording': '2027-1' })),
  });
  expect(done.statusCode, done.body).toBe(303);
  return reference;
}

const press = async (name: string, fields: [string, string][]) =>
  call('postConsent', { params: { token: await tokenOf(name) }, ...postForm(fields) });
const page = async (name: string) => (await call('showConsent', { params: { token: await tokenOf(name) } })).body ?? '';
const keptOf = async (reference: string) => (await scan(parts, 'care')).find(({ sk }) => sk === reference);
const codeOn = (body: string): string => /class="code">(\d{3} \d{3})</.exec(body)?.[1] ?? '';

const SAID: [string, string][] = [
  ['action', 'say-handover'],
  ['handover.alone', 'no'],
  ['handover.adult1', 'Aunt Canary'],
  ['handover.adult2', ''],
  ['handover.adult3', 'Uncle Canary'],
  ['handover.never', 'Stranger Canary'],
];

const look = (reference: string, who: Parameters<typeof ask>[0] = 'safeguarding') =>
  ask(who, 'showHandover', { params: { eventId, reference } });
const check = (reference: string, code: string, who: Parameters<typeof ask>[0] = 'safeguarding') =>
  ask(who, 'checkHandoverCode', { params: { eventId, reference }, body: { code } });
const noted = async (reference: string) =>
  (await scan(parts, 'audit'))
    .filter(({ about, action }) => about === reference && String(action).includes('handover'))
    .map(({ action }) => String(action))
    .sort();

describe('CS24: a guardian who has agreed', () => {
  it('says whether the minor may leave alone, who may fetch them and who must not, and changes it', async () => {
    const reference = await agreed('says');
    expect(await page('says')).toContain('You have said nothing so far.');
    expect((await press('says', SAID)).statusCode).toBe(303);
    const shown = await page('says');
    for (const name of ['Aunt Canary', 'Uncle Canary', 'Stranger Canary']) expect(shown).toContain(`value="${name}"`);
    expect(shown).toMatch(/<input[^>]*name="handover.alone"[^>]*value="no"[^>]*checked/);
    expect((await keptOf(reference))?.['handover']).toMatchObject({
      alone: false,
      adults: ['Aunt Canary', 'Uncle Canary'],
      never: 'Stranger Canary',
    });
    const other = await call('giveConsent', {
      ...postJson(
        { action: 'say-handover', handover: { alone: true, adults: [] } },
        { authorization: `Bearer ${await tokenOf('says')}` },
      ),
    });
    expect(other.statusCode, other.body).toBe(200);
    expect((await keptOf(reference))?.['handover']).toMatchObject({ alone: true, adults: [] });
    expect(JSON.stringify(await keptOf(reference))).not.toContain('Canary');
  });

  it.each([
    ['nothing of leaving alone', [['handover.alone', '']], 'handover-alone-error'],
    ['what is no name', [['handover.adult1', '😀']], 'handover-adult1-error'],
    ['somebody as wanted and not', [['handover.never', 'Aunt Canary']], 'handover-never-error'],
  ] as [string, [string, string][], string][])('is told what has to change: %s', async (what, changes, error) => {
    const name = `wrong-${what.replaceAll(' ', '-')}`;
    const reference = await agreed(name);
    const fields = new Map([...SAID, ...changes]);
    const { statusCode, body } = await press(name, [...fields]);
    expect([statusCode, body?.includes(`id="${error}"`)]).toEqual([422, true]);
    expect(body).toContain('value="Uncle Canary"');
    expect(await keptOf(reference)).not.toHaveProperty('handover');
  });

  it('names three adults at most', async () => {
    await agreed('four');
    const { statusCode } = await press('four', [...SAID, ['handover.adult4', 'Fourth Canary']]);
    expect(statusCode).toBe(422);
  });

  it('and nobody else: before they agreed there is nothing to say, and no code', async () => {
    const reference = await begun('not-yet');
    expect(codeOn(await page('not-yet'))).toBe('');
    expect((await press('not-yet', SAID)).statusCode).toBe(409);
    expect((await check(reference, '000000')).status).toBe(404);
  });

  it('loses nothing of it by another press, and everything by withdrawing', async () => {
    const reference = await agreed('keeps');
    await press('keeps', SAID);
    const presses = await Promise.all([
      press('keeps', [
        ['action', 'change-phone'],
        ['phone', '+855 12 999 999'],
      ]),
      press('keeps', [
        ['action', 'take-back'],
        ['consent', 'photo-recording'],
      ]),
      press('keeps', [['action', 'replace-code']]),
    ]);
    expect(presses.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    const item = await keptOf(reference);
    expect(item).toMatchObject({
      phone: '+855 12 999 999',
      handoverCodeVersion: 2,
      handover: { never: 'Stranger Canary' },
      consents: { attendance: '2027-1' },
    });
    expect(item?.['consents']).not.toHaveProperty('photo-recording');
    await press('keeps', [['action', 'withdraw']]);
    expect(await keptOf(reference)).toBeUndefined();
  });
});

describe('CS24: what a guardian said', () => {
  it('is in no other table, mail, list or page', async () => {
    const reference = await agreed('hidden');
    await press('hidden', SAID);
    const code = codeOn(await page('hidden'));
    expect(code).toMatch(/^\d{3} \d{3}$/);
    for (const table of ['registry', 'outbox', 'audit'] as const) {
      const all = JSON.stringify(await scan(parts, table));
      expect(all).not.toContain('Canary');
    }
    const params = { eventId, reference };
    const elsewhere = await Promise.all([
      ask('safeguarding', 'listMinors', { params: { eventId } }),
      ask('safeguarding', 'showMinor', { params }),
      ask('vettedOrganiser', 'showOrganiserRegistration', { params }),
      ask('vettedOrganiser', 'exportRegistrations', { params: { eventId } }),
    ]);
    for (const { status, body } of elsewhere) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain('Canary');
      expect(JSON.stringify(body)).not.toContain(code.replace(' ', ''));
    }
    const own = await event.page(emailOf('hidden'));
    expect(own.body).not.toContain('Canary');
    expect(own.body).not.toContain(code);
  });

  it('is read at the safeguarding desk alone, one at a time, and each look is noted', async () => {
    const reference = await agreed('read');
    await press('read', SAID);
    expect(await noted(reference)).toEqual([]);
    const { status, body } = await look(reference);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      guardian: { name: 'Parent Sample', phone: '+855 12 000 000' },
      hasCode: true,
      said: { alone: false, adults: ['Aunt Canary', 'Uncle Canary'], never: 'Stranger Canary' },
    });
    expect(JSON.stringify(body)).not.toContain(codeOn(await page('read')).replace(' ', ''));
    for (const who of ['organiser', 'vettedOrganiser'] as const) {
      expect((await look(reference, who)).status).toBe(403);
      expect((await check(reference, '000000', who)).status).toBe(403);
    }
    expect(await noted(reference)).toEqual(['read-handover']);
  });

  it('goes with a code, which is right until the guardian has another one made, and each try is noted', async () => {
    const reference = await agreed('code');
    const code = codeOn(await page('code'));
    const wrong = code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    expect((await check(reference, wrong)).body).toEqual({ isRight: false });
    for (const typed of [code, code.replace(' ', ''), code.replace(' ', '-'), ` ${code} `]) {
      expect((await check(reference, typed)).body).toEqual({ isRight: true });
    }
    await press('code', [['action', 'replace-code']]);
    const next = codeOn(await page('code'));
    expect(next).not.toBe(code);
    expect((await check(reference, code)).body).toEqual({ isRight: false });
    expect((await check(reference, next)).body).toEqual({ isRight: true });
    expect(await noted(reference)).toEqual([
      ...Array.from({ length: 5 }, () => 'accept-handover'),
      'refuse-handover',
      'refuse-handover',
    ]);
    const other = await agreed('other-code');
    expect((await check(other, next)).body).toEqual({ isRight: false });
  });
});
