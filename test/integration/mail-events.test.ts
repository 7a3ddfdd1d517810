import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { putCareNeeds } from '../../shared/care/care.store.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { beginYoung } from '../support/begin-young.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { interceptedClient } from '../support/faults.ts';
import { forum } from '../support/forum.ts';
import { bounce, complaint, delivery, rejected, sent } from '../support/mail-events.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, listed } from '../support/team.ts';
import { youngSubmission } from '../support/young.ts';

let parts: Parts;
let handle: typeof import('../../functions/mail-events/index.ts').handler;
let house: ReturnType<typeof import('../../functions/housekeeping/index.ts').realDeps>;
let jobs: typeof import('../../shared/jobs.ts');

beforeAll(async () => {
  parts = await startParts();
  ({ handler: handle } = await import('../../functions/mail-events/index.ts'));
  house = (await import('../../functions/housekeeping/index.ts')).realDeps();
  jobs = await import('../../shared/jobs.ts');
});
afterAll(() => parts?.stop());

const forumRules = splitTexts(forum()).rules;

const HOUR = 60 * 60 * 1000;
/** After all registrations of these tests, whenever they run, and before their events. */
const SENT = new Date(Date.now() + 30 * 24 * HOUR).toISOString();
const LATER = new Date(Date.parse(SENT) + 24 * HOUR).toISOString();

/** The message of a kind that someone was sent. */
async function mailTo(eventId: string, email: string, kind?: string): Promise<string> {
  const found = await scan(parts, 'outbox', { having: { eventId, to: email } });
  return String(found.find((item) => kind === undefined || item['kind'] === kind)?.['id']);
}

/** Everything of housekeeping's that is due so long after an instant. */
const doDue = (instant: string, hours: number) =>
  jobs.doDueJobs({ ...house, system: { ...house.system, now: () => new Date(Date.parse(instant) + hours * HOUR) } });

/** Someone in a room with one seat, and someone who waits for it. */
async function fullRoom(id: string) {
  const event = await openEvent(parts, id, { quotas: [quota('room', ROOM)] });
  const [holder, waiter] = [`holder@${id}.example.org`, `waiter@${id}.example.org`];
  await event.register(holder);
  await event.register(waiter);
  return { event, holder, waiter, outboxId: await mailTo(id, holder) };
}

describe('an address that hard-bounces', () => {
  it('marks the registration; after 72 hours its seat goes to whoever waits longest', async () => {
    const { event, holder, waiter, outboxId } = await fullRoom('lapses');
    await handle(bounce({ outboxId, to: holder, sentAt: SENT, at: LATER }));
    const marked = await event.registrationOf(holder);
    expect(marked).toMatchObject({ status: 'confirmed', mail: { state: 'bounced', at: LATER, sentAt: SENT } });
    const page = (await event.page(holder)).body ?? '';
    expect(page).toContain('You could not be reached: check the address');
    const ends = new Date(Date.parse(LATER) + 72 * HOUR);
    expect(page).toContain(ends.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: forumRules.timeZone }));
    const needs = { eventId: event.id, reference: marked.reference };
    const table = parts.database.tables.care;
    const kept = putCareNeeds(house.system, table, forumRules, needs, { dietary: 'vegetarian' });
    const change = {
      event: forumRules,
      before: marked,
      after: marked,
      by: 'holder' as const,
      messages: [],
      also: [kept],
    };
    expect(await house.changes.change(change)).toBe('done');
    expect((await scan(parts, 'care')).map((item) => item['sk'])).toContain(marked.reference);
    await event.doJobs();
    await doDue(LATER, 71.9);
    expect((await event.registrationOf(holder)).status).toBe('confirmed');
    await doDue(LATER, 72);
    await event.doJobs();
    expect(await event.registrationOf(holder)).toMatchObject({ status: 'cancelled', lapsed: true, seats: [] });
    expect((await event.registrationOf(waiter)).status).toBe('confirmed');
    await grantTeam(parts, event.id);
    const seen = await ask('organiser', 'showOrganiserRegistration', { params: needs });
    expect(seen.body).toMatchObject({ status: 'cancelled', lapsed: true });
    expect((await scan(parts, 'care')).filter((item) => item['sk'] === marked.reference)).toEqual([]);
    await event.expectExact();
    // Who waited is told; nobody writes to where nothing arrives.
    expect(await event.kindsTo(waiter)).toEqual(['waitlisted', 'promoted']);
    const about = (await scan(parts, 'outbox')).filter(({ reference }) => reference === marked.reference);
    expect(about).toMatchObject([{ kind: 'confirmed', state: 'sent' }]);
    expect((await event.page(holder)).body).toContain('No email reached you at');
    expect((await scan(parts, 'outbox')).filter((item) => item['job'] === 'lapse')).toEqual([]);
  });

  it('may register again once it has lapsed', async () => {
    const { event, holder, outboxId } = await fullRoom('lapsed-again');
    await handle(bounce({ outboxId, to: holder, sentAt: SENT }));
    await doDue(SENT, 73);
    await event.register(holder, { fullName: 'Somchai Again' });
    expect(await event.registrationOf(holder)).toMatchObject({ status: 'waitlisted', fullName: 'Somchai Again' });
  });

  it.each(['Transient', 'Undetermined'])('is not one that bounces as %s', async (type) => {
    const { event, holder, outboxId } = await fullRoom(`soft-${type.toLowerCase()}`);
    const before = await event.registrationOf(holder);
    await handle(bounce({ outboxId, to: holder, sentAt: SENT }, type, 'MailboxFull'));
    expect(await event.registrationOf(holder)).toEqual(before);
  });

  it('is one that SES keeps from being written to', async () => {
    const { event, holder, outboxId } = await fullRoom('suppressed');
    await handle(bounce({ outboxId, to: holder, sentAt: SENT }, 'Permanent', 'OnAccountSuppressionList'));
    expect(await event.registrationOf(holder)).toMatchObject({ mail: { state: 'bounced' } });
  });

  it('is noted once, however often it is told and by how many at once', async () => {
    const { event, holder, outboxId } = await fullRoom('told-twice');
    const told = bounce({ outboxId, to: holder.toUpperCase(), sentAt: SENT });
    const { revision } = await event.registrationOf(holder);
    await Promise.all([handle(told), handle(told)]);
    await handle(told);
    expect((await event.registrationOf(holder)).revision).toBe(revision + 1);
    const lapses = (await scan(parts, 'outbox')).filter(
      (item) => item['job'] === 'lapse' && item['eventId'] === event.id,
    );
    expect(lapses).toHaveLength(1);
  });

  it('is none of ours without a tag, with an unknown message, or about a team', async () => {
    const { event, holder } = await fullRoom('unknown');
    const before = await readRegistry(parts, event.id);
    await handle(bounce({ to: holder, sentAt: SENT }));
    await handle(bounce({ outboxId: 'never-sent', to: holder, sentAt: SENT }));
    const about = { eventId: event.id, reference: 'AAAA', email: holder, language: 'en' };
    const message = newMessage(house.system, 'role-invitation', about);
    await DynamoDBDocumentClient.from(parts.database.client).send(
      new PutCommand({ TableName: parts.database.tables.outbox, Item: toOutboxItem(message) }),
    );
    await handle(bounce({ outboxId: message.id, to: holder, sentAt: SENT }));
    expect(await readRegistry(parts, event.id)).toEqual(before);
  });

  it('is refused, to be kept with what was given up, where it has another shape', async () => {
    const { detail } = bounce({ outboxId: 'x', to: 'a@example.org', sentAt: SENT });
    await expect(handle({ detail: { ...detail, bounce: {} } })).rejects.toThrow();
    await expect(handle({ detail: { ...detail, eventType: 'Open' } })).rejects.toThrow();
  });

  it('is told again after a failure of the database, and then noted', async () => {
    const { event, holder, outboxId } = await fullRoom('database-down');
    const { realDeps } = await import('../../functions/mail-events/index.ts');
    const { noteMailEvent } = await import('../../shared/registration/note-mail-event.case.ts');
    const { mailEvent } = await import('../../shared/mail/fate/mail-event.schema.ts');
    const told = bounce({ outboxId, to: holder, sentAt: SENT });
    const down = interceptedClient((command) => {
      if (command === 'TransactWriteItemsCommand') throw new Error('down');
      return undefined;
    });
    const message = await realDeps().readMessage(outboxId);
    if (message === undefined) throw new Error('there is no message');
    await expect(noteMailEvent(realDeps(down), message, mailEvent.parse(told.detail))).rejects.toThrow('down');
    await handle(told);
    expect(await event.registrationOf(holder)).toMatchObject({ mail: { state: 'bounced' } });
  });
});

describe('what SES tells of a message that it took', () => {
  const stateOf = async (id: string) => (await scan(parts, 'outbox')).find((item) => item['id'] === id);
  const counted = async (act: () => Promise<void>): Promise<string[]> => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await act();
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    return lines.filter((line) => line.includes(METRICS.sentTwice));
  };

  it('settles it, and forgets the address, where nobody noted that it was sent', async () => {
    const { holder, outboxId } = await fullRoom('settled');
    await handle(sent({ outboxId, to: holder, sentAt: SENT, messageId: 'first' }));
    expect(await stateOf(outboxId)).toMatchObject({ state: 'sent', messageId: 'first' });
    expect(await stateOf(outboxId)).not.toHaveProperty('to');
  });

  it('is counted where it is another mail than the one that was noted, and once', async () => {
    const { holder, outboxId } = await fullRoom('twice');
    const about = { outboxId, to: holder, sentAt: SENT };
    await handle(sent({ ...about, messageId: 'first' }));
    const again = async () => {
      await handle(sent({ ...about, messageId: 'first' }));
      await handle(delivery({ ...about, messageId: 'second' }));
    };
    expect(await counted(again)).toEqual([]);
    const lines = await counted(() => handle(sent({ ...about, messageId: 'second' })));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ [METRICS.sentTwice]: 1 }]);
    expect(await stateOf(outboxId)).toMatchObject({ state: 'sent', messageId: 'first' });
  });

  it('is a failure where it found malware, also after it said that it was sent', async () => {
    const { holder, outboxId } = await fullRoom('malware');
    await handle(sent({ outboxId, to: holder, sentAt: SENT }));
    await handle(rejected({ outboxId, to: holder, sentAt: SENT }));
    expect(await stateOf(outboxId)).toMatchObject({ state: 'failed', failure: 'Reject' });
    await handle(sent({ outboxId, to: holder, sentAt: SENT }));
    expect(await stateOf(outboxId)).toMatchObject({ state: 'failed' });
  });
});

describe('what became of a mail', () => {
  const fateOf = async (id: string) => (await scan(parts, 'outbox')).find((item) => item['id'] === id)?.['fate'];

  it('is noted on its message, in whatever order it is told, with a code and no address', async () => {
    const { holder, outboxId } = await fullRoom('fate');
    const about = { outboxId, to: holder, sentAt: SENT };
    await handle(sent(about));
    expect(await fateOf(outboxId)).toBeUndefined();
    await handle(delivery({ ...about, at: SENT }));
    expect(await fateOf(outboxId)).toEqual({ what: 'delivered', at: SENT });
    await handle(bounce({ ...about, at: LATER }));
    const bounced = { what: 'no-mailbox', at: LATER, code: '5.1.1' };
    expect(await fateOf(outboxId)).toEqual(bounced);
    await handle(delivery({ ...about, at: LATER }));
    expect(await fateOf(outboxId)).toEqual(bounced);
    await handle(complaint({ ...about, at: LATER }));
    expect(await fateOf(outboxId)).toEqual({ what: 'complained', at: LATER });
    const item = (await scan(parts, 'outbox')).find(({ id }) => id === outboxId);
    expect(item).toMatchObject({ state: 'sent', expiresAt: expect.any(Number) });
    expect(JSON.stringify(item)).not.toContain('@');
  });

  it('is noted of a bounce that may pass too, which marks nobody', async () => {
    const { event, holder, outboxId } = await fullRoom('fate-passing');
    await handle(bounce({ outboxId, to: holder, sentAt: SENT, at: SENT }, 'Transient', 'MailboxFull', '4.2.2'));
    expect(await fateOf(outboxId)).toEqual({ what: 'mailbox-full', at: SENT, code: '4.2.2' });
    expect((await event.registrationOf(holder)).mail).toBeUndefined();
  });

  it('is the same where all is told at once', async () => {
    const { holder, outboxId } = await fullRoom('fate-at-once');
    const about = { outboxId, to: holder, sentAt: SENT };
    const told = [delivery(about), bounce(about), complaint(about), delivery(about), sent(about)];
    await Promise.all(told.map((each) => handle(each)));
    expect(await fateOf(outboxId)).toMatchObject({ what: 'complained' });
  });

  it('is written once: what tells nothing new writes nothing, and of a message that is gone nothing is made', async () => {
    const { holder, outboxId } = await fullRoom('fate-once');
    const about = { outboxId, to: holder, sentAt: SENT };
    const { realDeps } = await import('../../functions/mail-events/index.ts');
    const { noteFateByEvent } = await import('../../shared/mail/fate/settle-message.case.ts');
    const { mailEvent } = await import('../../shared/mail/fate/mail-event.schema.ts');
    const commands: string[] = [];
    const deps = realDeps(
      interceptedClient((command) => {
        commands.push(command);
        return undefined;
      }),
    );
    const note = async (told: { readonly detail: unknown }, id = outboxId) => {
      const message = await realDeps().readMessage(outboxId);
      if (message === undefined) throw new Error('there is no message');
      await noteFateByEvent(deps, { ...message, id }, mailEvent.parse(told.detail));
    };
    await note(delivery(about));
    await note(delivery({ ...about, at: LATER }));
    await note(sent(about));
    expect(commands).toEqual(['UpdateItemCommand']);
    await note(complaint(about), 'forgotten');
    expect(await fateOf('forgotten')).toBeUndefined();
  });
});

describe('what happens in between', () => {
  it('a later mail that arrives clears the mark; what comes late changes nothing', async () => {
    const { event, holder, outboxId } = await fullRoom('arrives');
    await handle(delivery({ outboxId, to: holder, sentAt: SENT }));
    expect((await event.registrationOf(holder)).mail).toBeUndefined();
    await handle(bounce({ outboxId, to: holder, sentAt: SENT }));
    await handle(delivery({ outboxId, to: holder, sentAt: SENT }));
    expect((await event.registrationOf(holder)).mail?.state).toBe('bounced');
    await handle(delivery({ outboxId, to: holder, sentAt: LATER }));
    await handle(bounce({ outboxId, to: holder, sentAt: SENT, at: LATER }));
    expect((await event.registrationOf(holder)).mail?.state).toBe('delivered');
    await doDue(LATER, 100);
    expect((await event.registrationOf(holder)).status).toBe('confirmed');
    expect((await event.page(holder)).body).not.toContain('You could not be reached');
  });

  it('a later bounce gives no more time: asking for the link again and again keeps no seat for nobody', async () => {
    const { event, holder, waiter, outboxId } = await fullRoom('bounces-again');
    await handle(bounce({ outboxId, to: holder, sentAt: SENT, at: SENT }));
    await handle(bounce({ outboxId, to: holder, sentAt: LATER, at: LATER }));
    expect(await event.registrationOf(holder)).toMatchObject({ mail: { at: SENT, sentAt: LATER } });
    await doDue(SENT, 71.9);
    expect((await event.registrationOf(holder)).status).toBe('confirmed');
    await doDue(SENT, 72);
    await event.doJobs();
    expect((await event.registrationOf(holder)).status).toBe('cancelled');
    expect((await event.registrationOf(waiter)).status).toBe('confirmed');
  });

  it('a registration that was cancelled is left alone', async () => {
    const { event, holder, outboxId } = await fullRoom('cancelled-between');
    await event.press(holder, 'cancel');
    const before = await event.registrationOf(holder);
    await handle(bounce({ outboxId, to: holder, sentAt: SENT }));
    expect(await event.registrationOf(holder)).toEqual(before);
  });

  it('one that was cancelled after the bounce does not lapse, and can still be undone', async () => {
    const { event, holder, outboxId } = await fullRoom('cancelled-after');
    await handle(bounce({ outboxId, to: holder, sentAt: SENT }));
    await event.press(holder, 'cancel');
    await doDue(SENT, 73);
    expect((await event.registrationOf(holder)).lapsed).toBeUndefined();
  });

  it('whoever takes up what has lapsed is given three days more', async () => {
    const { event, holder, waiter, outboxId } = await fullRoom('taken-up');
    await event.press(waiter, 'cancel');
    await handle(bounce({ outboxId, to: holder, sentAt: SENT, at: SENT }));
    await doDue(SENT, 72);
    expect((await event.press(holder, 'undo-cancel')).statusCode).toBe(303);
    const up = await event.registrationOf(holder);
    expect([up.status, up.mail, up.lapsed]).toEqual(['confirmed', undefined, undefined]);
    const again = (await scan(parts, 'outbox')).find(
      (item) => item['to'] === holder && item['id'] !== outboxId && item['kind'] === 'confirmed',
    );
    await handle(bounce({ outboxId: String(again?.['id']), to: holder, sentAt: LATER, at: LATER }));
    await doDue(LATER, 71.9);
    expect((await event.registrationOf(holder)).status).toBe('confirmed');
    await doDue(LATER, 72);
    expect((await event.registrationOf(holder)).status).toBe('cancelled');
  });

  it('a place in the waiting list lapses as a seat does', async () => {
    const { event, holder, waiter } = await fullRoom('waits-unreached');
    await handle(bounce({ outboxId: await mailTo(event.id, waiter), to: waiter, sentAt: SENT, at: SENT }));
    await doDue(SENT, 72);
    expect(await event.registrationOf(waiter)).toMatchObject({ status: 'cancelled', lapsed: true });
    expect((await event.registrationOf(holder)).status).toBe('confirmed');
    expect((await readRegistry(parts, event.id)).waitlist).toEqual([]);
    await event.expectExact();
  });

  it('a bounce before the decision takes nothing; after it, three days begin', async () => {
    const { categories } = forum();
    const approval = categories.map((each) => (each.id === 'media' ? { ...each, approval: true } : each));
    const event = await openEvent(parts, 'decided-later', { categories: approval });
    await grantTeam(parts, event.id);
    const email = 'press@decided.example.org';
    await event.register(email, { category: 'media' });
    await handle(bounce({ outboxId: await mailTo(event.id, email), to: email, sentAt: SENT, at: SENT }));
    await doDue(SENT, 100);
    const pending = await event.registrationOf(email);
    expect(pending).toMatchObject({ status: 'pending-approval', mail: { state: 'bounced' } });
    const { reference, revision } = pending;
    const params = { eventId: event.id, reference };
    await ask('organiser', 'decideRegistration', { params, body: { decision: 'approve', revision } });
    const approved = await mailTo(event.id, email, 'confirmed');
    await handle(bounce({ outboxId: approved, to: email, sentAt: LATER, at: LATER }));
    await doDue(LATER, 71.9);
    expect((await event.registrationOf(email)).status).toBe('confirmed');
    await doDue(LATER, 72);
    expect((await event.registrationOf(email)).status).toBe('cancelled');
  });

  it('mail to whoever had the place before says nothing of whoever has it now', async () => {
    const { event, holder, outboxId } = await fullRoom('substituted');
    await grantTeam(parts, event.id);
    const { reference, revision } = await event.registrationOf(holder);
    const substitute = {
      fullName: 'Other Sample',
      email: 'other@substituted.example.org',
      position: 'Officer',
      revision,
    };
    const { status } = await ask('organiser', 'substituteRegistration', {
      params: { eventId: event.id, reference },
      body: substitute,
    });
    expect(status).toBe(200);
    await handle(bounce({ outboxId, to: holder, sentAt: SENT, at: SENT }));
    await doDue(SENT, 100);
    const now = await event.registrationOf('other@substituted.example.org');
    expect([now.status, now.mail]).toEqual(['confirmed', undefined]);
  });

  it('of several recipients, only the one whose mail it was counts', async () => {
    const { event, holder, outboxId } = await fullRoom('several');
    const elsewhere = bounce({ outboxId, to: 'elsewhere@example.org', sentAt: SENT });
    await handle(elsewhere);
    expect((await event.registrationOf(holder)).mail).toBeUndefined();
    const both = JSON.parse(JSON.stringify(elsewhere));
    both.detail.bounce.bouncedRecipients.push({ emailAddress: holder, action: 'failed', status: '5.1.1' });
    await handle(both);
    expect((await event.registrationOf(holder)).mail?.state).toBe('bounced');
  });

  it('who complained is not written to any more, which SES calls a bounce: it costs nobody their seat', async () => {
    const { event, holder, outboxId } = await fullRoom('complained-first');
    await handle(complaint({ outboxId, to: holder, sentAt: SENT }));
    const before = await event.registrationOf(holder);
    await handle(bounce({ outboxId, to: holder, sentAt: LATER }, 'Permanent', 'OnAccountSuppressionList'));
    expect(await event.registrationOf(holder)).toEqual(before);
    // That the mailbox is gone is another matter.
    await handle(bounce({ outboxId, to: holder, sentAt: LATER }, 'Permanent', 'NoEmail'));
    expect((await event.registrationOf(holder)).mail?.state).toBe('bounced');
  });

  it('a server that refuses our mail by a rule of its own costs nobody their seat, also once SES tries no more', async () => {
    const { event, holder, outboxId } = await fullRoom('refused');
    await handle(bounce({ outboxId, to: holder, sentAt: SENT }, 'Permanent', 'General', '5.7.1'));
    await handle(bounce({ outboxId, to: holder, sentAt: LATER }, 'Permanent', 'OnAccountSuppressionList'));
    expect(await event.registrationOf(holder)).toMatchObject({ mail: { state: 'refused', sentAt: SENT } });
    expect((await event.page(holder)).body).toContain('You could not be reached');
    await doDue(LATER, 1000);
    expect((await event.registrationOf(holder)).status).toBe('confirmed');
  });

  it('a complaint is shown, and costs nobody their seat', async () => {
    const { event, holder, outboxId } = await fullRoom('complains');
    await handle(complaint({ outboxId, to: holder, sentAt: SENT }));
    expect(await event.registrationOf(holder)).toMatchObject({ mail: { state: 'complained' } });
    await doDue(SENT, 100);
    expect((await event.registrationOf(holder)).status).toBe('confirmed');
  });

  it('someone under 18 keeps their seat: people decide on them', async () => {
    const { event, holder, outboxId } = await fullRoom('minor-kept');
    const { reference } = await event.registrationOf(holder);
    const { UpdateCommand } = await import('@aws-sdk/lib-dynamodb');
    const { registrationKey } = await import('../../shared/kernel/dynamo/keys.ts');
    await DynamoDBDocumentClient.from(parts.database.client).send(
      new UpdateCommand({
        TableName: parts.database.tables.registry,
        Key: registrationKey(event.id, reference),
        UpdateExpression: 'SET ageBand = :minor',
        ExpressionAttributeValues: { ':minor': 'minor' },
      }),
    );
    await handle(bounce({ outboxId, to: holder, sentAt: SENT }));
    await doDue(SENT, 100);
    expect(await event.registrationOf(holder)).toMatchObject({ status: 'confirmed', mail: { state: 'bounced' } });
  });
});

describe('the mailbox of a coordinator', () => {
  const [FIRST, SECOND, OWN] = ['Person 1', 'Person 2', 'own@coordinated.example.org'];

  it('marks everyone who is reached through it, ends none of them, and is cleared by a mail that arrives', async () => {
    const event = await openDelegation(parts, 'coordinated', { quotas: [quota('room', { ...ROOM, capacity: 5 })] });
    await grantTeam(parts, event.id);
    await event.add([person(1), person(2), person(3, { email: OWN })]);
    const marks = async () =>
      Object.fromEntries(
        (await readRegistry(parts, event.id)).registrations.map(({ fullName, status, mail }) => [
          fullName,
          [status, mail?.state],
        ]),
      );
    const outboxId = await mailTo(event.id, COORDINATOR, 'delegation-registered');
    await handle(bounce({ outboxId, to: COORDINATOR, sentAt: SENT, at: SENT }));
    const unreached = ['confirmed', 'bounced'];
    expect(await marks()).toEqual({ [FIRST]: unreached, [SECOND]: unreached, 'Person 3': ['confirmed', undefined] });
    expect((await scan(parts, 'outbox')).filter(({ job, eventId }) => job === 'lapse' && eventId === event.id)).toEqual(
      [],
    );
    await doDue(SENT, 1000);
    expect(await marks()).toMatchObject({ [FIRST]: unreached, [SECOND]: unreached });
    const bounced = (await listed('organiser', event.id)).filter(({ mail }) => mail === 'bounced');
    expect(bounced.map(({ fullName }) => fullName).sort()).toEqual([FIRST, SECOND]);

    await handle(delivery({ outboxId, to: COORDINATOR, sentAt: LATER }));
    expect(await marks()).toMatchObject({ [FIRST]: ['confirmed', 'delivered'], [SECOND]: ['confirmed', 'delivered'] });
  });

  it('is known as gone also by a mail about one of them; who has an address of their own lapses alone', async () => {
    const event = await openDelegation(parts, 'one-of-them', { quotas: [quota('room', { ...ROOM, capacity: 2 })] });
    await event.add([person(1), person(2), person(3), person(4, { email: OWN })]);
    const all = async () => (await readRegistry(parts, event.id)).registrations;
    const seated = (await all()).find(({ status, email }) => status === 'confirmed' && email === COORDINATOR);
    if (seated === undefined) throw new Error('nobody has a seat');
    const message = newMessage(house.system, 'link', seated);
    await DynamoDBDocumentClient.from(parts.database.client).send(
      new PutCommand({ TableName: parts.database.tables.outbox, Item: toOutboxItem(message) }),
    );
    await handle(bounce({ outboxId: message.id, to: COORDINATOR, sentAt: SENT, at: SENT }));
    const reached = (await all()).filter(({ mail }) => mail === undefined);
    expect(reached.map(({ email }) => email)).toEqual([OWN]);
    await handle(bounce({ outboxId: await mailTo(event.id, OWN), to: OWN, sentAt: SENT, at: SENT }));
    await doDue(SENT, 72);
    const ended = (await all()).filter(({ status }) => status === 'cancelled');
    expect(ended.map(({ email }) => email)).toEqual([OWN]);
    await event.expectExact();
  });
});

describe('an organiser', () => {
  const correct = (event: { id: string }, one: Registration, email: string) =>
    ask('organiser', 'correctAddress', {
      params: { eventId: event.id, reference: one.reference },
      body: { email, revision: one.revision },
    });

  it('sees whom no mail reaches, corrects the address, and the mail is sent again', async () => {
    const { event, holder, outboxId } = await fullRoom('corrected');
    await grantTeam(parts, event.id);
    await handle(bounce({ outboxId, to: holder, sentAt: SENT, at: SENT }));
    const before = await event.registrationOf(holder);
    const inList = (await listed('organiser', event.id)).find(({ reference }) => reference === before.reference);
    expect(inList).toMatchObject({ mail: 'bounced' });
    const right = 'right@corrected.example.org';
    const shown = await correct(event, before, right);
    expect([shown.status, shown.body.email, shown.body.mail]).toEqual([200, right, undefined]);
    const after = await event.registrationOf(right);
    expect(after.mail).toBeUndefined();
    expect(after.ticketId).not.toBe(before.ticketId);
    expect(after.linkVersion).toBe(before.linkVersion + 1);
    expect(await event.kindsTo(right)).toEqual(['confirmed']);
    expect(await auditOf(parts, event.id)).toEqual(['load-people', `correct-address ${before.reference}`]);
    // A bounce of the wrong address that comes only now, and the job of the first, concern nobody.
    await handle(bounce({ outboxId, to: holder, sentAt: LATER }));
    await doDue(LATER, 100);
    expect(await event.registrationOf(right)).toEqual(after);
    expect((await correct(event, before, right)).status).toBe(200);
    await event.register(holder, { mode: 'online' });
    expect((await event.registrationOf(holder)).status).toBe('confirmed');
    await event.expectExact();
  });

  it('cannot give anyone an address that has a registration, or is none, or on what they did not see', async () => {
    const { event, holder, waiter } = await fullRoom('not-corrected');
    await grantTeam(parts, event.id);
    const one = await event.registrationOf(holder);
    const taken = await correct(event, one, waiter);
    expect([taken.status, taken.body.errors[0]]).toMatchObject([422, { path: 'email', code: 'already-registered' }]);
    expect((await correct(event, one, 'nobody')).status).toBe(422);
    const stale = await correct(event, { ...one, revision: one.revision - 1 }, 'right@not.example.org');
    expect(stale.status).toBe(409);
    const laos = await ask('laos', 'correctAddress', {
      params: { eventId: event.id, reference: one.reference },
      body: { email: 'right@not.example.org', revision: one.revision },
    });
    expect(laos.status).toBe(404);
    expect(await event.registrationOf(holder)).toEqual(one);
  });
});

describe('CS3: a guardian who cannot be reached', () => {
  it('is told to the minor on their page and by one mail, and the request runs on', async () => {
    const event = await openEvent(parts, 'guardian-bounced');
    const sent = youngSubmission({ email: 'young@guardian.example.org' });
    await beginYoung(parts, event.id, sent);
    const outboxId = await mailTo(event.id, 'vanna.sample@example.org', 'guardian-request');
    await handle(bounce({ outboxId, to: 'vanna.sample@example.org', sentAt: SENT }));
    await handle(bounce({ outboxId, to: 'vanna.sample@example.org', sentAt: SENT }));
    await handle(bounce({ outboxId, to: 'vanna.sample@example.org', sentAt: LATER }));
    expect(await event.kindsTo('young@guardian.example.org')).toEqual(['pending-guardian', 'guardian-unreachable']);
    expect((await event.page('young@guardian.example.org')).body).toContain('the address does not work');
    expect(await event.registrationOf('young@guardian.example.org')).toMatchObject({ status: 'pending-guardian' });
  });
});
