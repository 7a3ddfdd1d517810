import { afterAll, beforeAll, expect, it } from 'vitest';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, type TeamMember } from '../support/team.ts';

let parts: Parts;

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const QUESTION = 'For which paper do you write?\nWho is your editor?';
const ANSWER = 'For the Sample Daily.\nMy editor is <Somchai>.';

/** An event of its own, whose media need approval, with one applicant from Thailand. */
async function applied(id: string) {
  const title = { en: 'Closed session', km: 'វគ្គបិទ' };
  const closed = { id: 'closed', day: 'day-1', start: '17:00', end: '18:00', title, audience: ['media'] };
  const { categories, sessions } = forum();
  const event = await openEvent(parts, id, { categories, sessions: [...sessions, closed] });
  await grantTeam(parts, id);
  const email = `one@${id}.example.org`;
  await event.register(email, { category: 'media' });
  const now = () => event.registrationOf(email);
  const call = async (who: TeamMember, text: string, revision?: number) => {
    const one = await now();
    const body = { text, revision: revision ?? one.revision };
    return ask(who, 'askApplicant', { params: { eventId: id, reference: one.reference }, body });
  };
  const seenBy = async (who: TeamMember) =>
    (await ask(who, 'showOrganiserRegistration', { params: { eventId: id, reference: (await now()).reference } })).body;
  const decide = async (decision: string, more: object = {}) => {
    const { reference, revision } = await now();
    return ask('organiser', 'decideRegistration', {
      params: { eventId: id, reference },
      body: { decision, revision, ...more },
    });
  };
  const answer = async (text: string, asked?: string) =>
    event.press(email, 'answer', [
      ['answer', text],
      ['asked', asked ?? (await now()).asked?.at(-1)?.at ?? ''],
    ]);
  return { ...event, email, now, call, seenBy, decide, answer, kinds: async () => event.kindsTo(email) };
}

const typeOf = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [status, String(body.type).split(/[/:#]/).at(-1)];

it('is answered on the page of the applicant, who goes on waiting since when they did', async () => {
  const one = await applied('asked');
  const { pendingSince, revision } = await one.now();
  const asked = await one.call('thailand', `  ${QUESTION} `);
  expect(asked.body).toMatchObject({ status: 'pending-approval', revision: revision + 1, asked: [{ text: QUESTION }] });
  expect((await one.call('thailand', QUESTION, revision)).status, 'pressed twice').toBe(200);
  expect((await one.kinds()).filter((kind) => kind === 'question-asked')).toHaveLength(1);
  expect((await auditOf(parts, one.id)).filter((each) => each.startsWith('ask-applicant'))).toHaveLength(1);
  const page = (await one.page(one.email)).body ?? '';
  expect(page).toContain('Who is your editor?');
  expect(page).toMatch(/<textarea[^>]+name="answer"/);
  const sent = await one.answer(ANSWER);
  expect(sent.statusCode).toBe(303);
  expect((await one.answer(ANSWER)).statusCode, 'pressed twice').toBe(303);
  const after = await one.now();
  expect(after).toMatchObject({
    status: 'pending-approval',
    pendingSince,
    asked: [{ text: QUESTION, answer: ANSWER }],
  });
  expect(after.revision).toBe(revision + 2);
  expect((await one.page(one.email)).body).toContain('My editor is &lt;Somchai&gt;.');
  expect((await one.seenBy('thailand')).asked).toMatchObject([{ text: QUESTION, answer: ANSWER }]);
  expect((await one.seenBy('viewer')).asked, 'who does not decide reads nothing of it').toBeUndefined();
});

it('is told in lists as a state alone, and never as words', async () => {
  const one = await applied('asked-state');
  const rows = async () => {
    const { body } = await ask('organiser', 'loadPeople', { params: { eventId: one.id } });
    expect(JSON.stringify(body)).not.toMatch(/editor|Sample Daily\./);
    return body.people.attributes.question?.of;
  };
  expect(await rows()).toEqual([null]);
  await one.call('organiser', QUESTION);
  expect(await rows()).toEqual(['asked']);
  await one.answer(ANSWER);
  expect(await rows()).toEqual(['answered']);
  await one.decide('approve');
  expect(JSON.stringify(await rows())).not.toContain('answered');
  expect(JSON.stringify(await auditOf(parts, one.id)) + JSON.stringify(await scan(parts, 'outbox'))).not.toMatch(
    /editor/,
  );
});

it('has 10 to 500 letters, one open at a time, and three in all', async () => {
  const one = await applied('asked-limits');
  const codes = async (text: string) => {
    const { status, body } = await one.call('organiser', text);
    return [status, body.errors?.[0]?.path, body.errors?.[0]?.code];
  };
  expect(await codes('  \u200b ')).toEqual([422, 'text', 'required']);
  expect(await codes('Who? When?'.slice(0, 9))).toEqual([422, 'text', 'too-short']);
  expect(await codes('ស្ត្រី'.repeat(501))).toEqual([422, 'text', 'too-long']);
  expect((await one.call('organiser', 'ស្ត្រី'.repeat(500))).status).toBe(200);
  expect(typeOf(await one.call('organiser', QUESTION))).toEqual([409, 'not-askable']);
  for (const nth of [1, 2]) {
    expect((await one.answer(`${nth}`)).statusCode).toBe(303);
    expect((await one.call('organiser', `${QUESTION} ${nth}`)).status).toBe(200);
  }
  await one.answer('3');
  const fourth = await one.call('organiser', `${QUESTION} 4`);
  expect(typeOf(fourth)).toEqual([409, 'not-askable']);
  expect(fourth.body.detail).toContain('three times');
  expect((await one.now()).asked).toHaveLength(3);
});

it.each([
  ['cancelled', (one: Awaited<ReturnType<typeof applied>>) => one.press(one.email, 'cancel')],
  ['was approved', (one: Awaited<ReturnType<typeof applied>>) => one.decide('approve')],
  ['changed', (one: Awaited<ReturnType<typeof applied>>) => one.amend(one.email, { position: 'Chief editor' })],
])('is not put to an applicant who %s meanwhile, and nothing is mailed', async (what, change) => {
  const one = await applied(`asked-${what.replaceAll(' ', '-')}`);
  const { revision } = await one.now();
  await change(one);
  expect(typeOf(await one.call('organiser', QUESTION, revision))).toEqual([409, 'changed-meanwhile']);
  expect((await one.now()).asked).toBeUndefined();
  expect(await one.kinds()).not.toContain('question-asked');
  expect((await auditOf(parts, one.id)).join()).not.toContain('ask-applicant');
});

it('is withdrawn by a decision; what was typed as an answer is shown, and not sent', async () => {
  const one = await applied('asked-withdrawn');
  await one.call('organiser', QUESTION);
  await one.decide('decline');
  expect((await one.now()).asked).toMatchObject([{ text: QUESTION, withdrawnAt: expect.any(String) }]);
  const late = await one.answer(ANSWER);
  expect(late.statusCode).toBe(409);
  expect(late.body).toContain('My editor is &lt;Somchai&gt;.');
  expect((await one.now()).asked?.[0]?.answer).toBeUndefined();
  expect((await one.page(one.email)).body).not.toContain('Who is your editor?');
  expect((await one.decide('take-back')).body.status).toBe('pending-approval');
  expect((await one.page(one.email)).body, 'it is not asked anew').not.toContain('name="answer"');
});

it.each([
  ['nothing', ' '],
  ['more than 1,000 letters', 'x'.repeat(1_001)],
])('comes back with what was typed where that is %s', async (_, typed) => {
  const one = await applied(`asked-${typed.length}`);
  await one.call('organiser', QUESTION);
  const refused = await one.answer(typed);
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toMatch(/<textarea[^>]+aria-invalid="true"/);
  expect(refused.body).toContain('href="#answer"');
  expect(refused.body).toContain(typed);
  expect((await one.now()).asked?.[0]).not.toHaveProperty('answer');
});

it('is beyond the reach of an approver of another country, and of a member who does not decide', async () => {
  const one = await applied('asked-reach');
  expect((await one.call('laos', QUESTION)).status).toBe(404);
  expect((await one.call('care', QUESTION)).status).toBe(403);
  expect((await one.now()).asked).toBeUndefined();
});

it('is forgotten with the person: another one in their place is asked nothing and reads nothing of it', async () => {
  const one = await applied('asked-substitute');
  await one.call('organiser', QUESTION);
  const { reference, revision } = await one.now();
  const other = { fullName: 'Other Person', email: 'other@asked-substitute.example.org', position: 'Editor', revision };
  const { status } = await ask('organiser', 'substituteRegistration', {
    params: { eventId: one.id, reference },
    body: other,
  });
  expect(status).toBe(200);
  expect(await one.registrationOf(other.email)).not.toHaveProperty('asked');
});

it('approves without the closed sessions that were asked for, and tells the applicant', async () => {
  const one = await applied('without-closed');
  const email = 'two@without-closed.example.org';
  await one.register(email, { category: 'media', closedSessions: true });
  const { reference, revision, status } = await one.registrationOf(email);
  expect(status).toBe('pending-approval');
  const body = { decision: 'approve', revision, withoutClosedSessions: true };
  const approved = await ask('organiser', 'decideRegistration', { params: { eventId: one.id, reference }, body });
  expect(approved.body).toMatchObject({ status: 'confirmed', closedSessions: false, withoutClosedSessions: true });
  expect((await one.page(email)).body).toContain('but not for the closed sessions');
  expect((await auditOf(parts, one.id)).filter((each) => each.includes(reference))).toEqual([`approve ${reference}`]);
  await one.amend(email, { closedSessions: true });
  const again = await one.registrationOf(email);
  expect(again, 'asked for anew, it is decided anew').toMatchObject({
    status: 'pending-approval',
    closedSessions: true,
  });
  expect(again.withoutClosedSessions).toBeUndefined();
});

it('approves one or many in a bulk change without closed sessions; taken back, the wish and the question are as before', async () => {
  const one = await applied('without-closed-bulk');
  const email = 'two@without-closed-bulk.example.org';
  await one.register(email, { category: 'media', closedSessions: true });
  const { reference } = await one.registrationOf(email);
  const params = { eventId: one.id, reference };
  await ask('organiser', 'askApplicant', { params, body: { text: QUESTION, revision: 1 } });
  const before = await one.registrationOf(email);
  const id = 'C'.repeat(22);
  const people = [{ reference, revision: before.revision }];
  const body = { kind: 'approve', id, people, isSingle: true, withoutClosedSessions: true };
  const started = await ask('organiser', 'startBulk', { params: { eventId: one.id }, body });
  expect(started.body.people, JSON.stringify(started.body)).toEqual([{ reference, outcome: 'done' }]);
  const { withoutClosedSessions: _, ...other } = body;
  expect((await ask('organiser', 'startBulk', { params: { eventId: one.id }, body: other })).status).toBe(409);
  expect(await one.registrationOf(email)).toMatchObject({
    status: 'confirmed',
    closedSessions: false,
    withoutClosedSessions: true,
    asked: [{ withdrawnAt: expect.any(String) }],
  });
  const held = await scan(parts, 'registry', { partitions: [`BULK#${one.id}#`] });
  expect(held.length, 'while mail waits').toBeGreaterThan(0);
  expect(JSON.stringify(held), 'its words are with the registration alone').not.toContain('paper');
  const back = await ask('organiser', 'takeBackBulk', { params: { eventId: one.id, bulkId: id } });
  expect(back.body.people).toEqual([{ reference, outcome: 'taken-back' }]);
  const after = await one.registrationOf(email);
  expect(after).toMatchObject({ status: 'pending-approval', closedSessions: true, asked: before.asked });
  expect(after.withoutClosedSessions).toBeUndefined();
});
