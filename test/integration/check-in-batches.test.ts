import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { meterDatabase } from '../../bench/cost/metered-database.ts';
import type { realDeps as realCheckin } from '../../functions/checkin/index.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { checkInKey } from '../../shared/checkin/check-in-keys.ts';
import { readDevices } from '../../shared/checkin/device/known-device.case.ts';
import { bringIn } from '../../shared/checkin/scan/bring-in.case.ts';
import { fromCheckInItem } from '../../shared/checkin/scan/check-in.store.ts';
import { passageOf } from '../../shared/checkin/scan/passage.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { open, openDoors } from '../support/doors.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, scanId, sentScan } from '../support/phone.ts';
import { scan as scanTable } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { withSend } from '../support/with-send.ts';

type Deps = ReturnType<typeof realCheckin>;

const HOUR = 3_600_000;
const BATCH = 200;

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.restoreAllMocks());

type Told = ReturnType<typeof sentScan>;

/** An event, and what brings in scans of its phone. */
async function atDoor(id: string) {
  const doors = await openDoors(parts, id);
  await doors.put('event', open);
  await openPhone(parts, id);
  const { realDeps } = await import('../../functions/checkin/index.ts');
  const deps = realDeps();
  const [device] = await readDevices(deps, id);
  const event = (await deps.events.readEvent(id, ''))?.event;
  if (device === undefined || event === undefined) throw new Error('nothing is there');
  const early = { ...device, enrolledAt: Date.now() - 8 * HOUR };
  const items = async (prefix: string) =>
    (await scanTable(parts, 'registry')).filter(({ pk }) => String(pk).startsWith(`${prefix}#${id}`));
  return {
    doors,
    deps,
    items,
    send: (scans: readonly unknown[], with_: Deps = deps, time = HOUR) =>
      asFunction('checkin', () => bringIn(with_, { device: early, event, until: Date.now() + time }, scans)),
    came: async () => (await items('CHECK-IN-COUNT')).reduce((sum, item) => sum + Number(item['came']), 0),
    open: async () => (await items('CHECK-IN-DOUBT')).map(({ sk, scans }) => `${sk} ${scans}`).sort(),
    marks: async () =>
      new Map(
        (await items('CHECK-IN'))
          .filter(({ marks }) => marks !== undefined)
          .map(fromCheckInItem)
          .map(({ ticket, marks }) => [ticket, marks.map(({ device: _, ...mark }) => JSON.stringify(mark)).sort()]),
      ),
    facts: async () => (await items('SCAN')).map(({ scanId: scan }) => String(scan)).sort(),
  };
}

const results = (answers: readonly { readonly result: string }[]) => new Set(answers.map(({ result }) => result));

describe('a batch of scans', () => {
  it('of 200 people whom nobody has proven costs some fifty calls, and no more than its scans one by one', async () => {
    const meter = await meterDatabase(parts.database.endpoint);
    const metered = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
    const people = rosterPeople(parts, 'batch-cost');
    const all = await Promise.all(Array.from({ length: BATCH }, () => people.enter()));
    const { ticketHashOf } = await import('../../shared/ticket/ticket-names.store.ts');
    const { realDeps } = await import('../../functions/checkin/index.ts');
    const deps: Deps = { ...realDeps(documentClient(metered)) };
    const device = {
      ...{ eventId: 'batch-cost', id: '7K3M9QX2', name: 'Door', lists: ['event'], maySearch: false },
      ...{ enrolledAt: Date.now() - HOUR, endsAt: Date.now() + HOUR, enrolledBy: 'organiser' },
    };
    const scans = all.map((each) => sentScan({ ticket: ticketHashOf(each), reference: each.reference }));
    meter.take();
    const bringing = { device, event: people.event, until: Date.now() + HOUR };
    const answers = await asFunction('checkin', () => bringIn(deps, bringing, scans));
    const asked = meter.take();
    expect(results(answers)).toEqual(new Set(['kept']));
    expect(asked.length).toBeLessThanOrEqual(55);
    const units = asked.reduce((sum, { writeUnits }) => sum + writeUnits, 0);
    // Each has its scan, its check-in and what a person looks at: these people come before the doors open.
    expect(units / BATCH).toBeLessThanOrEqual(13);
    metered.destroy();
    await meter.stop();
  });

  it('CI3, CI4: comes to the same as its scans one by one, whatever is in it twice', async () => {
    const [together, alone] = [await atDoor('batch-together'), await atDoor('batch-alone')];
    const tickets = Array.from({ length: 12 }, scanId);
    const scans: Told[] = [];
    for (let at = 0; at < 70; at += 1) {
      const ticket = tickets[(at * 7) % tickets.length] ?? '';
      const own = scans.filter((each) => each.ticket === ticket && each.kind === 'in');
      const of = at % 5 === 4 ? own.at(-1) : undefined;
      const times = { correctedAt: Date.now() - HOUR + ((at * 7919) % 1000) * 3000 };
      const undo = of && { kind: 'undo', undoes: of.scanId, correctedAt: of.correctedAt + 1000 };
      scans.push(sentScan({ ticket, ...times, ...undo }) as Told);
    }
    const batch = [...scans, ...scans.slice(0, 8)];
    const answers = await together.send(batch);
    expect(results(answers.slice(0, 70))).toEqual(new Set(['kept']));
    expect(results(answers.slice(70))).toEqual(new Set(['known']));
    for (const each of batch) await alone.send([each]);
    for (const what of ['came', 'open', 'marks', 'facts'] as const) {
      expect(await together[what](), what).toEqual(await alone[what]());
    }
    expect(results(await together.send(batch.toReversed()))).toEqual(new Set(['known']));
    expect(await together.came()).toBe(await alone.came());
  });

  it('CI6: is kept but for the one beside which the table holds what cannot be', async () => {
    const { send, facts } = await atDoor('batch-spoiled');
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const scans = Array.from({ length: 30 }, () => sentScan());
    const bad = scans[11] as Told;
    const Item = { ...checkInKey('batch-spoiled', bad.ticket, 'event'), v: 1, marks: ['spoiled'] };
    await documentClient(parts.database.client).send(
      new PutCommand({ TableName: parts.database.tables.registry, Item }),
    );
    const answers = await send(scans);
    expect(answers.map(({ result }) => result)).toEqual(scans.map((each) => (each === bad ? 'later' : 'kept')));
    expect(await facts()).toHaveLength(29);
  });

  it('CI4, CI6: is kept with what another phone scanned between reading and writing', async () => {
    const { send, deps, came, items } = await atDoor('batch-rivals');
    const scans = Array.from({ length: 60 }, () => sentScan());
    const rivals = scans.slice(0, 20).map((each) => sentScan({ ...each, scanId: scanId() }));
    let isFirst = true;
    const client = withSend(deps.client, async (command, pass) => {
      if (command.constructor.name === 'TransactWriteCommand' && isFirst) {
        isFirst = false;
        await send(rivals);
      }
      return pass();
    });
    expect(results(await send(scans, { ...deps, client }))).toEqual(new Set(['kept']));
    expect(await came()).toBe(60);
    const stands = (await items('CHECK-IN')).filter(({ marks }) => marks !== undefined).map(fromCheckInItem);
    expect(stands.filter(({ marks }) => marks.length === 2)).toHaveLength(20);
    expect(stands.every(({ marks }) => passageOf(marks, 'once').checkIn !== undefined)).toBe(true);
  });

  it('CI6: is kept one by one where a transaction fails for a reason that nobody knows', async () => {
    const { send, deps, came } = await atDoor('batch-fails');
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const scans = Array.from({ length: 40 }, () => sentScan());
    const bad = scans[3]?.scanId ?? '';
    const client = withSend(deps.client, (command, pass) =>
      command.constructor.name === 'TransactWriteCommand' && JSON.stringify(command.input).includes(bad)
        ? Promise.reject(new Error('ValidationException'))
        : pass(),
    );
    const answers = await send(scans, { ...deps, client });
    expect(answers.map(({ result }) => result)).toEqual(scans.map((_, at) => (at === 3 ? 'later' : 'kept')));
    expect(await came()).toBe(39);
  });

  it('is answered in time: what it has no time for comes again', async () => {
    const { send, came } = await atDoor('batch-late');
    const scans = Array.from({ length: 20 }, () => sentScan());
    expect(results(await send(scans, undefined, -1))).toEqual(new Set(['later']));
    expect(await came()).toBe(0);
  });
});
