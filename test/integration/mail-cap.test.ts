import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { BusyError } from '../../shared/kernel/errors.ts';
import type { MailKind } from '../../shared/mail/kinds.ts';
import type { OutboxMessage } from '../../shared/mail/outbox/message.schema.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openEvent } from '../support/self-service.ts';
import { recordsOf } from '../support/stream.ts';
import { ask, grantTeam } from '../support/team.ts';

type Deps = ReturnType<typeof realOutbox>;

const HOUR = 60 * 60 * 1000;

let parts: Parts;
let outbox: Deps;
let use: typeof import('../../shared/mail/outbox/deliver.case.ts') &
  typeof import('../../shared/mail/outbox/sweep.case.ts');

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await grantTeam(parts, params.eventId);
  outbox = (await import('../../functions/outbox/index.ts')).realDeps();
  use = {
    ...(await import('../../shared/mail/outbox/deliver.case.ts')),
    ...(await import('../../shared/mail/outbox/sweep.case.ts')),
  };
});
afterAll(() => parts?.stop());

const params = { eventId: 'asean-ict-forum' };
const register = async (email: string) => {
  const answer = await call('submitRegistration', { params, ...postJson(submission({ email, mode: 'online' })) });
  expect(answer.statusCode).toBe(202);
};
/** As the stream does: what rivals did not let go of comes again. */
async function bring(id: string): Promise<void> {
  try {
    await use.deliver(outbox, id);
  } catch (error) {
    if (!(error instanceof BusyError)) throw error;
    await bring(id);
  }
}
const deliverAll = async (ids: readonly string[]) => {
  for (const id of ids) await bring(id);
};
const later = (milliseconds: number): Deps => ({
  ...outbox,
  system: { ...outbox.system, now: () => new Date(Date.now() + milliseconds) },
});

async function items() {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const input = { TableName: parts.database.tables.outbox, ConsistentRead: true };
  return (await client.send(new ScanCommand(input))).Items ?? [];
}
const pending = async () => (await items()).filter(({ state }) => state === 'pending');
const mailsTo = async (...addresses: string[]): Promise<number> => {
  const counts = addresses.map(async (address) => {
    const answer = await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`);
    return ((await answer.json()) as unknown[]).length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
};

const SPELLINGS = ['v.ictim@gmail.com', ...Array.from({ length: 14 }, (_, n) => `vic.tim+${n}@googlemail.com`)];

it('AB2: fifteen mails to one inbox under many spellings: three in the first hour, ten in the first day', async () => {
  for (const email of SPELLINGS) await register(email);
  const ids = (await pending()).map(({ id }) => id);
  await Promise.all([deliverAll(ids), deliverAll(ids.toReversed())]);
  expect(await mailsTo(...SPELLINGS)).toBe(3);

  await register('someone.else@gmail.com');
  await deliverAll((await pending()).map(({ id }) => id));
  expect(await mailsTo('someone.else@gmail.com')).toBe(1);

  await use.sweep(later(HOUR / 2));
  expect(await mailsTo(...SPELLINGS)).toBe(3);
  for (let hours = 1.01; hours < 23; hours += 1) await use.sweep(later(hours * HOUR));
  expect(await mailsTo(...SPELLINGS)).toBe(10);
  for (let hours = 24; hours < 30; hours += 1.01) await use.sweep(later(hours * HOUR));
  expect(await mailsTo(...SPELLINGS)).toBe(15);
  expect(await pending()).toEqual([]);
});

it('AB2: asking for the link again and again keeps nobody from what they are told once', async () => {
  const email = 'asked-for@example.org';
  await register(email);
  const [{ reference } = {}] = (await pending()).filter(({ to }) => to === email);
  const client = DynamoDBDocumentClient.from(parts.database.client);
  // Two of one millisecond have an order of their own, which is not that of this list.
  const began = Date.now();
  let written = 0;
  const write = async (kind: 'link' | 'erased') => {
    const about = { eventId: params.eventId, reference: String(reference), language: 'en', email };
    written += 1;
    const createdAt = new Date(began + written).toISOString();
    const message = { ...newMessage(outbox.system, kind, about), createdAt };
    await client.send(new PutCommand({ TableName: parts.database.tables.outbox, Item: toOutboxItem(message) }));
    return message.id;
  };
  const links: string[] = [];
  for (let n = 0; n < 40; n += 1) links.push(await write('link'));
  await deliverAll([...(await pending()).filter(({ to }) => to === email).map(({ id }) => id)]);
  expect(await mailsTo(email)).toBe(3);
  const once = await write('erased');
  await deliverAll([once]);
  // Mails that waited as long as it share its first turns, and have used up theirs of the day by its second.
  for (const hours of [1.01, 2.02]) await use.sweep(later(hours * HOUR));
  const stateOf = async (id: string) => (await items()).find((item) => item['id'] === id);
  expect(await stateOf(once)).toMatchObject({ state: 'sent' });
  for (let hours = 3.03; hours < 30; hours += 1.01) await use.sweep(later(hours * HOUR));
  const ended = (await items()).filter(({ id }) => links.includes(id));
  // Each that had to wait took the place of the one before, which would have said the same.
  expect(ended.filter(({ failure }) => failure === 'superseded').length).toBeGreaterThanOrEqual(36);
  expect(ended.every(({ state, failure }) => state === 'sent' || failure === 'superseded')).toBe(true);
  expect(ended.find(({ id }) => id === links.at(-1))).toMatchObject({ state: 'sent' });
  expect(await mailsTo(email)).toBeLessThan(7);
});

describe('AB16: what never left counts for no cap', () => {
  const messagesTo = async (email: string) => (await items()).filter(({ to }) => to === email);
  const referenceOf = async (email: string): Promise<string> => String((await messagesTo(email))[0]?.['reference']);
  const put = async (kind: MailKind, email: string, reference: string, more: Partial<OutboxMessage> = {}) => {
    const about = { eventId: params.eventId, reference, language: 'en', email };
    const message = { ...newMessage(outbox.system, kind, about), ...more };
    const client = DynamoDBDocumentClient.from(parts.database.client);
    await client.send(new PutCommand({ TableName: parts.database.tables.outbox, Item: toOutboxItem(message) }));
    return message.id;
  };
  const itemOf = async (id: string) => (await items()).find((item) => item['id'] === id);
  const capOf = async (id: string) => {
    const message = await outbox.outbox.read(id);
    return outbox.outbox.readCap(await use.hashRecipient(outbox, message as never));
  };
  /** Someone whose ticket is not mailed yet, and the id of that mail. */
  const someone = async (email: string) => {
    await register(email);
    return { reference: await referenceOf(email), ticket: String((await messagesTo(email))[0]?.['id']) };
  };

  it('a ticket leaves within ten seconds though three superseded mails were written before it', async () => {
    const email = 'after-three@example.org';
    const { reference, ticket } = await someone(email);
    const superseded = [];
    for (let n = 0; n < 3; n += 1) superseded.push(await put('cancelled', email, reference));
    const { handler } = await import('../../functions/outbox/index.ts');
    const began = Date.now();
    const batch = await Promise.all([...superseded, ticket].map(itemOf));
    expect(await asFunction('outbox', () => handler(recordsOf(batch.map((item) => item ?? {}))))).toEqual({
      batchItemFailures: [],
    });
    expect(await mailsTo(email)).toBe(1);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(await itemOf(ticket)).toMatchObject({ state: 'sent' });
    for (const id of superseded) {
      expect(await itemOf(id)).toMatchObject({ state: 'failed', failure: 'superseded', attempts: 0 });
    }
  });

  it('the ticket after a cancellation that was undone leaves like any other', async () => {
    const email = 'undone@example.org';
    const event = await openEvent(parts, 'undone');
    await event.register(email);
    await deliverAll((await messagesTo(email)).map(({ id }) => id));
    const before = await mailsTo(email);
    for (const times of [1, 2]) {
      for (const action of ['cancel', 'undo-cancel']) expect((await event.press(email, action)).statusCode).toBe(303);
      const waits = (await messagesTo(email)).filter(({ state }) => state === 'pending');
      const [cancelled, confirmed] = ['cancelled', 'confirmed'].map((kind) =>
        waits.find((item) => item['kind'] === kind),
      );
      expect(waits).toHaveLength(2);
      await deliverAll([String(cancelled?.['id']), String(confirmed?.['id'])]);
      expect(await itemOf(String(cancelled?.['id']))).toMatchObject({ state: 'failed', failure: 'superseded' });
      expect(await itemOf(String(confirmed?.['id']))).toMatchObject({ state: 'sent' });
      expect(await mailsTo(email)).toBe(before + times);
    }
  });

  it('nor what SES did certainly not take, where rivals claim beside it', async () => {
    const email = 'put-off@example.org';
    const { reference, ticket } = await someone(email);
    const ids = [ticket, await put('link', email, reference), await put('erased', email, reference)];
    const refuses = (kind: 'put-off' | 'refused') =>
      ({ ...outbox, mailer: { send: async () => ({ kind, reason: 'MessageRejected' }) } }) as Deps;
    await use.deliver(refuses('refused'), await put('link', email, reference));
    await Promise.all(ids.map((id) => use.deliver(refuses('put-off'), id)));
    expect((await capOf(ticket)).claims).toEqual([]);
    await Promise.all(ids.map((id) => use.deliver(later(2 * 60 * 1000), id)));
    expect(await mailsTo(email)).toBe(3);
    expect((await capOf(await put('link', email, reference))).claims).toHaveLength(3);
  });

  it('a claim counts on where nobody knows whether its mail left, and where giving it back fails', async () => {
    const email = 'perhaps@example.org';
    const { ticket, reference } = await someone(email);
    const lost = { ...outbox, mailer: { send: () => Promise.reject(new Error('socket hang up')) } } as Deps;
    await use.deliver(lost, ticket);
    expect((await capOf(ticket)).claims).toHaveLength(1);
    const failing = {
      ...outbox,
      mailer: { send: async () => ({ kind: 'put-off', reason: 'Throttling' }) },
      outbox: { ...outbox.outbox, giveBack: () => Promise.reject(new Error('down')) },
    } as Deps;
    await use.deliver(failing, await put('erased', email, reference));
    expect((await capOf(ticket)).claims).toHaveLength(2);
  });

  it('a ticket leaves behind any mail that can wait, which takes the last of no hour', async () => {
    const email = 'reminded@example.org';
    const { reference, ticket } = await someone(email);
    const { LETTERS } = await import('../../shared/letters.ts');
    // What it says does not matter here: that it can wait does.
    const reminding = (milliseconds: number) =>
      ({ ...later(milliseconds), letters: { ...LETTERS, 'thank-you': LETTERS.link } }) as unknown as Deps;
    const reminders: string[] = [];
    for (let n = 0; n < 9; n += 1) reminders.push(await put('thank-you', email, reference));
    for (const id of reminders) await use.deliver(reminding(0), id);
    expect(await mailsTo(email)).toBe(2);
    await use.deliver(outbox, ticket);
    expect(await itemOf(ticket)).toMatchObject({ state: 'sent' });
    const link = await put('link', email, reference);
    await use.deliver(outbox, link);
    for (let hours = 1.02; hours < 23; hours += 1.02) await use.sweep(reminding(hours * HOUR));
    expect(await itemOf(link)).toMatchObject({ state: 'sent' });
    expect(await mailsTo(email)).toBe(7);
    const second = await put('erased', email, reference);
    await use.deliver(reminding(23 * HOUR), second);
    expect(await itemOf(second)).toMatchObject({ state: 'sent' });
    for (let hours = 24.05; hours < 40; hours += 1.02) await use.sweep(reminding(hours * HOUR));
    expect(await mailsTo(email)).toBe(12);
  });

  it('a newer mail takes the turn of one that waits and would say the same; one of nothing gives its turn up', async () => {
    const email = 'changes-much@example.org';
    const { reference, ticket } = await someone(email);
    await deliverAll([ticket, await put('link', email, reference), await put('erased', email, reference)]);
    const older = await put('confirmed', email, reference);
    await use.deliver(outbox, older);
    const promised = await itemOf(older);
    expect(promised).toMatchObject({ state: 'pending', promised: true });
    const former = { status: 'confirmed', mode: 'in-person', days: ['day-1'], sessions: ['first'] } as const;
    const changed = await put('updated', email, reference, {
      former: { ...former, days: [...former.days], sessions: ['first'] },
    });
    await use.deliver(outbox, changed);
    expect(await itemOf(older)).toMatchObject({ state: 'failed', failure: 'superseded' });
    const newer = await put('updated', email, reference, {
      former: { ...former, days: ['day-2'], sessions: ['second'] },
    });
    await Promise.all([use.deliver(outbox, newer), use.deliver(outbox, newer)]);
    expect(await itemOf(changed)).toMatchObject({ state: 'failed', failure: 'superseded' });
    // It tells both changes, from how the attendee stood before the first.
    expect(await itemOf(newer)).toMatchObject({ state: 'pending', notBefore: promised?.['notBefore'], former });
    const { realDeps } = await import('../../functions/attendee/index.ts');
    const deps = realDeps();
    const held = await deps.registrations.readWithEvent(params.eventId, reference, 'en');
    const { cancelAdult } = await import('../../shared/registration/cancel/cancel.case.ts');
    await asFunction('attendee', () => cancelAdult(deps, held as never, 'holder'));
    const cancelled = (await messagesTo(email)).find(({ kind }) => kind === 'cancelled');
    await use.deliver(outbox, String(cancelled?.['id']));
    expect(await itemOf(newer)).toMatchObject({ state: 'failed', failure: 'superseded' });
    expect((await capOf(String(cancelled?.['id']))).waiting).toHaveLength(1);
    await use.sweep(later(1.01 * HOUR));
    expect(await mailsTo(email)).toBe(4);
  });

  it('of two that say the same and were written in one millisecond one waits, whichever is looked at first', async () => {
    for (const turned of [false, true]) {
      const email = `at-once-${turned}@example.org`;
      const { reference, ticket } = await someone(email);
      await deliverAll([ticket, await put('link', email, reference), await put('erased', email, reference)]);
      const createdAt = new Date().toISOString();
      const both = ['a', 'b'].map((letter) => ({ id: `${letter}-${reference}`, createdAt }));
      for (const more of both) await put('link', email, reference, more);
      const ids = both.map(({ id }) => id);
      await deliverAll(turned ? ids.toReversed() : ids);
      expect(await itemOf(ids[0] ?? '')).toMatchObject({ state: 'failed', failure: 'superseded' });
      expect(await itemOf(ids[1] ?? '')).toMatchObject({ state: 'pending', promised: true });
    }
  });
});

it('AB2: two hundred people behind one address of a network all get their mail', async () => {
  const addresses = Array.from({ length: 200 }, (_, n) => `delegate-${n}@ministry.test`);
  const people = [...addresses];
  while (people.length > 0) await Promise.all(people.splice(0, 20).map(register));
  await deliverAll((await pending()).map(({ id }) => id));
  expect(await mailsTo(...addresses)).toBe(200);
});

describe('CS17: mail to the focal point', () => {
  const FOCAL_POINT = 'safeguarding@copforum.example.org';
  const report = async (what: string) => {
    const answer = await call('postReport', {
      params,
      ...postForm([
        ['what', what],
        ['contact', ''],
      ]),
    });
    expect(answer.statusCode).toBe(303);
  };
  const reports = async () => (await items()).filter(({ kind }) => kind === 'report-received');
  const tell = async () => deliverAll((await reports()).map(({ id }) => id));

  it('has turns of its own, which nobody uses up who types that address into a form', async () => {
    const spellings = [1, 2, 3, 4, 5].map((n) => FOCAL_POINT.replace('@', `+${n}@`));
    for (const email of spellings) await register(email);
    await deliverAll((await pending()).map(({ id }) => id));
    expect(await mailsTo(...spellings)).toBe(3);
    await report('Someone follows children around');
    await tell();
    expect(await mailsTo(FOCAL_POINT)).toBe(1);
  });

  it('tells once of however many came before somebody looked, and within the hour of what came after', async () => {
    const look = async () => expect((await ask('safeguarding', 'listReports', { params })).status).toBe(200);
    for (let n = 1; n <= 12; n += 1) await report(`Junk ${n}`);
    await tell();
    expect(await mailsTo(FOCAL_POINT)).toBe(1);
    for (const n of [2, 3]) {
      await look();
      await report(`After look ${n}`);
      await tell();
      expect(await mailsTo(FOCAL_POINT)).toBe(n);
    }
    await look();
    await report('A real one, after all the junk');
    await tell();
    await use.sweep(later(HOUR / 2));
    expect(await mailsTo(FOCAL_POINT)).toBe(3);
    await use.sweep(later(1.01 * HOUR));
    expect(await mailsTo(FOCAL_POINT)).toBe(4);
    const settled = await reports();
    expect(settled.every(({ state }) => state === 'sent')).toBe(true);
    expect(settled.every((item) => item['to'] === undefined)).toBe(true);
  });
});

it('AB2: names nobody in what it remembers, and forgets that after a day', async () => {
  const caps = (await items()).filter(({ id }) => String(id).startsWith('CAP#'));
  expect(caps.length).toBeGreaterThan(0);
  for (const cap of caps) {
    expect(JSON.stringify(cap)).not.toMatch(/@|victim|delegate|safeguarding/);
    const { claims, waiting = [] } = cap;
    const instants = [...claims, ...waiting].map(({ at }: { at: string }) => at);
    if (instants.length === 0) continue;
    const last = Math.max(...instants.map((at) => Date.parse(at)));
    expect(cap['expiresAt']).toBe(Math.ceil((last + 24 * HOUR) / 1000));
  }
});
