import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  mailOfDelegation,
  mailOfRegistration,
  unsubscribeToken,
} from '../../shared/registration/link/manage-link.store.ts';
import { makeAnnouncement } from '../support/announcement.ts';
import { call, postForm, postUpload } from '../support/call.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';
import { timedMail } from '../support/timed-mail.ts';

const WEEK_BEFORE = '2027-10-26T02:00:00Z';
const ONE_CLICK: [string, string] = ['List-Unsubscribe', 'One-Click'];

let parts: Parts;
let mail: Awaited<ReturnType<typeof timedMail>>;
beforeAll(async () => {
  parts = await startParts();
  mail = await timedMail(parts);
});
afterAll(() => parts?.stop());

async function open(id: string, email: string) {
  const event = await openEvent(parts, id);
  await event.register(email);
  const token = await unsubscribeToken(mailOfRegistration(await event.registrationOf(email)), event.deps.secrets);
  const post = (fields: [string, string][]) => call('postUnsubscribe', { params: { token }, ...postForm(fields) });
  return { ...event, token, post, isStopped: async () => (await event.registrationOf(email)).optedOut === true };
}

describe('mail that someone can do without', () => {
  it('says where it can be stopped, in headers of its own and in words; a ticket says nothing of it', async () => {
    const email = 'headers@example.org';
    const { id, token } = await open('unsubscribe-headers', email);
    await mail.both(id, WEEK_BEFORE);
    const all = await mail.inbox(email);
    const [ticket, reminder] = [/^You are registered/, /^Begins on/].map((subject) =>
      all.find((each) => subject.test(each.subject)),
    );
    if (ticket === undefined || reminder === undefined) throw new Error('a mail did not arrive');
    const headers = ((await mail.raw(reminder)).split('\r\n\r\n')[0] ?? '').split('\r\n');
    const unsubscribing = headers.filter((line) => line.startsWith('List-'));
    expect(unsubscribing).toEqual([
      `List-Unsubscribe: <${SITE_URL}/u/${token}>`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ]);
    expect(reminder.text).toContain(`${SITE_URL}/u/${token}?lang=en`);
    expect(await mail.raw(ticket)).not.toContain('List-Unsubscribe');
    expect(ticket.text).not.toContain('/u/');
  });

  it.each([
    ['urlencoded', async () => postForm([ONE_CLICK])],
    ['multipart', async () => postUpload([ONE_CLICK])],
  ])('is stopped at once by a mailbox, %s, without cookies or redirect', async (format, body) => {
    const email = `${format}@example.org`;
    const { id, token, isStopped } = await open(`unsubscribe-${format}`, email);
    const answer = await call('postUnsubscribe', { params: { token }, ...(await body()) });
    expect(answer.statusCode).toBe(200);
    expect(answer.cookies).toBeUndefined();
    expect(await isStopped()).toBe(true);
    await makeAnnouncement(parts, id);
    await mail.both(id, WEEK_BEFORE);
    expect(await mail.states(id)).toEqual([]);
    expect((await mail.inbox(email)).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^You are regis/)]);
  });

  it('is not sent either where it was written before', async () => {
    const { id, post } = await open('unsubscribe-between', 'between@example.org');
    await mail.tick(id, new Date(WEEK_BEFORE));
    expect((await post([ONE_CLICK])).statusCode).toBe(200);
    await mail.send(id, new Date(WEEK_BEFORE));
    expect(await mail.states(id)).toEqual(['reminder-week: opted-out']);
  });

  it('is stopped and taken up again on the page, which names nobody, and on one’s own page', async () => {
    const email = 'page@example.org';
    const { token, post, isStopped, page, press } = await open('unsubscribe-page', email);
    const shown = await call('showUnsubscribe', { params: { token } });
    expect(shown.statusCode).toBe(200);
    expect(shown.body).not.toMatch(/page@example\.org|Somchai/);
    expect(await isStopped()).toBe(false);
    for (let time = 1; time <= 2; time += 1) {
      expect((await post([['action', 'stop']])).body).toContain('You get no more reminders or news');
    }
    expect((await page(email)).body).toContain('You get no more reminders or news');
    expect((await post([['action', 'resume']])).body).toContain('Stop them');
    expect(await isStopped()).toBe(false);
    await post([ONE_CLICK]);
    expect((await press(email, 'resume-mail')).statusCode).toBe(303);
    expect(await isStopped()).toBe(false);
    expect((await page(email)).body).not.toContain('You get no more reminders');
  });

  it('is stopped by nothing else, and by a link that does nothing else', async () => {
    const email = 'nothing-else@example.org';
    const { token, tokenOf, post, isStopped } = await open('unsubscribe-only', email);
    for (const fields of [[], [['List-Unsubscribe', 'yes']], [ONE_CLICK, ['action', 'stop']]] as [string, string][][]) {
      expect((await post(fields)).statusCode).toBe(422);
    }
    const manage = await tokenOf(email);
    const tried = { params: { token: manage }, ...postForm([ONE_CLICK]) };
    expect((await call('postUnsubscribe', tried)).statusCode).toBe(401);
    expect((await call('showRegistration', { params: { token } })).statusCode).toBe(401);
    expect((await call('showConsent', { params: { token } })).statusCode).toBe(401);
    expect(await isStopped()).toBe(false);
  });

  it('comes to a substitute, and to whoever registers anew, whom no link of the one before stops', async () => {
    const email = 'before@example.org';
    const { id, post, registrationOf, register, press, doJobs } = await open('unsubscribe-anew', email);
    await post([ONE_CLICK]);
    await grantTeam(parts, id);
    const { reference, revision } = await registrationOf(email);
    const newcomer = { fullName: 'Dara Sample', email: 'after@example.org', revision };
    const { status } = await ask('organiser', 'substituteRegistration', {
      params: { eventId: id, reference },
      body: { position: 'Adviser', badgeName: '', language: 'en', ...newcomer },
    });
    expect(status).toBe(200);
    expect((await registrationOf('after@example.org')).optedOut).toBeUndefined();
    expect((await post([ONE_CLICK])).statusCode).toBe(401);
    await press('after@example.org', 'cancel');
    await doJobs();
    await register(email);
    expect((await registrationOf(email)).optedOut).toBeUndefined();
  });

  it('goes on to be stopped by older mail, after the link to one’s page was replaced', async () => {
    const email = 'replaced@example.org';
    const { post, press, isStopped } = await open('unsubscribe-replaced', email);
    await press(email, 'replace-link');
    expect((await post([ONE_CLICK])).statusCode).toBe(200);
    expect(await isStopped()).toBe(true);
  });

  it('is stopped by a coordinator for themselves, and taken up again on the page of the delegation', async () => {
    const id = 'unsubscribe-delegation';
    const delegation = await openDelegation(parts, id);
    await delegation.add([person(1), person(2), person(3, { email: 'own@ministry.test' })]);
    const [found] = await delegation.delegations();
    if (found === undefined) throw new Error('there is no delegation');
    const token = await unsubscribeToken(mailOfDelegation(found), delegation.deps.secrets);
    expect((await call('postUnsubscribe', { params: { token }, ...postForm([ONE_CLICK]) })).statusCode).toBe(200);
    await mail.tick(id, new Date(WEEK_BEFORE));
    await mail.send(id, new Date(WEEK_BEFORE));
    expect(await mail.states(id)).toEqual(['reminder-week: sent']);
    expect(await delegation.list()).toContain('You get no more reminders or news');
    expect((await delegation.pressHome('resume-mail')).statusCode).toBe(303);
    expect(await delegation.list()).not.toContain('You get no more reminders or news');
    await mail.both(id, '2027-11-01T02:00:00Z');
    const reminders = (await mail.inbox(COORDINATOR)).filter(({ text }) => text.includes('Person 1'));
    const unsubscribing = reminders.filter(({ text }) => text.includes(`/u/${token}`));
    expect(unsubscribing).toHaveLength(1);
  });
});
