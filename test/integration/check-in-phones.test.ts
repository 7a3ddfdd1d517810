import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanKey } from '../../shared/checkin/check-in-keys.ts';
import { fromCheckInDoubtItem } from '../../shared/checkin/review/decision.store.ts';
import { fromCheckInFeedItem } from '../../shared/checkin/roster/check-in-feed.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { offerCode, openPhone, ownSecret, scanId, sentScan } from '../support/phone.ts';
import { registrationsTo, scan as scanTable } from '../support/registry.ts';

const EVENT = 'asean-ict-forum';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

let parts: Parts;
let someone: Registration;
let ticket: string;

async function register(email: string, changes: object = {}): Promise<Registration> {
  const sent = submission({ email, ...changes });
  expect((await call('submitRegistration', { params: { eventId: EVENT }, ...postJson(sent) })).statusCode).toBe(202);
  const found = (await registrationsTo(parts, EVENT, email))[0];
  if (found === undefined) throw new Error('not registered');
  return found;
}

/** The entrance is open now, for the days of the event are far away. */
const openNow = async () => {
  const { putCheckInLists } = await import('../../shared/checkin/list/check-in-lists.store.ts');
  const { usualLists } = await import('../../shared/checkin/list/list.ts');
  const { writeAll } = await import('../../shared/kernel/dynamo/transact.store.ts');
  const lists = usualLists(forum()).map((list) => ({
    ...list,
    opensAt: new Date(Date.now() - DAY).toISOString(),
    closesAt: new Date(Date.now() + DAY).toISOString(),
  }));
  const put = putCheckInLists(parts.database.tables.registry, EVENT, lists, 0);
  await writeAll(documentClient(parts.database.client), [put], realSystem);
};

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await openNow();
  someone = await register('someone@example.org', { organisation: 'Ministry of Post' });
  ticket = ticketHashOf(someone);
});
afterAll(() => parts?.stop());

const factOf = async (id: string) => {
  const input = { TableName: parts.database.tables.registry, Key: scanKey(EVENT, id), ConsistentRead: true };
  return (await documentClient(parts.database.client).send(new GetCommand(input))).Item;
};
const toldToOthers = async () => {
  const items = (await scanTable(parts, 'registry')).filter(({ pk }) => pk === `CHECK-IN-FEED#${EVENT}`);
  return items.flatMap(fromCheckInFeedItem);
};

describe('AU7: becoming a device', () => {
  it('takes a code once, and tells the phone what it may do', async () => {
    const { code, deviceId } = await offerCode(parts, EVENT, { maySearch: true, vettedUntil: '2099-12-31' });
    const secret = ownSecret();
    const first = await call('enrolDevice', postJson({ code, secret }));
    expect(first.statusCode).toBe(200);
    expect(JSON.parse(first.body ?? '')).toMatchObject({
      token: `${EVENT}.${deviceId}.${secret}`,
      device: { eventId: EVENT, id: deviceId, lists: ['event'], maySearch: true, isVetted: true },
    });
    expect((await call('enrolDevice', postJson({ code, secret }))).body).toBe(first.body);
    const other = await call('enrolDevice', postJson({ code, secret: ownSecret() }));
    expect([other.statusCode, JSON.parse(other.body ?? '').type]).toEqual([409, 'urn:plenary:problem:enrolment-taken']);
  });

  it.each([
    ['a code that nobody made', { code: ownSecret(), secret: ownSecret() }, 404],
    ['a code that is none', { code: 'x', secret: ownSecret() }, 422],
    ['no secret', { code: ownSecret() }, 422],
  ])('refuses %s', async (_, body, status) => {
    expect((await call('enrolDevice', postJson(body))).statusCode).toBe(status);
  });
});

describe('what a phone brings in', () => {
  it('CI3, CI6: has an answer for each scan, and what is wrong with one harms no other', async () => {
    const phone = await openPhone(parts, EVENT);
    const good = sentScan({ ticket, reference: someone.reference });
    const batch = [
      { nothing: true },
      good,
      null,
      sentScan({ list: 'day-nobody' }),
      good,
      { ...good, kind: 'out' },
      sentScan({ scannedAt: -1 }),
      { ...sentScan(), extra: 'x'.repeat(1000) },
      sentScan({ kind: 'undo' }),
    ];
    const refused = (why: string) => ({ result: 'refused', why });
    expect(await phone.send(batch)).toEqual({
      status: 200,
      answers: [
        refused('not-a-scan'),
        { result: 'kept' },
        refused('not-a-scan'),
        refused('unknown-list'),
        { result: 'known' },
        refused('other-contents'),
        refused('not-a-scan'),
        refused('not-a-scan'),
        refused('not-a-scan'),
      ],
    });
    expect(await phone.send([good])).toEqual({ status: 200, answers: [{ result: 'known' }] });
    expect(await factOf(good.scanId)).toMatchObject({ ticket, device: phone.deviceId });
  });

  it('is told to the others before the phone hears that it was kept', async () => {
    const phone = await openPhone(parts, EVENT);
    const scan = sentScan({ kind: 'in' });
    await phone.send([scan, { bad: true }]);
    expect((await toldToOthers()).filter(({ mark }) => mark.scanId === scan.scanId)).toEqual([
      {
        list: 'event',
        ticket: scan.ticket,
        mark: {
          scanId: scan.scanId,
          device: phone.deviceId,
          kind: 'in',
          correctedAt: expect.any(Number),
        },
      },
    ]);
  });

  it('CI5: names the earlier scan of the same ticket, whoever made it', async () => {
    const [one, two] = [await openPhone(parts, EVENT), await openPhone(parts, EVENT)];
    const who = await register('twice@example.org');
    const about = { ticket: ticketHashOf(who), reference: who.reference };
    const [early, late] = [sentScan({ ...about, correctedAt: Date.now() - 1 }), sentScan(about)];
    await one.send([early]);
    expect((await two.send([late])).answers).toEqual([
      { result: 'kept', earlier: { device: one.deviceId, correctedAt: expect.any(Number) } },
    ]);
  });

  it('is kept with a doubt where we would not have let it pass', async () => {
    const phone = await openPhone(parts, EVENT);
    const online = await register('online@example.org', { mode: 'online' });
    const about = { ticket: ticketHashOf(online), reference: online.reference };
    expect((await phone.send([sentScan(about)])).answers).toEqual([{ result: 'kept', doubt: 'other-mode' }]);
    expect((await phone.send([sentScan()])).answers).toEqual([{ result: 'kept', doubt: 'unknown-ticket' }]);
    const replaced = sentScan({ reference: someone.reference });
    expect((await phone.send([replaced])).answers).toEqual([{ result: 'kept', doubt: 'unknown-ticket' }]);
  });

  it('needs no reference to find whose ticket it is', async () => {
    const phone = await openPhone(parts, EVENT);
    const who = await register('unnamed@example.org');
    expect((await phone.send([sentScan({ ticket: ticketHashOf(who) })])).answers).toEqual([{ result: 'kept' }]);
  });

  it('TK9: keeps both times, and takes none for true that cannot be', async () => {
    const phone = await openPhone(parts, EVENT);
    const who = await register('clock@example.org');
    const about = { ticket: ticketHashOf(who), reference: who.reference };
    const before = Date.now();
    const nextYear = sentScan({ ...about, scannedAt: before + YEAR, correctedAt: before + YEAR });
    expect((await phone.send([nextYear])).answers).toEqual([{ result: 'kept', correctedAt: expect.any(Number) }]);
    expect(await factOf(nextYear.scanId)).toMatchObject({ scannedAt: before + YEAR, correctedAt: before + YEAR });
    const told = (await toldToOthers()).find(({ mark }) => mark.scanId === nextYear.scanId);
    expect(told?.mark.correctedAt).toBeLessThanOrEqual(Date.now());
    expect((await phone.send([nextYear])).answers).toEqual([{ result: 'known', correctedAt: expect.any(Number) }]);
    const again = (await toldToOthers()).filter(({ mark }) => mark.scanId === nextYear.scanId);
    expect(new Set(again.map(({ mark }) => mark.correctedAt)).size).toBe(1);
  });

  it('is refused as a whole where it is no batch, and nothing of it is kept', async () => {
    const phone = await openPhone(parts, EVENT);
    const many = Array.from({ length: 201 }, () => sentScan());
    expect((await phone.send(many)).status).toBe(422);
    expect(await factOf(many[0]?.scanId ?? '')).toBeUndefined();
    expect((await phone.send([])).status).toBe(422);
    expect((await phone.send([{ x: 'x'.repeat(300_000) }])).status).toBe(413);
  });

  it('CI3, CI4, CI5: is two hundred at once, and comes to the same however often and in whatever order they come', async () => {
    const lists = { lists: ['day-day-1'] };
    const [one, two] = [await openPhone(parts, EVENT, lists), await openPhone(parts, EVENT, lists)];
    const tickets = Array.from({ length: 200 }, scanId);
    // Each ticket comes in at two doors, by clocks that are up to a day off.
    const scansOf = (phone: typeof one) => ({
      phone,
      scans: tickets.map((each) => {
        const at = Date.now() - Math.floor(Math.random() * 2 * DAY) + DAY;
        return sentScan({ list: 'day-day-1', ticket: each, scannedAt: at, correctedAt: at });
      }),
    });
    const queues = [scansOf(one), scansOf(two)];
    const sendAll = async () => {
      const results = new Set<string>();
      for (const { phone, scans } of queues) {
        for (let left = [...scans].sort(() => Math.random() - 0.5); left.length > 0; ) {
          const batch = left.slice(0, 200);
          const { answers } = await phone.send(batch);
          expect(answers).toHaveLength(batch.length);
          for (const { result } of answers) results.add(result);
          // A server that is short of time leaves some for later.
          left = [...left.slice(200), ...batch.filter((_, place) => answers[place].result === 'later')];
        }
      }
      results.delete('later');
      return [...results];
    };
    const stored = async () => {
      const items = (await scanTable(parts, 'registry')).filter(({ sk }) => String(sk).startsWith('day-day-1'));
      const counts = (await scanTable(parts, 'registry')).filter(
        ({ pk }) => pk === `CHECK-IN-COUNT#${EVENT}#day-day-1`,
      );
      return {
        came: counts.reduce((sum, { came }) => sum + Number(came), 0),
        marks: items.flatMap(({ marks }) => (marks as string[] | undefined) ?? []).sort(),
        toSee: items.filter(({ pk }) => pk === `CHECK-IN-DOUBT#${EVENT}`).map(fromCheckInDoubtItem),
      };
    };
    expect(await sendAll()).toEqual(['kept']);
    const first = await stored();
    expect([first.came, first.marks.length]).toEqual([200, 400]);
    const inConflict = first.toSee.filter(({ conflicts }) => conflicts.length === 1).map(({ ticket: each }) => each);
    expect(inConflict.sort()).toEqual([...tickets].sort());
    for (const _ of [1, 2]) expect(await sendAll()).toEqual(['known']);
    expect(await stored()).toEqual(first);
  });

  it('is taken also when the shift is over, when nothing else is answered', async () => {
    const phone = await openPhone(parts, EVENT, { endsAt: Date.now() - 1, maySearch: true });
    expect((await phone.send([sentScan()])).answers[0]).toMatchObject({ result: 'kept' });
    expect(await phone.search('ministry')).toMatchObject({ status: 403, type: 'urn:plenary:problem:device-over' });
  });

  it.each([
    ['nothing', undefined],
    ['another token', 'Bearer x'],
    ['a token of nobody', `Bearer ${EVENT}.00000000.${'a'.repeat(43)}`],
  ])('is not taken with %s', async (_, authorization) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const { statusCode } = await call('postScans', postJson({ scans: [sentScan()] }, headers));
    expect(statusCode).toBe(401);
  });
});

describe('finding people without their ticket', () => {
  it('finds them by parts of their name, organisation or reference, with what a scan calls their ticket', async () => {
    const desk = await openPhone(parts, EVENT, { maySearch: true });
    for (const q of ['MINISTRY of post', someone.reference]) {
      const { people } = await desk.search(q);
      expect(people).toContainEqual(
        expect.objectContaining({ reference: someone.reference, ticket, isConfirmed: true, name: someone.badgeName }),
      );
    }
    expect((await desk.search('nobody of that name')).people).toEqual([]);
  });

  it('answers desks alone', async () => {
    const door = await openPhone(parts, EVENT);
    expect((await door.search('ministry')).status).toBe(403);
    const desk = await openPhone(parts, EVENT, { maySearch: true });
    expect((await desk.search(' ')).status).toBe(422);
  });
});
