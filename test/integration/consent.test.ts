import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import type { Job } from '../../shared/mail/outbox/outbox-items.store.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, registrationsTo, scan, takenIn } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

let parts: Parts;
let secrets: Secrets;
const eventId = 'asean-ict-forum';

beforeAll(async () => {
  parts = await startParts();
  const { questions, categories } = forum();
  await parts.publish(
    forum({
      questions: questions.filter(({ required }) => !required),
      categories: categories.map((each) => (each.id === 'media' ? { ...each, minors: true } : each)),
    }),
  );
  secrets = (await import('../../functions/registration/index.ts')).realDeps().secrets;
});
afterAll(() => parts?.stop());

const registrationOf = async (email: string): Promise<Registration | undefined> =>
  (await registrationsTo(parts, eventId, email))[0];
const messagesTo = (address: string) => scan(parts, 'outbox', { having: { to: address } });
const kindsTo = async (address: string) => (await messagesTo(address)).map(({ kind }) => kind).sort();

interface Pair {
  readonly young: string;
  readonly guardian: string;
  readonly reference: string;
  /** Tokens of their links. */
  readonly consent: string;
  readonly manage: string;
}

/** Someone under 18 has asked. */
async function asked(name: string): Promise<Pair> {
  const young = `${name}@young.example.org`;
  const guardian = `${name}@guardian.example.org`;
  const sent = youngSubmission({ email: young, guardian: { name: 'Parent', email: guardian, language: 'km' } });
  const registration = await beginYoung(parts, eventId, sent);
  const { reference } = registration;
  return {
    young,
    guardian,
    reference,
    consent: await consentToken(registration, secrets),
    manage: await manageToken(registration, secrets),
  };
}

const press = ({ consent }: Pair, fields: [string, string][]) =>
  call('postConsent', { params: { token: consent }, ...postForm(fields) });
const answer = ({ manage }: Pair, changes: Record<string, string> = {}) =>
  call('postComplete', { params: { token: manage }, ...postForm(completeFields(changes)) });

/** The same however its maps are ordered, as the table may give them in any order. */
const textOf = (item: unknown): string =>
  JSON.stringify(item, (_, part: unknown) => {
    const isMap = typeof part === 'object' && part !== null && !Array.isArray(part);
    return isMap ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part;
  });

/** Everything that mentions someone. */
async function tracesOf({ reference, young, guardian }: Pair): Promise<string[]> {
  const tables = await Promise.all((['registry', 'outbox', 'care'] as const).map((table) => scan(parts, table)));
  const texts = tables.flat().map((item) => textOf(item));
  return texts.filter((text) => [reference, young, guardian].some((each) => text.includes(each))).sort();
}

describe('the page of a guardian', () => {
  it('CS3, CS6: says whom it is about, asks for each consent apart and unticked, and changes nothing by being opened', async () => {
    const pair = await asked('opens');
    const before = await tracesOf(pair);
    for (const method of ['GET', 'HEAD']) await call('showConsent', { params: { token: pair.consent }, method });
    const { statusCode, body = '' } = await call('showConsent', { params: { token: pair.consent } });
    expect(statusCode).toBe(200);
    expect(body).toContain('Dara');
    expect(body).toContain('name="consents.attendance" value="2027-1"');
    expect(body).toContain('name="consents.photo-recording" value="2027-1"');
    expect(body).not.toMatch(/<input[^>]* checked/);
    expect(body).toContain('safeguarding@copforum.example.org');
    expect(await tracesOf(pair)).toEqual(before);
  });

  it('opens for nobody else: not with the minor’s link, a changed one, or as a manage link', async () => {
    const pair = await asked('forged');
    const changed = pair.consent.slice(0, -1) + (pair.consent.endsWith('A') ? 'Q' : 'A');
    for (const token of [pair.manage, changed, 'nothing', `${eventId}.${pair.reference}.${'A'.repeat(22)}`]) {
      expect((await call('showConsent', { params: { token } })).statusCode).toBe(401);
      expect((await call('postConsent', { params: { token }, ...postForm(consentFields()) })).statusCode).toBe(401);
    }
    expect((await call('showRegistration', { params: { token: pair.consent } })).statusCode).toBe(401);
    expect(await registrationOf(pair.young)).toMatchObject({ status: 'pending-guardian', revision: 2 });
  });

  it.each([
    [[['action', 'agree']], 'consents-attendance-error'],
    [
      [
        ['action', 'agree'],
        ['consents.attendance', '2020-0'],
      ],
      'consents-attendance-error',
    ],
  ] as [[string, string][], string][])(
    'comes back where a required consent is missing or old: %j',
    async (fields, error) => {
      const pair = await asked(`missing-${fields.length}`);
      const { statusCode, body } = await press(pair, fields);
      expect(statusCode).toBe(422);
      expect(body).toContain(error);
      expect((await registrationOf(pair.young))?.minor?.guardianConsents).toBeUndefined();
    },
  );
});

describe('agreeing', () => {
  it('CS2, CS3: tells the minor at once and the guardian an hour later, and makes no ticket and no seat', async () => {
    const pair = await asked('agrees');
    const answers = await Promise.all([press(pair, consentFields()), press(pair, consentFields())]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await registrationOf(pair.young)).toMatchObject({
      status: 'pending-guardian',
      minor: { guardianConsents: { attendance: '2027-1' } },
      seats: [],
    });
    expect(await kindsTo(pair.young)).toEqual(['guardian-agreed', 'pending-guardian']);
    expect(await kindsTo(pair.guardian)).toEqual(['guardian-receipt', 'guardian-request']);
    const receipt = (await messagesTo(pair.guardian)).find(({ kind }) => kind === 'guardian-receipt');
    const wait = Date.parse(String(receipt?.['notBefore'])) - Date.parse(String(receipt?.['createdAt']));
    expect(Math.round(wait / 1000)).toBe(3600);
    expect(receipt).toMatchObject({ due: expect.stringMatching(/^mail#/), language: 'km' });
    const { body = '' } = await call('getRegistration', { headers: { authorization: `Bearer ${pair.manage}` } });
    expect(JSON.parse(body).ticket).toBeUndefined();
  });

  it('CS6: refusing photos blocks nothing, and each consent is kept with its version', async () => {
    const pair = await asked('no-photo');
    await press(pair, consentFields(false));
    const [guardian] = (await scan(parts, 'care')).filter(({ email }) => email === pair.guardian);
    expect(guardian).toMatchObject({ consents: { attendance: '2027-1' } });
    expect(guardian?.['agreedAt']).toEqual(expect.any(String));
    expect((await answer(pair)).statusCode).toBe(303);
    expect(await registrationOf(pair.young)).toMatchObject({ status: 'confirmed' });
  });

  it.each([
    ['', 'missing'],
    ['call me', 'wrong'],
    ['12', 'short'],
  ])('CS17: needs a number for an emergency: "%s"', async (phone, name) => {
    const pair = await asked(`phone-${name}`);
    const fields = consentFields(true).map(([field, value]): [string, string] => [
      field,
      field === 'phone' ? phone : value,
    ]);
    const { statusCode, body } = await press(pair, fields);
    expect(statusCode).toBe(422);
    expect(body).toContain('href="#phone"');
    expect(body).toMatch(/name="consents\.photo-recording"[^>]*checked/);
    expect((await registrationOf(pair.young))?.minor?.guardianConsents).toBeUndefined();
  });

  it('CS17: keeps the number in Care alone, and takes another one later', async () => {
    const pair = await asked('phone');
    await press(pair, consentFields());
    const kept = async () => (await scan(parts, 'care')).find(({ email }) => email === pair.guardian)?.['phone'];
    expect(await kept()).toBe('+855 12 000 000');
    const wrong = await press(pair, [
      ['action', 'change-phone'],
      ['phone', 'none'],
    ]);
    expect([wrong.statusCode, wrong.body?.includes('href="#phone"')]).toEqual([422, true]);
    const other = await press(pair, [
      ['action', 'change-phone'],
      ['phone', ' +855 12 000 009 '],
    ]);
    expect(other.statusCode).toBe(303);
    expect(await kept()).toBe('+855 12 000 009');
    expect(JSON.stringify(await scan(parts, 'registry'))).not.toContain('000 009');
    const shown = await call('showConsent', { params: { token: pair.consent } });
    expect(shown.body).not.toContain('000 009');
    await press(pair, [['action', 'withdraw']]);
    expect(await kept()).toBeUndefined();
  });

  it('works for programs too, and says what is wrong', async () => {
    const pair = await asked('api');
    const headers = { authorization: `Bearer ${pair.consent}` };
    const wrong = await call('giveConsent', postJson({ action: 'agree', consents: { other: '1' } }, headers));
    expect(JSON.parse(wrong.body ?? '').errors.map(({ path }: { path: string }) => path)).toEqual([
      'consents.attendance',
      'consents.other',
      'phone',
    ]);
    const decision = { action: 'agree', consents: { attendance: '2027-1' }, phone: '+855 12 000 000' };
    const good = await call('giveConsent', postJson(decision, headers));
    expect([good.statusCode, JSON.parse(good.body ?? '')]).toEqual([200, { status: 'agreed' }]);
    const withdrawn = await call('giveConsent', postJson({ action: 'withdraw' }, headers));
    expect(JSON.parse(withdrawn.body ?? '')).toEqual({ status: 'withdrawn' });
  });
});

describe('completing', () => {
  it('CS2: is not possible before the guardian has agreed', async () => {
    const pair = await asked('early');
    const { statusCode, headers } = await call('showComplete', { params: { token: pair.manage } });
    // To the page that says whom they wait for.
    expect([statusCode, headers?.['location']]).toEqual([303, `/m/${pair.manage}?lang=en`]);
    expect((await answer(pair)).statusCode).toBe(409);
    expect(await registrationOf(pair.young)).toMatchObject({ status: 'pending-guardian', category: '' });
  });

  it('CS2: gives a seat and a ticket as for anyone, once', async () => {
    const pair = await asked('completes');
    await press(pair, consentFields());
    const taken = async () => takenIn(await readRegistry(parts, eventId), 'in-person');
    const before = await taken();
    const answers = await Promise.all([answer(pair), answer(pair)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    const registration = await registrationOf(pair.young);
    expect(registration).toMatchObject({
      status: 'confirmed',
      category: 'children-youth',
      ageBand: 'minor',
      position: '',
    });
    expect(registration?.minor?.answerBy).toBeUndefined();
    expect(await taken()).toBe(before + 1);
    expect((await kindsTo(pair.young)).filter((kind) => kind === 'confirmed')).toHaveLength(1);
    const { body = '' } = await call('getRegistration', { headers: { authorization: `Bearer ${pair.manage}` } });
    expect(JSON.parse(body).ticket.code).toMatch(/^PLN1:/);
  });

  it.each([
    ['neither', false, false, false],
    ['the guardian alone', true, false, false],
    ['the minor alone', false, true, false],
    ['both', true, true, true],
  ])('CS7: a photo is agreed to where %s said yes: %s %s %s', async (who, guardian, young, agreed) => {
    const pair = await asked(`photo-${who.replaceAll(' ', '-')}`);
    await press(pair, consentFields(guardian));
    await answer(pair, young ? { 'consents.photo-recording': '2027-1' } : {});
    const registration = await registrationOf(pair.young);
    expect(registration?.status).toBe('confirmed');
    expect('photo-recording' in (registration?.consents ?? {})).toBe(agreed);
  });

  it('comes back with what has to change', async () => {
    const pair = await asked('incomplete');
    await press(pair, consentFields());
    const { statusCode, body } = await answer(pair, { organisation: '', country: 'XX' });
    expect(statusCode).toBe(422);
    for (const id of ['organisation-error', 'country-error']) expect(body).toContain(`id="${id}"`);
    expect((await answer(pair, { email: 'other@example.org' })).statusCode).toBe(422);
    expect(await registrationOf(pair.young)).toMatchObject({ status: 'pending-guardian' });
  });

  it('waits for approval where the group needs it', async () => {
    const pair = await asked('media');
    await press(pair, consentFields());
    await answer(pair, { category: 'media' });
    expect(await registrationOf(pair.young)).toMatchObject({ status: 'pending-approval', seats: [] });
  });
});

describe('CS7: a yes to photos, later', () => {
  const photo = { 'consents.photo-recording': '2027-1' };
  const amendPhoto = ({ manage }: Pair, consents: Record<string, string>) =>
    call('amendRegistration', postJson({ consents }, { authorization: `Bearer ${manage}` }));
  const agreedTo = async ({ young }: Pair) => Object.keys((await registrationOf(young))?.consents ?? {});

  it('does not come from the minor alone', async () => {
    const pair = await asked('photo-amended');
    await press(pair, consentFields(false));
    await answer(pair);
    await amendPhoto(pair, { 'code-of-conduct': '2027-1', 'photo-recording': '2027-1' });
    expect(await agreedTo(pair)).not.toContain('photo-recording');
  });

  it('ends with the minor’s own no, and comes back with their yes while the guardian’s holds', async () => {
    const pair = await asked('photo-own');
    await press(pair, consentFields(true));
    await answer(pair, photo);
    await amendPhoto(pair, { 'code-of-conduct': '2027-1' });
    expect(await agreedTo(pair)).not.toContain('photo-recording');
    await amendPhoto(pair, { 'code-of-conduct': '2027-1', 'photo-recording': '2027-1' });
    expect(await agreedTo(pair)).toContain('photo-recording');
  });

  it('is taken back by the guardian alone, at once and for good; attendance goes on', async () => {
    const pair = await asked('photo-taken-back');
    await press(pair, consentFields(true));
    await answer(pair, photo);
    const page = await call('showConsent', { params: { token: pair.consent } });
    expect(page.body).toContain('value="take-back"');
    const taken: [string, string][] = [
      ['action', 'take-back'],
      ['consent', 'photo-recording'],
    ];
    expect((await press(pair, taken)).statusCode).toBe(303);
    const { revision, ...after } = (await registrationOf(pair.young)) as Registration;
    expect(after).toMatchObject({ status: 'confirmed', minor: { guardianConsents: { attendance: '2027-1' } } });
    const [guardian] = (await scan(parts, 'care')).filter(({ email }) => email === pair.guardian);
    expect(guardian?.['consents']).toEqual({ attendance: '2027-1' });
    expect(await agreedTo(pair)).not.toContain('photo-recording');
    expect((await press(pair, taken)).statusCode).toBe(303);
    expect((await registrationOf(pair.young))?.revision).toBe(revision);
    await amendPhoto(pair, { 'code-of-conduct': '2027-1', 'photo-recording': '2027-1' });
    expect(await agreedTo(pair)).not.toContain('photo-recording');
    expect((await call('showConsent', { params: { token: pair.consent } })).body).not.toContain('value="take-back"');
  });

  it.each(['attendance', 'other', ''])('does not take back %j alone', async (consent) => {
    const pair = await asked(`not-alone-${consent}`);
    await press(pair, consentFields(true));
    const headers = { authorization: `Bearer ${pair.consent}` };
    const refused = await call('giveConsent', postJson({ action: 'take-back', consent }, headers));
    expect(refused.statusCode).toBe(422);
    expect((await registrationOf(pair.young))?.minor?.guardianConsents).toHaveProperty('attendance');
  });
});

describe('AU4: the guardian’s address', () => {
  it('is beyond the reach of whoever holds the minor’s link', async () => {
    const pair = await asked('other-guardian');
    const before = await tracesOf(pair);
    const headers = { authorization: `Bearer ${pair.manage}` };
    const guardian = { name: 'Friend', email: 'friend@example.org', language: 'en' };
    expect((await call('amendRegistration', postJson({ guardian }, headers))).statusCode).toBe(422);
    expect((await answer(pair, { 'guardian.email': 'friend@example.org' })).statusCode).toBe(422);
    for (const id of ['showRegistration', 'showComplete'] as const) {
      expect((await call(id, { params: { token: pair.manage } })).body).not.toContain(pair.guardian);
    }
    expect(await tracesOf(pair)).toEqual(before);
    await press(pair, consentFields());
    expect((await answer(pair, { 'guardian.email': 'friend@example.org' })).statusCode).toBe(422);
    expect((await scan(parts, 'care')).some(({ email }) => email === 'friend@example.org')).toBe(false);
  });
});

describe('refusing and withdrawing', () => {
  it('CS1, CS4: refusing deletes everything and tells the minor kindly; the link is dead, the address is free', async () => {
    const pair = await asked('refused');
    const { statusCode, body } = await press(pair, [['action', 'refuse']]);
    expect(statusCode).toBe(200);
    expect(body).toContain('We have deleted everything');
    const left = (await tracesOf(pair)).map((text) => JSON.parse(text));
    const [mails, job] = [['guardian-refused', 'guardian-request', 'pending-guardian'], 'index-people'];
    expect(left.map((each) => each.kind ?? each.job).sort()).toEqual([...mails, job].sort());
    expect((await press(pair, [['action', 'refuse']])).statusCode).toBe(401);
    expect((await call('showRegistration', { params: { token: pair.manage } })).statusCode).toBe(401);
    const again = await asked('refused');
    expect(again.reference).not.toBe(pair.reference);
  });

  it('CS5: a guardian who withdraws ends a confirmed registration: seat back, ticket gone, data deleted', async () => {
    const pair = await asked('withdrawn');
    await press(pair, consentFields());
    await answer(pair);
    const taken = async () => takenIn(await readRegistry(parts, eventId), 'in-person');
    const before = await taken();
    const answers = [await press(pair, [['action', 'withdraw']]), await press(pair, [['action', 'withdraw']])];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(await taken()).toBe(before - 1);
    const left = (await readRegistry(parts, eventId)).registrations.find(
      ({ reference }) => reference === pair.reference,
    );
    expect(left).toMatchObject({
      status: 'cancelled',
      email: '',
      fullName: '',
      organisation: '',
      answers: {},
      seats: [],
    });
    expect(left?.ticketId).toHaveLength(20);
    expect((await scan(parts, 'care')).filter(({ email }) => email === pair.guardian)).toEqual([]);
    expect(await kindsTo(pair.young)).toContain('consent-withdrawn');
    const { statusCode, body } = await call('showRegistration', { params: { token: pair.manage } });
    expect([statusCode, body?.includes('Your registration has ended')]).toEqual([200, true]);
    expect((await call('showConsent', { params: { token: pair.consent } })).body).toContain('consent is withdrawn');
  });

  it('CS5: the minor can stop at any time, before the guardian answered and after', async () => {
    const early = await asked('stops-early');
    const stop = ({ manage }: Pair) =>
      call('postRegistration', { params: { token: manage }, ...postForm([['action', 'cancel']]) });
    expect((await stop(early)).body).toContain('Your registration has ended');
    expect(await registrationOf(early.young)).toBeUndefined();
    expect((await call('showConsent', { params: { token: early.consent } })).statusCode).toBe(401);

    const late = await asked('stops-late');
    await press(late, consentFields());
    await answer(late);
    const headers = { authorization: `Bearer ${late.manage}` };
    const stopped = await call('cancelRegistration', { headers });
    expect(JSON.parse(stopped.body ?? '')).toMatchObject({ status: 'cancelled', email: '', fullName: '' });
    expect((await scan(parts, 'care')).filter(({ email }) => email === late.guardian)).toEqual([]);
  });
});

describe('without an answer', () => {
  const timer = async () => (await import('../../functions/housekeeping/index.ts')).handler({} as never);

  /** Lets the time for an answer pass. */
  async function overdue({ reference, young }: Pair): Promise<void> {
    const client = DynamoDBDocumentClient.from(parts.database.client);
    const TableName = parts.database.tables.registry;
    const registration = (await registrationOf(young)) as Registration;
    const [pending] = (await scan(parts, 'registry')).filter(
      (item) => item['pk'] === 'PENDING-ANSWER' && item['reference'] === reference,
    );
    const past = '2026-01-01T00:00:00.000Z';
    const { toPendingAnswerItem, fromPendingAnswerItem } = await import(
      '../../shared/minors/consent/guardian.schema.ts'
    );
    const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
    const moved = { ...fromPendingAnswerItem(pending ?? {}), answerBy: past };
    await client.send(new PutCommand({ TableName, Item: toPendingAnswerItem(moved, 4_000_000_000) }));
    await client.send(
      new UpdateCommand({
        TableName,
        Key: { pk: `REGISTRATION#${eventId}#${reference.slice(0, 1)}`, sk: registration.reference },
        UpdateExpression: 'SET answerBy = :past',
        ExpressionAttributeValues: { ':past': past },
      }),
    );
  }

  it('CS4: a request is purged with all that is known of both, and the minor is told', async () => {
    const [late, agreed, patient] = [await asked('late'), await asked('agreed-late'), await asked('patient')];
    await press(agreed, consentFields());
    await overdue(late);
    await overdue(agreed);
    await Promise.all([timer(), timer()]);
    for (const pair of [late, agreed]) {
      expect(await registrationOf(pair.young)).toBeUndefined();
      expect((await scan(parts, 'care')).filter(({ email }) => email === pair.guardian)).toEqual([]);
      expect((await kindsTo(pair.young)).filter((kind) => kind === 'guardian-expired')).toHaveLength(1);
      expect(await kindsTo(pair.guardian)).not.toContain('guardian-reminder');
    }
    expect(await registrationOf(patient.young)).toMatchObject({ status: 'pending-guardian' });
    expect(await asked('late')).toMatchObject({ young: late.young });
  });

  it('CS20: of a request that is purged or refused, no reference stays in the index of people', async () => {
    const pairs = [await asked('indexed-late'), await asked('indexed-refused')];
    const [late, refused] = pairs as [Pair, Pair];
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const { keepPeople, makePeople } = await import('../../shared/registration/people/keep-people.case.ts');
    const { PLACES, RECENT } = await import('../../shared/registration/people/people.store.ts');
    const house = realDeps();
    const indexed = async () => {
      const find = await house.people.chunks(eventId, [RECENT, ...PLACES], true);
      const minors = [RECENT, ...PLACES].flatMap((place) => find(place).chunk?.minors ?? []);
      const known = minors.map(({ reference }) => reference);
      return pairs.map(({ reference }) => known.includes(reference));
    };
    await makePeople(house, newJob(house.system, 'make-people', eventId));
    expect(await indexed()).toEqual([true, true]);
    await overdue(late);
    await timer();
    await press(refused, [['action', 'refuse']]);
    const jobs = (await scan(parts, 'outbox')).filter(({ job }) => job === 'index-people') as unknown as Job[];
    for (const job of jobs) await keepPeople(house, job);
    expect(await indexed()).toEqual([false, false]);
    const { readPeople } = await import('../../shared/registration/people/people.case.ts');
    const rules = await house.readRules(eventId);
    const { minors } = await readPeople({ ...house, peopleMemory: new Map() }, rules as never);
    for (const { reference } of pairs) expect(minors.has(reference)).toBe(false);
  });
});

describe('the mails', () => {
  it('AB3: name nobody, say what happened even once everything is deleted, and stay unsent where an answer came', async () => {
    const pair = await asked('mailed');
    await press(pair, [['action', 'refuse']]);
    const { handler } = await import('../../functions/outbox/index.ts');
    const inserts = await outboxInserts(parts);
    await handler(inserts);
    const mails = (address: string) => fetchMails(address);
    expect((await mails(pair.young)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('About your registration'),
    ]);
    expect(await mails(pair.guardian)).toEqual([]);
    const other = await asked('mailed-too');
    await handler(await outboxInserts(parts));
    const [request] = await mails(other.guardian);
    expect(request?.text).toContain(`/g/${other.consent}`);
    expect(JSON.stringify(request)).not.toContain('Dara');
    expect(await mails(other.guardian)).toHaveLength(1);
  });

  async function fetchMails(address: string): Promise<{ subject: string; text: string }[]> {
    const answer = await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`);
    return (await answer.json()) as { subject: string; text: string }[];
  }
});

describe('CS8: no public answer holds a minor', () => {
  it('on any page or in any data that anyone may read', async () => {
    const pair = await asked('hidden');
    await press(pair, consentFields());
    await answer(pair, { fullName: 'Hidden Person' });
    const params = { eventId };
    const all = await Promise.all(
      (['getEvent', 'showEvent', 'showForm', 'showYoungForm', 'showThanks', 'showFind', 'showPrivacy'] as const).map(
        (id) => call(id, { params }),
      ),
    );
    for (const { body = '' } of all) {
      for (const own of [pair.young, pair.guardian, pair.reference, 'Hidden Person']) expect(body).not.toContain(own);
    }
  });
});
