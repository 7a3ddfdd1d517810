import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import type { OutboxMessage } from '../../shared/mail/outbox/message.schema.ts';
import { mailOfDelegation, unsubscribeToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { makeAnnouncement } from '../support/announcement.ts';
import { call, postForm } from '../support/call.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { openDoors, usual } from '../support/doors.ts';
import { forum } from '../support/forum.ts';
import { bounce, complaint, delivery } from '../support/mail-events.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { recordsOf } from '../support/stream.ts';
import { ask, auditOf, grantTeam, identityOf, leave, type TeamMember } from '../support/team.ts';

let parts: Parts;
/** Sends what waits, as the outbox's timer does later. */
let sweep: () => Promise<void>;

beforeAll(async () => {
  parts = await startParts();
  const outbox = (await import('../../functions/outbox/index.ts')).realDeps();
  const { sweep: sweepWith } = await import('../../shared/mail/outbox/sweep.case.ts');
  let days = 0;
  sweep = async () => {
    days += 2;
    const at = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
    await sweepWith({ ...outbox, system: { ...outbox.system, now: () => at } });
  };
});
afterAll(() => parts?.stop());
afterEach(async () => {
  vi.useRealTimers();
  await parts.empty();
});

const WORDS = {
  en: { subject: 'Bring your identity card', text: 'The hall checks who comes in.\n\nSee you there.' },
  km: { subject: 'សូមយកអត្តសញ្ញាណប័ណ្ណមកជាមួយ', text: 'សាលប្រជុំពិនិត្យអ្នកចូលរួម។' },
};
let ids = 0;
const newId = (): string => {
  ids += 1;
  return String(ids).padStart(22, 'm');
};

const preview = (eventId: string, segment: object = {}, words?: object) =>
  ask('organiser', 'previewMessage', { params: { eventId }, body: { segment, ...(words && { words }) } });
const send = (eventId: string, messageId: string, changes: object = {}) =>
  ask('organiser', 'sendMessage', {
    params: { eventId, messageId },
    body: { segment: {}, words: WORDS, people: 1, ...changes },
  });
const show = async (
  eventId: string,
  messageId: string,
  query: Record<string, string> = {},
  who: TeamMember = 'organiser',
) => (await ask(who, 'showMessage', { params: { eventId, messageId }, query })).body;

const messages = async (eventId: string): Promise<OutboxMessage[]> =>
  (await scan(parts, 'outbox', { having: { eventId } })).filter(
    (item) => item['announcement'] !== undefined,
  ) as unknown as OutboxMessage[];
const recipients = async (eventId: string) => (await messages(eventId)).map(({ to }) => String(to)).sort();
const mailsTo = async (address: string): Promise<{ subject: string; text: string; html: string }[]> =>
  (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json() as never;

async function change({ eventId, reference }: Registration, name: string, value: unknown): Promise<void> {
  await DynamoDBDocumentClient.from(parts.database.client).send(
    new UpdateCommand({
      TableName: parts.database.tables.registry,
      Key: registrationKey(eventId, reference),
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

async function open(id: string, changes: Parameters<typeof openEvent>[2] = {}) {
  const event = await openEvent(parts, id, changes);
  await grantTeam(parts, id);
  return event;
}
const at = (eventId: string, name: string): string => `${name}@${eventId}.example.org`;

describe('a preview', () => {
  it('counts whom a segment reaches, by language, and says who is left out and why', async () => {
    const id = 'preview-counts';
    const event = await open(id, { quotas: [quota('room', { ...ROOM, capacity: 3 })] });
    for (const name of ['one', 'two']) await event.register(at(id, name));
    await event.register(at(id, 'khmer'), { language: 'km', category: 'media' });
    await event.register(at(id, 'waits'));
    await event.register(at(id, 'online'), { mode: 'online', language: 'km' });
    await event.register(at(id, 'bounced'), { mode: 'online' });
    const mail = { state: 'bounced', at: '2026-11-26T00:00:00.000Z', sentAt: '2026-11-25T00:00:00.000Z' };
    await change(await event.registrationOf(at(id, 'bounced')), 'mail', mail);
    expect((await preview(id)).body).toMatchObject({
      people: 4,
      mails: 4,
      languages: [
        { language: 'en', mails: 2, reads: 'en' },
        { language: 'km', mails: 2, reads: 'km' },
      ],
      leftOut: { bounced: 1, complained: 0, 'opted-out': 0 },
      rendered: [],
    });
    const people = async (segment: object) => (await preview(id, segment)).body.people;
    expect(await people({ statuses: ['waitlisted'] })).toBe(1);
    expect(await people({ statuses: ['confirmed', 'waitlisted'] })).toBe(5);
    expect(await people({ modes: ['online'] })).toBe(1);
    expect(await people({ categories: ['media'], modes: ['in-person'] })).toBe(1);
    expect(await people({ categories: ['ngo'] })).toBe(0);
    const { languages } = (await preview(id, {}, { en: WORDS.en, km: { subject: ' ', text: '' } })).body;
    expect(languages).toContainEqual({ language: 'km', mails: 2, reads: 'en' });
  });

  it('shows the mail that is sent, but for what is each reader’s own', async () => {
    const id = 'preview-renders';
    const event = await open(id);
    await event.register(at(id, 'one'));
    const { rendered } = (await preview(id, {}, WORDS)).body;
    expect(rendered.map(({ language }: { language: string }) => language)).toEqual(['en', 'km']);
    await send(id, newId());
    await event.doJobs();
    await sweep();
    const [mail] = await mailsTo(at(id, 'one'));
    const own = (text = ''): string =>
      text
        .replace(/https:\/\/\S+/g, 'LINK')
        .replace(/\w{3}-\w{3}-\w{4}/g, 'REF')
        .trim();
    expect([mail?.subject, own(mail?.text)]).toEqual([rendered[0].subject, own(rendered[0].text)]);
  });

  it('AB9: takes what is written for text', async () => {
    await open('preview-text');
    const words = { en: { subject: '<b>Bold</b>', text: '<script>alert(1)</script>\n\nhttps://example.org/?a=1&b=2' } };
    const [{ html, text }] = (await preview('preview-text', {}, words)).body.rendered;
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<b>');
    expect(text).toContain('<script>alert(1)</script>');
  });

  it.each([
    ['a language that the event does not speak', { fr: WORDS.en, en: WORDS.en }, 'words.fr'],
    ['nothing in the first language', { km: WORDS.km }, 'words.en.subject'],
    ['half a text', { en: WORDS.en, km: { subject: '', text: 'អត្ថបទ' } }, 'words.km.subject'],
    [
      'AB8: a line break in the subject',
      { en: { subject: 'One\r\nBcc: x@example.org', text: 'text' } },
      'words.en.subject',
    ],
    ['a subject of 151 letters', { en: { subject: 'ក្រុម'.repeat(76), text: 'text' } }, 'words.en.subject'],
    ['a text of 5,001 letters', { en: { subject: 'one', text: 'a'.repeat(5001) } }, 'words.en.text'],
  ])('refuses %s', async (_, words, path) => {
    await open('preview-refuses');
    const { status, body } = await preview('preview-refuses', {}, words);
    expect([status, body.errors.map((each: { path: string }) => each.path)]).toEqual([
      422,
      expect.arrayContaining([path]),
    ]);
  });

  it('refuses groups, sessions and statuses that there are not', async () => {
    await open('preview-unknown');
    for (const segment of [
      { categories: ['nobody'] },
      { sessions: ['none'] },
      { statuses: ['expired'] },
      { all: true },
    ]) {
      expect((await preview('preview-unknown', segment)).status).toBe(422);
    }
  });
});

describe('a message', () => {
  it('is sent once, by two presses at once, again, and in each language', async () => {
    const id = 'sent-once';
    const event = await open(id);
    await event.register(at(id, 'one'));
    await event.register(at(id, 'two'), { language: 'km' });
    const message = newId();
    const answers = await Promise.all([1, 2, 3].map(() => send(id, message, { people: 2 })));
    answers.push(await send(id, message, { people: 2, segment: { statuses: ['confirmed', 'confirmed'] } }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await event.doJobs();
    expect(await recipients(id)).toEqual([at(id, 'one'), at(id, 'two')]);
    await sweep();
    const mails = async (name: string) =>
      (await mailsTo(at(id, name))).filter(({ subject }) => !/registered|ចុះឈ្មោះ/.test(subject));
    expect(await mails('one')).toHaveLength(1);
    expect((await mails('two'))[0]?.subject).toContain(WORDS.km.subject);
    expect(await auditOf(parts, id)).toEqual([`send-message ${message}`]);
    const list = await ask('organiser', 'listMessages', { params: { eventId: id } });
    expect(list.body.messages).toMatchObject([
      {
        id: message,
        kind: 'organiser-message',
        subject: WORDS.en.subject,
        expected: 2,
        written: 2,
        doneAt: expect.any(String),
      },
    ]);
  });

  it('is not sent under the id of another', async () => {
    const id = 'sent-before';
    const event = await open(id);
    await event.register(at(id, 'one'));
    const message = newId();
    expect((await send(id, message)).status).toBe(200);
    for (const changes of [{ words: { en: WORDS.en } }, { segment: { modes: ['in-person'] } }]) {
      const { status, body } = await send(id, message, changes);
      expect([status, body.type]).toEqual([409, 'urn:plenary:problem:message-differs']);
    }
    await event.doJobs();
    expect(await recipients(id)).toHaveLength(1);
  });

  it('is not sent to many more people than were seen, and to nobody', async () => {
    const id = 'many-more';
    const event = await open(id);
    for (let n = 0; n < 8; n += 1) await event.register(at(id, `p${n}`));
    const { status, body } = await send(id, newId(), { people: 2 });
    expect([status, body.type]).toEqual([409, 'urn:plenary:problem:audience-changed']);
    expect(body.detail).toContain('8 people');
    expect((await send(id, newId(), { people: 1, segment: { modes: ['online'] } })).status).toBe(409);
    await event.doJobs();
    expect(await recipients(id)).toEqual([]);
    expect((await send(id, newId(), { people: 3 })).status).toBe(200);
  });

  it('does not go where no mail arrives, nor to whoever called one unwanted', async () => {
    const id = 'left-out';
    const event = await open(id);
    for (const state of ['bounced', 'complained', 'refused', 'delivered']) {
      await event.register(at(id, state));
      const mail = { state, at: '2026-11-26T00:00:00.000Z', sentAt: '2026-11-25T00:00:00.000Z' };
      await change(await event.registrationOf(at(id, state)), 'mail', mail);
    }
    await send(id, newId(), { people: 2 });
    await event.doJobs();
    expect(await recipients(id)).toEqual([at(id, 'delivered'), at(id, 'refused')]);
  });

  it('tells of each recipient, by name, what became of their mail, a page and a state at a time', async () => {
    const id = 'results';
    const event = await open(id);
    const names = Array.from({ length: 53 }, (_, n) => `p${n}`);
    for (const name of names) await event.register(at(id, name), { fullName: `Person ${name}` });
    const message = newId();
    await send(id, message, { people: 53 });
    expect(await show(id, message)).toMatchObject({ written: 0, results: [], counts: { waiting: 0 } });
    await event.doJobs();
    await event.press(at(id, 'p7'), 'cancel');
    const first = await show(id, message);
    expect([first.results.length, first.counts.waiting, first.words.en]).toEqual([50, 53, WORDS.en]);
    const second = await show(id, message, { cursor: first.next });
    expect([second.results.length, second.next]).toEqual([3, undefined]);
    const shown = [...first.results, ...second.results].map(({ fullName }: { fullName: string }) => fullName);
    expect(shown).toEqual(names.map((name) => `Person ${name}`).sort((a, b) => a.localeCompare(b)));
    expect(first.results[0]).not.toHaveProperty('email');
    await sweep();
    const after = await show(id, message, { state: 'not-needed' });
    const none = { waiting: 0, sent: 0, arrived: 0, returned: 0, unwanted: 0, failed: 0, 'not-needed': 0, stopped: 0 };
    expect(after.counts).toEqual({ ...none, sent: 52, 'not-needed': 1 });
    expect(after.results.map(({ fullName }: { fullName: string }) => fullName)).toEqual(['Person p7']);
    // The last one of the page before is in another state.
    const onwards = await show(id, message, { state: 'not-needed', cursor: first.next });
    expect(onwards.results).toEqual(after.results);

    const { handler } = await import('../../functions/mail-events/index.ts');
    const left = (await messages(id)).filter(({ state }) => state === 'sent');
    const tell = [delivery, bounce, complaint, delivery];
    for (const [n, each] of tell.entries()) {
      const { id: outboxId = '', createdAt: sentAt = '' } = left[n] ?? {};
      await handler(each({ outboxId, to: at(id, 'someone'), sentAt }));
    }
    const told = await show(id, message, { state: 'returned' });
    expect(told.counts).toEqual({ ...none, sent: 48, arrived: 2, returned: 1, unwanted: 1, 'not-needed': 1 });
    expect(told.results).toMatchObject([{ reference: left[1]?.reference, fate: 'no-mailbox' }]);
  });

  it('CS13: names nobody under 18 to whoever was not vetted, and counts them', async () => {
    const id = 'unnamed';
    const event = await open(id);
    await event.register(at(id, 'adult'), { fullName: 'Adult Person' });
    await event.register(at(id, 'child'), { fullName: 'A Young Person' });
    await change(await event.registrationOf(at(id, 'child')), 'ageBand', 'minor');
    const message = newId();
    await send(id, message, { people: 2 });
    await event.doJobs();
    const unvetted = await show(id, message);
    expect(unvetted).toMatchObject({ unnamed: 1, counts: { waiting: 2 } });
    expect(JSON.stringify(unvetted)).not.toContain('Young');
    const vetted = await show(id, message, {}, 'vettedOrganiser');
    expect(vetted.unnamed).toBe(0);
    const names = vetted.results.map(({ fullName }: { fullName: string }) => fullName);
    expect(names).toEqual(['A Young Person', 'Adult Person']);
    expect(await auditOf(parts, id)).toEqual([`send-message ${message}`, 'list-minors']);
  });

  it('counts nobody whose coordinator stopped such mail', async () => {
    const id = 'coordinator-stopped';
    const delegation = await openDelegation(parts, id);
    await grantTeam(parts, id);
    await delegation.add([person(1), person(2)]);
    await delegation.register('self@coordinator-stopped.example.org');
    expect((await preview(id)).body).toMatchObject({ people: 3, mails: 2 });
    const [found] = await delegation.delegations();
    if (found === undefined) throw new Error('there is no delegation');
    const token = await unsubscribeToken(mailOfDelegation(found), delegation.deps.secrets);
    await call('postUnsubscribe', { params: { token }, ...postForm([['action', 'stop']]) });
    const leftOut = { bounced: 0, complained: 0, 'opted-out': 2 };
    expect((await preview(id)).body).toMatchObject({ people: 1, mails: 1, leftOut });
    const messageId = newId();
    expect((await send(id, messageId)).body).toMatchObject({ expected: 1 });
    await delegation.doJobs();
    expect(await recipients(id)).toEqual(['self@coordinator-stopped.example.org']);
    expect(await show(id, messageId)).toMatchObject({ expected: 1, written: 1 });
  });

  it('reaches a coordinator once, and says about whom', async () => {
    const id = 'messages-delegation';
    const delegation = await openDelegation(parts, id);
    await grantTeam(parts, id);
    await delegation.add([person(1), person(2), person(3, { email: 'own@ministry.test' })]);
    expect((await preview(id)).body).toMatchObject({ people: 3, mails: 2 });
    const message = newId();
    await send(id, message, { people: 3 });
    await delegation.doJobs();
    expect(await recipients(id)).toEqual([COORDINATOR, 'own@ministry.test']);
    const { results } = await show(id, message);
    const names = results.map(({ fullName, people }: { fullName: string; people: number }) => [people, fullName]);
    expect(names.sort()).toEqual([
      [1, 'Person 3'],
      [2, expect.stringMatching(/Person 1.*Person 2|Person 2.*Person 1/)],
    ]);
  });

  it('can be stopped: what waits does not leave any more, what left has left', async () => {
    const id = 'stopped';
    const event = await open(id);
    await event.register(at(id, 'one'));
    await event.register(at(id, 'two'));
    const [early, late, never] = [newId(), newId(), newId()];
    const stop = (messageId: string) => ask('organiser', 'stopMessage', { params: { eventId: id, messageId } });
    await send(id, early, { people: 2 });
    await event.doJobs();
    await sweep();
    expect((await stop(early)).status).toBe(200);
    expect(await show(id, early)).toMatchObject({ counts: { sent: 2, stopped: 0 } });
    await send(id, late, { people: 2 });
    await event.doJobs();
    const { reference } = await event.registrationOf(at(id, 'one'));
    const log = async () =>
      (await ask('organiser', 'listRegistrationMail', { params: { eventId: id, reference } })).body.messages;
    expect(await log()).toMatchObject([{ state: 'pending' }, { state: 'sent' }]);
    expect((await stop(late)).status).toBe(200);
    expect((await stop(late)).body.stoppedAt).toBe((await stop(late)).body.stoppedAt);
    expect(await show(id, late)).toMatchObject({ counts: { sent: 0, waiting: 0, stopped: 2 } });
    expect(await log()).toMatchObject([{ state: 'failed', failure: 'stopped' }, { state: 'sent' }]);
    await sweep();
    expect(await show(id, late)).toMatchObject({ counts: { sent: 0, waiting: 0, stopped: 2 } });
    // As one is left that was stopped after its mails were written, and before that was noted.
    const item = (await scan(parts, 'registry', { having: { pk: `ANNOUNCEMENT#${id}`, sk: late } }))[0];
    const { doneAt: _, ...Item } = { ...item, written: 0 } as Record<string, unknown>;
    const put = new PutCommand({ TableName: parts.database.tables.registry, Item });
    await DynamoDBDocumentClient.from(parts.database.client).send(put);
    expect(await show(id, late)).toMatchObject({ written: 2, expected: 2, counts: { stopped: 2 }, forgotten: 0 });
    await send(id, never, { people: 2 });
    await stop(never);
    await event.doJobs();
    expect(await show(id, never)).toMatchObject({ written: 0, counts: { stopped: 0 }, expected: 2 });
    expect((await mailsTo(at(id, 'one'))).filter(({ subject }) => subject.includes('identity card'))).toHaveLength(1);
    expect((await auditOf(parts, id)).filter((each) => each.startsWith('stop'))).toHaveLength(3);
    expect((await stop('nothing')).status).toBe(404);
  });

  describe('whose sender loses the role', () => {
    const sentBy = async (id: string, people: number) => {
      const event = await open(id);
      for (let nth = 0; nth < people; nth += 1) await event.register(at(id, `p${nth}`));
      const message = newId();
      const { references } = await namedIn(id);
      await send(id, message, { people, segment: id.includes('chosen') ? { people: references } : {} });
      return { event, message };
    };
    const namedIn = async (id: string) => ({
      references: (await readRegistry(parts, id)).registrations.map(({ reference }) => reference),
    });
    const inboxes = async (id: string, people: number) => {
      const all = await Promise.all(Array.from({ length: people }, (_, nth) => mailsTo(at(id, `p${nth}`))));
      return all.map((mails) => mails.filter(({ subject }) => subject.includes('identity card')).length);
    };
    const said = (id: string, message: string) => show(id, message, {}, 'vettedOrganiser');
    const stopped = { stoppedAt: expect.any(String), senderLeft: true };

    it.each(['left-before', 'left-before-chosen'])('is written to nobody, and says why (%s)', async (id) => {
      const { event, message } = await sentBy(id, 2);
      await leave(parts, id, 'organiser');
      await event.doJobs();
      expect(await recipients(id)).toEqual([]);
      expect(await said(id, message)).toMatchObject({ ...stopped, written: 0, counts: { waiting: 0 } });
      const { body } = await ask('vettedOrganiser', 'listMessages', { params: { eventId: id } });
      expect(body.messages).toMatchObject([stopped]);
    });

    it('does not leave where it waits, also where all of it was written, and says why', async () => {
      const id = 'left-meanwhile';
      const { event, message } = await sentBy(id, 2);
      await event.doJobs();
      expect(await said(id, message)).toMatchObject({ doneAt: expect.any(String), counts: { waiting: 2 } });
      await leave(parts, id, 'organiser');
      await sweep();
      expect(await inboxes(id, 2)).toEqual([0, 0]);
      expect(await said(id, message)).toMatchObject({ counts: { waiting: 0, stopped: 2, sent: 0 } });
      await event.doJobs();
      expect(await said(id, message)).toMatchObject(stopped);
    });

    it('goes on where they hold another role that writes to many, and ends with a grant whose end has come', async () => {
      const id = 'left-for-another';
      const { event, message } = await sentBy(id, 1);
      const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
      const now = (grants: readonly RoleGrant[]) =>
        leave(parts, id, 'organiser').then(() =>
          grantRoles({ eventId: id, identity: identityOf('organiser'), label: 'x', grants }, deps),
        );
      await now([{ role: 'communications' }]);
      await event.doJobs();
      expect(await recipients(id)).toEqual([at(id, 'p0')]);
      await now([{ role: 'communications', endsAt: new Date(Date.now() - 1000).toISOString() }, { role: 'viewer' }]);
      await sweep();
      expect(await inboxes(id, 1)).toEqual([0]);
      expect(await said(id, message)).toMatchObject({ counts: { stopped: 1 } });
    });

    it('leaves what had left by then, and what was sent before senders were kept', async () => {
      const id = 'left-after';
      const { event, message } = await sentBy(id, 1);
      await event.doJobs();
      await sweep();
      const old = 'reminder-of-old';
      await makeAnnouncement(parts, id, { id: old, kind: 'organiser-message', segment: {}, words: WORDS });
      await leave(parts, id, 'organiser');
      await event.doJobs();
      await sweep();
      expect(await inboxes(id, 1)).toEqual([2]);
      expect((await said(id, message)).senderLeft).toBeUndefined();
      expect(await said(id, old)).toMatchObject({ counts: { sent: 1 } });
    });
  });

  it('that we write by ourselves is listed too, and cannot be stopped', async () => {
    const id = 'of-its-own';
    await open(id);
    await makeAnnouncement(parts, id, { id: 'reminder#2027-11-02' });
    expect(await show(id, 'reminder#2027-11-02')).toMatchObject({ id: 'reminder#2027-11-02', counts: { waiting: 0 } });
  });
});

describe('a message to people who were chosen', () => {
  const chosenFor = async (id: string): Promise<string> =>
    JSON.stringify(await scan(parts, 'registry', { having: { pk: `ANNOUNCED-TO#${id}` } }));
  /** People by name, with their references. */
  async function enter(event: Awaited<ReturnType<typeof open>>, names: readonly string[]) {
    const people: Registration[] = [];
    for (const name of names) {
      await event.register(at(event.id, name));
      people.push(await event.registrationOf(at(event.id, name)));
    }
    return people;
  }
  const referencesOf = (people: readonly Registration[]) => people.map(({ reference }) => reference);
  const MINOR = { ageBand: 'minor', minor: {}, fullName: 'Young Sample' } as const;

  it('says how many it goes to, and whom it is not for and why', async () => {
    const id = 'chosen-preview';
    const event = await open(id, { quotas: [quota('room', { ...ROOM, capacity: 5 })] });
    const people = await enter(event, ['one', 'ends', 'bounced', 'stopped', 'no-address', 'waits', 'other']);
    const [, , bounced, stopped, noAddress] = people as [Registration, ...Registration[]];
    await event.press(at(id, 'ends'), 'cancel', [['confirm', 'yes']]);
    const mail = { state: 'bounced', at: '2026-11-26T00:00:00.000Z', sentAt: '2026-11-25T00:00:00.000Z' };
    await change(bounced as Registration, 'mail', mail);
    await change(stopped as Registration, 'optedOut', true);
    await change(noAddress as Registration, 'email', '');
    const young = await rosterPeople(parts, id).enter({ ...MINOR, email: at(id, 'young') });
    const chosen = [...referencesOf(people.slice(0, 6)), young.reference, 'AAAAAAAAAA', '<script>'];
    const sent = [...chosen, ...chosen.slice(0, 2), String(chosen[0]).toLowerCase()];
    const { status, body } = await preview(id, { people: sent });
    expect([status, body]).toMatchObject([
      200,
      {
        // One who waits for a seat is written to as well; the other was not chosen.
        ...{ people: 2, mails: 2, leftOut: { bounced: 1, complained: 0, 'opted-out': 1 } },
        // A minor is one of whom there is none, for whoever was not vetted.
        notFor: { noPlace: 1, noAddress: 1, minors: 0, unknown: 3 },
      },
    ]);
    const asked = { params: { eventId: id }, body: { segment: { people: sent } } };
    const vetted = await ask('vettedOrganiser', 'previewMessage', asked);
    expect(vetted.body).toMatchObject({ people: 2, notFor: { minors: 1, unknown: 2 } });
    expect((await preview(id)).body.notFor).toBeUndefined();
    expect(await chosenFor(id), 'nothing is kept of a look').toBe('[]');
  });

  it('goes to them alone, once, as they stand when mail is written and when it leaves', async () => {
    const id = 'chosen-sent';
    const event = await open(id);
    const people = await enter(event, ['one', 'two', 'ends', 'late', 'grows-young', 'other']);
    const chosen = referencesOf(people.slice(0, 5));
    const message = newId();
    const segment = { people: chosen };
    const answers = await Promise.all([1, 2].map(() => send(id, message, { people: 5, segment })));
    answers.push(await send(id, message, { people: 5, segment: { people: [...chosen].reverse() } }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]?.body).toMatchObject({ expected: 5, segment: { chosen: 5 } });
    for (const other of [{ people: chosen.slice(1) }, { people: referencesOf(people) }, {}]) {
      const { status, body } = await send(id, message, { people: 5, segment: other });
      expect([status, body.type]).toEqual([409, 'urn:plenary:problem:message-differs']);
    }
    const shown = JSON.stringify((await ask('organiser', 'listMessages', { params: { eventId: id } })).body);
    expect(chosen.filter((each) => shown.includes(each))).toEqual([]);
    await event.press(at(id, 'ends'), 'cancel', [['confirm', 'yes']]);
    await change(people[4] as Registration, 'ageBand', 'minor');
    await event.doJobs();
    expect(await recipients(id)).toEqual([at(id, 'late'), at(id, 'one'), at(id, 'two')]);
    await event.press(at(id, 'late'), 'cancel', [['confirm', 'yes']]);
    await sweep();
    const subjects = async (name: string) =>
      (await mailsTo(at(id, name))).filter(({ subject }) => subject.includes('identity card')).length;
    expect(await Promise.all(['one', 'two', 'late', 'ends', 'other', 'grows-young'].map(subjects))).toEqual([
      ...[1, 1, 0, 0, 0, 0],
    ]);
    expect(await show(id, message)).toMatchObject({ written: 3, counts: { sent: 2, 'not-needed': 1 } });
    expect(await auditOf(parts, id)).toEqual([`send-message ${message}`]);
  });

  it('is about those of a coordinator’s people alone who were chosen', async () => {
    const id = 'chosen-delegation';
    const delegation = await openDelegation(parts, id);
    await grantTeam(parts, id);
    await delegation.add([person(1), person(2), person(3), person(4, { email: 'own@ministry.test' })]);
    const { registrations } = await readRegistry(parts, id);
    const chosen = registrations.filter(({ fullName }) => /[12]$/.test(fullName));
    const segment = { people: referencesOf(chosen) };
    expect((await preview(id, segment)).body).toMatchObject({ people: 2, mails: 1 });
    const message = newId();
    await send(id, message, { people: 2, segment });
    await delegation.doJobs();
    expect(await recipients(id)).toEqual([COORDINATOR]);
    const { results } = await show(id, message);
    expect(results).toMatchObject([{ people: 2, fullName: expect.not.stringContaining('Person 3') }]);
    await sweep();
    const [mail] = (await mailsTo(COORDINATOR)).filter(({ subject }) => subject.includes('identity card'));
    expect(mail?.text).toContain('Person 1');
    expect(mail?.text).toContain('Person 2');
    expect(mail?.text).not.toContain('Person 3');
  });

  it('reaches nobody whom the sender may not see, whatever list is sent', async () => {
    const id = 'chosen-forged';
    const event = await open(id);
    const [one] = await enter(event, ['one']);
    const foreign = await open('chosen-forged-other');
    const [other] = await enter(foreign, ['one']);
    if (!one || !other) throw new Error('nobody came');
    const young = await rosterPeople(parts, id).enter({ ...MINOR, email: at(id, 'young') });
    const forged = { people: [young.reference, other.reference] };
    const { status, body } = await send(id, newId(), { people: 2, segment: forged });
    expect([status, body.type]).toEqual([409, 'urn:plenary:problem:audience-changed']);
    const message = newId();
    const segment = { people: [one.reference, ...forged.people] };
    expect((await send(id, message, { people: 1, segment })).status).toBe(200);
    expect(await chosenFor(id)).not.toContain(young.reference);
    await event.doJobs();
    await foreign.doJobs();
    expect(await recipients(id)).toEqual([at(id, 'one')]);
    expect(await recipients('chosen-forged-other')).toEqual([]);
    const asked = { params: { eventId: id, messageId: newId() }, body: { segment, words: WORDS, people: 1 } };
    for (const who of ['thailand', 'viewer', 'care'] as const) {
      expect((await ask(who, 'sendMessage', asked)).status, who).toBe(403);
    }
  });

  it('keeps no reference of an erased person, nor where one was erased while it was sent (CS20)', async () => {
    const id = 'chosen-erased';
    const event = await open(id);
    const [first, second, third] = await enter(event, ['first', 'second', 'third']);
    if (!first || !second || !third) throw new Error('nobody came');
    const message = newId();
    const segment = { people: referencesOf([first, second, third]) };
    await send(id, message, { people: 3, segment });
    const [kept] = await scan(parts, 'registry', { having: { pk: `ANNOUNCED-TO#${id}` } });
    const erase = async (who: Registration) => {
      await event.press(who.email, 'erase', [['confirm', 'yes']]);
      const jobs = await scan(parts, 'outbox', { having: { eventId: id, reference: who.reference } });
      const { handler } = await import('../../functions/housekeeping/index.ts');
      await handler(recordsOf(jobs.filter(({ job }) => job === 'index-people')));
    };
    await erase(first);
    expect(await chosenFor(id)).not.toContain(first.reference);
    expect(await chosenFor(id)).toContain(second.reference);
    // A request that had read them before writes them once more.
    await DynamoDBDocumentClient.from(parts.database.client).send(
      new PutCommand({ TableName: parts.database.tables.registry, Item: kept }),
    );
    expect(await chosenFor(id)).toContain(first.reference);
    await event.doJobs();
    expect(await chosenFor(id)).not.toContain(first.reference);
    expect(await recipients(id)).toEqual([at(id, 'second'), at(id, 'third')]);
    expect((await send(id, message, { people: 3, segment })).status, 'the same again').toBe(200);
    await erase(second);
    expect(await chosenFor(id)).not.toContain(second.reference);
    // Nor does the message say up to whom it came.
    const [sent] = await scan(parts, 'registry', { having: { pk: `ANNOUNCEMENT#${id}` } });
    expect(sent).toMatchObject({ doneAt: expect.any(String) });
    for (const { reference } of [first, second, third]) expect(JSON.stringify(sent)).not.toContain(reference);
  });

  it('keeps no reference of one who was erased while it was sent, and that was stopped in the same instant (CS20)', async () => {
    const id = 'chosen-stopped-erased';
    const event = await open(id);
    const [first, second] = await enter(event, ['first', 'second']);
    if (!first || !second) throw new Error('nobody came');
    const message = newId();
    await send(id, message, { people: 2, segment: { people: referencesOf([first, second]) } });
    const [kept] = await scan(parts, 'registry', { having: { pk: `ANNOUNCED-TO#${id}` } });
    await event.press(first.email, 'erase', [['confirm', 'yes']]);
    const jobs = await scan(parts, 'outbox', { having: { eventId: id, reference: first.reference } });
    const { handler } = await import('../../functions/housekeeping/index.ts');
    await handler(recordsOf(jobs.filter(({ job }) => job === 'index-people')));
    await DynamoDBDocumentClient.from(parts.database.client).send(
      new PutCommand({ TableName: parts.database.tables.registry, Item: kept }),
    );
    await ask('organiser', 'stopMessage', { params: { eventId: id, messageId: message } });
    expect(await chosenFor(id)).toContain(first.reference);
    await event.doJobs();
    expect(await chosenFor(id)).not.toContain(first.reference);
    expect(await chosenFor(id)).toContain(second.reference);
    expect(await recipients(id)).toEqual([]);
  });

  it('refuses too many, nobody, and what is named beside them', async () => {
    const id = 'chosen-refused';
    await open(id);
    const many = (number: number) => Array.from({ length: number }, (_, nth) => String(nth).padStart(10, '0'));
    for (const segment of [
      { people: [] },
      { people: many(2_501) },
      { people: ['A'.repeat(21)] },
      { people: [1] },
      { people: 'AAAAAAAAAA' },
      { people: ['AAAAAAAAAA'], statuses: ['confirmed'] },
      { people: ['AAAAAAAAAA'], modes: ['online'], attendance: ['came'] },
    ]) {
      expect((await preview(id, segment)).status, JSON.stringify(segment).slice(0, 80)).toBe(422);
    }
    expect((await preview(id, { people: many(100_000) })).status).toBe(413);
    expect((await preview(id, { people: many(2_500) })).body).toMatchObject({ people: 0, notFor: { unknown: 2_500 } });
  });
});

describe('CI13: a segment of who came', () => {
  const HOUR = 3_600_000;
  const [day] = forum().days;
  const BEGINS = Date.parse(`${day?.date}T09:00:00+07:00`);
  const clock = (time: number) => vi.useFakeTimers({ now: time, toFake: ['Date'] });

  /** An event with a closed session, people of whom some came, and someone under 18 who did. */
  async function attended(id: string) {
    const doors = await openDoors(parts, id, { sessions: forum().sessions });
    const [one, two, second] = [
      await doors.holder(at(id, 'one'), { days: ['day-1', 'day-2'] }),
      await doors.holder(at(id, 'two'), { days: ['day-1', 'day-2'] }),
      await doors.holder(at(id, 'second'), { days: ['day-2'] }),
    ];
    const online = await doors.holder(at(id, 'online'), { mode: 'online' });
    const minor = { ageBand: 'minor', minor: {}, email: at(id, 'young'), fullName: 'Young Sample' } as const;
    const young = await rosterPeople(parts, id).enter(minor);
    for (const [list, session] of Object.entries({ hall: 'opening', closed: 'consultation' })) {
      await doors.put(list, { ...usual, modes: ['in-person', 'online'], place: { kind: 'session', session } });
    }
    clock(BEGINS);
    const lists = ['event', 'day-day-1', 'hall'];
    const phone = await openPhone(parts, id, { lists, endsAt: BEGINS + 40 * HOUR });
    const comes = async (who: Registration, list: string, time: number) => {
      clock(time + 1000);
      const sent = sentScan({ ticket: ticketHashOf(who), reference: who.reference, list });
      const { answers } = await phone.send([{ ...sent, scannedAt: time, correctedAt: time }]);
      expect(answers).toMatchObject([{ result: 'kept' }]);
    };
    return { doors, one, two, second, online, young, comes };
  }

  const people = async (id: string, attendance: readonly string[], ...attendanceAt: readonly string[]) => {
    const segment = { attendance, ...(attendanceAt.length > 0 && { attendanceAt }) };
    const { status, body } = await preview(id, segment);
    expect(status).toBe(200);
    return body.people as number;
  };

  it('counts who came, who is not there yet, and of whom nothing was recorded, at the event, a day and a session', async () => {
    const id = 'segment-came';
    const { one, young, two, comes } = await attended(id);
    await comes(one, 'event', BEGINS + 60_000);
    await comes(young, 'event', BEGINS + 120_000);
    await comes(two, 'hall', BEGINS + 180_000);
    expect((await preview(id)).body.people).toBe(5);
    // People under 18 are counted as in any other segment; online is expected nowhere but where online comes.
    expect(await people(id, ['came'])).toBe(3);
    expect(await people(id, ['not-yet'])).toBe(2);
    expect(await people(id, ['no-check-in'])).toBe(0);
    expect(await people(id, ['came', 'not-yet'])).toBe(5);
    expect(await people(id, ['came'], 'day:day-1')).toBe(3);
    // Who came on the first day alone is awaited on the second one.
    expect(await people(id, ['not-yet'], 'day:day-2')).toBe(4);
    expect(await people(id, ['came'], 'session:opening')).toBe(1);
    expect(await people(id, ['came'], 'session:opening', 'day:day-2')).toBe(1);
    const ofGroup = { attendance: ['came'], modes: ['online'] };
    expect((await preview(id, ofGroup)).body.people).toBe(0);
    clock(BEGINS + 80 * HOUR);
    expect(await people(id, ['not-yet'])).toBe(0);
    expect(await people(id, ['no-check-in'])).toBe(2);
    // Minutes are over, and days are not.
    clock(BEGINS + 40 * 24 * HOUR);
    expect(await people(id, ['came'], 'day:day-1')).toBe(3);
  });

  it('is written to by who came when the mails are written, and says so in the list', async () => {
    const id = 'segment-sent';
    const { doors, one, two, comes } = await attended(id);
    await comes(one, 'event', BEGINS + 60_000);
    const message = newId();
    const segment = { attendance: ['not-yet'] };
    const expected = await people(id, ['not-yet']);
    const { status, body } = await send(id, message, { people: expected, segment });
    expect([status, body.segment]).toEqual([
      200,
      { statuses: ['confirmed'], attendance: ['not-yet'], attendanceAt: ['event'] },
    ]);
    // The same again is the same message; another place is not.
    expect(
      (await send(id, message, { people: expected, segment: { ...segment, attendanceAt: ['event'] } })).status,
    ).toBe(200);
    const other = { ...segment, attendanceAt: ['day:day-1'] };
    expect((await send(id, message, { people: expected, segment: other })).status).toBe(409);
    // Who comes in before the mails are written gets none.
    await comes(two, 'day-day-1', BEGINS + 120_000);
    await doors.doJobs();
    expect(await recipients(id)).toEqual([at(id, 'online'), at(id, 'second'), at(id, 'young')]);
    expect((await show(id, message)).segment).toEqual(body.segment);
  });

  it('is refused for what there is not, and of closed sessions to whom their attendance is not told', async () => {
    const id = 'segment-refused';
    await attended(id);
    for (const segment of [
      { attendance: ['left'] },
      { attendance: [] },
      { attendance: ['came'], attendanceAt: ['day:day-9'] },
      { attendance: ['came'], attendanceAt: ['session:none'] },
      { attendance: ['came'], attendanceAt: ['session:'] },
      { attendance: ['came'], attendanceAt: ['opening'] },
      { attendance: 'came' },
      { attendanceAt: ['nowhere'] },
    ]) {
      expect((await preview(id, segment)).status, JSON.stringify(segment)).toBe(422);
    }
    expect(await people(id, ['came'], 'session:consultation')).toBe(0);
    const body = { segment: { attendance: ['came'], attendanceAt: ['session:consultation'] } };
    const { checkSegment } = await import('../../shared/announcements/write/organiser-words.ts');
    const { rules } = (await import('../../shared/event/event-texts.ts')).splitTexts(forum());
    expect(() => checkSegment(rules as never, body.segment as never, { grants: [] })).toThrow();
  });
});

describe('a test', () => {
  const test = (eventId: string, language = 'en', words: object = WORDS.en) =>
    ask('organiser', 'testMessage', { params: { eventId }, body: { language, words } });

  it('goes to whoever writes, marked, three an hour, and leaves nothing behind', async () => {
    const id = 'tests';
    await open(id);
    expect((await test(id)).body.type).toBe('urn:plenary:problem:no-own-address');
    const grants = [{ role: 'organiser' as const }];
    const granted = { eventId: id, identity: identityOf('organiser'), label: 'organiser', grants, email: at(id, 'me') };
    await grantRoles(granted, { dynamodb: parts.database.client, tableName: parts.database.tables.registry });
    const { status, body } = await test(id);
    expect([status, body]).toEqual([202, { to: at(id, 'me') }]);
    await test(id, 'km', WORDS.km);
    const { handler } = await import('../../functions/outbox/index.ts');
    const tests = (await scan(parts, 'outbox')).filter((item) => item['kind'] === 'message-test');
    await handler(recordsOf(tests));
    const mails = await mailsTo(at(id, 'me'));
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      expect.stringMatching(/^\[Test\] Bring your identity card/),
      expect.stringMatching(/^\[សាកល្បង\] សូមយក/),
    ]);
    expect(mails.every(({ text }) => !text.includes('/m/'))).toBe(true);
    const left = (await scan(parts, 'outbox')).filter(
      (item) => item['kind'] === 'message-test' && item['eventId'] === id,
    );
    expect(left.map(({ state, words, to }) => [state, words, to])).toEqual(
      Array(2).fill(['sent', undefined, undefined]),
    );
    const more = await Promise.all([1, 2, 3].map(() => test(id)));
    expect(more.map((each) => each.status).sort()).toEqual([202, 429, 429]);
  });

  it('is refused in a language that the event does not speak, and without words', async () => {
    await open('tests-refused');
    expect((await test('tests-refused', 'fr')).status).toBe(422);
    expect((await test('tests-refused', 'en', { subject: '', text: 'x' })).body.errors[0].path).toBe(
      'words.en.subject',
    );
  });
});
