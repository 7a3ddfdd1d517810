import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { realDeps as realAttendeeCare } from '../../functions/attendee-care/index.ts';
import { pendingAnswerKey } from '../../shared/kernel/dynamo/keys.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { codeUntil } from '../../shared/registration/mailed-change.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { bounce } from '../support/mail-events.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { outboxInserts } from '../support/stream.ts';
import { codeIn, completeFields, consentFields, otherGuardian, youngSubmission } from '../support/young.ts';

type Deps = ReturnType<typeof realAttendeeCare>;

let parts: Parts;
let event: Awaited<ReturnType<typeof openEvent>>;
let send: typeof import('../../functions/outbox/index.ts').handler;
let noteMail: typeof import('../../functions/mail-events/index.ts').handler;
let change: typeof import('../../shared/minors/consent/change-guardian.case.ts');
const eventId = 'change-guardian';

beforeAll(async () => {
  parts = await startParts();
  event = await openEvent(parts, eventId);
  ({ handler: send } = await import('../../functions/outbox/index.ts'));
  ({ handler: noteMail } = await import('../../functions/mail-events/index.ts'));
  change = await import('../../shared/minors/consent/change-guardian.case.ts');
});
afterAll(() => parts?.stop());

interface Pair {
  readonly young: string;
  /** Whose address is wrong. */
  readonly wrong: string;
  readonly right: string;
}

async function asked(name: string): Promise<Pair> {
  const pair = {
    young: `${name}@young.example.org`,
    wrong: `${name}@wrong.example.org`,
    right: `${name}@right.example.org`,
  };
  const guardian = { name: 'Vanna Sample', email: pair.wrong, language: 'km' };
  await beginYoung(parts, eventId, youngSubmission({ email: pair.young, guardian }));
  return pair;
}

const show = async ({ young }: Pair) => call('showGuardian', { params: { token: await event.tokenOf(young) } });
const post = async ({ young }: Pair, fields: [string, string][]) =>
  call('postGuardian', { params: { token: await event.tokenOf(young) }, ...postForm(fields) });
const name = (pair: Pair, code: string, changes: Record<string, string> = {}) =>
  post(pair, otherGuardian(code, { 'guardian.email': pair.right, ...changes }));
const mailsTo = async (address: string): Promise<{ subject: string; text: string }[]> =>
  (await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json()) as never;
const messagesTo = async (address: string) =>
  (await scan(parts, 'outbox')).filter((item) => item['to'] === address && item['eventId'] === eventId);
const kindsTo = async (address: string) => (await messagesTo(address)).map(({ kind }) => kind).sort();
const guardiansOf = async ({ young }: Pair) => {
  const { reference } = await event.registrationOf(young);
  return (await scan(parts, 'care')).filter(({ sk }) => sk === reference);
};

/** The code that someone was mailed on their press. */
async function code(pair: Pair): Promise<string> {
  const { statusCode, headers } = await post(pair, [['action', 'code']]);
  expect([statusCode, headers?.['location']]).toEqual([303, expect.stringMatching(/\/guardian\?lang=en$/)]);
  await send(await outboxInserts(parts));
  return codeIn((await mailsTo(pair.young)).find(({ subject }) => subject.startsWith('Your code')) ?? { text: '' });
}

const consentPage = async ({ young }: Pair) =>
  call('showConsent', { params: { token: await consentToken(await event.registrationOf(young), event.deps.secrets) } });

describe('CS3, AU4: someone else is asked in place of the guardian', () => {
  it('by a form that shows nothing of who was asked, and that nobody gets past without a mailed code', async () => {
    const pair = await asked('guarded');
    const before = [await event.registrationOf(pair.young), await guardiansOf(pair)];
    const page = (await show(pair)).body ?? '';
    expect(page).toContain('Send me the code');
    for (const kept of [pair.wrong, 'Vanna']) expect(page).not.toContain(kept);
    expect(page).not.toContain('guardian.email');
    for (const [typed, error] of [
      ['', '“Code from our email” needs an answer.'],
      ['0000-0000', 'This is not the code'],
    ] as const) {
      const { statusCode, body } = await name(pair, typed);
      expect([statusCode, body?.includes('id="code-error"'), body?.includes(pair.right)]).toEqual([422, true, true]);
      expect(body).toContain(error);
    }
    expect([await event.registrationOf(pair.young), await guardiansOf(pair)]).toEqual(before);
  });

  it('who gets a link and reminders of their own, while the one before gets none and has a dead link', async () => {
    const pair = await asked('replaced');
    const old = await consentToken(await event.registrationOf(pair.young), event.deps.secrets);
    const typed = (await code(pair)).toLowerCase().replace('-', ' ');
    expect((await show(pair)).body).toContain('A code comes to you by email.');
    const { statusCode, headers } = await name(pair, typed);
    expect([statusCode, headers?.['location']]).toEqual([303, expect.stringMatching(/&done=guardian$/)]);
    expect(await guardiansOf(pair)).toMatchObject([{ name: 'Bopha Sample', email: pair.right, language: 'en' }]);
    expect(JSON.stringify(await scan(parts, 'care'))).not.toContain(pair.wrong);
    expect(await kindsTo(pair.right)).toEqual(['guardian-reminder', 'guardian-reminder', 'guardian-request']);
    expect(await kindsTo(pair.wrong)).toEqual([]);
    expect((await call('showConsent', { params: { token: old } })).statusCode).toBe(401);
    await send(await outboxInserts(parts));
    const [request] = await mailsTo(pair.right);
    const token = /\/g\/([\w.-]+)/.exec(request?.text ?? '')?.[1] ?? '';
    const agreed = await call('postConsent', { params: { token }, ...postForm(consentFields()) });
    expect(agreed.statusCode).toBe(303);
    expect(await kindsTo(pair.right)).toEqual(['guardian-receipt']);
    const manage = await event.tokenOf(pair.young);
    await call('postComplete', { params: { token: manage }, ...postForm(completeFields()) });
    expect((await event.registrationOf(pair.young)).status).toBe('confirmed');
  });

  it('AB2: the page says that the code may come later, its mail until when it works, and no mail comes after that', async () => {
    const { realDeps } = await import('../../functions/outbox/index.ts');
    const { deliver } = await import('../../shared/mail/outbox/deliver.case.ts');
    for (const [who, hours, mails] of [
      ['in-time', 1.9, 1],
      ['too-late', 2, 0],
    ] as const) {
      const pair = await asked(who);
      await post(pair, [['action', 'code']]);
      const page = (await show(pair)).body ?? '';
      expect(page).toContain('After several emails from us within an hour, it can take an hour or longer.');
      expect(page).toContain('It works once, until two hours after you asked for it.');
      expect(page).not.toContain('We have sent');
      const { codeAt } = (await event.registrationOf(pair.young)).minor?.guardianChange ?? { codeAt: '' };
      const [waiting] = await scan(parts, 'outbox', { having: { eventId, kind: 'guardian-code', to: pair.young } });
      const { system, ...deps } = realDeps();
      const now = () => new Date(Date.parse(codeAt) + hours * 3_600_000);
      await deliver({ ...deps, system: { ...system, now } }, String(waiting?.['id']));
      const sent = (await mailsTo(pair.young)).filter(({ subject }) => subject.startsWith('Your code'));
      expect(sent).toHaveLength(mails);
      const until = new Intl.DateTimeFormat('en', { timeStyle: 'short', hourCycle: 'h23', timeZone: forum().timeZone });
      for (const { text } of sent) {
        expect(text).toMatch(new RegExp(`It works once, until [^\\n]*${until.format(codeUntil({ codeAt }))}`));
        expect(text).not.toContain('two hours');
      }
    }
  });

  it('and no mail that still waited for the one before carries the new link', async () => {
    const pair = await asked('waited');
    // Nothing was sent yet: the code is as the outbox would write it.
    await post(pair, [['action', 'code']]);
    const { guardianCodeOf } = await import('../../shared/minors/consent/guardian.store.ts');
    const registration = await event.registrationOf(pair.young);
    const change = registration.minor?.guardianChange ?? { codeAt: '' };
    const right = await guardianCodeOf(registration, change, event.deps.secrets);
    expect((await name(pair, right)).statusCode).toBe(303);
    await send(await outboxInserts(parts));
    expect(await mailsTo(pair.wrong)).toEqual([]);
    expect((await mailsTo(pair.right)).map(({ text }) => /\/g\//.test(text))).toEqual([true]);
    expect((await mailsTo(pair.young)).map(({ subject }) => subject)).not.toContainEqual(
      expect.stringContaining('Your code'),
    );
  });

  it('once for each code, however often the same is sent; and another code is not sent within ten minutes', async () => {
    const pair = await asked('twice');
    const right = await code(pair);
    await post(pair, [['action', 'code']]);
    expect((await event.kindsTo(pair.young)).filter((kind) => kind === 'guardian-code')).toHaveLength(0);
    const codes = (await scan(parts, 'outbox')).filter((item) => item['kind'] === 'guardian-code');
    const { reference } = await event.registrationOf(pair.young);
    expect(codes.filter((item) => item['reference'] === reference)).toHaveLength(1);
    const answers = await Promise.all([1, 2, 3].map(() => name(pair, right)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    expect(await kindsTo(pair.right)).toHaveLength(3);
    const other = await name(pair, right, { 'guardian.email': 'someone.else@example.org' });
    expect([other.statusCode, other.body?.includes('id="code-error"')]).toEqual([422, true]);
    expect(await guardiansOf(pair)).toMatchObject([{ email: pair.right }]);
  });

  it('for two hours', async () => {
    const pair = await asked('late');
    const right = await code(pair);
    const held = await event.deps.registrations.readWithEvent(
      eventId,
      (await event.registrationOf(pair.young)).reference,
      'en',
    );
    if (held === undefined) throw new Error('nobody is registered');
    const deps = (await import('../../functions/attendee-care/index.ts')).realDeps();
    const at = (hours: number): Deps => {
      const now = () => new Date(Date.parse(held.registration.minor?.guardianChange?.codeAt ?? '') + hours * 3_600_000);
      return { ...deps, system: { ...deps.system, now } };
    };
    const guardian = { name: 'Bopha Sample', email: pair.right, language: 'en' };
    await expect(change.changeGuardian(at(2), held, { code: right, guardian })).rejects.toThrow();
    expect(await guardiansOf(pair)).toMatchObject([{ email: pair.wrong }]);
    await change.changeGuardian(at(1.99), held, { code: right, guardian });
    expect(await guardiansOf(pair)).toMatchObject([{ email: pair.right }]);
  });

  it('who is not the minor again, and whose address can be read', async () => {
    const pair = await asked('same');
    const right = await code(pair);
    for (const [address, message] of [
      ['SAME+parent@young.example.org', 'a different address'],
      ['nobody', 'email address'],
    ] as const) {
      const { statusCode, body } = await name(pair, right, { 'guardian.email': address });
      expect([statusCode, body?.includes('id="guardian-email-error"')]).toEqual([422, true]);
      expect(body).toContain(message);
      expect(body).not.toContain('id="code-error"');
      expect(body).toContain(`value="${right}"`);
    }
    expect(await guardiansOf(pair)).toMatchObject([{ email: pair.wrong }]);
  });

  it('on paper where they have no email', async () => {
    const pair = await asked('paper');
    const right = await code(pair);
    const answer = await name(pair, right, { 'guardian.email': '', 'guardian.onPaper': 'yes' });
    expect(answer.statusCode).toBe(303);
    const registration = await event.registrationOf(pair.young);
    expect(registration).toMatchObject({ minor: { consentOnPaper: 'awaited' } });
    expect(registration.minor?.guardianLinkVersion).toBeUndefined();
    expect(await kindsTo(pair.wrong)).toEqual([]);
    expect(await event.kindsTo(pair.young)).toContain('pending-paper');
    expect((await event.page(pair.young)).body).toContain('signs on paper');
    expect((await consentPage(pair)).statusCode).toBe(401);
  });

  it('not once someone has agreed, nor for an adult', async () => {
    const pair = await asked('agreed');
    const right = await code(pair);
    const token = await consentToken(await event.registrationOf(pair.young), event.deps.secrets);
    await call('postConsent', { params: { token }, ...postForm(consentFields()) });
    for (const answer of [await show(pair), await name(pair, right), await post(pair, [['action', 'code']])]) {
      expect(answer.statusCode).toBe(409);
    }
    expect(await guardiansOf(pair)).toMatchObject([{ email: pair.wrong }]);
    await event.register('adult@example.org');
    expect((await show({ ...pair, young: 'adult@example.org' })).statusCode).toBe(409);
  });

  it('and everything about both is purged in time, from the day on which the second was asked', async () => {
    const pair = await asked('purged');
    const before = await event.registrationOf(pair.young);
    await name(pair, await code(pair));
    const after = await event.registrationOf(pair.young);
    expect(Date.parse(after.minor?.answerBy ?? '')).toBeGreaterThan(Date.parse(before.minor?.answerBy ?? ''));
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const { purgeUnanswered } = await import('../../shared/minors/keep-care.case.ts');
    const house = realDeps();
    const purgeAt = (now: Date) => purgeUnanswered({ ...house, system: { ...house.system, now: () => now } });
    const awaited = async () =>
      (await scan(parts, 'registry')).filter(
        (item) => item['pk'] === 'PENDING-ANSWER' && item['reference'] === after.reference,
      );
    expect(await awaited()).toHaveLength(1);
    await purgeAt(new Date(Date.parse(after.minor?.answerBy ?? '') - 1));
    expect(await awaited()).toHaveLength(1);
    await purgeAt(new Date(Date.parse(after.minor?.answerBy ?? '') + 1));
    expect(await awaited()).toEqual([]);
    expect(JSON.stringify(await scan(parts, 'care'))).not.toContain(pair.right);
    expect(await kindsTo(pair.right)).toEqual(['guardian-request']);
    await expect(event.registrationOf(pair.young)).rejects.toThrow();
  });
});

describe('CS3: a bounce of the mail to a guardian', () => {
  it('leads the minor to the page where they correct the address; of the old address it counts no more after that', async () => {
    const pair = await asked('bounces');
    const [request] = (await messagesTo(pair.wrong)).filter(({ kind }) => kind === 'guardian-request');
    const outboxId = String(request?.['id']);
    const told = bounce({ outboxId, to: pair.wrong, sentAt: '2027-03-01T08:00:00.000Z' });
    await noteMail(told);
    const page = (await event.page(pair.young)).body ?? '';
    expect(page).toContain('the address does not work');
    expect(page).toMatch(/class="button" href="\/m\/[\w.-]+\/guardian\?lang=en"/);
    await name(pair, await code(pair));
    await noteMail(bounce({ outboxId, to: pair.wrong, sentAt: '2027-03-09T08:00:00.000Z' }));
    expect((await event.registrationOf(pair.young)).minor?.guardianMail).toBeUndefined();
    expect((await event.page(pair.young)).body).not.toContain('the address does not work');
    const [next] = (await messagesTo(pair.right)).filter(({ kind }) => kind === 'guardian-request');
    await noteMail(bounce({ outboxId: String(next?.['id']), to: pair.right, sentAt: '2027-03-10T08:00:00.000Z' }));
    expect((await event.page(pair.young)).body).toContain('the address does not work');
  });
});

describe('where what is awaited is missing although the registration waits for it', () => {
  /** As a table might be that was restored from a backup. */
  async function unawaited(name: string): Promise<Pair> {
    const pair = await asked(name);
    const { reference, minor } = await event.registrationOf(pair.young);
    const { answerBy = '' } = minor ?? {};
    const Key = pendingAnswerKey({ eventId, reference, answerBy });
    const client = DynamoDBDocumentClient.from(parts.database.client);
    await client.send(new DeleteCommand({ TableName: parts.database.tables.registry, Key }));
    return pair;
  }

  it('the guardian is told that their link leads nowhere, and the minor can have them asked anew', async () => {
    const pair = await unawaited('missing');
    const token = await consentToken(await event.registrationOf(pair.young), event.deps.secrets);
    const agreed = await call('postConsent', { params: { token }, ...postForm(consentFields()) });
    expect(agreed.statusCode).toBe(401);
    expect((await name(pair, await code(pair))).statusCode).toBe(303);
    const anew = await consentToken(await event.registrationOf(pair.young), event.deps.secrets);
    const pressed = await call('postConsent', { params: { token: anew }, ...postForm(consentFields()) });
    expect(pressed.statusCode).toBe(303);
  });

  it('CS5: the minor can stop, and the guardian refuse: nothing is left, and the address is free', async () => {
    const stops = await unawaited('stops');
    const token = await event.tokenOf(stops.young);
    const stopped = await call('postRegistration', { params: { token }, ...postForm([['action', 'cancel']]) });
    expect(stopped.body).toContain('Your registration has ended');
    const refused = await unawaited('refuses');
    const consent = await consentToken(await event.registrationOf(refused.young), event.deps.secrets);
    const pressed = await call('postConsent', { params: { token: consent }, ...postForm([['action', 'refuse']]) });
    expect(pressed.statusCode).toBe(200);
    const kept = JSON.stringify([await scan(parts, 'registry'), await scan(parts, 'care')]);
    for (const { young, wrong } of [stops, refused]) {
      for (const address of [young, wrong]) expect(kept).not.toContain(address);
      await expect(event.registrationOf(young)).rejects.toThrow();
    }
    await asked('stops');
    expect((await event.registrationOf(stops.young)).status).toBe('pending-guardian');
  });
});

describe('a guardian’s address that looks mistyped', () => {
  it('is asked about once the code is right, with everything typed still there; and is kept or replaced', async () => {
    const pair = await asked('meant');
    const theirs = await code(pair);
    const mistyped = { 'guardian.email': 'vanna.meant@gmial.com' };
    expect((await name(pair, 'WRONG-CODE', mistyped)).statusCode).toBe(422);
    const before = [await event.registrationOf(pair.young), await guardiansOf(pair)];
    const question = await name(pair, theirs, mistyped);
    expect(question.statusCode).toBe(200);
    expect(question.body).toContain('<a href="#guardian-emailMeant">Did you mean vanna.meant@gmail.com?</a>');
    expect(question.body).toContain(`value="${theirs}"`);
    expect([await event.registrationOf(pair.young), await guardiansOf(pair)]).toEqual(before);
    const used = await name(pair, theirs, { ...mistyped, 'guardian.emailMeant': 'vanna.meant@gmail.com' });
    expect(used.statusCode).toBe(303);
    expect(await guardiansOf(pair)).toMatchObject([{ email: 'vanna.meant@gmail.com' }]);
  });
});
