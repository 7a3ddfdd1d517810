import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam, identityOf } from '../support/team.ts';
import { completeFields, consentFields, onPaper, signedForm, youngSubmission } from '../support/young.ts';

/*
 * CS24: how a minor leaves is said by the guardian, lives in `Care` alone, and is read at the safeguarding desk, singly and
 * audited. A code shows that an adult was sent by the guardian.
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
    ['somebody as wanted and not', [['handover.never', 'aunt  canary']], 'handover-never-error'],
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
    const said = { action: 'say-handover', handover: { alone: true } };
    const bearer = { authorization: `Bearer ${await tokenOf('not-yet')}` };
    expect((await call('giveConsent', postJson(said, bearer))).statusCode).toBe(409);
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

/** What those who may see a minor are told without asking how they leave. */
async function toldElsewhere(reference: string): Promise<string> {
  const params = { eventId, reference };
  const answers = await Promise.all([
    ask('safeguarding', 'listMinors', { params: { eventId } }),
    ask('safeguarding', 'showMinor', { params }),
    ask('vettedOrganiser', 'showOrganiserRegistration', { params }),
    ask('vettedOrganiser', 'loadPeople', { params: { eventId } }),
    ask('vettedOrganiser', 'exportAddresses', { params: { eventId }, body: { references: [reference] } }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return JSON.stringify(answers.map(({ body }) => body));
}

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
    const elsewhere = await toldElsewhere(reference);
    expect(elsewhere).not.toContain('Canary');
    expect(elsewhere).not.toContain(code.replace(' ', ''));
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
    const inKhmer = code.replace(/\d/g, (digit) => '០១២៣៤៥៦៧៨៩'[Number(digit)] ?? '');
    for (const typed of [code, code.replace(' ', ''), code.replace(' ', '-'), ` ${code} `, inKhmer]) {
      expect((await check(reference, typed)).body).toEqual({ isRight: true, triesLeft: 4 });
    }
    await press('code', [['action', 'replace-code']]);
    const next = codeOn(await page('code'));
    expect(next).not.toBe(code);
    expect((await check(reference, code)).body).toEqual({ isRight: false, triesLeft: 4 });
    expect((await check(reference, next)).body).toEqual({ isRight: true, triesLeft: 4 });
    expect(await noted(reference)).toEqual([
      ...Array.from({ length: 6 }, () => 'accept-handover'),
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

  type Who = Parameters<typeof ask>[0];
  const STATEMENT = { alone: false, adults: ['Paper Canary', ''], never: 'Unwanted Canary' };
  const LATER = { alone: true, adults: ['Later Canary'], never: '' };

  const decide = async (reference: string, decision: string, who: Who = 'secondSafeguarding', revision?: number) => {
    const body = { decision, revision: revision ?? (await revisionOf(reference)) };
    return ask(who, 'decideHandover', { params: params(reference), body });
  };
  const isWaiting = async (reference: string): Promise<boolean[]> => {
    const { body: list } = await ask('vettedOrganiser', 'listMinors', { params: { eventId } });
    const row = list.minors.find((each: { reference: string }) => each.reference === reference);
    const { body: one } = await ask('vettedOrganiser', 'showMinor', { params: params(reference) });
    return [row, one].map(({ handoverWaiting = false }) => handoverWaiting);
  };
  const problem = (type: string) => ({ status: 409, body: { type: `urn:plenary:problem:${type}` } });

  /** What two people have read on the same paper. */
  async function readByTwo(name: string, statement: unknown = STATEMENT): Promise<string> {
    const reference = await signed(name);
    expect((await note(reference, statement)).status).toBe(200);
    expect((await decide(reference, 'confirm')).status).toBe(200);
    return reference;
  }

  it('has what the form says noted by the safeguarding desk, which counts once a second person has confirmed it', async () => {
    const reference = await signed('paper');
    expect((await look(reference)).body).toMatchObject({ isOnPaper: true, hasCode: false });
    expect((await note(reference, STATEMENT)).body).toMatchObject({
      handoverWaiting: true,
      guardian: { handover: { isConfirmed: false } },
    });
    const kept = (await keptOf(reference))?.['handover'] as { readonly notedBy: string };
    expect(kept).toEqual({
      alone: false,
      adults: ['Paper Canary'],
      never: 'Unwanted Canary',
      saidAt: expect.any(String),
      notedBy: expect.any(String),
    });
    const waiting = (await look(reference)).body;
    expect(waiting).not.toHaveProperty('said');
    expect(waiting.waiting).toEqual({
      alone: false,
      adults: ['Paper Canary'],
      never: 'Unwanted Canary',
      notedAt: expect.any(String),
      notedBy: 'safeguarding',
      isOwn: true,
    });
    expect(await isWaiting(reference)).toEqual([true, true]);
    expect(await toldElsewhere(reference)).not.toMatch(/(Paper|Unwanted) Canary/);

    const { status, body } = await decide(reference, 'confirm');
    expect([status, body.guardian.handover]).toEqual([200, { isConfirmed: true }]);
    const second = (await keptOf(reference))?.['handover'] as { readonly confirmedBy: string };
    expect(second).toEqual({ ...kept, confirmedBy: expect.any(String), confirmedAt: expect.any(String) });
    const counts = (await look(reference)).body;
    expect(counts).not.toHaveProperty('waiting');
    expect(counts.said).toMatchObject({
      ...{ alone: false, adults: ['Paper Canary'], never: 'Unwanted Canary' },
      noted: { by: 'safeguarding', confirmedBy: 'secondSafeguarding', confirmedAt: expect.any(String) },
    });
    expect(await isWaiting(reference)).toEqual([false, false]);
    for (const table of ['registry', 'outbox', 'audit'] as const) {
      expect(JSON.stringify(await scan(parts, table))).not.toContain('Paper Canary');
    }
    expect((await noted(reference)).filter((action) => action !== 'read-handover')).toEqual([
      'confirm-handover',
      'note-handover',
    ]);
    const by = async (what: string) => (await scan(parts, 'audit')).find(({ action }) => action === what)?.['by'];
    expect([await by('note-handover'), await by('confirm-handover')]).toEqual([kept.notedBy, second.confirmedBy]);
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
    const late = await ask('safeguarding', 'noteHandover', { params: params(reference), body: stale });
    expect(late).toMatchObject(problem('out-of-date'));
  });

  it('is confirmed by a vetted person only, who need not look after children, and never by who noted it', async () => {
    const reference = await signed('second');
    expect(await decide(reference, 'confirm')).toMatchObject(problem('out-of-date'));
    await note(reference, STATEMENT);
    expect(await decide(reference, 'confirm', 'safeguarding')).toMatchObject(problem('second-person'));
    const revision = await revisionOf(reference);
    for (const who of ['organiser', 'lapsedSafeguarding', 'vettedCare', 'deputy', 'thailand'] as const) {
      expect([who, (await decide(reference, 'confirm', who, revision)).status]).toEqual([who, 403]);
      expect([who, (await look(reference, who)).status]).toEqual([who, 403]);
    }
    expect((await look(reference)).body).not.toHaveProperty('said');
    const { status, body } = await look(reference, 'vettedOrganiser');
    expect([status, body.waiting.adults, body.waiting.isOwn]).toEqual([200, ['Paper Canary'], false]);
    expect((await decide(reference, 'confirm', 'vettedOrganiser')).status).toBe(200);
    expect((await look(reference)).body.said.noted).toMatchObject({ confirmedBy: 'vettedOrganiser' });
    // Nothing waits any more: how they leave is the desk's.
    expect((await look(reference, 'vettedOrganiser')).status).toBe(403);
    expect(await decide(reference, 'reject', 'vettedOrganiser')).toMatchObject(problem('out-of-date'));
  });

  it('is not confirmed by another account of the same mailbox, nor is the form', async () => {
    const emails = { safeguarding: 'desk@team.example.org', secondSafeguarding: 'Desk+two@team.example.org' } as const;
    const { client, tables } = parts.database;
    const grants = [{ role: 'safeguarding', vettedUntil: '2099-12-31' }] as const;
    const name = (who: keyof typeof emails, email?: string) =>
      grantRoles(
        { eventId, identity: identityOf(who), label: who, grants, email },
        { dynamodb: client, tableName: tables.registry },
      );
    const sent = { ...onPaper('mailbox'), email: emailOf('mailbox') };
    await call('submitRegistration', { params: { eventId }, ...postJson(sent) });
    const { reference } = await event.registrationOf(emailOf('mailbox'));
    const form = { ...signedForm(), revision: await revisionOf(reference) };
    await ask('safeguarding', 'recordPaper', { params: params(reference), body: form });
    const confirmForm = async (who: Who) =>
      ask(who, 'decidePaper', {
        params: params(reference),
        body: { decision: 'confirm', revision: await revisionOf(reference) },
      });
    await name('safeguarding', emails.safeguarding);
    await name('secondSafeguarding', emails.secondSafeguarding);
    expect(await confirmForm('secondSafeguarding')).toMatchObject(problem('second-person'));
    expect((await confirmForm('vettedOrganiser')).status).toBe(200);
    await note(reference, STATEMENT);
    expect(await decide(reference, 'confirm', 'secondSafeguarding')).toMatchObject(problem('second-person'));
    await name('safeguarding');
    await name('secondSafeguarding');
    expect((await decide(reference, 'confirm', 'secondSafeguarding')).status).toBe(200);
  });

  it('cannot be confirmed by whoever noted it, where the write itself decides', async () => {
    const reference = await signed('same-person');
    await note(reference, STATEMENT);
    const { confirmHandover } = await import('../../shared/minors/consent/guardian.store.ts');
    const { fromGuardianItem } = await import('../../shared/minors/consent/guardian.schema.ts');
    const { transact } = await import('../../shared/kernel/dynamo/transact.store.ts');
    const { documentClient } = await import('../../shared/kernel/dynamo/client.store.ts');
    const { realSystem } = await import('../../shared/kernel/system.store.ts');
    const read = fromGuardianItem((await keptOf(reference)) ?? {});
    const { handover } = read;
    if (handover?.notedBy === undefined) throw new Error('nothing was noted');
    const write = (confirmedBy: string, saidAt = handover.saidAt) => {
      const after = { ...read, handover: { ...handover, saidAt, confirmedBy, confirmedAt: saidAt } };
      const put = confirmHandover(parts.database.tables.care, after, 2_000_000_000, read);
      return transact(documentClient(), [put], realSystem);
    };
    expect(await write(handover.notedBy)).toHaveLength(1);
    expect(await write('another', '2027-01-01T00:00:00.000Z')).toHaveLength(1);
    expect(await write('another')).toEqual([]);
    // Once it counts, nobody confirms it anew.
    expect(await write('yet-another')).toHaveLength(1);
  });

  it('cannot be confirmed by whoever noted it, where they press for two things at once', async () => {
    const reference = await signed('overlap');
    for (let time = 0; time < 6; time += 1) {
      await note(reference, { ...STATEMENT, adults: [`Second Canary ${'abcdef'[time]}`] }, 'secondSafeguarding');
      const revision = await revisionOf(reference);
      const mine = { handover: { ...LATER, adults: [`Own Canary ${'abcdef'[time]}`] }, revision };
      const answers = await Promise.all([
        ask('safeguarding', 'noteHandover', { params: params(reference), body: mine }),
        decide(reference, 'confirm', 'safeguarding', revision),
        decide(reference, 'confirm', 'safeguarding', revision + 1),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const { said } = (await look(reference)).body;
      expect(JSON.stringify(said ?? {})).not.toContain('Own Canary');
    }
  });

  it('is confirmed once, and as it was looked at, whoever presses at the same time', async () => {
    const reference = await signed('both-press');
    await note(reference, STATEMENT);
    const seen = await revisionOf(reference);
    await note(reference, LATER);
    expect(await decide(reference, 'confirm', 'secondSafeguarding', seen)).toMatchObject(problem('out-of-date'));
    const revision = await revisionOf(reference);
    const answers = await Promise.all([
      decide(reference, 'confirm', 'secondSafeguarding', revision),
      decide(reference, 'reject', 'vettedOrganiser', revision),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('goes on counting as it was confirmed before, until another one is, or that is put aside', async () => {
    const reference = await readByTwo('meanwhile-paper');
    const { code } = (await make(reference)).body;
    await note(reference, LATER);
    const during = (await look(reference)).body;
    expect(during.said).toMatchObject({ alone: false, adults: ['Paper Canary'], never: 'Unwanted Canary' });
    expect(during.waiting).toMatchObject({ alone: true, adults: ['Later Canary'] });
    // To a second person alone what waits is told, and nothing else.
    expect((await look(reference, 'vettedOrganiser')).body).not.toHaveProperty('said');
    // The code stays, and another one can be made.
    expect((await check(reference, code)).body).toEqual({ isRight: true, triesLeft: 5 });
    expect((await make(reference)).status).toBe(200);
    // What waits takes the place of what waited, never of what counts.
    await note(reference, { ...LATER, adults: ['Third Canary'] }, 'secondSafeguarding');
    expect((await look(reference)).body).toMatchObject({
      said: { adults: ['Paper Canary'] },
      waiting: { adults: ['Third Canary'], notedBy: 'secondSafeguarding' },
    });
    expect(JSON.stringify(await keptOf(reference))).not.toContain('Later Canary');

    const aside = await decide(reference, 'reject', 'vettedOrganiser');
    expect([aside.status, aside.body.handoverWaiting]).toEqual([200, undefined]);
    const after = (await look(reference)).body;
    expect(after).not.toHaveProperty('waiting');
    expect(after.said).toEqual(during.said);
    expect(JSON.stringify(await keptOf(reference))).not.toContain('Third Canary');

    await note(reference, LATER);
    expect((await decide(reference, 'confirm')).status).toBe(200);
    expect((await look(reference)).body.said).toMatchObject({ alone: true, adults: ['Later Canary'] });
    expect(JSON.stringify(await keptOf(reference))).not.toContain('Paper Canary');
    expect((await noted(reference)).filter((action) => /^(confirm|reject)-/.test(action))).toEqual([
      'confirm-handover',
      'confirm-handover',
      'reject-handover',
    ]);
  });

  it('is put aside by who noted it too, and then nothing was said', async () => {
    const reference = await signed('aside');
    await note(reference, STATEMENT);
    expect((await decide(reference, 'reject', 'safeguarding')).status).toBe(200);
    expect(await keptOf(reference)).not.toHaveProperty('handover');
    expect((await look(reference)).body).not.toHaveProperty('waiting');
    expect(await isWaiting(reference)).toEqual([false, false]);
  });

  it('counts for nothing where one person alone noted it before it took two', async () => {
    const reference = await signed('before-two');
    await note(reference, STATEMENT);
    const item = (await keptOf(reference)) ?? {};
    const { notedBy, alone, adults, saidAt } = item['handover'] as Record<string, unknown>;
    const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
    const { documentClient } = await import('../../shared/kernel/dynamo/client.store.ts');
    const Item = { ...item, handover: { notedBy, alone, adults, saidAt }, handoverCodeVersion: 1 };
    await documentClient().send(new PutCommand({ TableName: parts.database.tables.care, Item }));
    expect((await look(reference)).body).not.toHaveProperty('said');
    expect((await look(reference)).body).toMatchObject({ hasCode: true, waiting: { adults: ['Paper Canary'] } });
    expect(await make(reference)).toMatchObject(problem('handover-unconfirmed'));
    expect((await decide(reference, 'confirm')).status).toBe(200);
    expect((await make(reference)).status).toBe(200);
  });

  it('gets a code once two people have read how they leave, and not before', async () => {
    const reference = await signed('no-code');
    expect(await make(reference)).toMatchObject(problem('handover-unconfirmed'));
    await note(reference, STATEMENT);
    expect(await make(reference)).toMatchObject(problem('handover-unconfirmed'));
    expect(await make(reference, 'secondSafeguarding')).toMatchObject(problem('handover-unconfirmed'));
    expect((await look(reference)).body).toMatchObject({ hasCode: false });
    expect(await keptOf(reference)).not.toHaveProperty('handoverCodeVersion');
    await decide(reference, 'confirm');
    expect((await make(reference)).status).toBe(200);
    expect((await noted(reference)).filter((action) => action === 'make-handover-code')).toHaveLength(1);
  });

  it('gets a code that is told once, and another one in its place; who made it and when is kept and shown', async () => {
    const reference = await readByTwo('given');
    const { status, body } = await make(reference);
    expect([status, body.code]).toEqual([200, expect.stringMatching(/^\d{6}$/)]);
    for (const table of ['registry', 'outbox', 'audit', 'care'] as const) {
      const items = (await scan(parts, table)).filter((item) => JSON.stringify(item).includes(reference));
      for (const item of items) expect(Object.values(item)).not.toContain(body.code);
    }
    expect(JSON.stringify((await look(reference)).body)).not.toContain(body.code);
    expect((await look(reference)).body).toMatchObject({ hasCode: true, triesLeft: 5 });
    expect((await check(reference, body.code)).body).toEqual({ isRight: true, triesLeft: 5 });
    const made = async () => (await ask('safeguarding', 'showMinor', { params: params(reference) })).body.guardian;
    const first = (await made()).handover;
    expect(first).toEqual({ isConfirmed: true, codeMadeAt: expect.any(String), codeMadeBy: 'safeguarding' });
    const next = (await make(reference, 'secondSafeguarding')).body.code;
    const last = (await made()).handover;
    expect(last).toMatchObject({ codeMadeBy: 'secondSafeguarding' });
    expect(last.codeMadeAt > first.codeMadeAt).toBe(true);
    expect((await check(reference, body.code)).body).toEqual({ isRight: false, triesLeft: 4 });
    expect((await check(reference, next)).body).toEqual({ isRight: true, triesLeft: 4 });
    expect((await noted(reference)).filter((action) => action === 'make-handover-code')).toHaveLength(2);
  });

  it('has no code locked by what was said before there was one', async () => {
    const reference = await readByTwo('before-code');
    for (let said = 0; said < 6; said += 1) {
      expect((await check(reference, '000000')).body).toMatchObject({ isRight: false, triesLeft: 5 });
    }
    const { code } = (await make(reference)).body;
    expect((await check(reference, code)).body).toEqual({ isRight: true, triesLeft: 5 });
  });

  it('is not let out of a lock by another code: for that somebody calls them', async () => {
    const reference = await readByTwo('paper-lock');
    const { code } = (await make(reference)).body;
    for (let time = 1; time <= 5; time += 1) await check(reference, otherCode(code, time));
    const next = (await make(reference)).body.code;
    expect((await check(reference, next)).body).toEqual({ isRight: false, triesLeft: 0 });
    expect((await reopen(reference, 'Called: they read it again')).status).toBe(200);
    expect((await check(reference, next)).body).toEqual({ isRight: true, triesLeft: 5 });
  });

  it('and has wrong codes that are tried meanwhile not forgotten by what is confirmed', async () => {
    const reference = await readByTwo('tried-meanwhile');
    const { code } = (await make(reference)).body;
    await note(reference, LATER);
    const [confirmation, ...tries] = await Promise.all([
      decide(reference, 'confirm'),
      ...[1, 2, 3].map((by) => check(reference, otherCode(code, by))),
    ]);
    expect([confirmation, ...tries].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await keptOf(reference)).toMatchObject({ handoverTries: 3, handover: { adults: ['Later Canary'] } });
  });

  it('and nobody else: who has a page says so there, and nothing is noted before a form counts', async () => {
    const reference = await agreed('own-page');
    expect((await note(reference, STATEMENT)).status).toBe(409);
    expect((await make(reference)).status).toBe(409);
    await press('own-page', SAID);
    expect(await decide(reference, 'reject')).toMatchObject(problem('out-of-date'));
    expect((await look(reference)).body).toMatchObject({ isOnPaper: false, hasCode: true });
    expect((await look(reference, 'vettedOrganiser')).status).toBe(403);
    const sent = { ...onPaper('unsigned'), email: emailOf('unsigned') };
    await call('submitRegistration', { params: { eventId }, ...postJson(sent) });
    const { reference: unsigned } = await event.registrationOf(emailOf('unsigned'));
    expect((await note(unsigned, STATEMENT)).status).toBe(409);
    expect((await make(unsigned)).status).toBe(409);
    expect((await decide(unsigned, 'confirm')).status).toBe(409);
    expect((await look(unsigned)).body).toMatchObject({ isOnPaper: false, hasCode: false });
  });

  it('and nothing is left of it once they withdraw', async () => {
    const reference = await readByTwo('withdrawn');
    await make(reference);
    await note(reference, LATER);
    const body = { revision: await revisionOf(reference) };
    expect((await ask('safeguarding', 'withdrawForGuardian', { params: params(reference), body })).status).toBe(200);
    expect(await keptOf(reference)).toBeUndefined();
    const item = (await scan(parts, 'registry')).find(
      ({ sk, pk }) => sk === reference && /^REGISTRATION#/.test(String(pk)),
    );
    expect(item ?? {}).not.toHaveProperty('handoverWaiting');
  });
});
