import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { tieStep } from '../../shared/minors/chaperone/chaperone.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { changeAddress } from '../support/change-address.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, registrationBy, registrationsTo, scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, auditOf, grantTeam } from '../support/team.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

let parts: Parts;
let secrets: Secrets;
const eventId = 'chaperones';
const LAST_DAY = forum().days.at(-1)?.date ?? '';
type Member = Parameters<typeof ask>[0];

beforeAll(async () => {
  parts = await startParts();
  const { minors, ...event } = forum({ id: eventId, questions: [] });
  if (minors === undefined) throw new Error('the forum takes no minors');
  const categories = event.categories.map(({ approval: _, ...category }) => category);
  await parts.publish({ ...event, categories, minors: { ...minors, chaperoneRatio: 2 } });
  await grantTeam(parts, eventId);
  secrets = (await import('../../functions/registration/index.ts')).realDeps().secrets;
});
afterAll(() => parts?.stop());

const byReference = async (reference: string): Promise<Registration | undefined> =>
  registrationBy(parts, eventId, reference);
const byEmail = async (address: string): Promise<Registration> => {
  const found = (await registrationsTo(parts, eventId, address))[0];
  if (found === undefined) throw new Error(`${address} is not registered`);
  return found;
};

/** A confirmed adult; returns the reference. */
async function adult(name: string, sent: Record<string, unknown> = {}): Promise<string> {
  const email = `${name}@adult.example.org`;
  const body = submission({ email, fullName: `Adult ${name}`, mode: 'in-person', answers: {}, ...sent });
  const answer = await call('submitRegistration', { params: { eventId }, ...postJson(body) });
  expect(answer.statusCode, answer.body).toBe(202);
  return (await byEmail(email)).reference;
}

/** Someone under 18 who comes in person, or as the fields say; returns the reference. */
async function minor(name: string, fields: Record<string, string> = {}): Promise<string> {
  const email = `${name}@young.example.org`;
  const guardian = { name: 'Parent', email: `${name}@guardian.example.org`, language: 'en' };
  const registration = await beginYoung(parts, eventId, youngSubmission({ email, guardian }));
  const consent = await consentToken(registration, secrets);
  await call('postConsent', { params: { token: consent }, ...postForm(consentFields()) });
  const token = await manageToken(registration, secrets);
  const answer = await call('postComplete', { params: { token }, ...postForm(completeFields(fields)) });
  expect(answer.statusCode, answer.body).toBe(303);
  return registration.reference;
}

async function name(of: string, chaperone: string | null, who: Member = 'safeguarding', revision?: number) {
  const body = { chaperone, revision: revision ?? (await byReference(of))?.revision ?? 0 };
  return ask(who, 'nameChaperone', { params: { eventId, reference: of }, body });
}

/** Says until when an adult was vetted, as one of the team. */
async function sayVetted(reference: string, vettedUntil: string | null = LAST_DAY, who: Member = 'safeguarding') {
  const body = { vettedUntil, revision: (await byReference(reference))?.revision ?? 0 };
  return ask(who, 'vetChaperone', { params: { eventId, reference }, body });
}

/** An organiser proposes it, and a vetted member accepts it. */
async function vet(reference: string, vettedUntil = LAST_DAY) {
  expect((await sayVetted(reference, vettedUntil, 'organiser')).status).toBe(200);
  return sayVetted(reference, vettedUntil);
}

async function press(reference: string, action: string, more: [string, string][] = []) {
  const token = await manageToken((await byReference(reference)) as Registration, secrets);
  return call('postRegistration', { params: { token }, ...postForm([['action', action], ...more]) });
}

const pageOf = async (reference: string): Promise<string> => {
  const token = await manageToken((await byReference(reference)) as Registration, secrets);
  return (await call('showRegistration', { params: { token } })).body ?? '';
};
const kindsOf = async (reference: string) =>
  (await scan(parts, 'outbox', { having: { reference } })).map(({ kind }) => kind);
const standingOf = async (reference: string) => {
  const { body } = await ask('safeguarding', 'listMinors', { params: { eventId } });
  return body.minors.find((each: { reference: string }) => each.reference === reference)?.standing;
};

/** Each end of every tie says the same as the other. */
async function expectTied(): Promise<void> {
  const { registrations } = await readRegistry(parts, eventId);
  const fromMinors = registrations.flatMap(({ reference, minor }) =>
    minor?.chaperone ? [`${minor.chaperone.reference} ${reference}`] : [],
  );
  const fromAdults = registrations.flatMap(({ reference, chaperoning }) =>
    Object.keys(chaperoning?.minors ?? {}).map((each) => `${reference} ${each}`),
  );
  expect(fromMinors.sort()).toEqual(fromAdults.sort());
  for (const { minor } of registrations) {
    const chaperone = minor?.chaperone;
    if (chaperone === undefined) continue;
    const { chaperoning, days } = registrations.find(({ reference }) => reference === chaperone.reference) ?? {};
    const { acceptedAt, vettedUntil } = chaperoning ?? {};
    expect({ acceptedAt, vettedUntil, days }).toEqual({
      acceptedAt: chaperone.acceptedAt,
      vettedUntil: chaperone.vettedUntil,
      days: chaperone.days,
    });
  }
}

describe('CS12: a chaperone', () => {
  it('is asked by mail, accepts by a press, and is vetted; only then the door lets the minor in', async () => {
    const [young, carer, second] = [await minor('first'), await adult('first'), await adult('second')];
    expect(await pageOf(young)).toContain('Your chaperone is being arranged');
    expect((await name(young, carer)).status).toBe(200);
    expect(await kindsOf(carer)).toContain('chaperone-request');
    expect(await pageOf(young)).toContain('Your chaperone is being arranged');
    expect(await pageOf(carer)).toContain('the chaperone of one young person');
    expect((await press(carer, 'chaperone-accept')).statusCode).toBe(303);
    expect(await pageOf(young)).toContain('Your chaperone is arranged');
    expect(await standingOf(young)).toBe('hold-safeguarding');
    expect((await vet(carer)).body).toMatchObject({ vettedUntil: LAST_DAY, minors: 1 });
    expect(await standingOf(young)).toBe('hold-safeguarding');
    // The floor: there are two adults at least.
    await vet(second);
    await name(await minor('other'), second);
    await press(second, 'chaperone-accept');
    expect(await standingOf(young)).toBe('ok');
    await expectTied();
  });

  it('stays one through a change of address and its undo, unless the other one accepted', async () => {
    const use = changeAddress(parts, secrets);
    const held = async (reference: string) => (await byReference(reference)) as Registration;
    for (const accepts of ['before', 'meanwhile']) {
      const [young, carer] = [await minor(`tied-${accepts}`), await adult(`moves-${accepts}`)];
      await name(young, carer);
      if (accepts === 'before') {
        await press(carer, 'chaperone-accept');
        await vet(carer);
      }
      const before = (await held(carer)).chaperoning;
      await use.sendCode(await held(carer));
      await use.ask(await held(carer), await use.codeOf(await held(carer)), `${accepts}@moved.example.org`);
      expect((await use.press(await use.confirmToken(await held(carer)), 'confirm')).statusCode).toBe(303);
      expect((await held(carer)).chaperoning).toEqual(before);
      if (accepts === 'meanwhile') await press(carer, 'chaperone-accept');
      expect((await use.press(await use.undoToken(await held(carer)), 'undo')).statusCode).toBe(303);
      expect((await held(carer)).chaperoning).toEqual(accepts === 'before' ? before : undefined);
      await expectTied();
    }
  });

  it('sees how many they look after and never whom, on no page and in no mail', async () => {
    const [young, carer] = [await minor('hidden', { fullName: 'Hidden Name' }), await adult('blind')];
    const other = await minor('unseen', { fullName: 'Hidden Name' });
    for (const each of [young, other]) await name(each, carer);
    const { handler } = await import('../../functions/outbox/index.ts');
    await handler(await outboxInserts(parts));
    const mails = await (await fetch(`${parts.mailbox.url}/messages?to=blind@adult.example.org`)).text();
    expect(mails).toContain('Will you look after young people?');
    const asked = await pageOf(carer);
    expect(asked).toContain('the chaperone of 2 young people under 18');
    await press(carer, 'chaperone-accept');
    const accepted = await pageOf(carer);
    expect(accepted).toContain('2 young people are entrusted to you');
    for (const text of [mails, asked, accepted]) {
      for (const own of ['Hidden Name', young, other, 'hidden@', 'unseen@']) expect(text).not.toContain(own);
    }
    for (const each of [young, other]) {
      expect(await pageOf(each)).toContain('Your chaperone is arranged');
      expect(await pageOf(each)).not.toContain('Adult blind');
    }
  });

  it('looks after no more than the event says', async () => {
    const carer = await adult('full');
    for (const each of ['full-1', 'full-2']) expect((await name(await minor(each), carer)).status).toBe(200);
    const refused = await name(await minor('full-3'), carer);
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'chaperone-full']);
    expect((await kindsOf(carer)).filter((kind) => kind === 'chaperone-request')).toHaveLength(1);
  });

  it('is asked before there is anyone to entrust, so that there are some to spare, once and by focal points only', async () => {
    const carer = await adult('spare');
    const asking = (chaperone: string, who: Member = 'safeguarding') =>
      ask(who, 'askChaperone', { params: { eventId }, body: { chaperone } });
    for (const who of ['organiser', 'vettedOrganiser', 'lapsedSafeguarding', 'thailand'] as const) {
      expect((await asking(carer, who)).status).toBe(403);
    }
    for (const wrong of [
      await adult('spare-online', { mode: 'online' }),
      await minor('spare-minor'),
      '0000000000',
      '',
    ]) {
      expect((await asking(wrong)).body.errors?.[0]).toMatchObject({ path: 'chaperone', code: 'not-a-chaperone' });
    }
    const answers = await Promise.all([asking(carer), asking(carer)]);
    for (const { status, body } of answers) expect([status, body.minors, body.reference]).toEqual([200, 0, carer]);
    expect((await kindsOf(carer)).filter((kind) => kind === 'chaperone-request')).toHaveLength(1);
    expect((await auditOf(parts, eventId)).filter((entry) => entry === `ask-chaperone ${carer}`)).toHaveLength(1);
    expect(await pageOf(carer)).toContain('ask you to be a chaperone of young people under 18');
    await press(carer, 'chaperone-accept');
    expect((await asking(carer)).body.acceptedAt).toBeDefined();
    const young = await minor('spared');
    expect((await name(young, carer)).body.chaperone).toMatchObject({ name: 'Adult spare', minors: 1 });
    expect((await byReference(young))?.minor?.chaperone?.acceptedAt).toBeDefined();
    await press(carer, 'chaperone-decline');
    await asking(carer);
    expect((await kindsOf(carer)).filter((kind) => kind === 'chaperone-request')).toHaveLength(2);
    await expectTied();
  });

  it('is a confirmed adult who comes', async () => {
    const young = await minor('picky');
    const online = await adult('online', { mode: 'online' });
    for (const wrong of [online, await minor('no-adult'), young, '0000000000', 'nobody']) {
      expect((await name(young, wrong)).body.errors?.[0].code).toBe('not-a-chaperone');
    }
    expect((await byReference(young))?.minor?.chaperone).toBeUndefined();
  });

  it('is not needed online, nor for an adult', async () => {
    const [online, carer] = [await minor('at-home', { mode: 'online' }), await adult('not-needed')];
    expect((await name(online, carer)).status).toBe(409);
    expect((await name(carer, carer)).status).toBe(404);
    expect(await standingOf(online)).toBeUndefined();
    expect(await pageOf(online)).not.toContain('Who looks after you?');
  });

  it('is swapped on the spot: who accepted before looks after the next one at once', async () => {
    const [young, former, next] = [await minor('swapped'), await adult('former'), await adult('next')];
    await vet(next);
    await name(await minor('of-next'), next);
    await press(next, 'chaperone-accept');
    await name(young, former);
    expect((await name(young, next)).status).toBe(200);
    expect((await byReference(young))?.minor?.chaperone).toMatchObject({ reference: next, vettedUntil: LAST_DAY });
    expect((await byReference(young))?.minor?.chaperone?.acceptedAt).toBeDefined();
    expect((await byReference(former))?.chaperoning?.minors).toEqual({});
    expect((await name(young, null)).status).toBe(200);
    expect((await byReference(young))?.minor?.chaperone).toBeUndefined();
    await expectTied();
  });

  it('is named by focal points only, on what they looked at, and each time it is noted', async () => {
    const [young, carer] = [await minor('noted'), await adult('noted')];
    const revision = (await byReference(young))?.revision ?? 0;
    for (const who of ['organiser', 'vettedOrganiser', 'lapsedSafeguarding', 'thailand'] as const) {
      expect((await name(young, carer, who)).status).toBe(403);
      if (!who.includes('rganiser')) expect((await sayVetted(carer, LAST_DAY, who)).status).toBe(403);
    }
    expect((await name(young, carer, 'safeguarding', revision - 1)).status).toBe(409);
    const answers = await Promise.all([
      name(young, carer, 'safeguarding', revision),
      name(young, await adult('rival'), 'secondSafeguarding', revision),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await auditOf(parts, eventId)).filter((entry) => entry === `name-chaperone ${young}`)).toHaveLength(1);
    await expectTied();
  });

  it('who was not asked cannot accept, and saying no twice is a no', async () => {
    const carer = await adult('volunteer');
    await press(carer, 'chaperone-accept');
    expect((await byReference(carer))?.chaperoning).toBeUndefined();
    await name(await minor('wants'), carer);
    for (const _ of [1, 2]) expect((await press(carer, 'chaperone-decline')).statusCode).toBe(303);
    expect((await byReference(carer))?.chaperoning).toMatchObject({ minors: {} });
    await press(carer, 'chaperone-accept');
    expect((await byReference(carer))?.chaperoning?.acceptedAt).toBeDefined();
  });
});

describe('CS12: a chaperone is there on each of a minor’s days', () => {
  const amend = async (reference: string, changes: Record<string, unknown>) => {
    const token = await manageToken((await byReference(reference)) as Registration, secrets);
    const headers = { authorization: `Bearer ${token}` };
    expect((await call('amendRegistration', postJson(changes, headers))).statusCode).toBe(200);
  };

  const stepOf = async (reference: string) => {
    const { days, minor } = (await byReference(reference)) as Registration;
    return tieStep(days, minor?.chaperone, forum());
  };

  it('or they are a case for the safeguarding desk, whoever of the two changes their days', async () => {
    const [young, carer] = [await minor('days'), await adult('days', { days: ['day-2'] })];
    expect((await name(young, carer)).body.chaperone.days).toEqual(['day-2']);
    await press(carer, 'chaperone-accept');
    await vet(carer);
    expect(await stepOf(young)).toBe('away');
    expect(await pageOf(young)).toContain('Your chaperone is being arranged');

    await amend(carer, { days: ['day-1', 'day-2'] });
    await expectTied();
    expect(await stepOf(young)).toBe('safe');
    expect(await pageOf(young)).not.toContain('Your chaperone is being arranged');

    await amend(young, { days: ['day-1', 'day-2'] });
    expect(await stepOf(young)).toBe('safe');
    await amend(carer, { days: ['day-1'] });
    await expectTied();
    expect(await stepOf(young)).toBe('away');
    expect(await standingOf(young)).toBe('hold-safeguarding');
  });

  it('and has the name that two people vouched for: another one is not vetted, whoever of them changes it, and the focal point is told', async () => {
    const told = async (reference: string) =>
      (await scan(parts, 'outbox', { having: { reference, kind: 'chaperone-ended' } })).map(({ to }) => to);
    const contact = forum().safeguarding?.email;
    const [young, carer] = [await minor('renamed'), await adult('renamed')];
    await name(young, carer);
    await press(carer, 'chaperone-accept');
    await amend(carer, { fullName: 'Adult of Two Names' });
    expect(await told(carer)).toEqual([]);
    const times: (string | undefined)[] = [];
    for (const change of [
      () => amend(carer, { fullName: 'Another Adult' }),
      async () => {
        const body = { fullName: 'A Third Adult', nativeName: '', revision: (await byReference(carer))?.revision };
        const answer = await ask('organiser', 'correctName', { params: { eventId, reference: carer }, body });
        expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      },
    ]) {
      await vet(carer);
      expect(await stepOf(young)).toBe('safe');
      await change();
      expect(await stepOf(young)).toBe('not-vetted');
      expect((await byReference(carer))?.chaperoning).not.toHaveProperty('vouchedBy');
      times.push(contact);
      expect(await told(carer)).toEqual(times);
      await expectTied();
    }
  });
});

describe('CS12: a tie ends, and the focal point is told', () => {
  /** An accepted, vetted chaperone of someone. */
  async function tied(label: string): Promise<[string, string]> {
    const [young, carer] = [await minor(label), await adult(label)];
    await name(young, carer);
    await press(carer, 'chaperone-accept');
    await vet(carer);
    return [young, carer];
  }

  it.each([
    ['cancels', (carer: string) => press(carer, 'cancel')],
    ['erases everything', (carer: string) => press(carer, 'erase', [['confirm', 'yes']])],
    ['says no after all', (carer: string) => press(carer, 'chaperone-decline')],
  ])('when the adult %s', async (what, end) => {
    const [young, carer] = await tied(`adult-${what.replaceAll(' ', '-')}`);
    expect((await end(carer)).statusCode).toBeLessThan(400);
    expect(await byReference(young)).toMatchObject({ status: 'confirmed' });
    expect((await byReference(young))?.minor?.chaperone).toBeUndefined();
    expect(await kindsOf(carer)).toContain('chaperone-ended');
    expect(await pageOf(young)).toContain('Your chaperone is being arranged');
    await expectTied();
  });

  it('when the adult comes online instead, is declined, or someone else comes in their place', async () => {
    const [online, onlineCarer] = await tied('goes-online');
    const token = await manageToken((await byReference(onlineCarer)) as Registration, secrets);
    const headers = { authorization: `Bearer ${token}` };
    expect((await call('amendRegistration', postJson({ mode: 'online' }, headers))).statusCode).toBe(200);
    const [declined, declinedCarer] = await tied('is-declined');
    const { revision = 0 } = (await byReference(declinedCarer)) ?? {};
    const decision = { decision: 'decline', revision };
    await ask('organiser', 'decideRegistration', { params: { eventId, reference: declinedCarer }, body: decision });
    const [replaced, replacedCarer] = await tied('is-replaced');
    const substitute = {
      fullName: 'Someone Else',
      email: 'else@adult.example.org',
      position: 'Engineer',
      revision: (await byReference(replacedCarer))?.revision,
    };
    const answer = await ask('organiser', 'substituteRegistration', {
      params: { eventId, reference: replacedCarer },
      body: substitute,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    for (const young of [online, declined, replaced])
      expect((await byReference(young))?.minor?.chaperone).toBeUndefined();
    for (const carer of [onlineCarer, declinedCarer, replacedCarer]) {
      expect((await byReference(carer))?.chaperoning).toBeUndefined();
      expect(await kindsOf(carer)).toContain('chaperone-ended');
    }
    await expectTied();
  });

  it('as a member is told before they make such a change, and it is done by what was told alone', async () => {
    const [young, carer] = await tied('is-previewed');
    const at = { eventId, reference: carer };
    const amendFor = async (changes: object) => {
      const sent = { ...changes, revision: (await byReference(carer))?.revision };
      const { body: looked } = await ask('organiser', 'previewAmendment', { params: at, body: sent });
      const { chaperone, ...unsaid } = looked.outcome;
      const send = (promised: object) =>
        ask('organiser', 'amendPerson', { params: at, body: { ...sent, tell: false, promised } });
      expect((await send(unsaid)).status).toBe(409);
      expect((await send(looked.outcome)).status).toBe(200);
      return chaperone;
    };
    expect(await amendFor({ days: ['day-1'] })).toBe('days');
    expect(await amendFor({ fullName: 'Under Another Name' })).toBe('vetting-ends');
    expect((await byReference(young))?.minor?.chaperone).toMatchObject({ reference: carer, days: ['day-1'] });
    expect(await amendFor({ mode: 'online' })).toBe('ends');
    expect((await byReference(young))?.minor?.chaperone).toBeUndefined();
    await expectTied();
  });

  it('CS5: when the minor or the guardian ends the registration', async () => {
    const [stops, first] = await tied('minor-stops');
    await press(stops, 'cancel');
    const [withdrawn, second] = await tied('guardian-withdraws');
    const consent = await consentToken((await byReference(withdrawn)) as Registration, secrets);
    await call('postConsent', { params: { token: consent }, ...postForm([['action', 'withdraw']]) });
    for (const carer of [first, second]) {
      expect((await byReference(carer))?.chaperoning).toMatchObject({ minors: {} });
      expect((await byReference(carer))?.chaperoning?.acceptedAt).toBeDefined();
    }
    expect(await kindsOf(stops)).toContain('chaperone-ended');
    await expectTied();
  });

  it('once, where both end at the same moment', async () => {
    const [young, carer] = await tied('both-end');
    const answers = await Promise.all([press(young, 'cancel'), press(carer, 'cancel')]);
    for (const { statusCode } of answers) expect(statusCode).toBeLessThan(400);
    expect(await byReference(carer)).toMatchObject({ status: 'cancelled' });
    expect(await byReference(young)).toMatchObject({ status: 'cancelled' });
    await expectTied();
  });

  it('in its vetting: who is not vetted any more holds the minor back', async () => {
    const [young, carer] = await tied('lapsed');
    expect((await sayVetted(carer, null)).status).toBe(200);
    expect((await byReference(young))?.minor?.chaperone?.vettedUntil).toBeUndefined();
    await expectTied();
  });
});
