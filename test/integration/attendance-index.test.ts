import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { meterDatabase } from '../../bench/cost/metered-database.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { attendanceTable } from '../../shared/checkin/attendance/arrivals.ts';
import { loadAttendance, readAttendance } from '../../shared/checkin/attendance/attendance.case.ts';
import {
  addMark,
  attendanceIndex,
  type MarksByTicket,
  RECENT_MARKS,
  TICKET_PARTS,
  ticketPart,
} from '../../shared/checkin/attendance/attendance-index.store.ts';
import {
  compareAttendance,
  indexAttendance,
  keepAttendance,
  resetAttendance,
} from '../../shared/checkin/attendance/keep-attendance.case.ts';
import { attendanceChunkKey, checkInFeedPartition } from '../../shared/checkin/check-in-keys.ts';
import { issueRevocations } from '../../shared/checkin/device/known-device.case.ts';
import { type SharedMark, tellJoined, tellOthers } from '../../shared/checkin/roster/check-in-feed.store.ts';
import { rulesReader } from '../../shared/event/event.store.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { changedEvents, FOLLOWED, jobStore } from '../../shared/event/job.store.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writer } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { checkSubmission } from '../../shared/registration/apply/submission.ts';
import { digestWriter } from '../../shared/registration/digest/digest.store.ts';
import { indexPeople, noteHourly } from '../../shared/registration/people/keep-people.case.ts';
import { comparePeople } from '../../shared/registration/people/people.case.ts';
import { PLACES, peopleStore, RECENT, rowInIndex } from '../../shared/registration/people/people.store.ts';
import { type IndexedPerson, shapeOf } from '../../shared/registration/people/person.ts';
import { newRegistration } from '../../shared/registration/registration-state.store.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const BEGINS = Date.parse('2027-11-02T02:00:00.000Z');
/** Three in the morning at the event. */
const NIGHT = Date.parse('2027-11-02T20:05:00.000Z');
const FAR_AWAY = 2 ** 32;
const { rules: RULES } = splitTexts(forum());

let parts: Parts;
let client: DocumentClient;
let registry: string;

beforeAll(async () => {
  parts = await startParts();
  client = documentClient(parts.database.client);
  registry = parts.database.tables.registry;
});
afterAll(() => parts?.stop());

const random = (bytes: number) => randomBytes(bytes).toString('base64url');
const newTickets = (many: number) => Array.from({ length: many }, () => random(16));
/** As JSON has it, in one order. */
const inOrder = (all: MarksByTicket) =>
  [...all]
    .flatMap(([, marks]) =>
      marks.map((each) => JSON.stringify([each.ticket, each.list, Object.entries(each.mark).sort()])),
    )
    .sort();

let events = 0;

/** An event whose scans are told by a clock that a test moves. */
function started(over: DocumentClient = client) {
  events += 1;
  const event = { ...RULES, id: `attended-${events}` };
  let time = BEGINS;
  const system = { ...realSystem, now: () => new Date(time), backOff: async () => {} };
  const all: MarksByTicket = new Map();
  const attendanceUpTo = new Map<string, { upTo: string; waiting: number; size: number }>();
  const instance = (of = over) => ({
    ...{ system, client: of, registry, attendanceUpTo, attendanceMemory: new Map(), timeZones: new Map() },
    attendanceIndex: attendanceIndex({ client: of, registry, system }),
    readRules: async () => event,
    digestWriter: { recent: async () => [event.id] } as never,
    changedEvents: {
      of: async () => [{ eventId: event.id, revision: 1 }],
      settle: async () => {},
      note: async () => {},
    } as never,
  });
  const one = instance();
  const markOf = (more: object = {}): SharedMark['mark'] => ({
    ...{ scanId: random(16), device: '7K3M9QX2', kind: 'in', correctedAt: time },
    ...more,
  });
  const note = (marks: readonly SharedMark[]) => {
    for (const each of marks) addMark(all, each);
    return marks;
  };
  return {
    event,
    one,
    instance,
    all,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    until: (at: number) => {
      time = at;
    },
    /** A phone tells of tickets at once. */
    async tell(tickets: readonly string[], list = 'event', more: object = {}) {
      const marks = note(tickets.map((ticket) => ({ list, ticket, mark: markOf(more) })));
      const about = { eventId: event.id, device: '7K3M9QX2', at: new Date(time), batch: random(6) };
      await tellOthers(client, registry, about, marks, FAR_AWAY);
      return marks;
    },
    async join(ticket: string, list = 'session-opening') {
      const [joined] = note([{ list, ticket, mark: markOf({ device: 'online' }) }]);
      if (joined) await tellJoined(client, registry, event.id, joined, FAR_AWAY);
    },
    keep: (deps = one) => keepAttendance(deps, event.id, () => true),
    minute: (deps = one) => indexAttendance(deps),
    read: async (deps = instance()) => inOrder(await readAttendance(deps, event.id)),
    wanted: () => inOrder(all),
    chunks: async () =>
      (await one.attendanceIndex.chunks(event.id, [RECENT_MARKS, ...TICKET_PARTS], true)) as never as (
        place: string,
      ) => {
        version: number;
        chunk?: { marks: MarksByTicket; upTo: string; since?: string; others?: number };
      },
    lose: (place: string) =>
      client.send(new DeleteCommand({ TableName: registry, Key: attendanceChunkKey(event.id, place) })),
    damage: (place: string) =>
      client.send(
        new UpdateCommand({
          ...{ TableName: registry, Key: attendanceChunkKey(event.id, place) },
          ...{ UpdateExpression: 'SET marks = :none', ExpressionAttributeValues: { ':none': new Uint8Array([1]) } },
        }),
      ),
  };
}

describe('CI13, RE11: the index of attendance', () => {
  it('has all that was told, from doors and online, whether it was kept, laid down, or told a moment ago', async () => {
    const event = started();
    expect(await event.read()).toEqual([]);
    const tickets = newTickets(300);
    await event.tell(tickets.slice(0, 100));
    await event.join(tickets[0] ?? '');
    expect(await event.read()).toEqual(event.wanted());
    event.pass(MINUTE);
    await event.keep();
    const recent = (await event.chunks())(RECENT_MARKS);
    expect([...(recent.chunk?.marks.values() ?? [])].flat()).toHaveLength(101);
    expect(await event.read()).toEqual(event.wanted());
    const [first] = await event.tell(tickets.slice(100, 101), 'media', { kind: 'in' });
    await event.tell(tickets.slice(100, 101), 'media', { kind: 'undo', undoes: first?.mark.scanId });
    await event.tell(tickets.slice(100));
    event.pass(MINUTE);
    await event.keep();
    expect(Number((await event.chunks())(RECENT_MARKS).chunk?.since?.length)).toBeGreaterThan(0);
    expect(await event.read()).toEqual(event.wanted());
    await event.tell(tickets.slice(0, 10), 'media');
    const warm = event.instance();
    expect(await event.read(warm)).toEqual(event.wanted());
    await event.tell(tickets.slice(10, 20), 'media');
    expect(await event.read(warm)).toEqual(event.wanted());
  });

  it('is written by what was told, and not at rest; what was joined before it was noted for all lists together is in it', async () => {
    const event = started();
    const mark = { scanId: random(16), device: 'online', kind: 'in' as const, correctedAt: BEGINS };
    const before = { list: 'session-opening', ticket: random(16), mark };
    addMark(event.all, before);
    const old = { v: 1, marks: [`session-opening ${before.ticket} i ${BEGINS.toString(36)} ${mark.scanId} online`] };
    const pk = `${checkInFeedPartition(event.event.id)}#session-opening`;
    const sk = `${new Date(BEGINS).toISOString()}#${before.ticket}`;
    await client.send(new PutCommand({ TableName: registry, Item: { ...old, pk, sk } }));
    await event.tell(newTickets(120));
    event.pass(MINUTE);
    await event.minute();
    expect(await event.read()).toEqual(event.wanted());
    const written = (await event.chunks())(RECENT_MARKS).version;
    for (let n = 0; n < 3; n += 1) {
      event.pass(MINUTE);
      await event.minute();
      await event.minute(event.instance());
    }
    // One more of 121 is left to those that follow.
    await event.tell(newTickets(1));
    event.pass(MINUTE);
    await event.minute();
    expect((await event.chunks())(RECENT_MARKS).version).toBe(written);
    expect(await event.read()).toEqual(event.wanted());
    await event.tell(newTickets(5));
    event.pass(MINUTE);
    await event.minute();
    expect((await event.chunks())(RECENT_MARKS).version).toBe(written + 1);
    expect(await event.read()).toEqual(event.wanted());
  });

  it('is made up for by who reads it, and made anew by who keeps it, whatever of it is lost or damaged', async () => {
    for (const harm of ['lose', 'damage'] as const) {
      const event = started();
      const tickets = newTickets(400);
      await event.tell(tickets);
      event.pass(MINUTE);
      await event.keep();
      event.pass(MINUTE);
      const place = ticketPart(tickets[0] ?? '');
      for (const which of [place, RECENT_MARKS]) {
        await event[harm](which);
        expect(await event.read(), `${harm} ${which}`).toEqual(event.wanted());
        await event.tell(newTickets(250));
        event.pass(MINUTE);
        await event.keep();
        expect(await event.read(), `${harm} ${which}`).toEqual(event.wanted());
        expect((await event.chunks())(which).chunk, `${harm} ${which}`).toBeDefined();
      }
      // By the command that makes the index of people anew.
      await resetAttendance(event.one, { eventId: event.event.id, createdAt: new Date(NIGHT).toISOString() });
      expect((await event.chunks())(RECENT_MARKS).chunk?.upTo).toBe('');
      expect(await event.read()).toEqual(event.wanted());
      await event.keep();
      expect(await event.read()).toEqual(event.wanted());
    }
  });

  it('is none the older for being written while it is read: a chunk read before the recent ones is read again', async () => {
    const event = started();
    const tickets = newTickets(400);
    await event.tell(tickets);
    event.pass(MINUTE);
    await event.keep();
    const place = ticketPart(tickets[0] ?? '');
    const before = (await event.chunks())(place);
    // Many more, so that all are laid to their chunks.
    await event.tell([tickets[0] ?? '', ...newTickets(400)], 'session-opening');
    event.pass(MINUTE);
    await event.keep();
    expect((await event.chunks())(place).version).toBeGreaterThan(before.version);
    const reader = event.instance();
    const { chunks } = reader.attendanceIndex;
    const again: string[] = [];
    reader.attendanceIndex = {
      ...reader.attendanceIndex,
      async chunks(eventId, places, isConsistent) {
        const find = await chunks(eventId, places, isConsistent);
        if (isConsistent) again.push(...places);
        return (wanted) => (wanted === place && !isConsistent ? (before as never) : find(wanted));
      },
    };
    expect(await event.read(reader)).toEqual(event.wanted());
    expect(again).toEqual([place]);
  });

  it('is compared at night with all that was told: what it lacks is counted, and it is made anew', async () => {
    const event = started();
    await event.tell(newTickets(300));
    event.pass(MINUTE);
    await event.keep();
    event.until(NIGHT);
    const told = vi.spyOn(console, 'log').mockImplementation(() => {});
    await compareAttendance(event.one);
    expect(told.mock.calls.join()).not.toContain('PeopleDiffer');
    // It was told before, and written only now.
    const late = [
      {
        list: 'event',
        ticket: random(16),
        mark: { scanId: random(16), device: 'd', kind: 'in' as const, correctedAt: BEGINS },
      },
    ];
    for (const each of late) addMark(event.all, each);
    const about = { eventId: event.event.id, device: 'd', at: new Date(BEGINS - MINUTE), batch: 'late' };
    await tellOthers(client, registry, about, late, FAR_AWAY);
    await event.tell(newTickets(40));
    event.pass(MINUTE);
    expect(await event.read()).not.toEqual(event.wanted());
    await compareAttendance(event.one);
    expect(told.mock.calls.join()).toContain('"PeopleDiffer":1');
    told.mockRestore();
    event.pass(MINUTE);
    await event.minute();
    expect(await event.read()).toEqual(event.wanted());
  });

  it('is right whoever writes it at once, and whenever it is read meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('tell', 'tell', 'join', 'keep', 'both', 'read', 'minute', 'reset'), { maxLength: 14 }),
        async (steps) => {
          const event = started();
          const warm = event.instance();
          for (const step of steps) {
            event.pass(20 * SECOND);
            if (step === 'tell') await event.tell(newTickets(90));
            if (step === 'join') await event.join(random(16));
            if (step === 'keep') await event.keep();
            if (step === 'both')
              await Promise.allSettled([event.keep(), event.keep(event.instance()), event.read(warm)]);
            if (step === 'minute') await event.minute();
            if (step === 'reset')
              await resetAttendance(event.one, { eventId: event.event.id, createdAt: new Date(NIGHT).toISOString() });
            if (step === 'read') expect(await event.read(warm)).toEqual(event.wanted());
            expect(await event.read()).toEqual(event.wanted());
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  it('names tickets by their hashes, and nobody by anything else', async () => {
    const event = started();
    await event.tell(newTickets(3));
    event.pass(MINUTE);
    await event.keep();
    const items = await scan(parts, 'registry', { partitions: [`ATTENDANCE#${event.event.id}#${RECENT_MARKS}`] });
    expect(items).toHaveLength(1);
    const names = ['expiresAt', 'hash', 'marks', 'pk', 'since', 'sk', 'upTo', 'v', 'version', 'writtenAt'];
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(names);
  });
});

describe('RE11: what indexes cost at rest', () => {
  it('is nothing a minute, of an event that may change and of one that was over for long, and changes are taken in all the same', async () => {
    const meter = await meterDatabase(parts.database.endpoint);
    const metered = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
    try {
      const event = started();
      const { id } = event.event;
      const of = documentClient(metered);
      const given = { client: of, registry, outbox: parts.database.tables.outbox, system: event.one.system };
      const deps = {
        ...event.instance(of),
        people: peopleStore(given),
        jobs: jobStore(given),
        indexedUpTo: new Map<string, string>(),
        readRules: rulesReader(given),
        digestWriter: digestWriter(given),
        changedEvents: changedEvents(given),
        checkIns: given,
        waitlist: { readEvent: rulesReader(given) } as never,
        ticketKey: {} as never,
      };
      await parts.publish(forum({ id }));
      const tickets = newTickets(2_000);
      await indexed(event.event, tickets);
      for (let n = 0; n < tickets.length; n += 50) await event.tell(tickets.slice(n, n + 50));
      event.pass(MINUTE);
      const units = async (...chores: readonly ((of: typeof deps) => Promise<void>)[]) => {
        meter.take();
        for (const chore of chores) await chore(deps);
        const asked = meter.take();
        expect(asked.reduce((sum, { writeUnits }) => sum + writeUnits, 0)).toBe(0);
        return asked.reduce((sum, { readUnits }) => sum + readUnits, 0);
      };
      const minute = async () => {
        event.pass(MINUTE);
        return units(indexPeople, indexAttendance, issueRevocations);
      };
      const others = async () => (await event.chunks())(RECENT_MARKS).chunk?.others;
      // By notes of what phones told.
      expect(await others()).toBeUndefined();
      await indexAttendance(deps);
      expect(await others()).toBe(tickets.length);
      await indexAttendance(deps);
      const list = async () => {
        meter.take();
        await deps.digestWriter.recent();
        return meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0);
      };
      const AN_EMPTY_LOOK = 0.5;
      const AT_REST = 3 * AN_EMPTY_LOOK;
      for (let n = 0; n < 5; n += 1) expect(await minute()).toBe(AT_REST);
      const compare = () => units(comparePeople, compareAttendance);
      const byDay = [await compare(), await compare()].map((all) => all - 2 * AN_EMPTY_LOOK);
      expect(byDay).toEqual([expect.any(Number), 0]);
      // A note that is lost is written again within the hour, of each index, and once.
      for (let quarter = 0; quarter < 4; quarter += 1) {
        event.pass(15 * MINUTE);
        await noteHourly(deps);
      }
      for (const what of FOLLOWED)
        expect((await deps.changedEvents.of(what)).map(({ eventId }) => eventId)).toEqual([id]);
      for (const look of [indexPeople, indexAttendance, issueRevocations]) await look(deps);
      expect(await minute()).toBe(AT_REST);
      const last = Date.parse(`${forum().days.at(-1)?.date}T00:00:00.000Z`);
      const aDay = async (daysLater: number) => {
        let more = 0;
        for (let quarter = 0; quarter < 96; quarter += 4) {
          event.until(last + daysLater * DAY + quarter * 15 * MINUTE);
          more += await units(indexPeople, indexAttendance, comparePeople, compareAttendance);
          more -= 2 * (AN_EMPTY_LOOK + (await list()));
        }
        return more;
      };
      expect(await aDay(40)).toBe(0);
      expect(await aDay(400), 'retention is over').toBe(0);
      // Who reads an event that is over for long has all the same what was told since.
      await event.tell(newTickets(3), 'media');
      expect(await event.read()).toEqual(event.wanted());
      // A postponed event has days that are over, and is kept.
      await parts.publish(forum({ id, status: 'postponed' }));
      event.until(last + 500 * DAY);
      expect(await deps.digestWriter.recent()).toContain(id);
    } finally {
      metered.destroy();
      await meter.stop();
    }
  }, 120_000);
});

/** The index of people, with a person for each ticket. */
async function indexed(event: typeof RULES, tickets: readonly string[]): Promise<void> {
  const people = peopleStore({ client, registry, system: realSystem });
  const checked = checkSubmission(RULES, submission({ email: 'who@example.org' }));
  if ('issues' in checked) throw new Error(JSON.stringify(checked.issues));
  const rows = tickets.map((ticket, n) => {
    const made = newRegistration(realSystem, event as never, checked.application, { status: 'confirmed', seats: [] });
    const row = rowInIndex(event, { ...made, fullName: `Person ${n}`, changedAt: '2027-01-01T00:00:00.000Z' });
    return { ...row, ticket } as IndexedPerson;
  });
  const upTo = new Date(BEGINS).toISOString();
  for (const place of [...PLACES, RECENT]) {
    const own = rows.filter(({ reference }) => reference.startsWith(place));
    const chunk = {
      shape: shapeOf(event),
      upTo,
      since: upTo,
      writtenAt: upTo,
      others: rows.length,
      people: own,
      minors: [],
    };
    await people.write(event.id, place, { version: 0 }, chunk, FAR_AWAY);
  }
}

/** What an organiser is handed by a function that just began. */
async function loader(event: ReturnType<typeof started>, of: DocumentClient) {
  const deps = {
    ...event.instance(of),
    people: peopleStore({ client: of, registry, system: event.one.system }),
    peopleMemory: new Map(),
    notedNews: new Map(),
    auditTable: parts.database.tables.audit,
    write: writer({ client: of, system: realSystem }),
    events: { readEvent: async () => ({ event: event.event }) } as never,
    registrations: {} as never,
  };
  const caller = { id: 'm', grants: [{ role: 'organiser' }] } as never;
  return async (query: object) => {
    const wanted = { params: { eventId: event.event.id }, query, language: 'en' } as never;
    const reply = (await loadAttendance(deps)(wanted, caller)) as { readonly body: unknown };
    return reply.body as { people: AttendanceTable; total: number; cursor: string; next?: string };
  };
}

type AttendanceTable = ReturnType<typeof attendanceTable>;

describe('RE11: what attendance costs, of 20,000 people', () => {
  it('is at most two write units a scan, and 109 read units cold and 3 warm beside those of the people index', async () => {
    const meter = await meterDatabase(parts.database.endpoint);
    const metered = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
    try {
      const event = started();
      const deps = event.instance(documentClient(metered));
      const tickets = newTickets(20_000);
      let [scans, writes] = [0, 0];
      for (const list of ['event', 'day-day-1', 'session-opening']) {
        for (let n = 0; n < tickets.length; n += 400) {
          const some = Array.from({ length: 20 }, (_, each) => tickets.slice(n + each * 20, n + each * 20 + 20));
          for (const batch of some) {
            event.pass(1000 + (n % 977));
            await event.tell(batch, list);
            scans += batch.length;
          }
          event.pass(MINUTE);
          meter.take();
          await indexAttendance(deps);
          writes += meter.take().reduce((sum, { writeUnits }) => sum + writeUnits, 0);
        }
      }
      expect(scans).toBe(60_000);
      expect(writes / scans).toBeLessThanOrEqual(2);
      const read = async (reader: ReturnType<typeof event.instance>) => {
        meter.take();
        const known = await readAttendance(reader, event.event.id);
        expect(known.size).toBe(20_000);
        return meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0);
      };
      const reader = event.instance(documentClient(metered));
      const cold = await read(reader);
      const warm = await read(reader);
      expect({ cold: cold <= 109, warm: warm <= 3, figures: [cold, warm, writes / scans] }).toMatchObject({
        ...{ cold: true, warm: true },
      });
      await indexed(event.event, tickets);
      const load = await loader(event, documentClient(metered));
      const asked = async (query: object) => {
        meter.take();
        const [{ user: began }, answer] = [process.cpuUsage(), await load(query)];
        const spent = (process.cpuUsage().user - began) / SECOND;
        const units = meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0);
        return { ...answer, units, spent };
      };
      const first = await asked({});
      expect(first.people.references).toHaveLength(2_500);
      expect(first.total).toBe(20_000);
      expect(first.units).toBeLessThanOrEqual(220);
      const next = await asked({ after: first.next, cursor: first.cursor });
      expect(next.units).toBeLessThanOrEqual(12);
      await event.tell(tickets.slice(0, 1), 'media');
      event.pass(4 * SECOND);
      const looks = [];
      for (let n = 0; n < 3; n += 1) looks.push(await asked({ cursor: first.cursor }));
      for (const news of looks) {
        expect(news.people.references).toHaveLength(1);
        expect(news.units).toBeLessThanOrEqual(12);
      }
      // Of one core, with room for what else runs on it: 30 ms and 300 ms are what it is to be. The quickest of three
      // counts, as one of them may pay for collecting the garbage of the 60,000 scans above.
      expect(Math.min(...looks.map(({ spent }) => spent))).toBeLessThanOrEqual(120);
      expect(first.spent).toBeLessThanOrEqual(1_200);
    } finally {
      metered.destroy();
      await meter.stop();
    }
  }, 240_000);
});
