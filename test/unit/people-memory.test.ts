import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { columnsOf, type IndexedPerson } from '../../shared/registration/people/person.ts';
import { ApiProblem, UnreachableError } from '../../web/console/kernel/api.ts';
import { SignedOutError } from '../../web/console/kernel/session.ts';
import { type AttendanceMemory, attendanceMemory } from '../../web/console/registration/attendance.ts';
import { type PeopleMemory, peopleMemory } from '../../web/console/registration/people.ts';

const person = (nth: number, revision = 1): IndexedPerson =>
  ({
    reference: String(nth).padStart(10, '0'),
    revision,
    fullName: `Person ${nth}`,
    badgeName: `Person ${nth}`,
    organisation: 'Sample Office',
    answers: {},
    seats: [],
  }) as unknown as IndexedPerson;

const PAGE = 3;
const MINUTE = 60_000;

/** A server of some people, as the contract says that it answers: pages, then what changed since. */
function server(size: number) {
  const people = new Map(Array.from({ length: size }, (_, nth) => [nth, person(nth)]));
  const news: IndexedPerson[] = [];
  const asked: object[] = [];
  const fails: unknown[] = [];
  return {
    people,
    news,
    asked,
    fails,
    reach: 'all',
    change(nth: number, revision: number): void {
      people.set(nth, person(nth, revision));
      news.push(person(nth, revision));
    },
    async load({ after, cursor }: { readonly after?: string | undefined; readonly cursor?: string | undefined }) {
      const { reach } = this;
      asked.push({ after, cursor });
      const failure = fails.shift();
      if (failure !== undefined) throw failure;
      const total = people.size;
      if (after === undefined && cursor !== undefined) return { people: columnsOf(news), total, reach, cursor };
      const rest = [...people.values()].filter(({ reference }) => after === undefined || reference > after);
      const rows = rest.slice(0, PAGE);
      const next = rest.length > PAGE ? { next: rows.at(-1)?.reference } : {};
      return { people: columnsOf(rows), total, reach, cursor: 'c', ...next };
    },
  };
}

let page: EventTarget & { visibilityState?: string };
let memory: PeopleMemory | undefined;
let signedOut: number;

beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  page.visibilityState = 'visible';
  vi.stubGlobal('document', page);
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
  vi.stubGlobal('dispatchEvent', target.dispatchEvent.bind(target));
  signedOut = 0;
});
afterEach(() => {
  memory?.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function open(of: ReturnType<typeof server>): PeopleMemory {
  memory = peopleMemory({
    load: ((query: never) => of.load(query)) as never,
    now: Date.now,
    onSignedOut: () => {
      signedOut += 1;
    },
  });
  memory.need();
  return memory;
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const names = (of: PeopleMemory): string[] => of.now().all.map(({ fullName }) => fullName);

describe('the people of an event in memory', () => {
  it('has each person begun alike, whatever is known of them: others are slow to go through by tens of thousands', async () => {
    const of = server(2);
    of.people.set(2, { ...person(2), honorific: 'Dr', tags: ['vip'], mail: 'bounced' } as unknown as IndexedPerson);
    const { now } = open(of);
    memory?.need();
    await vi.advanceTimersByTimeAsync(10);
    const rows = now().all;
    expect(rows.map(({ reference }) => reference)).toHaveLength(3);
    const [first = '', ...others] = rows.map((row) => Object.keys(row).join());
    expect(first).toContain('searched');
    expect(others.filter((names) => names !== first)).toEqual([]);
    expect(rows[0]).toMatchObject(person(0));
    expect(rows[0]?.mail).toBe(undefined);
  });

  it('come page after page, of which the first is there before the last, and are then followed every four seconds', async () => {
    const from = server(7);
    const people = open(from);
    const sizes: number[] = [];
    people.watch(() => sizes.push(people.now().all.length));
    await pass(0);
    expect(sizes).toEqual([3, 6, 7]);
    expect(people.now()).toMatchObject({ state: 'complete', total: 7 });
    expect(from.asked.slice(1)).toEqual([
      { after: '0000000002', cursor: 'c' },
      { after: '0000000005', cursor: 'c' },
    ]);
    const before = people.now().all;
    from.change(2, 2);
    await pass(4_000);
    expect(from.asked.slice(3)).toEqual([{ after: undefined, cursor: 'c' }]);
    expect(people.now().all.find(({ fullName }) => fullName === 'Person 2')?.revision).toBe(2);
    const after = people.now().all;
    expect(after).not.toBe(before);
    await pass(10_000);
    expect(people.now().all, 'what is told again is no news').toBe(after);
  });

  it('lose within half a minute whom the server does not count any more, also from who is chosen', async () => {
    const from = server(5);
    const people = open(from);
    await pass(1);
    people.choose([person(1), person(4)], true);
    from.people.delete(4);
    await pass(30_000);
    expect(names(people)).toEqual(['Person 0', 'Person 1', 'Person 2', 'Person 3']);
    expect([...people.now().chosen.keys()]).toEqual([person(1).reference]);
  });

  it('are forgotten and loaded anew once the member reaches others, also as many', async () => {
    const from = server(2);
    const people = open(from);
    await pass(1);
    people.choose([person(0)], true);
    from.people.clear();
    for (const nth of [7, 8]) from.people.set(nth, person(nth));
    from.reach = 'others';
    const seen: string[][] = [];
    people.watch(() => seen.push(names(people)));
    await pass(4_000);
    expect(seen[0], 'before anybody else is loaded').toEqual([]);
    expect(names(people)).toEqual(['Person 7', 'Person 8']);
    expect(people.now().chosen.size).toBe(0);
  });

  it('are forgotten, too, where that is found out between two pages of the first load', async () => {
    const from = server(8);
    const load = from.load.bind(from);
    from.load = async (asked) => {
      const answer = await load(asked);
      if (from.asked.length === 1) {
        from.people.clear();
        for (const nth of [6, 9]) from.people.set(nth, person(nth));
        from.reach = 'fewer';
      }
      return answer;
    };
    const people = open(from);
    const seen: string[][] = [];
    people.watch(() => seen.push(names(people)));
    await pass(1);
    expect(seen.map((each) => each.length)).toContain(3);
    expect(names(people)).toEqual(['Person 6', 'Person 9']);
    expect([people.now().state, people.now().total]).toEqual(['complete', 2]);
    expect(from.asked.at(-1), 'from the first page on').toEqual({ after: undefined, cursor: undefined });
  });

  it('are tried again after a page that failed, and what is there stays', async () => {
    const from = server(7);
    from.fails.push(undefined, new UnreachableError());
    const people = open(from);
    await pass(1);
    expect(people.now()).toMatchObject({ isOld: true, state: 'loading' });
    expect(names(people)).toHaveLength(3);
    await pass(5_000);
    expect(people.now()).toMatchObject({ isOld: false, state: 'complete' });
    expect(names(people)).toHaveLength(7);
    from.fails.push(new ApiProblem(500, {}));
    await pass(5_000);
    expect(people.now().isOld).toBe(true);
    expect(names(people)).toHaveLength(7);
    await pass(5_000);
    expect(people.now().isOld).toBe(false);
  });

  it.each([[1], [4]])('vanish where a role is taken back, also in the middle of loading: at look %i', async (look) => {
    const from = server(7);
    from.fails.push(...Array.from({ length: look }, () => undefined));
    from.fails.push(new ApiProblem(403, { type: 'urn:plenary:problem:not-permitted' } as never));
    const people = open(from);
    await pass(10_000);
    expect(people.now()).toMatchObject({ state: 'refused', all: [] });
    const asked = from.asked.length;
    await pass(MINUTE);
    expect(from.asked.length, 'and are asked for no more').toBe(asked);
  });

  it('vanish where the member is signed out', async () => {
    const from = server(7);
    const people = open(from);
    await pass(1);
    from.fails.push(new SignedOutError());
    await pass(5_000);
    expect(people.now().all).toEqual([]);
    expect(signedOut).toBe(1);
  });

  it('are forgotten after a quarter of an hour without a press, and loaded again by one', async () => {
    const from = server(4);
    const people = open(from);
    await pass(14 * MINUTE);
    dispatchEvent(new Event('keydown'));
    await pass(14 * MINUTE);
    expect(names(people)).toHaveLength(4);
    await pass(2 * MINUTE);
    expect(people.now()).toMatchObject({ state: 'emptied', all: [] });
    people.begin();
    await pass(1);
    expect(names(people)).toHaveLength(4);
  });

  it('are forgotten then also while an answer does not come', async () => {
    const from = server(4);
    const people = open(from);
    await pass(1);
    const { load } = from;
    let answer = (): void => undefined;
    from.load = async (asked) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return load.call(from, asked);
    };
    await pass(14 * MINUTE);
    dispatchEvent(new Event('pointerdown'));
    await pass(14 * MINUTE);
    expect(names(people)).toHaveLength(4);
    await pass(MINUTE + 1);
    expect(people.now()).toMatchObject({ state: 'emptied', all: [] });
    answer();
    await pass(MINUTE);
    expect(people.now()).toMatchObject({ state: 'emptied', all: [] });
  });

  it('are forgotten before they are seen again where the machine slept', async () => {
    const people = open(server(4));
    await pass(1);
    vi.setSystemTime(Date.now() + 20 * MINUTE);
    page.dispatchEvent(new Event('visibilitychange'));
    expect(people.now()).toMatchObject({ state: 'emptied', all: [] });
  });

  it('are followed loosely where no page needs them or none is seen, but are followed', async () => {
    const from = server(2);
    const people = open(from);
    await pass(1);
    page.visibilityState = 'hidden';
    await pass(4_001);
    const asked = from.asked.length;
    from.people.delete(1);
    await pass(39_000);
    expect(from.asked.length).toBe(asked);
    await pass(50_000);
    expect(names(people)).toEqual(['Person 0']);
  });

  it('lose within a minute who was erased, also while none of their pages is seen', async () => {
    const from = server(3);
    const people = open(from);
    page.visibilityState = 'hidden';
    await pass(MINUTE);
    // A moment after a look, so that the next one is as far away as can be.
    const asked = from.asked.length;
    while (from.asked.length === asked) await pass(100);
    from.people.delete(1);
    await pass(MINUTE - 1_000);
    expect(names(people)).toEqual(['Person 0', 'Person 2']);
  });

  it('are chosen in the state in which they were looked at', async () => {
    const from = server(2);
    const people = open(from);
    await pass(1);
    people.choose(people.now().all, true);
    from.change(1, 5);
    await pass(5_000);
    people.choose(people.now().all, true);
    expect([...people.now().chosen.values()].map(({ revision }) => revision)).toEqual([1, 1]);
    people.choose([person(0)], false);
    expect([...people.now().chosen.keys()]).toEqual([person(1).reference]);
    people.clearChoice();
    expect(people.now().chosen.size).toBe(0);
  });
});

const PARTS = [{ place: { kind: 'event' as const }, ends: '2027-11-03T11:00:00.000Z' }];
const LISTS = [{ id: 'event', place: { kind: 'event' as const } }];

/** What doors tell of some people, by number: a letter for each part, and when they came to the entrance. */
function doors(size: number) {
  const all = new Map(Array.from({ length: size }, (_, nth) => [nth, 'e']));
  const news = new Set<number>();
  const asked: object[] = [];
  const fails: unknown[] = [];
  const of = { all, news, asked, fails, parts: PARTS, lists: LISTS as readonly object[] };
  const tabled = (numbers: readonly number[]) => ({
    references: numbers.map((nth) => person(nth).reference),
    presences: numbers.map((nth) => all.get(nth) ?? ''),
    came: {
      event: {
        rows: numbers.flatMap((nth, place) => (all.get(nth) === 'c' ? [place] : [])),
        cameAt: numbers.filter((nth) => all.get(nth) === 'c').map((nth) => 1_000 * nth),
        ...{ left: [], leftAt: [], online: [], byHand: [] },
      },
    },
  });
  const load = async ({
    after,
    cursor,
  }: {
    readonly after?: string | undefined;
    readonly cursor?: string | undefined;
  }) => {
    asked.push({ after, cursor });
    const failure = fails.shift();
    if (failure !== undefined) throw failure;
    const answer = { parts: of.parts, lists: of.lists, total: all.size, cursor: 'c' };
    if (after === undefined && cursor !== undefined) return { ...answer, people: tabled([...news]) };
    const rest = [...all.keys()].filter((nth) => after === undefined || person(nth).reference > after);
    const next = rest.length > PAGE ? { next: person(rest[PAGE - 1] ?? 0).reference } : {};
    return { ...answer, people: tabled(rest.slice(0, PAGE)), ...next };
  };
  return Object.assign(of, { load });
}

describe('CI13: the attendance of the people in memory', () => {
  let attendance: AttendanceMemory | undefined;
  afterEach(() => attendance?.close());
  function follow(of: ReturnType<typeof doors>, people: PeopleMemory): AttendanceMemory {
    attendance = attendanceMemory({ load: ((query: never) => of.load(query)) as never, people });
    return attendance;
  }
  const letters = (of: AttendanceMemory): Record<number, string> =>
    Object.fromEntries([...of.now().of].map(([reference, { presences }]) => [Number(reference), presences]));

  it('is loaded once it is asked for, and then tells of a scan within five seconds, of nothing that it told before', async () => {
    const from = doors(7);
    const people = open(server(7));
    const memory = follow(from, people);
    await pass(20_000);
    expect(from.asked, 'each page is noted like an export').toEqual([]);
    const end = memory.need();
    await pass(1);
    expect(from.asked).toEqual([
      { after: undefined, cursor: undefined },
      { after: '0000000002', cursor: 'c' },
      { after: '0000000005', cursor: 'c' },
    ]);
    expect(memory.now()).toMatchObject({ isWhole: true, isOld: false, parts: PARTS, lists: LISTS });
    expect(letters(memory)).toEqual({ 0: 'e', 1: 'e', 2: 'e', 3: 'e', 4: 'e', 5: 'e', 6: 'e' });
    from.all.set(4, 'c');
    from.news.add(4);
    await pass(5_000);
    expect(from.asked.at(-1)).toEqual({ after: undefined, cursor: 'c' });
    expect(memory.now().of.get(person(4).reference)).toEqual({
      presences: 'c',
      cameAt: { event: '1970-01-01T00:00:04.000Z' },
    });
    const told = memory.now();
    await pass(10_000);
    expect(memory.now()).toBe(told);
    from.all.set(4, 'e');
    await pass(5_000);
    expect(memory.now().of.get(person(4).reference), 'taken back').toEqual({ presences: 'e', cameAt: {} });
    end();
    const { length } = from.asked;
    await pass(MINUTE);
    expect(from.asked.length - length, 'and is asked for no more').toBeLessThanOrEqual(1);
  });

  it('is emptied together with them, and loses whom they lose', async () => {
    const [from, who] = [doors(5), server(5)];
    const people = open(who);
    const memory = follow(from, people);
    memory.need();
    await pass(1);
    expect(memory.now().of.size).toBe(5);
    who.people.delete(4);
    from.all.delete(4);
    await pass(30_000);
    expect(Object.keys(letters(memory))).toEqual(['0', '1', '2', '3']);
    await pass(15 * MINUTE);
    expect(people.now().state).toBe('emptied');
    expect(memory.now()).toMatchObject({ isWhole: false, parts: [], lists: [] });
    expect(memory.now().of.size).toBe(0);
    const { length } = from.asked;
    await pass(MINUTE);
    expect(from.asked).toHaveLength(length);
    people.begin();
    await pass(1);
    expect(memory.now().of.size, 'and is there again with them').toBe(4);
  });

  it('is loaded anew where the programme or the lists are others: letters would say something else', async () => {
    const from = doors(4);
    const memory = follow(from, open(server(4)));
    memory.need();
    await pass(1);
    from.parts = [...PARTS, { place: { kind: 'event' }, ends: '2027-11-04T11:00:00.000Z' }];
    for (const nth of from.all.keys()) from.all.set(nth, 'ce');
    await pass(5_000);
    expect(letters(memory), 'until all are there, what was known stays').toMatchObject({ 0: 'e' });
    await pass(5_000);
    expect(letters(memory)).toEqual({ 0: 'ce', 1: 'ce', 2: 'ce', 3: 'ce' });
    expect(memory.now().parts).toHaveLength(2);
  });

  it('is tried again after a failure, and goes with a role that is taken back', async () => {
    const [from, who] = [doors(4), server(4)];
    from.fails.push(undefined, new UnreachableError());
    const people = open(who);
    const memory = follow(from, people);
    memory.need();
    await pass(1);
    expect(memory.now()).toMatchObject({ isWhole: false, isOld: true });
    await pass(5_000);
    expect(memory.now()).toMatchObject({ isWhole: true, isOld: false });
    const refused = new ApiProblem(403, { type: 'urn:plenary:problem:not-permitted' } as never);
    from.fails.push(refused);
    who.fails.push(refused);
    await pass(4_000);
    expect(people.now().state).toBe('refused');
    expect(memory.now().of.size).toBe(0);
  });
});
