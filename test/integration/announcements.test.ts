import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announcementStore } from '../../shared/announcements/announcement.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import type { OutboxMessage } from '../../shared/mail/outbox/message.schema.ts';
import type { Job } from '../../shared/mail/outbox/outbox-items.store.ts';
import { makeAnnouncement } from '../support/announcement.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { interceptedClient } from '../support/faults.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';

let parts: Parts;
let realHousekeeping: typeof import('../../functions/housekeeping/index.ts').realDeps;
let announceToAll: typeof import('../../shared/announcements/timed/announce.case.ts').announceToAll;
/** Sends what waits, as the outbox's timer does later. */
let sweep: () => Promise<void>;

beforeAll(async () => {
  parts = await startParts();
  realHousekeeping = (await import('../../functions/housekeeping/index.ts')).realDeps;
  announceToAll = (await import('../../shared/announcements/timed/announce.case.ts')).announceToAll;
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

const messages = async (eventId: string): Promise<OutboxMessage[]> =>
  (await scan(parts, 'outbox', { having: { eventId } })).filter(
    (item) => item['announcement'] !== undefined,
  ) as unknown as OutboxMessage[];
const recipients = async (eventId: string) => (await messages(eventId)).map(({ to }) => String(to)).sort();
const progress = (eventId: string) =>
  announcementStore({ client: documentClient(parts.database.client), registry: parts.database.tables.registry }).read(
    eventId,
    'identity-cards',
  );
const jobOf = (eventId: string): Job => ({
  id: 'job',
  job: 'announce',
  eventId,
  reference: 'identity-cards',
  createdAt: new Date().toISOString(),
});
/** What came of the announcement to an address. */
const announcedTo = async (address: string, subject = 'Bring your identity card: ') => {
  const all = await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json();
  return (all as { subject: string; text: string }[]).filter((mail) => mail.subject.startsWith(subject));
};

const many = (eventId: string, count: number) =>
  Array.from({ length: count }, (_, index) => `p${String(index).padStart(2, '0')}@${eventId}.example.org`);

describe('an announcement', () => {
  it('is written to everyone whom it is for, in their language, and to nobody else', async () => {
    const id = 'announced';
    const event = await openEvent(parts, id, { quotas: [quota('room', { ...ROOM, capacity: 2 })] });
    await event.register('one@announced.example.org');
    await event.register('two@announced.example.org', { language: 'km' });
    await event.register('waits@announced.example.org');
    await event.register('online@announced.example.org', { mode: 'online' });
    await event.register('gone@announced.example.org', { mode: 'online' });
    await event.press('gone@announced.example.org', 'cancel');
    await makeAnnouncement(parts, id);
    await event.doJobs();
    expect(await recipients(id)).toEqual(
      ['one', 'two', 'online'].map((name) => `${name}@announced.example.org`).sort(),
    );
    expect(await progress(id)).toMatchObject({ written: 3, doneAt: expect.any(String) });

    await sweep();
    const [english] = await announcedTo('one@announced.example.org');
    expect(english?.text).toContain('The hall checks who comes in.\n\nSee you there.');
    expect(english?.text).toContain('/m/announced.');
    expect(await announcedTo('two@announced.example.org', 'សូមយកអត្តសញ្ញាណប័ណ្ណមកជាមួយ៖ ')).toHaveLength(1);
    const sent = (await messages(id)).map(({ state, to }) => [state, to]);
    expect(sent).toEqual(Array.from({ length: 3 }, () => ['sent', undefined]));
  });

  it('goes to a segment: category, mode, session', async () => {
    const id = 'segments';
    const event = await openEvent(parts, id);
    await event.register('media@segments.example.org', { category: 'media' });
    await event.register('media-online@segments.example.org', { category: 'media', mode: 'online' });
    await event.register('online@segments.example.org', { mode: 'online' });
    await makeAnnouncement(parts, id, { segment: { categories: ['media'], modes: ['online'] } });
    await event.doJobs();
    expect(await recipients(id)).toEqual(['media-online@segments.example.org']);
  });

  it('tells nobody whom it is not for any more when it is sent', async () => {
    const id = 'changed-mind';
    const event = await openEvent(parts, id);
    await event.register('stays@changed-mind.example.org');
    await event.register('leaves@changed-mind.example.org');
    await makeAnnouncement(parts, id);
    await event.doJobs();
    await event.press('leaves@changed-mind.example.org', 'cancel');
    await sweep();
    expect(await announcedTo('stays@changed-mind.example.org')).toHaveLength(1);
    expect(await announcedTo('leaves@changed-mind.example.org')).toEqual([]);
    expect((await messages(id)).map(({ state, failure }) => failure ?? state).sort()).toEqual(['sent', 'superseded']);
  });

  it('reaches people without an address of their own by one mail to their coordinator, with all their names', async () => {
    const id = 'announced-delegation';
    const delegation = await openDelegation(parts, id);
    await delegation.add([person(1), person(2), person(3, { email: 'own@ministry.test' })]);
    await makeAnnouncement(parts, id);
    await delegation.doJobs();
    expect(await recipients(id)).toEqual([COORDINATOR, 'own@ministry.test']);
    await sweep();
    const [mail] = await announcedTo(COORDINATOR);
    expect(mail?.text).toMatch(/Person 1[\s\S]*Person 2/);
    expect(mail?.text).not.toContain('Person 3');
    expect(mail?.text).toContain(`/d/${await delegation.token()}`);
    expect(mail?.text).not.toContain('/m/');
  });

  it('reaches a coordinator also where the person it was written for has an address of their own by then', async () => {
    const id = 'announced-left';
    const delegation = await openDelegation(parts, id);
    await delegation.add([person(1), person(2)]);
    await grantTeam(parts, id);
    await makeAnnouncement(parts, id);
    await delegation.doJobs();
    const [written] = await messages(id);
    const { registrations } = await readRegistry(parts, id);
    const left = registrations.find(({ reference }) => reference === written?.reference);
    const { status } = await ask('organiser', 'correctAddress', {
      params: { eventId: id, reference: String(left?.reference) },
      body: { email: 'own@left.example.org', revision: left?.revision },
    });
    expect(status).toBe(200);
    await sweep();
    const mails = (await announcedTo(COORDINATOR)).filter(({ text }) => text.includes(`/d/${id}.`));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(left?.fullName === 'Person 1' ? 'Person 2' : 'Person 1');
    expect(mails[0]?.text).not.toContain(left?.fullName);
  });

  it('can be made once only', async () => {
    await openEvent(parts, 'made-once');
    await makeAnnouncement(parts, 'made-once');
    await expect(makeAnnouncement(parts, 'made-once')).rejects.toThrow(/there already/);
  });

  it('is written once to each, wherever writing it is interrupted, and by however many at once', async () => {
    const id = 'interrupted';
    const event = await openEvent(parts, id);
    const all = many(id, 12);
    for (const email of all) await event.register(email);
    await makeAnnouncement(parts, id);
    let crashes = 0;
    // Falls at its first call, then at its second, and so on, each time going on from what the one before left behind.
    for (let calls = 0; ; calls += 1) {
      // A run that fails for any other reason would go on for ever.
      expect(calls).toBeLessThan(100);
      let left = calls;
      const client = interceptedClient(() => {
        left -= 1;
        return left < 0 ? Promise.reject(new Error('the instance fell')) : undefined;
      });
      const run = await announceToAll(realHousekeeping(client), jobOf(id)).catch((error: Error) => error);
      if (!(run instanceof Error)) break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThan(12);
    await Promise.all([1, 2, 3].map(() => announceToAll(realHousekeeping(), jobOf(id))));
    expect(await recipients(id)).toEqual(all);
    expect(await progress(id)).toMatchObject({ written: 12, doneAt: expect.any(String) });
  });

  it('is written once to each by two at once, and counted once', async () => {
    const id = 'two-at-once';
    const event = await openEvent(parts, id);
    const all = many(id, 8);
    for (const email of all) await event.register(email);
    await makeAnnouncement(parts, id);
    await Promise.all([1, 2, 3].map(() => announceToAll(realHousekeeping(), jobOf(id))));
    expect(await recipients(id)).toEqual(all);
    expect(await progress(id)).toMatchObject({ written: 8, doneAt: expect.any(String) });
  });

  it('is written to all by whoever was overtaken, if who did it falls', async () => {
    const id = 'overtaken';
    const event = await openEvent(parts, id);
    const all = many(id, 8);
    for (const email of all) await event.register(email);
    await makeAnnouncement(parts, id);
    const { doJob } = await import('../../shared/jobs.ts');
    const job = String((await scan(parts, 'outbox')).find((item) => item['eventId'] === id && item['job'])?.['id']);
    const isNote = (command: string) => command === 'UpdateItemCommand';
    let notes = 0;
    const faster = interceptedClient((command) => {
      notes += isNote(command) ? 1 : 0;
      return notes > 1 ? Promise.reject(new Error('the instance fell')) : undefined;
    });
    let isOvertaken = false;
    const slower = interceptedClient(async (command) => {
      if (!isNote(command) || isOvertaken) return undefined;
      isOvertaken = true;
      await expect(doJob(realHousekeeping(faster), job)).rejects.toThrow('the instance fell');
      return undefined;
    });
    await doJob(realHousekeeping(slower), job);
    // What is delivered anew to those who fell.
    await doJob(realHousekeeping(), job);
    expect(isOvertaken).toBe(true);
    expect(await recipients(id)).toEqual(all);
    expect(await progress(id)).toMatchObject({ written: 8, doneAt: expect.any(String) });
  });
});
