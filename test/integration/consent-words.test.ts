import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishingProblemsIn } from '../../cli/publish.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { registrationsTo, scan } from '../support/registry.ts';
import { ask, grantTeam } from '../support/team.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

let parts: Parts;
let secrets: Parameters<typeof manageToken>[1];
beforeAll(async () => {
  parts = await startParts();
  secrets = (await import('../../functions/registration/index.ts')).realDeps().secrets;
});
afterAll(() => parts?.stop());

const PHOTO = 'photo-recording';
const WORSE = { en: 'I agree to filming and interviews', km: 'ខ្ញុំយល់ព្រមឱ្យថតវីដេអូ និងសម្ភាសន៍' };
const COURSE = {
  questions: forum().questions.filter(({ required }) => !required),
  categories: forum().categories.map((each) => ({ ...each, minors: true })),
};

type Change = Partial<EventDefinition['consents'][number]>;

/** The definition with other words of one consent, of attendees and of guardians. */
const reworded = (definition: EventDefinition, changes: Change): EventDefinition => {
  const changed = (consents: EventDefinition['consents']) =>
    consents.map((each) => (each.id === PHOTO ? { ...each, ...changes } : each));
  const { minors, consents } = definition;
  return {
    ...definition,
    consents: changed(consents),
    ...(minors && { minors: { ...minors, consents: changed(minors.consents) } }),
  };
};

async function open(id: string) {
  await parts.publish(forum({ id, ...COURSE }));
  await grantTeam(parts, id);
  const params = { eventId: id };
  const put = async (changes: Change, all: Partial<EventDefinition> = {}) => {
    const { body } = await ask('organiser', 'getDefinition', { params });
    const { version, definition } = body as { version: number; definition: EventDefinition };
    return ask('organiser', 'replaceDefinition', {
      params,
      body: { version, definition: { ...reworded(definition, changes), ...all } },
    });
  };
  return { params, put };
}

const one = async (eventId: string, email: string): Promise<Registration> => {
  const [found] = await registrationsTo(parts, eventId, email);
  if (found === undefined) throw new Error('nobody registered');
  return found;
};

async function registered(eventId: string, email: string, changes: Record<string, unknown> = {}) {
  const body = submission({ email, consents: { 'code-of-conduct': '2027-1', [PHOTO]: '2027-1' }, ...changes });
  const { statusCode } = await call('submitRegistration', { params: { eventId }, ...postJson(body) });
  expect(statusCode).toBe(202);
  return one(eventId, email);
}

const pageOf = async (registration: Registration, lang = 'en') => {
  const params = { token: await manageToken(registration, secrets) };
  return (await call('showRegistration', { params, query: { lang } })).body ?? '';
};

it('PW2: other words under the version to which people agreed are refused, by console and command line, in any language', async () => {
  const { put } = await open('same-version');
  const { agreement } = forum().consents.find(({ id }) => id === PHOTO) ?? { agreement: {} };
  for (const changes of [{ agreement: WORSE }, { agreement: { ...agreement, km: WORSE.km } }, { points: [WORSE] }]) {
    const { status, body } = await put(changes as Change);
    expect(status).toBe(422);
    const paths = body.errors.map(({ path }: { path: string }) => path);
    expect(paths).toEqual([expect.stringMatching(/^consents\.\d\.version$/), expect.stringMatching(/^minors\./)]);
    expect(body.errors[0].message).toContain('2027-1');
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const file = reworded(forum({ id: 'same-version', ...COURSE }), changes as Change);
    const problems = await publishingProblemsIn(file, deps);
    expect(problems.map(({ path }) => path.at(-1))).toEqual(['version', 'version']);
  }
  // The words come back under a version that was used before: other words than then are refused too.
  expect((await put({ version: '2027-2', agreement: WORSE as never })).status).toBe(200);
  expect((await put({ version: '2027-1', agreement: WORSE as never })).status).toBe(422);
  const { consents, minors } = forum({ id: 'same-version', ...COURSE });
  expect((await put({}, { consents, ...(minors && { minors }) })).status).toBe(200);
});

it('PW2: a yes keeps the words that it was given to, and does not count for words that mean more', async () => {
  const eventId = 'more';
  const { put } = await open(eventId);
  const before = await registered(eventId, 'kept@people.example');
  const record = before.consentsGiven?.[PHOTO];
  expect(record).toEqual({ hash: expect.stringMatching(/^[\w-]{24}$/), at: before.changedAt });
  const { agreement } = forum().consents.find(({ id }) => id === PHOTO) ?? { agreement: {} };
  const old = (agreement as { en: string }).en;
  expect(await pageOf(before)).toContain(old);
  expect((await put({ version: '2027-2', agreement: WORSE as never })).status).toBe(200);
  const page = await pageOf(before);
  expect(page).toContain(old);
  expect(page).toContain(record?.hash);
  expect(page).not.toContain(WORSE.en);
  expect(page).toContain('does not count for the new words');
  expect(page).not.toContain('<script>');
  const file = await call('getRegistration', { headers: bearer(await manageToken(before, secrets)) });
  const said = JSON.parse(file.body ?? '{}').agreed.find(({ id }: { id: string }) => id === PHOTO);
  expect(said).toMatchObject({
    of: 'attendee',
    version: '2027-1',
    counts: false,
    ...record,
    words: { agreement: old },
  });
  // Another language shows the words in which the yes was given.
  expect(await pageOf(before, 'km')).toContain(old);
  // Doors and badges read a no.
  const { refusesPictures } = await import('../../shared/event/attendee.ts');
  const { event } = (await (
    await import('../../functions/registration/index.ts')
  )
    .realDeps()
    .events.readEvent(eventId, 'en')) ?? { event: undefined };
  if (event === undefined) throw new Error('no event');
  expect(refusesPictures(event, before)).toBe(true);
  // Given anew, it counts, with a record of its own.
  const token = await manageToken(before, secrets);
  const body = { consents: { 'code-of-conduct': '2027-1', [PHOTO]: '2027-2' } };
  const amended = await call('amendRegistration', { ...postJson(body), headers: bearer(token) });
  expect(amended.statusCode).toBe(200);
  const after = await one(eventId, 'kept@people.example');
  expect(refusesPictures(event, after)).toBe(false);
  expect(after.consentsGiven?.[PHOTO]?.hash).not.toBe(record?.hash);
  expect(after.consentsGiven?.['code-of-conduct']).toEqual(before.consentsGiven?.['code-of-conduct']);
  expect(after.history?.at(-1)?.was[`consents.${PHOTO}`]).toBe('2027-1');
});

const bearer = (token: string) => ({ 'content-type': 'application/json', authorization: `Bearer ${token}` });

it('PW2: a yes stands, with its old words, where the new version means no more', async () => {
  const eventId = 'no-more';
  const { put } = await open(eventId);
  const before = await registered(eventId, 'stands@people.example');
  const CLEARER = { en: 'I agree to pictures', km: 'ខ្ញុំយល់ព្រមឱ្យថតរូប' };
  const changes = { version: '2027-2', agreement: CLEARER as never, meansNoMoreThan: ['2027-1'] };
  expect((await put(changes)).status).toBe(200);
  const page = await pageOf(before);
  expect(page).not.toContain('does not count');
  expect(page).not.toContain(CLEARER.en);
  // To change something else keeps the yes as it was given.
  const token = await manageToken(before, secrets);
  const amended = await call('amendRegistration', {
    ...postJson({ organisation: 'Another' }),
    headers: bearer(token),
  });
  expect(amended.statusCode).toBe(200);
  const after = await one(eventId, 'stands@people.example');
  expect(after.consents[PHOTO]).toBe('2027-1');
  expect(after.consentsGiven).toEqual(before.consentsGiven);
});

it('PW2: a guardian keeps the words that they agreed to, and is asked anew on their page', async () => {
  const eventId = 'guardians';
  const { put } = await open(eventId);
  const email = 'dara@young.example.org';
  const begun = await beginYoung(parts, eventId, youngSubmission({ email }));
  const params = { token: await consentToken(begun, secrets) };
  const press = (fields: [string, string][]) => call('postConsent', { params, ...postForm(fields) });
  expect((await press(consentFields(true))).statusCode).toBe(303);
  const complete = { ...postForm([...completeFields(), [`consents.${PHOTO}`, '2027-1']]) };
  await call('postComplete', { params: { token: await manageToken(begun, secrets) }, ...complete });
  const agreed = await one(eventId, email);
  expect(Object.keys(agreed.minor?.guardianConsentsGiven ?? {}).sort()).toEqual(['attendance', PHOTO]);
  const old = forum().minors?.consents.find(({ id }) => id === PHOTO)?.agreement as { en: string };
  expect((await put({ version: '2027-2', agreement: WORSE as never })).status).toBe(200);
  const shown = (await call('showConsent', { params, query: { lang: 'en' } })).body ?? '';
  expect(shown).toContain(old.en);
  expect(shown).toContain('The words have changed');
  expect(shown).toContain(WORSE.en);
  expect(
    (
      await press([
        ['action', 'agree'],
        [`consents.${PHOTO}`, '2027-2'],
      ])
    ).statusCode,
  ).toBe(303);
  const anew = await one(eventId, email);
  expect(anew.minor?.guardianConsents).toEqual({ attendance: '2027-1', [PHOTO]: '2027-2' });
  expect(anew.minor?.guardianConsentsGiven?.['attendance']).toEqual(
    agreed.minor?.guardianConsentsGiven?.['attendance'],
  );
  expect(anew.minor?.guardianConsentsGiven?.[PHOTO]?.hash).not.toBe(agreed.minor?.guardianConsentsGiven?.[PHOTO]?.hash);
});

/** All mail of an event that waits, sent as if two hours had passed. */
async function sendAll(eventId: string): Promise<void> {
  const { realDeps } = await import('../../functions/outbox/index.ts');
  const { deliver } = await import('../../shared/mail/outbox/deliver.case.ts');
  const { system, ...deps } = realDeps();
  const later = { ...system, now: () => new Date(Date.now() + 2 * 60 * 60 * 1000) };
  for (const { id, kind } of await scan(parts, 'outbox', { having: { eventId } }))
    if (kind !== undefined) await deliver({ ...deps, system: later }, String(id));
}

const mailsTo = async (address: string): Promise<{ subject: string; text: string }[]> =>
  (await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json()) as never;

/** Codes of receipts in a mail: two lines of 24 digits each. */
const codesIn = (text: string): string[] =>
  [...text.matchAll(/#((?:[0-9A-Z]{4}-){11}[0-9A-Z]{4})/g)].map(([, code = '']) => code);

const verify = async (eventId: string, code: string, lang = 'en') =>
  (await call('postVerify', { params: { eventId }, query: { lang }, ...postForm([['code', code]]) })).body ?? '';

it('PW2: who gives a consent is mailed its words, with a receipt that anybody verifies and that names nobody', async () => {
  const eventId = 'receipts';
  const { put } = await open(eventId);
  const given = await registered(eventId, 'receipt@people.example', { fullName: 'Somchai Receipt' });
  await sendAll(eventId);
  const [mail, ...more] = await mailsTo('receipt@people.example');
  expect(more).toEqual([]);
  const text = mail?.text ?? '';
  const words = forum().consents.find(({ id }) => id === PHOTO)?.agreement as { en: string };
  expect(text).toContain('Receipt of what you agreed to');
  expect(text.replace(/\s+/g, ' ')).toContain(words.en);
  const codes = codesIn(text);
  expect(codes).toHaveLength(2);
  expect((await put({ version: '2027-2', agreement: WORSE as never })).status).toBe(200);
  const pages = await Promise.all(codes.map((code) => verify(eventId, code)));
  for (const page of pages) expect(page).toContain('This receipt is genuine');
  const photo = pages.find((page) => page.includes(words.en)) ?? '';
  expect(photo).toContain(given.consentsGiven?.[PHOTO]?.hash.slice(0, 20));
  for (const secret of ['Somchai', given.reference, 'receipt@people.example', WORSE.en])
    expect(photo).not.toContain(secret);
  const [code = ''] = codes;
  expect(await verify(eventId, code.toLowerCase().replaceAll('-', ' '), 'km')).toContain('បង្កាន់ដៃនេះពិត');
  // Changed in its time, words or proof, or of another event, it proves nothing.
  for (const at of [7, 20, 55]) {
    const tampered = code.slice(0, at) + (code[at] === '0' ? '1' : '0') + code.slice(at + 1);
    expect(await verify(eventId, tampered)).toContain('This certificate is not valid');
  }
  expect(await verify('more', code)).toContain('This certificate is not valid');
  // A later change of something else brings no second receipt.
  const token = await manageToken(given, secrets);
  await new Promise((done) => setTimeout(done, 5_100));
  await call('amendRegistration', {
    ...postJson({ consents: { 'code-of-conduct': '2027-1' } }),
    headers: bearer(token),
  });
  await sendAll(eventId);
  const all = await mailsTo('receipt@people.example');
  expect(all).toHaveLength(2);
  expect(all.filter((each) => codesIn(each.text).length > 0)).toHaveLength(1);
});

it('PW2: a guardian has the receipt in the mail that they get an hour later, in their language', async () => {
  const eventId = 'guardian-receipts';
  await open(eventId);
  const guardian = { name: 'Parent', email: 'parent@guardian.example.org', language: 'km' };
  const begun = await beginYoung(parts, eventId, youngSubmission({ email: 'young@young.example.org', guardian }));
  const params = { token: await consentToken(begun, secrets) };
  await call('postConsent', { params, query: { lang: 'en' }, ...postForm(consentFields(true)) });
  await sendAll(eventId);
  const receipts = (await mailsTo(guardian.email)).filter(({ text }) => codesIn(text).length > 0);
  expect(receipts).toHaveLength(1);
  const { text = '' } = receipts[0] ?? {};
  expect(text).toContain('បង្កាន់ដៃនៃអ្វីដែលអ្នកបានយល់ព្រម');
  // Agreed to in English: those are the words.
  const words = forum().minors?.consents.find(({ id }) => id === PHOTO)?.agreement as { en: string };
  expect(text.replace(/\s+/g, ' ')).toContain(words.en);
  expect(text).not.toContain('Dara');
  expect(codesIn(text)).toHaveLength(2);
  for (const code of codesIn(text)) expect(await verify(eventId, code)).toContain('This receipt is genuine');
  // The minor is not sent it.
  expect((await mailsTo('young@young.example.org')).filter((each) => codesIn(each.text).length > 0)).toEqual([]);
});
