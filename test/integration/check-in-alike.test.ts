import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_TOGETHER } from '../../shared/checkin/review/alike.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { confirmedYoung } from '../support/confirmed-young.ts';
import { HOUR, open, openDoors, usual } from '../support/doors.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan as scanTable } from '../support/registry.ts';
import { ask } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

interface Case {
  readonly ticket: string;
  readonly scans: readonly string[];
  readonly after: number;
}
interface Cause {
  readonly list: string;
  readonly why: string;
  readonly phone: string;
  readonly device: string;
  readonly cases: readonly Case[];
}

/** People who registered to attend online and were let in at the door all the same, by two phones. */
async function openedWith(id: string, names: readonly string[]) {
  const doors = await openDoors(parts, id);
  await doors.put('event', { ...usual, ...open });
  const endsAt = Date.now() + HOUR;
  const left = await openPhone(parts, id, { name: 'Left door', endsAt });
  const right = await openPhone(parts, id, { name: 'Right door', endsAt });
  const people: { ticket: string; reference: string }[] = [];
  for (const name of names) people.push(await doors.holder(`${name}@example.org`, { mode: 'online' }));
  const scanOf = ({ ticket, reference }: { readonly ticket: string; readonly reference: string }, more: object = {}) =>
    sentScan({ ticket, reference, correctedAt: Date.now(), ...more });
  return {
    ...{ doors, left, right, people, scanOf },
    causes: async (): Promise<readonly Cause[]> => (await doors.ask('listAlike')).body.causes,
    settle: (cases: readonly Case[], decision = 'let-in', list = 'event') =>
      doors.ask('settleAlike', { listId: list }, { decision, cases }),
    audited: async () => (await doors.audit()).filter((line) => line.startsWith('decide-conflict')),
    noted: async () =>
      (await scanTable(parts, 'audit', { having: { eventId: id } }))
        .filter(({ action }) => action === 'decide-conflict')
        .map(({ people: number }) => number),
  };
}

describe('CI5: scans in doubt of one cause', () => {
  it('are counted by what was the matter, on which list and by which phone, and settled together: one note of the audit', async () => {
    const { doors, left, right, people, scanOf, causes, settle, noted } = await openedWith('alike', [
      ...['a', 'b', 'c', 'd', 'e'],
    ]);
    await left.send(people.slice(0, 3).map((each) => scanOf(each)));
    await right.send(people.slice(3).map((each) => scanOf(each)));
    const [many, few, ...others] = await causes();
    expect(others).toEqual([]);
    expect([many, few].map((each) => [each?.list, each?.why, each?.device, each?.cases.length])).toEqual([
      ['event', 'other-mode', 'Left door', 3],
      ['event', 'other-mode', 'Right door', 2],
    ]);
    const answer = await settle(many?.cases ?? []);
    expect([answer.status, answer.body]).toEqual([200, { settled: 3, left: 0 }]);
    expect(await noted()).toEqual([3]);
    expect((await causes()).map(({ device }) => device)).toEqual(['Right door']);
    const inbox = await doors.conflicts();
    expect(inbox.conflicts).toHaveLength(2);
    expect(inbox.decisions.map(({ decision }: { decision: string }) => decision)).toEqual(Array(3).fill('let-in'));
    expect((await doors.list('event')).counts, 'no scan is changed').toEqual({ came: 5, inside: 5 });
    // Each can be opened again by itself.
    const { ticket, mayOpenAgain: scans } = inbox.decisions[0];
    expect((await doors.decide(ticket, { decision: 'open-again', scans, after: 1 })).status).toBe(200);
    expect((await doors.conflicts()).conflicts).toHaveLength(3);
  });

  it('are settled once, however often and by however many it is sent, and where one is killed in the middle', async () => {
    const { left, people, scanOf, causes, settle, noted } = await openedWith('alike-once', ['a', 'b', 'c']);
    await left.send(people.map((each) => scanOf(each)));
    const [{ cases = [] } = {}] = await causes();
    const answers = await Promise.all([1, 2, 3].map(() => settle(cases)));
    expect(answers.map(({ body }) => body)).toEqual(Array(3).fill({ settled: 3, left: 0 }));
    expect(await noted()).toEqual([3]);
    expect((await settle([...cases, ...cases])).body).toEqual({ settled: 3, left: 0 });
    expect((await settle(cases, 'mistake')).body, 'others said something else').toEqual({ settled: 0, left: 3 });
    expect(await noted()).toEqual([3]);
  });

  it('leave what came meanwhile to be looked at, and what another decided, or took back', async () => {
    const { doors, left, right, people, scanOf, causes, settle, noted } = await openedWith('alike-race', [
      ...['again', 'decided', 'back', 'plain', 'late'],
    ]);
    const [again, decided, back, , late] = people;
    if (!again || !decided || !back || !late) throw new Error('nobody came');
    const scans = people.slice(0, 4).map((each) => scanOf(each));
    await left.send(scans);
    const [{ cases = [] } = {}] = await causes();
    expect(cases).toHaveLength(4);
    // Another scan of a ticket of it, and a ticket more, after it was looked at.
    const second = scanOf(again, { correctedAt: Date.now() + 3000 });
    await right.send([second]);
    await left.send([scanOf(late)]);
    const said = { decision: 'mistake', scans: [scans[1]?.scanId] };
    expect((await doors.decide(decided.ticket, said)).status).toBe(200);
    await left.send([scanOf(back, { kind: 'undo', undoes: scans[2]?.scanId })]);
    expect((await settle(cases)).body).toEqual({ settled: 2, left: 2 });
    expect(await noted()).toEqual(expect.arrayContaining([2]));
    const { conflicts } = await doors.conflicts();
    const open = conflicts.map(({ ticket }: { ticket: string }) => ticket).sort();
    expect(open).toEqual([again.ticket, late.ticket].sort());
    const ofAgain = conflicts.find(({ ticket }: { ticket: string }) => ticket === again.ticket).scans;
    const states = ofAgain.map((each: { scanId: string; isDecided: boolean }) => [each.scanId, each.isDecided]);
    expect(states).toEqual([
      [scans[0]?.scanId, true],
      [second.scanId, false],
    ]);
    expect((await doors.conflicts()).decisions.map(({ decision }: { decision: string }) => decision).sort()).toEqual([
      ...['let-in', 'let-in', 'mistake'],
    ]);
  });

  it('are none of one ticket alone, and for those alone who run check-in', async () => {
    const { doors, left, people, scanOf, causes } = await openedWith('alike-alone', ['a', 'b']);
    const [a, b] = people;
    if (!a || !b) throw new Error('nobody came');
    await left.send([scanOf(a)]);
    expect(await causes()).toEqual([]);
    await left.send([scanOf(b)]);
    expect(await causes()).toHaveLength(1);
    const params = { eventId: doors.id, listId: 'event' };
    const [{ cases = [] } = {}] = await causes();
    expect((await ask('viewer', 'listAlike', { params })).status).toBe(403);
    expect((await ask('viewer', 'settleAlike', { params, body: { decision: 'let-in', cases } })).status).toBe(403);
    expect((await doors.ask('settleAlike', { listId: 'event' }, { decision: 'open-again', cases })).status).toBe(422);
    expect((await doors.ask('settleAlike', { listId: 'elsewhere' }, { decision: 'let-in', cases })).body).toEqual({
      ...{ settled: 0, left: 2 },
    });
  });

  it('are none that concern a child: each is decided on by itself, whatever is sent', async () => {
    const { doors, left, people, scanOf, causes, settle, audited } = await openedWith('alike-young', ['a', 'b']);
    const young = await Promise.all(
      ['one', 'two'].map(async (name) => {
        const { ticketId, reference } = await confirmedYoung(parts, doors, `${name}@alike-young.example.org`);
        return { ticket: ticketHashOf({ ticketId }), reference };
      }),
    );
    const held = young.map((each) => scanOf(each));
    await left.send([...held, ...people.map((each) => scanOf(each))]);
    const [{ cases = [], why } = {}, ...others] = await causes();
    expect([why, cases.length, others]).toEqual(['other-mode', 2, []]);
    const ofChildren = young.map(({ ticket }, nth) => ({ ticket, scans: [held[nth]?.scanId ?? ''], after: 0 }));
    expect((await settle(ofChildren)).body).toEqual({ settled: 0, left: 2 });
    expect(await audited()).toEqual([]);
    expect((await settle([...ofChildren, ...cases])).body).toEqual({ settled: 2, left: 2 });
    const { conflicts } = await doors.conflicts();
    expect(conflicts.map(({ ticket }: Case) => ticket).sort()).toEqual(young.map(({ ticket }) => ticket).sort());
    const one = await doors.decide(young[0]?.ticket ?? '', { decision: 'let-in', scans: [held[0]?.scanId] });
    expect(one.status).toBe(200);
  });

  it('are settled in one transaction of as many as are taken', async () => {
    const { doors, left, people, scanOf, causes, settle, noted } = await openedWith('alike-many', ['a']);
    const [first] = people;
    if (!first) throw new Error('nobody came');
    // Tickets that no registration has.
    const tickets = Array.from({ length: MOST_TOGETHER + 2 }, (_, number) => `${String(number).padStart(22, 'T')}`);
    const scans = tickets.map((ticket) => ({ ...scanOf(first, { ticket }), reference: undefined }));
    for (let begin = 0; begin < scans.length; begin += 50) await left.send(scans.slice(begin, begin + 50));
    const [{ cases = [], why } = {}] = await causes();
    expect([why, cases.length]).toEqual(['unknown-ticket', MOST_TOGETHER + 2]);
    expect((await settle(cases)).status).toBe(422);
    expect((await settle(cases.slice(0, MOST_TOGETHER))).body).toEqual({ settled: MOST_TOGETHER, left: 0 });
    expect(await noted()).toEqual([MOST_TOGETHER]);
    expect((await doors.show()).conflicts).toBe(2);
  });
});
