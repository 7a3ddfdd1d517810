import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBesideEntrance } from '../../shared/checkin/list/list.ts';
import type { ListTerms } from '../../shared/checkin/roster/roster.schema.ts';
import { passageOf } from '../../shared/checkin/scan/passage.ts';
import type { ScanMark } from '../../shared/checkin/scan/scan.ts';
import { deviceClock } from '../../web/checkin/engine/api.ts';
import { changedTally, listTally, markOf, tallyAt, unionOf } from '../../web/checkin/engine/check-ins.ts';
import type { AttendeeAtDoor, ScanOutcome } from '../../web/checkin/engine/engine.ts';
import {
  entriesIn,
  findEntry,
  intoBuckets,
  mergeEntries,
  packEntries,
  type SealedEntry,
} from '../../web/checkin/engine/entries.ts';
import { decideOutcome, mayLetIn } from '../../web/checkin/engine/outcome.ts';
import { keepTrying, pauseAfter } from '../../web/checkin/engine/start.ts';
import { coalesce, inTurn } from '../../web/checkin/engine/turns.ts';
import { retimed } from '../../web/checkin/engine/upload.ts';

const mark: fc.Arbitrary<ScanMark> = fc
  .record({
    scanId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    device: fc.constantFrom('D1', 'D2'),
    kind: fc.constantFrom('in' as const, 'out' as const),
    correctedAt: fc.integer({ min: 0, max: 5 }),
  })
  // A scan is immutable: what its id says, all of it says.
  .map((each) => ({ ...each, kind: each.scanId < 'c' ? 'in' : 'out', device: each.scanId < 'b' ? 'D1' : 'D2' }));
const marks = fc.array(mark, { maxLength: 6 });
const passing = fc.constantFrom('once' as const, 'again' as const, 'in-and-out' as const);
const sorted = (all: readonly ScanMark[]) => [...all].sort((x, y) => (x.scanId < y.scanId ? -1 : 1));

describe('CI3: scans of others are added to those that are known', () => {
  const fixed = marks.map((all) => all.map((each) => ({ ...each, correctedAt: each.scanId.charCodeAt(0) })));

  it('CI3: in whatever order and however often they come, the same comes out', () => {
    fc.assert(
      fc.property(fixed, fixed, (a, b) => {
        const start = unionOf([], a);
        const both = unionOf(start, b);
        expect(sorted(both)).toEqual(sorted(unionOf(unionOf([], b), a)));
        expect(unionOf(both, b)).toBe(both);
        expect(unionOf(both, a)).toBe(both);
      }),
    );
  });

  it('believes the server where it says another time of a scan', () => {
    const own: ScanMark = { scanId: 'a', device: 'D1', kind: 'in', correctedAt: 9 };
    expect(unionOf([own], [{ ...own, correctedAt: 5 }])).toEqual([{ ...own, correctedAt: 5 }]);
  });

  it('goes by the time that the server counts for its own scan, and says nothing new where that is the one it told', () => {
    const scan = { scanId: 'a', list: 'hall', ticket: 't', kind: 'in', scannedAt: 1, correctedAt: 9 } as const;
    const waiting = { key: 1, kept: { scan, device: 'D1', eventId: 'e' } };
    const own = markOf(waiting.kept);
    for (const result of ['kept', 'known'] as const) {
      expect(retimed(waiting, { result })).toEqual([]);
      const [told] = retimed(waiting, { result, correctedAt: 5 });
      expect(told).toMatchObject({ list: 'hall', ticket: 't' });
      expect(unionOf([own], told?.marks ?? [])).toEqual([{ ...own, correctedAt: 5 }]);
    }
    expect(retimed(waiting, { result: 'later' })).toEqual([]);
  });

  it('counts what changed as if it had counted all anew', () => {
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 4 }), marks, passing, (others, added, way) => {
        const all = others.map((each) => ({ marks: unionOf([], each) }));
        const [first = { marks: [] }, ...rest] = all;
        const after = unionOf(first.marks, added);
        const change = { list: 'l', before: first.marks, after };
        const counted = listTally([{ marks: after }, ...rest], { passing: way });
        expect(changedTally(listTally([first, ...rest], { passing: way }), change, { passing: way })).toEqual(counted);
      }),
    );
  });
});

describe('entries as they are kept', () => {
  const entry: fc.Arbitrary<SealedEntry> = fc.record({
    hash: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    sealed: fc.uint8Array({ minLength: 28, maxLength: 200 }),
  });

  it('are read as they were written, and each is found by its hash', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        expect([...entriesIn(packEntries(entries))]).toEqual(entries);
        const merged = mergeEntries([], entries);
        for (const [, bucket] of intoBuckets(merged)) {
          for (const { hash, sealed } of bucket) expect(findEntry(packEntries(bucket), hash)).toEqual(sealed);
        }
        const strange = new Uint8Array(16).fill(255);
        if (entries.every(({ hash }) => hash.some((byte) => byte !== 255))) {
          expect(findEntry(packEntries(merged), strange)).toBeUndefined();
        }
      }),
    );
  });

  it('CI11: stand in an order that says nothing of when they came, for those under 18 come last', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ hash }) => String(hash) }), fc.nat(), (entries, at) => {
        const [first, others] = [entries.slice(0, at % 10), entries.slice(at % 10)];
        expect(mergeEntries(mergeEntries([], first), others)).toEqual(mergeEntries(mergeEntries([], others), first));
      }),
    );
  });

  it('stand there once each, as they came last', () => {
    const hash = new Uint8Array(16);
    const [old, now] = [1, 2].map((byte) => ({ hash, sealed: Uint8Array.of(byte) }));
    if (old === undefined || now === undefined) throw new Error('there are two');
    expect(mergeEntries([old], [now])).toEqual([now]);
    expect(mergeEntries([old], [{ hash, sealed: new Uint8Array() }])).toEqual([]);
  });

  it('are never half believed: cut off anywhere, they are refused', () => {
    const bytes = packEntries([{ hash: new Uint8Array(16), sealed: new Uint8Array(40) }]);
    for (let length = 1; length < bytes.length; length += 1) {
      expect(() => [...entriesIn(bytes.subarray(0, length))]).toThrow(RangeError);
    }
  });
});

const door: ListTerms = {
  ...{ id: 'hall', place: { kind: 'event' }, modes: ['in-person'], passing: 'again', isClosed: false },
  ...{ opensAt: 0, closesAt: 100 },
};
const person: AttendeeAtDoor = {
  ...{ reference: '7K3M9QX2AB', isConfirmed: true, category: 'ngo', role: 'attendee', mode: 'in-person' },
  ...{ days: ['one'], sessions: [] },
};
const occasion = { direction: 'in', at: 50, inside: 0, wardsInside: 0 } as const;
const desk = { id: 'D1', isVetted: true, maySearch: true };

describe('what is noted', () => {
  const came: ScanMark = { scanId: 'a', device: 'D2', kind: 'in', correctedAt: 10 };

  it('nothing new of whoever goes in again where people come and go as they like', () => {
    expect(decideOutcome(door, person, [], occasion, desk)).toMatchObject({ kind: 'note', scan: 'in' });
    const again = { kind: 'admit', person, isFull: false, isAgain: true, scanId: 'a', canUndoUntil: 0 };
    expect(decideOutcome(door, person, [came], occasion, desk)).toEqual({ kind: 'tell', outcome: again });
  });

  it('CI13: an entrance lets in once a day: a ticket of another day is noted anew, one of today is not', () => {
    const entrance: ListTerms = { ...door, passing: 'once', closesAt: 1000, dayStarts: [0, 100] };
    const on = (at: number) => decideOutcome(entrance, person, [came], { ...occasion, at }, desk);
    expect(on(50)).toMatchObject({ kind: 'tell', outcome: { kind: 'already-in', at: 10 } });
    expect(on(150)).toMatchObject({ kind: 'note', scan: 'in' });
    const next: ScanMark = { ...came, scanId: 'b', device: 'D3', correctedAt: 150 };
    const later = { ...occasion, at: 160 };
    expect(decideOutcome(entrance, person, [came, next], later, desk)).toMatchObject({
      ...{ kind: 'tell', outcome: { kind: 'already-in', at: 150 } },
    });
    // Two phones on one day are a conflict, two days are none; who came is counted on each day.
    expect(passageOf([came, next], 'once', entrance.dayStarts).conflicts).toEqual([]);
    expect(passageOf([came, next, { ...next, scanId: 'c' }], 'once', entrance.dayStarts).conflicts).toHaveLength(1);
    const tallies = listTally([{ marks: [came, next] }, { marks: [came] }], entrance);
    expect([50, 150].map((at) => tallyAt(tallies, entrance, at).came)).toEqual([2, 1]);
  });

  it('CI13: beside an entrance for all, lists of single days are not offered; nor is any hidden that asks for others', () => {
    const day: ListTerms = { ...door, id: 'day-1', place: { kind: 'day', day: 'one' }, passing: 'once' };
    expect(isBesideEntrance(day, [door, day])).toBe(true);
    for (const [list, all] of [
      [day, [day]],
      [door, [door, day]],
      [{ ...day, categories: ['media'] }, [door, day]],
      [{ ...day, passing: 'in-and-out' }, [door, day]],
      [{ ...day, capacity: 20 }, [door, day]],
      [day, [{ ...door, closesAt: 99 }, day]],
      [day, [{ ...door, modes: ['online'] }, day]],
      [day, [{ ...door, categories: ['media'] }, day]],
      [day, [{ ...door, handout: { often: 'once', isLent: false } }, day]],
    ] as const) {
      expect(isBesideEntrance(list, all)).toBe(false);
    }
  });

  it('whoever leaves, always: somebody unseen may have come in between', () => {
    const room: ListTerms = { ...door, passing: 'in-and-out' };
    const left: ScanMark = { ...came, scanId: 'b', kind: 'out', correctedAt: 20 };
    expect(decideOutcome(room, person, [came, left], { ...occasion, direction: 'out' }, desk)).toMatchObject({
      kind: 'note',
      scan: 'out',
    });
  });

  it('CS24: nobody under 18 is noted as gone before it is known with whom, and only a desk of vetted staff knows more than a chaperone', () => {
    const room: ListTerms = { ...door, passing: 'in-and-out' };
    const out = { ...occasion, direction: 'out' } as const;
    const [young, looked]: AttendeeAtDoor[] = [
      { ...person, isMinor: true },
      { ...person, isMinor: true, chaperone: 'Somchai Sample' },
    ];
    const mayBe = (whom: AttendeeAtDoor | undefined, terms: Partial<typeof desk>) => {
      if (whom === undefined) throw new Error('there are two');
      const decision = decideOutcome(room, whom, [came], out, { ...desk, ...terms });
      if (decision.kind !== 'tell' || decision.outcome.kind !== 'ask-companion') throw new Error('waved through');
      return decision.outcome.mayBe;
    };
    expect(mayBe(young, {})).toEqual(['guardian', 'adult', 'alone']);
    expect(mayBe(looked, {})).toEqual(['chaperone', 'guardian', 'adult', 'alone']);
    expect(mayBe(looked, { maySearch: false })).toEqual(['chaperone']);
    expect(mayBe(young, { isVetted: false })).toEqual([]);
    expect(mayBe(young, { isVetted: false, maySearch: false })).toEqual([]);
  });

  it('CS24: no chaperone leaves unasked while any of theirs is inside', () => {
    const room: ListTerms = { ...door, passing: 'in-and-out' };
    const out = { ...occasion, direction: 'out' } as const;
    const chaperone: AttendeeAtDoor = { ...person, role: 'chaperone', wards: ['a', 'b'] };
    expect(decideOutcome(room, chaperone, [came], { ...out, wardsInside: 2 }, desk)).toEqual({
      kind: 'tell',
      outcome: { kind: 'wards-inside', person: chaperone, count: 2 },
    });
    expect(decideOutcome(room, chaperone, [came], out, desk)).toMatchObject({ kind: 'note', scan: 'out' });
  });

  it('CS13: nobody with a hold is let in anyway, whatever they were told', () => {
    const young: AttendeeAtDoor = { ...person, isMinor: true, hold: 'chaperone' };
    const outcomes = (each: AttendeeAtDoor): ScanOutcome[] => [
      { kind: 'already-in', person: each, at: 1, isHere: true },
      { kind: 'refuse', person: each, why: 'not-yet' },
    ];
    const may = (outcome: ScanOutcome) => mayLetIn(outcome, door, true);
    expect(outcomes(person).map(may)).toEqual(['yes', 'yes']);
    expect(outcomes(young).map(may)).toEqual(['no', 'no']);
    expect(may({ kind: 'hold', person: young, why: 'chaperone' })).toBe('no');
    expect(may({ kind: 'revoked' })).toBe('no');
    expect(may({ kind: 'not-in-roster' })).toBe('yes');
  });

  it('CI14: nobody without a ticket but by a desk with a reason, and nobody into a closed session', () => {
    const unknown: ScanOutcome = { kind: 'unknown-code' };
    expect(mayLetIn(unknown, door, false)).toBe('no');
    expect(mayLetIn(unknown, door, true)).toBe('with-reason');
    expect(mayLetIn({ kind: 'no-ticket', why: 'unknown-key' }, door, true)).toBe('no');
    const closed = { isClosed: true };
    const others: ScanOutcome[] = [
      unknown,
      { kind: 'not-in-roster' },
      { kind: 'already-in', person, at: 1, isHere: true },
      { kind: 'refuse', person, why: 'closed-session' },
    ];
    for (const isDesk of [true, false]) {
      expect(others.map((outcome) => mayLetIn(outcome, closed, isDesk))).toEqual(['no', 'no', 'no', 'no']);
    }
  });
});

describe('trying again', () => {
  it('is every four seconds while all is well, and ever more seldom up to a minute, not all at once', () => {
    expect(pauseAfter(0, 0.5)).toBe(4000);
    expect([1, 2, 3, 4, 10].map((failures) => pauseAfter(failures, 0))).toEqual([4000, 8000, 16_000, 30_000, 30_000]);
    expect([1, 2, 3, 4, 10].map((failures) => pauseAfter(failures, 1))).toEqual([8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('CI8: waits while the page is hidden or there is no network, and goes on after', async () => {
    let planned: (() => void) | undefined;
    let [runs, isVisible, isOnline] = [0, true, true];
    const endeavour = keepTrying(
      {
        after: (_, work) => {
          planned = work;
          return () => undefined;
        },
        ...{ chance: () => 0, steady: () => 0, isOnline: () => isOnline, isVisible: () => isVisible },
      },
      async () => {
        runs += 1;
        return true;
      },
    );
    const tick = async () => {
      planned?.();
      await new Promise((resolve) => setTimeout(resolve, 0));
    };
    await endeavour.now();
    await tick();
    expect(runs).toBe(2);
    isVisible = false;
    await tick();
    expect(runs).toBe(2);
    [isVisible, isOnline] = [true, false];
    await tick();
    expect(runs).toBe(2);
    isOnline = true;
    await tick();
    expect(runs).toBe(3);
  });

  it('runs one at a time, and once more for all who asked meanwhile', async () => {
    let [running, most, runs] = [0, 0, 0];
    const run = coalesce(async () => {
      runs += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    });
    await Promise.all([run(), run(), run(), run()]);
    await run();
    expect([most, runs]).toEqual([1, 3]);
  });

  it('goes on after one that failed', async () => {
    const run = coalesce(() => Promise.reject(new Error('no')));
    const all = await Promise.allSettled([run(), run()]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const turn = inTurn();
    const [first, second] = await Promise.allSettled([
      turn(() => Promise.reject(new Error('no'))),
      turn(async () => 2),
    ]);
    expect([first?.status, second]).toEqual(['rejected', { status: 'fulfilled', value: 2 }]);
  });
});

describe('TK9: the time at the door', () => {
  const START = Date.UTC(2027, 10, 2, 8);
  const clocks = (off: number) => {
    let [wall, steady] = [START + off, 100];
    const clock = deviceClock({ now: () => wall, steady: () => steady });
    const server = (at: number) => new Date(at).toUTCString();
    return {
      clock,
      server,
      pass(milliseconds: number) {
        wall += milliseconds;
        steady += milliseconds;
      },
      sleep(milliseconds: number) {
        wall += milliseconds;
      },
    };
  };

  it('TK9: follows the server, whatever the own clock says and is set to', () => {
    const { clock, server, pass, sleep } = clocks(-86_400_000);
    expect(clock.corrected()).toBe(START - 86_400_000);
    clock.learn(clock.read(), server(START));
    pass(60_000);
    expect(Math.abs(clock.corrected() - START - 60_000)).toBeLessThanOrEqual(1000);
    sleep(5 * 86_400_000);
    expect(Math.abs(clock.corrected() - START - 60_000)).toBeLessThanOrEqual(1000);
  });

  it('TK9: a phone that slept in a pocket has not lost that time, and one whose clock was put back has lost none', () => {
    const { clock, server, sleep } = clocks(3_600_000);
    clock.learn(clock.read(), server(START));
    clock.hidden();
    sleep(30 * 60_000);
    clock.seen();
    expect(Math.abs(clock.corrected() - START - 30 * 60_000)).toBeLessThanOrEqual(1000);
    clock.hidden();
    sleep(-86_400_000);
    clock.seen();
    expect(Math.abs(clock.corrected() - START - 30 * 60_000)).toBeLessThanOrEqual(1000);
  });

  it('takes nothing from an answer without a date', () => {
    const { clock } = clocks(0);
    clock.learn(clock.read(), null);
    clock.learn(clock.read(), 'yesterday');
    expect(clock.offset()).toBeUndefined();
  });
});
