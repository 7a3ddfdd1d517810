import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consentToken } from '../../shared/keys/consent-link.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';
import { completeFields, consentFields, onPaper, signedForm, youngSubmission } from '../support/young.ts';

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
    expect((await check(reference, wrong)).body).toEqual({ isRight: false, triesLeft: 4 });
    for (const typed of [code, code.replace(' ', ''), code.replace(' ', '-'), ` ${code} `]) {
      expect((await check(reference, typed)).body).toEqual({ isRight: true, triesLeft: 4 });
    }
    await press('code', [['action', 'replace-code']]);
    const next = codeOn(await page('code'));
    expect(next).not.toBe(code);
    expect((await check(reference, code)).body).toEqual({ isRight: false, triesLeft: 4 });
    expect((await check(reference, next)).body).toEqual({ isRight: true, triesLeft: 4 });
    expect(await noted(reference)).toEqual([
      ...Array.from({ length: 5 }, () => 'accept-handover'),
      'refuse-handover',
      'refuse-handover',
    ]);
    const other = await agreed('other-code');
    expect((await check(other, next)).body).toMatchObject({ isRight: false });
  });
});

const otherCode = (code: string, by: number): string =>
  String((Number(code.replace(' ', '')) + by) % 1_000_000).padStart(6, '0');
const reopen = (reference: string, why: string, who: Parameters<typeof ask>[0] = 'safeguarding') =>
  ask(who, 'reopenHandoverCode', { params: { eventId, reference }, body: { why } });

describe('CS24: wrong codes', () => {
  it('lock the code of one minor after five, also where many desks try at once, and right ones count nothing', async () => {
    const reference = await agreed('tries');
    const code = codeOn(await page('tries'));
    for (let time = 0; time < 8; time += 1) {
      expect((await check(reference, code)).body).toEqual({ isRight: true, triesLeft: 5 });
    }
    const desks = Array.from({ length: 12 }, (_, desk) =>
      check(reference, otherCode(code, desk + 1), desk % 2 === 0 ? 'safeguarding' : 'secondSafeguarding'),
    );
    const answers = await Promise.all(desks);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const left = answers.map(({ body }) => body.triesLeft).sort();
    expect(left).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
    expect(answers.every(({ body }) => body.isRight === false)).toBe(true);
    expect((await keptOf(reference))?.['handoverTries']).toBe(5);
    // Locked: not even the right one.
    expect((await check(reference, code)).body).toEqual({ isRight: false, triesLeft: 0 });
    expect((await look(reference)).body).toMatchObject({ hasCode: true, triesLeft: 0 });
    expect((await noted(reference)).filter((action) => action === 'refuse-handover')).toHaveLength(13);
    const other = await agreed('tries-other');
    expect((await check(other, codeOn(await page('tries-other')))).body).toEqual({ isRight: true, triesLeft: 5 });
  });

  it('are counted anew for another code of the guardian’s page, which says that this one is locked', async () => {
    const reference = await agreed('locked');
    const code = codeOn(await page('locked'));
    for (let time = 1; time <= 5; time += 1) await check(reference, otherCode(code, time));
    expect(await page('locked')).toContain('Wrong codes were tried five times');
    await press('locked', [['action', 'replace-code']]);
    expect(await page('locked')).not.toContain('Wrong codes were tried five times');
    expect((await keptOf(reference))?.['handoverTries']).toBeUndefined();
    expect((await check(reference, codeOn(await page('locked')))).body).toEqual({ isRight: true, triesLeft: 5 });
  });

  it('are forgiven once a vetted person called the guardian and says what they heard, which is noted', async () => {
    const reference = await agreed('called');
    const code = codeOn(await page('called'));
    for (let time = 1; time <= 5; time += 1) await check(reference, otherCode(code, time));
    expect((await reopen(reference, ' ')).status).toBe(422);
    expect((await reopen(reference, 'I called', 'vettedOrganiser')).status).toBe(403);
    expect((await reopen(reference, 'I called', 'lapsedSafeguarding')).status).toBe(403);
    expect((await check(reference, code)).body).toEqual({ isRight: false, triesLeft: 0 });
    expect((await reopen(reference, 'Called: the aunt misread it')).body).toEqual({ triesLeft: 5 });
    expect((await check(reference, code)).body).toEqual({ isRight: true, triesLeft: 5 });
    const entries = (await scan(parts, 'audit')).filter(({ action }) => action === 'reopen-handover');
    expect(entries.map(({ about, why }) => [about, why])).toEqual([[reference, 'Called: the aunt misread it']]);
  });

  it('are not forgotten by what the guardian changes at the same time', async () => {
    const reference = await agreed('meanwhile');
    const code = codeOn(await page('meanwhile'));
    await Promise.all([
      ...[1, 2, 3].map((by) => check(reference, otherCode(code, by))),
      ...['+855 12 111 111', '+855 12 222 222'].map((phone) =>
        press('meanwhile', [
          ['action', 'change-phone'],
          ['phone', phone],
        ]),
      ),
      press('meanwhile', SAID),
    ]);
    expect(await keptOf(reference)).toMatchObject({ handoverTries: 3, handover: { never: 'Stranger Canary' } });
    expect((await check(reference, otherCode(code, 4))).body).toEqual({ isRight: false, triesLeft: 1 });
  });
});

describe('CS24, CS3, AU9: a guardian who signed on paper', () => {
  const params = (reference: string) => ({ eventId, reference });
  const revisionOf = async (reference: string): Promise<number> =>
    (await ask('safeguarding', 'showMinor', { params: params(reference) })).body.revision;
  const note = async (reference: string, handover: unknown, who: Parameters<typeof ask>[0] = 'safeguarding') => {
    const body = { handover, revision: await revisionOf(reference) };
    return ask(who, 'noteHandover', { params: params(reference), body });
  };
  const make = (reference: string, who: Parameters<typeof ask>[0] = 'safeguarding') =>
    ask(who, 'makeHandoverCode', { params: params(reference) });

  async function signed(name: string): Promise<string> {
    const sent = { ...onPaper(name), email: emailOf(name) };
    expect((await call('submitRegistration', { params: { eventId }, ...postJson(sent) })).statusCode).toBe(202);
    const { reference } = await event.registrationOf(emailOf(name));
    const record = { ...signedForm(), revision: await revisionOf(reference) };
    await ask('safeguarding', 'recordPaper', { params: params(reference), body: record });
    const confirm = { decision: 'confirm', revision: await revisionOf(reference) };
    const { status } = await ask('vettedOrganiser', 'decidePaper', { params: params(reference), body: confirm });
    expect(status).toBe(200);
    return reference;
  }

  const STATEMENT = { alone: false, adults: ['Paper Canary', ''], never: 'Unwanted Canary' };

  it('has what the form says noted by the safeguarding desk: who noted it, from paper, in `Care` alone', async () => {
    const reference = await signed('paper');
    expect((await look(reference)).body).toMatchObject({ isOnPaper: true, hasCode: false });
    expect((await note(reference, STATEMENT)).status).toBe(200);
    const kept = (await keptOf(reference))?.['handover'] as { readonly notedBy: string };
    expect(kept).toEqual({
      alone: false,
      adults: ['Paper Canary'],
      never: 'Unwanted Canary',
      saidAt: expect.any(String),
      notedBy: expect.any(String),
    });
    expect((await look(reference)).body).toMatchObject({
      said: { adults: ['Paper Canary'], never: 'Unwanted Canary', noted: { by: 'safeguarding' } },
    });
    for (const table of ['registry', 'outbox', 'audit'] as const) {
      expect(JSON.stringify(await scan(parts, table))).not.toContain('Paper Canary');
    }
    expect(await noted(reference)).toEqual(['note-handover', 'read-handover', 'read-handover']);
    const [entry] = (await scan(parts, 'audit')).filter(({ action }) => action === 'note-handover');
    expect(entry?.['by']).toBe(kept.notedBy);
  });

  it('is judged as on the guardian’s own page, and by a vetted focal point alone', async () => {
    const reference = await signed('judged');
    const wrong = await note(reference, { adults: ['😀'], never: '' });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toEqual(['handover.alone', 'handover.adult1']);
    expect((await note(reference, { ...STATEMENT, adults: ['A1', 'B2', 'C3', 'D4'] })).status).toBe(422);
    for (const who of ['vettedOrganiser', 'lapsedSafeguarding'] as const) {
      expect((await note(reference, STATEMENT, who)).status).toBe(403);
      expect((await make(reference, who)).status).toBe(403);
    }
    expect(await keptOf(reference)).not.toHaveProperty('handover');
    const stale = { handover: STATEMENT, revision: (await revisionOf(reference)) - 1 };
    const { status, body } = await ask('safeguarding', 'noteHandover', { params: params(reference), body: stale });
    expect([status, body.type]).toEqual([409, 'urn:plenary:problem:out-of-date']);
  });

  it('gets a code that is told once, and another one in its place', async () => {
    const reference = await signed('given');
    const { status, body } = await make(reference);
    expect([status, body.code]).toEqual([200, expect.stringMatching(/^\d{6}$/)]);
    for (const table of ['registry', 'outbox', 'audit', 'care'] as const) {
      const items = (await scan(parts, table)).filter((item) => JSON.stringify(item).includes(reference));
      for (const item of items) expect(Object.values(item)).not.toContain(body.code);
    }
    expect(JSON.stringify((await look(reference)).body)).not.toContain(body.code);
    expect((await look(reference)).body).toMatchObject({ hasCode: true, triesLeft: 5 });
    expect((await check(reference, body.code)).body).toEqual({ isRight: true, triesLeft: 5 });
    const next = (await make(reference)).body.code;
    expect((await check(reference, body.code)).body).toEqual({ isRight: false, triesLeft: 4 });
    expect((await check(reference, next)).body).toEqual({ isRight: true, triesLeft: 4 });
    expect((await noted(reference)).filter((action) => action === 'make-handover-code')).toHaveLength(2);
  });

  it('has no code locked by what was said before there was one', async () => {
    const reference = await signed('before-code');
    for (let said = 0; said < 6; said += 1) {
      expect((await check(reference, '000000')).body).toMatchObject({ isRight: false, triesLeft: 5 });
    }
    const { code } = (await make(reference)).body;
    expect((await check(reference, code)).body).toEqual({ isRight: true, triesLeft: 5 });
  });

  it('is not let out of a lock by another code: for that somebody calls them', async () => {
    const reference = await signed('paper-lock');
    const { code } = (await make(reference)).body;
    for (let time = 1; time <= 5; time += 1) await check(reference, otherCode(code, time));
    const next = (await make(reference)).body.code;
    expect((await check(reference, next)).body).toEqual({ isRight: false, triesLeft: 0 });
    expect((await reopen(reference, 'Called: they read it again')).status).toBe(200);
    expect((await check(reference, next)).body).toEqual({ isRight: true, triesLeft: 5 });
  });

  it('and nobody else: who has a page says so there, and nothing is noted before a form counts', async () => {
    const reference = await agreed('own-page');
    expect((await note(reference, STATEMENT)).status).toBe(409);
    expect((await make(reference)).status).toBe(409);
    expect((await look(reference)).body).toMatchObject({ isOnPaper: false, hasCode: true });
    const sent = { ...onPaper('unsigned'), email: emailOf('unsigned') };
    await call('submitRegistration', { params: { eventId }, ...postJson(sent) });
    const { reference: unsigned } = await event.registrationOf(emailOf('unsigned'));
    expect((await note(unsigned, STATEMENT)).status).toBe(409);
    expect((await make(unsigned)).status).toBe(409);
    expect((await look(unsigned)).body).toMatchObject({ isOnPaper: false, hasCode: false });
  });
});
