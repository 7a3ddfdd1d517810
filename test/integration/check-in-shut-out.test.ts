import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scanKey } from '../../shared/checkin/check-in-keys.ts';
import { bringInShutOut } from '../../shared/checkin/held-scans/hold-scans.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { HOUR, open, openDoors, problem } from '../support/doors.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, scanId, sentScan } from '../support/phone.ts';
import { scan as scanTable } from '../support/registry.ts';
import { withSend } from '../support/with-send.ts';

const MINUTE = 60_000;

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

type Told = ReturnType<typeof sentScan>;

/** An event with a phone that was let in an hour ago, and people who are registered. */
async function atDoor(id: string, change: object = {}) {
  const doors = await openDoors(parts, id);
  await doors.put('event', open);
  const phone = await openPhone(parts, id, { name: 'Left door', ...change });
  const table = documentClient(parts.database.client);
  const { UpdateCommand } = await import('@aws-sdk/lib-dynamodb');
  const set = (name: string, value: number) =>
    table.send(
      new UpdateCommand({
        TableName: parts.database.tables.registry,
        Key: { pk: `DEVICE#${id}`, sk: phone.deviceId },
        UpdateExpression: `SET ${name} = :value`,
        ExpressionAttributeValues: { ':value': value },
      }),
    );
  await set('enrolledAt', Date.now() - HOUR);
  const came = async (): Promise<number> => (await doors.list('event')).counts.came;
  const handOvers = async () => (await doors.ask('listHandOvers')).body.handOvers;
  const bring = (handOverId: string, body: object) => doors.ask('bringHandOver', { handOverId }, body);
  return {
    ...{ doors, phone, came, handOvers, bring },
    shutOut: () => doors.ask('revokeDevice', { deviceId: phone.deviceId }),
    /** @param ago milliseconds */
    scanned: (ago: number, more: object = {}): Told => sentScan({ correctedAt: Date.now() - ago, ...more }),
    file: (scans: readonly unknown[], more: object = {}) => ({
      ...{ device: phone.deviceId, entries: scans.length, isLast: true, scans },
      ...more,
    }),
    decide: (handOverId: string, part: string, decision: string) =>
      doors.ask('decideHandOver', { handOverId }, { part, decision }),
    isFact: async (each: Told) => {
      const { pk } = scanKey(id, each.scanId);
      return (await scanTable(parts, 'registry')).some((item) => item['pk'] === pk);
    },
  };
}

const walkIn = async (ago: number) => {
  const ticketId = encodeCrockford(realSystem.random(12));
  const who = { fullName: 'Test Walker', organisation: 'Example Media', country: 'KH', category: 'ngo' };
  const ticket = ticketHashOf({ ticketId });
  return sentScan({ ticket, correctedAt: Date.now() - ago, walkIn: { ticketId, isAdult: true, ...who } });
};

describe('CI15: what a phone sends that was shut out', () => {
  it('CI15: what it scanned before counts when it arrives; roster and search stay closed', async () => {
    const { doors, phone, shutOut, scanned, came, handOvers, isFact } = await atDoor('out-before', { maySearch: true });
    const holder = await doors.holder('came@example.org');
    await phone.send([scanned(30 * MINUTE)]);
    const waiting = scanned(10 * MINUTE, { ticket: holder.ticket, reference: holder.reference });
    await shutOut();
    const sent = await phone.send([waiting]);
    expect(sent).toMatchObject({ status: 200, answers: [{ result: 'kept' }], isRevoked: true });
    expect(sent.answers[0].doubt).toBeUndefined();
    expect([await came(), await isFact(waiting), await handOvers()]).toEqual([2, true, []]);
    expect((await phone.send([waiting])).answers).toMatchObject([{ result: 'known' }]);
    expect(await came()).toBe(2);
    const refused = { status: 401, type: problem('device-revoked') };
    expect(await phone.roster()).toMatchObject(refused);
    expect(await phone.search('sample')).toMatchObject(refused);
  });

  it('CI15: what it scanned after waits for a person, is told to no phone, and counts nowhere until a press', async () => {
    const { doors, phone, shutOut, scanned, came, handOvers, decide, isFact } = await atDoor('out-after');
    const other = await openPhone(parts, 'out-after', { name: 'Right door' });
    await shutOut();
    const after = [scanned(-MINUTE), scanned(-2 * MINUTE)];
    expect((await phone.send(after)).answers).toEqual(Array(2).fill({ result: 'kept', doubt: 'after-shut-out' }));
    expect((await phone.send(after)).answers).toEqual(Array(2).fill({ result: 'known' }));
    expect(await came()).toBe(0);
    expect((await other.roster()).checkIns).toEqual([]);
    expect(await doors.show()).toMatchObject({ conflicts: 0, handedOver: 2 });
    const [handOver, ...more] = await handOvers();
    expect(more).toEqual([]);
    expect(handOver).toMatchObject({
      device: { id: phone.deviceId, name: 'Left door', standing: 'revoked' },
      isWhole: true,
      after: {
        ...{ open: 2, counted: 0, leftOut: 0, refused: 0 },
        from: new Date(after[0]?.correctedAt ?? 0).toISOString(),
        to: new Date(after[1]?.correctedAt ?? 0).toISOString(),
      },
    });
    expect(handOver).not.toHaveProperty('by');
    expect(handOver).not.toHaveProperty('before');
    const { status, body } = await decide(handOver.id, 'after', 'count');
    expect(status).toBe(200);
    expect(body.handOvers[0].after).toMatchObject({ open: 0, counted: 2, pressed: { decision: 'count' } });
    expect([await came(), await isFact(after[0] as Told)]).toEqual([2, true]);
    expect((await other.roster()).checkIns).toHaveLength(2);
    expect(await doors.show()).toMatchObject({ handedOver: 0 });
    expect(await doors.audit()).toEqual(expect.arrayContaining([`count-scans ${phone.deviceId}`]));
  });

  it('CI15: a time before what it had brought in already is not believed: a thief writes no past', async () => {
    const { phone, shutOut, scanned, came, handOvers } = await atDoor('out-forged');
    await phone.send([scanned(2 * MINUTE)]);
    await shutOut();
    const forged = [scanned(50 * MINUTE), scanned(4 * MINUTE)];
    expect((await phone.send(forged)).answers).toEqual(Array(2).fill({ result: 'kept', doubt: 'after-shut-out' }));
    expect(await came()).toBe(1);
    expect(await handOvers()).toMatchObject([{ before: { open: 2 } }]);
    expect((await phone.send([scanned(2.5 * MINUTE)])).answers).toMatchObject([{ result: 'kept' }]);
    expect(await came()).toBe(2);
  });

  it('CI15: enters nobody without a person: a registration has a ticket', async () => {
    const { phone, shutOut, came, handOvers, decide } = await atDoor('out-walk-in', { maySearch: true });
    await shutOut();
    const walker = await walkIn(MINUTE);
    expect((await phone.send([walker])).answers).toEqual([{ result: 'kept', doubt: 'after-shut-out' }]);
    const entered = async () =>
      (await scanTable(parts, 'registry')).filter((item) => item['eventId'] === 'out-walk-in' && item['walkIn']).length;
    expect([await came(), await entered()]).toEqual([0, 0]);
    const [{ id }] = await handOvers();
    await decide(id, 'before', 'count');
    expect([await came(), await entered()]).toEqual([1, 1]);
    // Of an attendee who counts, nothing is kept a second time.
    const held = (await scanTable(parts, 'registry')).filter(({ pk }) =>
      String(pk).startsWith('HELD-SCAN#out-walk-in'),
    );
    expect(JSON.stringify(held)).not.toContain('Walker');
  });

  it('CI6: each has its own answer, whatever is wrong with others', async () => {
    const { phone, shutOut, scanned } = await atDoor('out-mixed');
    await shutOut();
    const before = scanned(MINUTE);
    const answers = (await phone.send([7, scanned(-MINUTE), before, scanned(MINUTE, { list: 'day-day-1' })])).answers;
    expect(answers).toMatchObject([
      { result: 'refused', why: 'not-a-scan' },
      { result: 'kept', doubt: 'after-shut-out' },
      { result: 'kept' },
      { result: 'refused', why: 'unknown-list' },
    ]);
    const changed = { ...before, kind: 'out', correctedAt: Date.now() + MINUTE };
    expect((await phone.send([changed])).answers).toEqual([{ result: 'refused', why: 'other-contents' }]);
  });

  it('is judged without reading anew what all phones told of each other, however often it sends', async () => {
    const { phone, shutOut, scanned } = await atDoor('out-often');
    await phone.send([scanned(2 * MINUTE)]);
    await shutOut();
    const { realDeps } = await import('../../functions/checkin/index.ts');
    const { readDevices } = await import('../../shared/checkin/device/known-device.case.ts');
    const deps = realDeps();
    const event = (await deps.events.readEvent('out-often', ''))?.event;
    if (event === undefined) throw new Error('nothing is there');
    let feeds = 0;
    const client = withSend(deps.client, (command, pass) => {
      feeds += JSON.stringify(command.input).includes('CHECK-IN-FEED#') ? Number(command instanceof QueryCommand) : 0;
      return pass();
    });
    for (const ago of [4, 1.5, 4, 1]) {
      const [device] = await readDevices(deps, 'out-often');
      if (device === undefined) throw new Error('nothing is there');
      const scans = [scanned(ago * MINUTE)];
      const answers = await bringInShutOut({ ...deps, client }, { device, event, until: Date.now() + HOUR }, scans);
      expect(answers).toMatchObject([{ result: 'kept', ...(ago === 4 && { doubt: 'after-shut-out' }) }]);
    }
    expect(feeds).toBe(1);
  });

  it('CI3: is held again where nothing could be said of it, and never told as kept', async () => {
    const { phone, shutOut, handOvers } = await atDoor('out-falls');
    await shutOut();
    const { realDeps } = await import('../../functions/checkin/index.ts');
    const { readDevices } = await import('../../shared/checkin/device/known-device.case.ts');
    const deps = realDeps();
    const [device] = await readDevices(deps, 'out-falls');
    const event = (await deps.events.readEvent('out-falls', ''))?.event;
    if (device === undefined || event === undefined) throw new Error('nothing is there');
    const scans = [sentScan({ correctedAt: Date.now() + MINUTE })];
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let writes = 0;
    const client = withSend(deps.client, (command, pass) => {
      if (command.constructor.name === 'TransactWriteCommand') writes += 1;
      // The scan is held, and the function falls before it notes the hand-over.
      return writes > 1 ? Promise.reject(new Error('cut')) : pass();
    });
    const until = Date.now() + HOUR;
    const first = await bringInShutOut({ ...deps, client }, { device, event, until }, scans);
    expect(first).toEqual([{ result: 'later' }]);
    error.mockRestore();
    expect(await handOvers()).toEqual([]);
    expect((await phone.send(scans)).answers).toEqual([{ result: 'known' }]);
    expect(await handOvers()).toMatchObject([{ after: { open: 1 } }]);
  });
});

describe('CI7: the file that a phone saved', () => {
  const FILE = 'F'.repeat(22);

  it('CI7: comes in as one thing to look at, and counts only after a press, once', async () => {
    const { doors, phone, shutOut, scanned, came, handOvers, bring, file, decide } = await atDoor('file');
    const holder = await doors.holder('in-file@example.org');
    const own = scanned(20 * MINUTE, { ticket: holder.ticket, reference: holder.reference });
    const known = scanned(30 * MINUTE);
    await phone.send([known]);
    await shutOut();
    const before = [own, scanned(15 * MINUTE), scanned(10 * MINUTE)];
    const after = [scanned(-MINUTE), scanned(-3 * MINUTE)];
    const all = [known, ...before, ...after];
    // In two parts, the first of them twice, and one entry that is no scan.
    const entries = all.length + 1;
    for (const part of [all.slice(0, 3), all.slice(0, 3)]) {
      expect((await bring(FILE, file(part, { entries, isLast: false }))).status).toBe(200);
    }
    expect(await handOvers()).toMatchObject([{ isWhole: false, before: { open: 2 } }]);
    await bring(FILE, file([...all.slice(3), { scanId: 'none' }], { entries }));
    const [handOver, ...more] = await handOvers();
    expect(more).toEqual([]);
    expect(handOver).toMatchObject({
      ...{ id: FILE, isWhole: true, entries, by: { isYou: true } },
      device: { id: phone.deviceId, name: 'Left door', standing: 'revoked' },
      before: {
        open: 3,
        from: new Date(own.correctedAt).toISOString(),
        to: new Date(before[2]?.correctedAt ?? 0).toISOString(),
      },
      after: { open: 2, counted: 0 },
    });
    expect([await came(), (await doors.show()).handedOver]).toEqual([1, 5]);
    const stored = (await scanTable(parts, 'registry')).filter(({ pk }) => String(pk).startsWith('HELD-SCAN#file#'));
    expect(JSON.stringify(stored), 'nothing says whose a ticket is').not.toContain(holder.reference);

    for (const _ of [1, 2]) expect((await decide(FILE, 'before', 'count')).status).toBe(200);
    expect(await handOvers()).toMatchObject([{ before: { open: 0, counted: 3 }, after: { open: 2, counted: 0 } }]);
    expect(await came()).toBe(4);
    expect((await doors.conflicts()).conflicts.find(({ ticket }: Told) => ticket === holder.ticket)).toBeUndefined();
    // The file again, and the phone that finds a network at last.
    await bring(FILE, file(all));
    expect((await phone.send(before)).answers).toMatchObject(Array(3).fill({ result: 'known' }));
    expect([await came(), (await handOvers())[0].before]).toMatchObject([4, { open: 0, counted: 3 }]);
    const audit = await doors.audit();
    for (const each of ['bring-scans', 'count-scans']) {
      expect(audit.filter((line) => line === `${each} ${phone.deviceId}`)).toHaveLength(1);
    }
  });

  it('leaves out what a person says, and counts it all the same where they change their mind', async () => {
    const { shutOut, scanned, came, handOvers, bring, file, decide, doors, phone } = await atDoor('file-left');
    await shutOut();
    await bring(FILE, file([scanned(-MINUTE), scanned(-2 * MINUTE)]));
    await decide(FILE, 'after', 'leave-out');
    expect(await handOvers()).toMatchObject([{ after: { open: 0, leftOut: 2, pressed: { decision: 'leave-out' } } }]);
    expect([await came(), (await doors.show()).handedOver]).toEqual([0, 0]);
    await decide(FILE, 'after', 'count');
    expect(await handOvers()).toMatchObject([{ after: { open: 0, leftOut: 0, counted: 2 } }]);
    expect(await came()).toBe(2);
    expect(await doors.audit()).toEqual(expect.arrayContaining([`leave-scans ${phone.deviceId}`]));
  });

  it('goes on where a press was interrupted, and counts nobody twice', async () => {
    const { scanned, came, handOvers, bring, file, decide, doors, phone } = await atDoor('file-falls');
    const scans = Array.from({ length: 40 }, (_, at) => scanned(20 * MINUTE + at));
    await bring(FILE, file(scans));
    const { decideHandOver } = await import('../../shared/checkin/held-scans/held-scans.case.ts');
    const { realDeps } = await import('../../functions/doors/index.ts');
    const { memberId } = await import('../../shared/kernel/identity.store.ts');
    const { identityOf } = await import('../support/team.ts');
    const deps = realDeps();
    const caller = { id: memberId(identityOf('organiser')), ticks: [], grants: [] };
    const request = {
      params: { eventId: 'file-falls', handOverId: FILE },
      body: { part: 'before', decision: 'count' },
    };
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let calls = 1;
    for (let at = 0; at < calls; at += 1) {
      calls = 0;
      const client = withSend(deps.client, (_, pass) => {
        calls += 1;
        return calls > at ? Promise.reject(new Error('cut')) : pass();
      });
      await decideHandOver({ ...deps, client })(request as never, caller).catch(() => undefined);
      expect(await came()).toBeLessThanOrEqual(scans.length);
    }
    vi.restoreAllMocks();
    await decide(FILE, 'before', 'count');
    expect(await handOvers()).toMatchObject([{ before: { open: 0, counted: scans.length, refused: 0 } }]);
    expect(await came()).toBe(scans.length);
    const audit = await doors.audit();
    expect(audit.filter((line) => line === `count-scans ${phone.deviceId}`)).toHaveLength(1);
  });

  it('is refused of a phone that nobody let in, of another event too, and where nothing of it is a scan', async () => {
    const { bring, file, scanned, handOvers, doors, phone } = await atDoor('file-strange');
    const stranger = await atDoor('file-elsewhere');
    for (const device of ['00000000', stranger.phone.deviceId]) {
      const answer = await bring(FILE, file([scanned(MINUTE)], { device }));
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'device', code: 'unknown-option' }] } });
    }
    for (const scans of [[{}], [{ ...scanned(MINUTE), extra: true }], ['x']]) {
      expect((await bring(FILE, file(scans))).status).toBe(422);
    }
    for (const body of [file([]), file(Array(201).fill(scanned(MINUTE))), { ...file([scanned(MINUTE)]), more: 1 }]) {
      expect((await bring(FILE, body)).status).toBe(422);
    }
    expect((await bring('short', file([scanned(MINUTE)]))).status).toBe(422);
    expect(await handOvers()).toEqual([]);
    expect((await doors.audit()).filter((line) => line.startsWith('bring-scans'))).toEqual([]);
    // The id of one file is of one phone.
    await bring(FILE, file([scanned(MINUTE)]));
    const second = await openPhone(parts, 'file-strange', { name: 'Right door' });
    const other = await bring(FILE, file([scanned(MINUTE)], { device: second.deviceId }));
    expect(other).toMatchObject({ status: 409, body: { type: problem('out-of-date') } });
    expect((await handOvers())[0].device.id).toBe(phone.deviceId);
  });

  it('is for organisers alone, and says no name', async () => {
    const { doors, bring, file, scanned } = await atDoor('file-roles');
    await bring(FILE, file([scanned(MINUTE)]));
    for (const who of ['care', 'thailand', 'safeguarding'] as const) {
      expect((await doors.ask('listHandOvers', {}, undefined, who)).status).toBe(403);
      const decision = { part: 'before', decision: 'count' };
      expect((await doors.ask('decideHandOver', { handOverId: FILE }, decision, who)).status).toBe(403);
    }
    expect(
      (await doors.ask('decideHandOver', { handOverId: 'G'.repeat(22) }, { part: 'before', decision: 'count' })).status,
    ).toBe(404);
  });

  it('holds no more than a phone makes in a long day', async () => {
    const { MOST_HELD } = await import('../../shared/checkin/held-scans/held-scans.ts');
    const { holdScans } = await import('../../shared/checkin/held-scans/hold-scans.case.ts');
    const { realDeps } = await import('../../functions/doors/index.ts');
    const minutes = { until: Date.now() + HOUR, timeZone: 'UTC' };
    const where = { eventId: 'file-full', id: FILE, expiresAt: 2 ** 32, minutes };
    const some = (length: number) =>
      Array.from({ length }, () => ({ told: sentScan({ scanId: scanId() }) as never, part: 'before' as const }));
    await holdScans(realDeps(), where, 'DEVICE00', some(MOST_HELD - 1));
    const answers = await holdScans(realDeps(), where, 'DEVICE00', some(2));
    expect(answers).toEqual([
      { result: 'kept', doubt: 'after-shut-out' },
      { result: 'refused', why: 'too-many' },
    ]);
  });
});
