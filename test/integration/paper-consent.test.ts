import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { registrationsTo, scan } from '../support/registry.ts';
import { metBy } from '../support/rival.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, auditOf, grantTeam } from '../support/team.ts';
import { completeFields, onPaper, signedForm, youngFields } from '../support/young.ts';

let parts: Parts;
let secrets: Secrets;
const eventId = 'asean-ict-forum';
type Member = Parameters<typeof ask>[0];

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum({ questions: forum().questions.filter(({ required }) => !required) }));
  const { safeguarding: _, ...without } = forum({ id: 'no-focal-point' });
  await parts.publish(without);
  await grantTeam(parts, eventId);
  secrets = (await import('../../functions/registration/index.ts')).realDeps().secrets;
});
afterAll(() => parts?.stop());

const registrationOf = async (name: string): Promise<Registration | undefined> =>
  (await registrationsTo(parts, eventId, `${name}@young.example.org`))[0];
const guardianOf = async (reference: string) => (await scan(parts, 'care')).find(({ sk }) => sk === reference);
const kindsOf = async (reference: string) =>
  (await scan(parts, 'outbox', { having: { reference } })).map(({ kind }) => kind);

/** Someone under 18 whose guardian has no email has begun. */
async function begun(name: string): Promise<string> {
  const answer = await call('submitRegistration', { params: { eventId }, ...postJson(onPaper(name)) });
  expect(answer.statusCode, answer.body).toBe(202);
  return (await registrationOf(name))?.reference ?? '';
}

const show = (reference: string, who: Member = 'safeguarding') =>
  ask(who, 'showMinor', { params: { eventId, reference } });
const revisionOf = async (reference: string): Promise<number> => (await show(reference)).body.revision;

async function record(reference: string, changes: Record<string, unknown> = {}, who: Member = 'safeguarding') {
  const body = { ...signedForm(), revision: await revisionOf(reference), ...changes };
  return ask(who, 'recordPaper', { params: { eventId, reference }, body });
}

async function decide(reference: string, decision: string, who: Member, revision?: number) {
  const body = { decision, revision: revision ?? (await revisionOf(reference)) };
  return ask(who, 'decidePaper', { params: { eventId, reference }, body });
}

const withdraw = async (reference: string, body: Record<string, unknown> = {}) =>
  ask('safeguarding', 'withdrawForGuardian', {
    params: { eventId, reference },
    body: { revision: await revisionOf(reference), ...body },
  });

describe('CS3: a guardian without email', () => {
  it('is not written to: the minor and the focal point are, and only the guardian’s name is kept', async () => {
    const reference = await begun('first');
    const registration = await registrationOf('first');
    expect(registration).toMatchObject({ status: 'pending-guardian', minor: { consentOnPaper: 'awaited' }, seats: [] });
    expect(registration?.minor?.guardianLinkVersion).toBeUndefined();
    const { pk: _, sk, v, expiresAt, ...kept } = (await guardianOf(reference)) ?? {};
    expect(kept).toEqual({ eventId, reference, name: 'Parent Sample', askedAt: expect.any(String) });
    expect(await kindsOf(reference)).toEqual(expect.arrayContaining(['pending-paper', 'paper-awaited']));
    expect(await kindsOf(reference)).toHaveLength(2);
  });

  it('has longer than one who is asked by mail', async () => {
    await begun('longer');
    const { minor, submittedAt } = (await registrationOf('longer')) as Registration;
    expect((Date.parse(minor?.answerBy ?? '') - Date.parse(submittedAt)) / 86_400_000).toBeCloseTo(30, 4);
  });

  it('has no link: not even a made-up one of the right shape opens', async () => {
    await begun('no-link');
    const registration = (await registrationOf('no-link')) as Registration;
    for (const version of [undefined, 0, 1]) {
      const token = await consentToken(
        { ...registration, minor: { ...registration.minor, guardianLinkVersion: version } },
        secrets,
      );
      expect((await call('showConsent', { params: { token } })).statusCode).toBe(401);
    }
  });

  it('is asked by the form too, which leads to a page that tells what comes next', async () => {
    const fields = youngFields({ email: 'form@young.example.org', 'guardian.email': '', 'guardian.onPaper': 'yes' });
    const { statusCode, headers } = await call('postYoungForm', { params: { eventId }, ...postForm(fields) });
    expect([statusCode, headers?.['location']]).toEqual([303, `/e/${eventId}/thanks?lang=en&sent=paper`]);
    const { body } = await call('showThanks', { params: { eventId }, query: { sent: 'paper' } });
    expect(body).toContain('with a form for the parent or guardian to sign');
    expect(await registrationOf('form')).toMatchObject({ minor: { consentOnPaper: 'awaited' } });
  });

  it('is refused with an address beside it, and where no focal point takes the form', async () => {
    const both = youngFields({ email: 'both@young.example.org', 'guardian.onPaper': 'yes' });
    const answer = await call('postYoungForm', { params: { eventId }, ...postForm(both) });
    expect([answer.statusCode, answer.body?.includes('guardian-email-error')]).toEqual([422, true]);
    const nobody = await call('submitRegistration', {
      params: { eventId: 'no-focal-point' },
      ...postJson(onPaper('n')),
    });
    expect(JSON.parse(nobody.body ?? '').errors[0].path).toBe('guardian.onPaper');
    expect((await call('showYoungForm', { params: { eventId: 'no-focal-point' } })).body).not.toContain('onPaper');
  });

  it('has a form to print that names nobody, in each language', async () => {
    for (const [lang, words] of [
      ['en', 'Consent of a parent or guardian, on paper'],
      ['km', 'ការយល់ព្រមរបស់ឪពុកម្ដាយ'],
    ] as const) {
      const { statusCode, body = '' } = await call('showConsentForm', { params: { eventId }, query: { lang } });
      expect([statusCode, body.includes(words), body.includes('2027-1')]).toEqual([200, true, true]);
    }
  });

  it('is told by the mails what to do, and the focal point reads no name', async () => {
    await begun('mailed');
    const { handler } = await import('../../functions/outbox/index.ts');
    await handler(await outboxInserts(parts));
    const mails = async (to: string) =>
      (await (await fetch(`${parts.mailbox.url}/messages?to=${to}`)).json()) as { text: string; subject: string }[];
    expect((await mails('mailed@young.example.org'))[0]?.text).toContain(`/e/${eventId}/consent-form`);
    const told = JSON.stringify(await mails('safeguarding@copforum.example.org'));
    expect(told).toContain('signs on paper');
    for (const name of ['Dara', 'Parent Sample', 'mailed@']) expect(told).not.toContain(name);
  });
});

describe('CS3: a signed form', () => {
  it('counts only once a second person has confirmed it; then the minor answers as after a link', async () => {
    const reference = await begun('whole');
    const manage = await manageToken((await registrationOf('whole')) as Registration, secrets);
    const complete = () => call('postComplete', { params: { token: manage }, ...postForm(completeFields()) });
    expect((await complete()).statusCode).toBe(409);
    const recorded = await record(reference, { consents: { attendance: '2027-1', 'photo-recording': '2027-1' } });
    expect(recorded.body).toMatchObject({ step: 'paper-recorded', guardian: { paper: { isOwn: true } } });
    expect((await complete()).statusCode).toBe(409);
    expect((await call('showRegistration', { params: { token: manage } })).body).toContain('We have the signed form');
    expect((await decide(reference, 'confirm', 'safeguarding')).body.type).toBe('urn:plenary:problem:second-person');
    const confirmed = await decide(reference, 'confirm', 'secondSafeguarding');
    expect(confirmed.body).toMatchObject({
      step: 'agreed',
      guardian: {
        phone: '+855 12 000 000',
        paper: {
          signedBy: 'Parent Sample',
          signedOn: '2026-01-31',
          recordedBy: 'safeguarding',
          confirmedBy: 'secondSafeguarding',
          isOwn: false,
        },
      },
      consents: [
        { id: 'attendance', agreed: '2027-1' },
        { id: 'photo-recording', agreed: '2027-1' },
      ],
    });
    expect(await kindsOf(reference)).toContain('guardian-agreed');
    expect(await kindsOf(reference)).not.toContain('guardian-receipt');
    expect((await complete()).statusCode).toBe(303);
    expect(await registrationOf('whole')).toMatchObject({ status: 'confirmed' });
    const audit = (await auditOf(parts, eventId)).filter((entry) => entry.endsWith(reference));
    expect(audit).toEqual(expect.arrayContaining([`record-paper ${reference}`, `confirm-paper ${reference}`]));
  });

  it('may be confirmed by an organiser who was vetted, and by no other', async () => {
    const reference = await begun('organiser');
    await record(reference);
    const revision = await revisionOf(reference);
    for (const who of ['organiser', 'thailand', 'lapsedSafeguarding'] as const) {
      expect((await decide(reference, 'confirm', who, revision)).status).toBe(403);
      expect((await show(reference, who)).status).toBe(403);
    }
    expect((await record(reference, { revision }, 'vettedOrganiser')).status).toBe(403);
    expect((await decide(reference, 'confirm', 'vettedOrganiser')).status).toBe(200);
  });

  it('cannot be confirmed by whoever recorded it, where the write itself decides', async () => {
    const reference = await begun('same-person');
    await record(reference);
    const { confirmGuardian } = await import('../../shared/minors/consent/guardian.store.ts');
    const { fromGuardianItem } = await import('../../shared/minors/consent/guardian.schema.ts');
    const { transact } = await import('../../shared/kernel/dynamo/transact.store.ts');
    const { documentClient } = await import('../../shared/kernel/dynamo/client.store.ts');
    const { realSystem } = await import('../../shared/kernel/system.store.ts');
    const guardian = fromGuardianItem((await guardianOf(reference)) ?? {});
    const { recordedBy = '' } = guardian.paper ?? {};
    const write = (by: string) =>
      transact(
        documentClient(),
        [confirmGuardian(parts.database.tables.care, guardian, by, 2_000_000_000)],
        realSystem,
      );
    expect(await write(recordedBy)).toHaveLength(1);
    expect(await write('another')).toEqual([]);
  });

  it('is not confirmed as something else than was looked at', async () => {
    const reference = await begun('replaced');
    await record(reference);
    const seen = await revisionOf(reference);
    await decide(reference, 'reject', 'secondSafeguarding');
    await record(reference, { signedBy: 'Someone Else' });
    expect((await decide(reference, 'confirm', 'secondSafeguarding', seen)).status).toBe(409);
    expect(await registrationOf('replaced')).toMatchObject({ minor: { consentOnPaper: 'recorded' } });
  });

  it('is confirmed once, whoever presses at the same time', async () => {
    const reference = await begun('both-press');
    await record(reference);
    const revision = await revisionOf(reference);
    const answers = await Promise.all([
      decide(reference, 'confirm', 'secondSafeguarding', revision),
      decide(reference, 'reject', 'vettedOrganiser', revision),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is decided, or not any more, where another has put it aside between any two reads', async () => {
    const putAside = (reference: string) => decide(reference, 'reject', 'vettedOrganiser');
    const seen = await eachMeeting('both', putAside, (reference, revision) =>
      decide(reference, 'confirm', 'secondSafeguarding', revision),
    );
    expect([...new Set(seen)].sort()).toEqual([200, 409]);
  });

  it('is shown, or not found, where all is deleted between any two reads', async () => {
    const seen = await eachMeeting('shown', withdraw, (reference) => show(reference));
    expect([...new Set(seen)].sort()).toEqual([200, 404]);
  });

  /** How a request is answered that somebody else met, for each place where they may. */
  async function eachMeeting(
    name: string,
    rival: (reference: string) => Promise<unknown>,
    request: (reference: string, revision: number) => ReturnType<typeof ask>,
  ): Promise<number[]> {
    const seen: number[] = [];
    for (let before = 0; before < 30; before += 1) {
      const reference = await begun(`${name}-${before}`);
      await record(reference);
      const revision = await revisionOf(reference);
      const answer = await metBy(
        before,
        () => rival(reference),
        () => request(reference, revision),
      );
      if (answer === undefined) break;
      seen.push(answer.status ?? 0);
    }
    return seen;
  }

  it('is put aside by either, and then another one can be recorded', async () => {
    const reference = await begun('rejected');
    await record(reference);
    expect((await decide(reference, 'reject', 'safeguarding')).body).toMatchObject({ step: 'paper-awaited' });
    expect((await guardianOf(reference))?.['paper']).toBeUndefined();
    expect((await record(reference)).status).toBe(200);
  });

  it.each([
    [{ consents: {} }, 'consents.attendance'],
    [{ consents: { attendance: '2020-0' } }, 'consents.attendance'],
    [{ consents: { attendance: '2027-1', other: '1' } }, 'consents.other'],
    [{ signedBy: ' ' }, 'signedBy'],
    [{ signedOn: '2099-01-01' }, 'signedOn'],
    [{ signedOn: 'yesterday' }, 'signedOn'],
  ])('is refused where it is not whole: %j', async (changes, path) => {
    const reference = await begun(`wrong-${path.replace('.', '-')}-${JSON.stringify(changes).length}`);
    const answer = await record(reference, changes);
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, path]);
    expect((await guardianOf(reference))?.['paper']).toBeUndefined();
  });

  it('cannot stand in for a guardian who is asked by mail', async () => {
    const sent = { ...onPaper('by-mail'), guardian: { name: 'P', email: 'p@guardian.example.org', language: 'en' } };
    await call('submitRegistration', { params: { eventId }, ...postJson(sent) });
    const reference = (await registrationOf('by-mail'))?.reference ?? '';
    expect((await record(reference)).status).toBe(409);
  });
});

describe('CS4, CS5: a form on paper', () => {
  const gone = async (name: string, reference: string) => {
    expect(await registrationOf(name)).toBeUndefined();
    expect(await guardianOf(reference)).toBeUndefined();
    const pending = (await scan(parts, 'registry')).filter((item) => item['pk'] === 'PENDING-ANSWER');
    expect(pending.filter((item) => item['reference'] === reference)).toEqual([]);
  };

  it('that a guardian does not sign ends everything, and the minor is told kindly', async () => {
    const reference = await begun('refused');
    expect((await withdraw(reference)).body).toEqual({ status: 'ended' });
    await gone('refused', reference);
    expect(await kindsOf(reference)).toContain('guardian-refused');
    expect(await auditOf(parts, eventId)).toContain(`withdraw-for-guardian ${reference}`);
  });

  it('that the minor does not want any more is forgotten, recorded or not', async () => {
    for (const name of ['stops', 'stops-recorded']) {
      const reference = await begun(name);
      if (name === 'stops-recorded') await record(reference);
      const token = await manageToken((await registrationOf(name)) as Registration, secrets);
      await call('postRegistration', { params: { token }, ...postForm([['action', 'cancel']]) });
      await gone(name, reference);
    }
  });

  it('that is withdrawn after it was confirmed ends the seat too; photos alone can be taken back', async () => {
    const reference = await begun('later');
    await record(reference, { consents: { attendance: '2027-1', 'photo-recording': '2027-1' } });
    await decide(reference, 'confirm', 'vettedOrganiser');
    const token = await manageToken((await registrationOf('later')) as Registration, secrets);
    const fields = completeFields({ 'consents.photo-recording': '2027-1' });
    await call('postComplete', { params: { token }, ...postForm(fields) });
    expect((await registrationOf('later'))?.consents).toHaveProperty('photo-recording');
    const [attendance, photos] = (await show(reference)).body.consents;
    expect([attendance.own, photos.own, photos.agreed]).toEqual([undefined, true, '2027-1']);
    expect((await withdraw(reference, { consent: 'photo-recording' })).body).toEqual({ status: 'taken-back' });
    expect(await registrationOf('later')).toMatchObject({
      status: 'confirmed',
      minor: { guardianConsents: { attendance: '2027-1' } },
    });
    expect((await registrationOf('later'))?.consents).not.toHaveProperty('photo-recording');
    expect((await withdraw(reference, { consent: 'attendance' })).status).toBe(422);
    expect((await withdraw(reference)).body).toEqual({ status: 'ended' });
    expect(await guardianOf(reference)).toBeUndefined();
    expect((await show(reference)).status).toBe(404);
  });
});

describe('CS14: what concerns children', () => {
  it('is listed and read by those who were vetted, noted each time, and by nobody else', async () => {
    const reference = await begun('listed');
    const before = (await auditOf(parts, eventId)).length;
    const { body } = await ask('safeguarding', 'listMinors', { params: { eventId } });
    expect(body.minors).toContainEqual(expect.objectContaining({ reference, step: 'paper-awaited', name: 'Dara' }));
    await show(reference);
    expect((await auditOf(parts, eventId)).slice(before)).toEqual(['list-minors', `read-minor ${reference}`]);
    for (const who of ['organiser', 'lapsedSafeguarding', 'thailand'] as const) {
      expect((await ask(who, 'listMinors', { params: { eventId } })).status).toBe(403);
    }
  });

  it('does not show adults', async () => {
    const { submission } = await import('../support/forum.ts');
    const sent = submission({ email: 'adult@example.org', answers: {} });
    await call('submitRegistration', { params: { eventId }, ...postJson(sent) });
    const [adult] = await registrationsTo(parts, eventId, 'adult@example.org');
    expect((await show(adult?.reference ?? '')).status).toBe(404);
  });
});
