import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { realDeps as realCheckin } from '../../functions/checkin/index.ts';
import { takeCode } from '../../shared/checkin/device/enrol.case.ts';
import { readDevices } from '../../shared/checkin/device/known-device.case.ts';
import { transferCheckIn } from '../../shared/checkin/review/carry-check-ins.case.ts';
import { fromCheckInFeedItem } from '../../shared/checkin/roster/check-in-feed.store.ts';
import type { ListTerms } from '../../shared/checkin/roster/roster.schema.ts';
import { fromCheckInItem } from '../../shared/checkin/scan/check-in.store.ts';
import { keepScan } from '../../shared/checkin/scan/keep-scan.case.ts';
import { passageOf } from '../../shared/checkin/scan/passage.ts';
import type { ScanAnswer } from '../../shared/checkin/scan/scans.schema.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { type Fault, fallible, tooFast, WHERE } from '../support/fallible.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { offerCode, openPhone, ownSecret, scanId, sentScan } from '../support/phone.ts';
import { scan as scanTable } from '../support/registry.ts';
import { openEvent, quota } from '../support/self-service.ts';

type Deps = ReturnType<typeof realCheckin>;

const HOUR = 3_600_000;
/** More calls than any of these makes. */
const MANY = 24;
const LIST = 'day-day-1';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await parts?.stop();
});

function falling(faults: Readonly<Record<number, Fault>>) {
  const { calls, isDead, meet } = fallible(faults);
  const dynamodb = new DynamoDBClient();
  dynamodb.middlewareStack.addRelativeTo(meet(tooFast) as never, WHERE);
  return { client: documentClient(dynamodb), calls, isDead };
}

/** Does something with an instance that fails at its first call, then with one that does at its second, until one makes no more calls. */
async function atEachCall(fault: Fault, work: (client: DocumentClient, isDead: () => boolean) => Promise<void>) {
  for (let at = 0; at < MANY; at += 1) {
    const { client, calls, isDead } = falling({ [at]: fault });
    await work(client, isDead);
    if (calls.length <= at) return at;
  }
  throw new Error('there is no end of calls');
}

/** @param list that it is about */
async function stored(eventId: string, list: string) {
  const items = await scanTable(parts, 'registry');
  const of = (prefix: string) => items.filter(({ pk }) => String(pk).startsWith(`${prefix}#${eventId}`));
  return {
    came: of('CHECK-IN-COUNT')
      .filter(({ pk }) => String(pk).endsWith(`#${list}`))
      .reduce((sum, { came }) => sum + Number(came), 0),
    scans: new Set(
      of('SCAN')
        .filter((item) => item['list'] === list)
        .map((item) => String(item['scanId'])),
    ),
    told: new Set(
      of('CHECK-IN-FEED')
        .flatMap(fromCheckInFeedItem)
        .filter((each) => each.list === list)
        .map(({ mark }) => mark.scanId),
    ),
    open: of('CHECK-IN-DOUBT').filter(({ sk }) => String(sk).startsWith(`${list}#`)).length,
    registrations: items.filter((item) => item['eventId'] === eventId && item['walkIn'] !== undefined).length,
    checkIns: of('CHECK-IN')
      .filter(({ marks }) => marks !== undefined)
      .map(fromCheckInItem),
  };
}

async function walkIn(list: string) {
  const ticketId = encodeCrockford(realSystem.random(12));
  const who = { fullName: 'Test Walker', organisation: 'Example Media', country: 'KH', category: 'ngo' };
  return sentScan({ list, ticket: ticketHashOf({ ticketId }), walkIn: { ticketId, isAdult: true, ...who } });
}

// An instance that falls before a call is one that fell after the call before.
describe.each<Fault>(['crash after', 'lost reply'])('whatever call meets with: %s', (fault) => {
  it('CI3, CI7: a batch loses nothing, counts nobody twice, enters nobody twice, and what was acknowledged is told to all', async () => {
    const eventId = `falls-${fault.replace(' ', '-')}`;
    await openEvent(parts, eventId, { quotas: [quota('all', { capacity: 500 })] });
    const phone = await openPhone(parts, eventId, { maySearch: true, lists: ['event', LIST] });
    const { postScans } = await import('../../shared/checkin/scan/post-scans.case.ts');
    const { realDeps } = await import('../../functions/checkin/index.ts');
    const send = async (deps: Deps, scans: readonly object[]): Promise<readonly ScanAnswer[]> => {
      const handle = await postScans(deps).admit({ authorization: phone.headers.authorization } as never);
      const reply = await handle({ body: { scans } } as never);
      return (reply as unknown as { body: { answers: ScanAnswer[] } }).body.answers;
    };
    const walkers = await Promise.all(Array.from({ length: MANY }, () => walkIn('event')));
    expect((await phone.send(walkers)).answers).toHaveLength(MANY);
    const sent: string[] = [];
    const batch = async () => {
      const walker = walkers[runs];
      const reference = makeReference(Buffer.from(walker?.scanId ?? '', 'base64url'));
      const known = { ticket: walker?.ticket, reference, list: LIST };
      const scans = [sentScan(known), sentScan(known), await walkIn(LIST)];
      sent.push(...scans.map((each) => each.scanId));
      return scans;
    };
    let runs = -1;
    const calls = await atEachCall(fault, async (client, isDead) => {
      runs += 1;
      let left = await batch();
      const answers = await send(realDeps(client), left).catch(() => undefined);
      const isHeard = (result: ScanAnswer['result'] | undefined) => result === 'kept' || result === 'known';
      if (answers !== undefined && !isDead()) {
        const heard = left.filter((_, place) => isHeard(answers[place]?.result)).map((each) => each.scanId);
        const { scans, told } = await stored(eventId, LIST);
        expect(heard.filter((each) => !scans.has(each) || !told.has(each))).toEqual([]);
        left = left.filter((each) => !heard.includes(each.scanId));
      }
      if (left.length === 0) return;
      expect((await send(realDeps(), left)).every(({ result }) => isHeard(result))).toBe(true);
    });
    expect(calls).toBeGreaterThanOrEqual(10);
    const after = await stored(eventId, LIST);
    expect(after.scans).toEqual(new Set(sent));
    expect(after.told).toEqual(new Set(sent));
    // All of them came before the doors open.
    const times = runs + 1;
    expect([after.came, after.open, after.registrations]).toEqual([2 * times, 2 * times, MANY + times]);
  });

  it('AU7: a code makes one device of the phone that asks again', async () => {
    const eventId = `enrols-${fault.replace(' ', '-')}`;
    let runs = 0;
    const registry = parts.database.tables.registry;
    const allLists = async ({ lists }: { readonly lists: readonly string[] }) => lists;
    await atEachCall(fault, async (client) => {
      runs += 1;
      const { code } = await offerCode(parts, eventId);
      const [own, other] = [ownSecret(), ownSecret()];
      await takeCode({ client, registry, system: realSystem }, code, own, allLists).catch(() => undefined);
      const calm = { client: documentClient(parts.database.client), registry, system: realSystem };
      expect(await takeCode(calm, code, own, allLists)).toMatchObject({ kind: 'enrolled' });
      expect(await takeCode(calm, code, other, allLists)).toEqual({ kind: 'taken' });
    });
    const calm = { client: documentClient(parts.database.client), registry };
    expect(await readDevices(calm, eventId)).toHaveLength(runs);
  });

  it('CI3: what someone attended follows them to another ticket once, and all phones hear of it', async () => {
    const registry = parts.database.tables.registry;
    const deps = { client: documentClient(parts.database.client), registry, system: realSystem };
    const now = Date.now();
    const door: ListTerms = {
      ...{ id: 'hall', place: { kind: 'event' }, modes: ['in-person'], passing: 'in-and-out', isClosed: false },
      ...{ opensAt: now - HOUR, closesAt: now + HOUR },
    };
    const person = { reference: 'AAAAAAAAAA', isConfirmed: true, category: 'ngo', days: [], sessions: [] };
    const holder = { ...person, role: 'attendee', mode: 'in-person' } as const;
    let runs = 0;
    await atEachCall(fault, async (client) => {
      runs += 1;
      const eventId = `carries-${fault.replace(' ', '-')}-${runs}`;
      const [ticket, to] = [scanId(), scanId()];
      const minutes = { until: now + HOUR, timeZone: 'UTC' };
      const occasion = { eventId, door, holder, enrolledAt: 0, expiresAt: 2 ** 32, minutes };
      const scanned = { scanId: scanId(), list: door.id, ticket, device: '7K3M9QX2', kind: 'in' } as const;
      await keepScan(deps, { ...scanned, scannedAt: now, correctedAt: now }, occasion);
      const carry = async (through: DocumentClient) => {
        const checkIn = (await stored(eventId, door.id)).checkIns.find((each) => each.ticket === ticket);
        if (checkIn === undefined) throw new Error('nobody came in');
        await transferCheckIn({ ...deps, client: through }, { checkIn, to, door, holder, minutes }, 2 ** 32);
      };
      await carry(client).catch(() => undefined);
      await carry(deps.client);
      const { came, checkIns, told } = await stored(eventId, door.id);
      const isInside = checkIns.map((each) => [each.ticket, passageOf(each.marks, door.passing).isInside]);
      expect([came, new Map(isInside as never)]).toEqual([
        1,
        new Map([
          [ticket, false],
          [to, true],
        ]),
      ]);
      const others = checkIns.flatMap(({ ticket: of, marks }) =>
        marks.filter(({ kind }) => of === to || kind === 'undo').map((mark) => mark.scanId),
      );
      expect(others).toHaveLength(2);
      expect(told).toEqual(new Set(others));
    });
    expect(runs).toBeGreaterThan(4);
  });
});
