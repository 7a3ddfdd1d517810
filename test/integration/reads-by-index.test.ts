import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { registerPeople } from '../../bench/people.ts';
import type { realDeps as realCheckin } from '../../functions/checkin/index.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { announceToAll } from '../../shared/announcements/timed/announce.case.ts';
import { previewMessage, sendMessage } from '../../shared/announcements/write/send.case.ts';
import { addToCount } from '../../shared/checkin/attendance/attendance.store.ts';
import { showArrivalBoard } from '../../shared/checkin/attendance/board.case.ts';
import { keepAttendance } from '../../shared/checkin/attendance/keep-attendance.case.ts';
import { listBadges } from '../../shared/checkin/review/list-badges.case.ts';
import { type SharedMark, tellOthers } from '../../shared/checkin/roster/check-in-feed.store.ts';
import { holdersOf } from '../../shared/checkin/scan/holders.case.ts';
import { searchPeople } from '../../shared/checkin/search/search-people.case.ts';
import { EVENT_FORM } from '../../shared/feedback/form/form.ts';
import { attendance, peopleIn } from '../../shared/feedback/result/attended.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { peopleChunkKey, roleKey } from '../../shared/kernel/dynamo/keys.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { previewBulk } from '../../shared/registration/bulk/bulk.case.ts';
import { makePeople } from '../../shared/registration/people/keep-people.case.ts';
import { type PeopleStore, PLACES, RECENT } from '../../shared/registration/people/people.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { toRoleAttributes } from '../../shared/team/role/role.store.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, SEARCH_CODE, scanId } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { openEvent } from '../support/self-service.ts';

type Deps = ReturnType<typeof realCheckin>;

let parts: Parts;
let meter: MeteredDatabase;
let client: DynamoDBClient;
beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
});
afterAll(async () => {
  client?.destroy();
  await meter?.stop();
  await parts?.stop();
});

const WORDS = ['so', 'kha', 'chan', 'dara', 'srey', 'mony', 'vi', 'chea', 'than', 'nguy'];
/** A name that nobody else has among 1,000. */
const nameOf = (each: number): string =>
  [...String(each).padStart(3, '0')].map((digit) => WORDS[Number(digit)]).join('');

async function makeIndex(eventId: string): Promise<void> {
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const job = { eventId, job: 'make-people' } as never;
  await asFunction('housekeeping', () => makePeople(realDeps(documentClient(parts.database.client)), job));
}

/** References of those to whom a message was written. */
const mailsOf = async (messageId: string): Promise<readonly string[]> =>
  (await scan(parts, 'outbox'))
    .filter((item) => item['announcement'] === messageId)
    .map((item) => String(item['reference']))
    .sort();

const NOW = new Date().toISOString();

/** What a new instance of a function reads for what it is asked. */
async function instance(eventId: string, over: Partial<PeopleStore> = {}) {
  const [checkin, doors] = [
    await import('../../functions/checkin/index.ts'),
    await import('../../functions/doors/index.ts'),
  ];
  const desk = await openPhone(parts, eventId, { maySearch: true });
  const real = checkin.realDeps(documentClient(client));
  const atDoor: Deps = { ...real, people: { ...real.people, ...over } };
  const atDesk = doors.realDeps(documentClient(client));
  const forOrganisers = { ...atDesk, people: { ...atDesk.people, ...over } };
  const member = { id: 'm', grants: [{ role: 'organiser' as const }], label: 'M', createdAt: NOW, revision: 1 };
  const Item = { ...roleKey(eventId, member.id), ...toRoleAttributes(member) };
  await documentClient(parts.database.client).send(new PutCommand({ TableName: parts.database.tables.registry, Item }));
  const caller = member as never;
  const [messages, housekeeping] = [
    await import('../../functions/messages/index.ts'),
    await import('../../functions/housekeeping/index.ts'),
  ];
  const writing = messages.realDeps(documentClient(client));
  const forWriters = { ...writing, people: { ...writing.people, ...over } };
  const behind = housekeeping.realDeps(documentClient(client));
  const atWork = { ...behind, people: { ...behind.people, ...over } };
  const organiser = await import('../../functions/organiser/index.ts');
  const deciding = organiser.realDeps(documentClient(client));
  const words = { en: { subject: 'News', text: 'Something is new.' } };
  const ofMessages = async (answer: unknown) => ((await answer) as { body: Record<string, unknown> }).body;
  const cost = async <T>(look: () => Promise<T>) => {
    meter.take();
    const value = await look();
    return { value, units: meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0) };
  };
  return {
    search: (q: string) =>
      cost(async () => {
        const headers = { ...desk.headers, 'search-unlock': `code ${SEARCH_CODE}` };
        const { body } = await asFunction('checkin', async () => {
          const answer = await searchPeople(atDoor).admit({ ...headers, params: {} } as never);
          return answer({ query: { q }, headers } as never) as Promise<{ body: { people: { reference: string }[] } }>;
        });
        return body.people;
      }),
    badges: (query: Record<string, string> = {}) =>
      cost(async () => {
        const wanted = { params: { eventId }, query, language: 'en' } as never;
        const reply = await asFunction('doors', () => listBadges(forOrganisers)(wanted, caller));
        return (reply as { body: { badges: { reference: string }[]; total: number; next?: string } }).body;
      }),
    preview: (segment: object = {}) =>
      cost(() =>
        asFunction('messages', () => {
          const wanted = { params: { eventId }, body: { segment }, language: 'en' } as never;
          return ofMessages(previewMessage(forWriters)(wanted, caller));
        }),
      ),
    previewBulk: (kind: string, references: readonly string[]) =>
      cost(() =>
        asFunction('organiser', async () => {
          const body = { kind, people: references.map((reference) => ({ reference, revision: 1 })) };
          const wanted = { params: { eventId }, body, language: 'en' } as never;
          return ofMessages(previewBulk(deciding)(wanted, caller));
        }),
      ),
    /** The message, and then its job. */
    send: async (messageId: string, people: number, segment: object = {}) => {
      const asked = await cost(() =>
        asFunction('messages', () => {
          const body = { segment, words, people };
          return ofMessages(
            sendMessage(forWriters)({ params: { eventId, messageId }, body, language: 'en' } as never, caller),
          );
        }),
      );
      const job = { eventId, reference: messageId, job: 'announce' } as never;
      const done = await cost(() => asFunction('housekeeping', () => announceToAll(atWork, job)));
      return { asked, done };
    },
    holders: (tickets: readonly string[]) =>
      cost(async () => {
        const { event } = (await atDoor.events.readEvent(eventId, 'en')) ?? {};
        if (event === undefined) throw new Error('no event');
        const found = await asFunction('checkin', () =>
          holdersOf(
            atDoor,
            event,
            tickets.map((ticket) => ({ ticket })),
          ),
        );
        return tickets.map((ticket) => found.get(ticket)?.reference);
      }),
  };
}

describe('RE11: of 1,000 people', () => {
  let people: readonly Registration[];
  beforeAll(async () => {
    const { endpoint, tables } = parts.database;
    const where = { endpoints: { dynamodb: endpoint }, tables };
    people = await registerPeople(where, 'a-thousand', 1_000, (each) => ({
      ...{ fullName: nameOf(each), badgeName: nameOf(each), mode: 'in-person' },
      ...(each % 100 === 7 && { category: 'ngo' }),
    }));
    // What changed a moment ago is told again.
    vi.useFakeTimers({ now: Date.now() + 300_000, toFake: ['Date'] });
    await makeIndex('a-thousand');
  });
  afterAll(() => vi.useRealTimers());
  const someone = (each: number) => people[each] as Registration;

  it('a desk finds one with few reads, and reads no more than those whom it shows', async () => {
    const { search } = await instance('a-thousand');
    const cold = await search(nameOf(123));
    expect(cold.value).toMatchObject([{ reference: someone(123).reference, ticket: ticketHashOf(someone(123)) }]);
    const warm = await search(nameOf(456).toUpperCase());
    expect(warm.value.map(({ reference }) => reference)).toEqual([someone(456).reference]);
    const many = await search('sokha');
    expect(many.value).toHaveLength(20);
    expect(cold.units).toBeLessThanOrEqual(40);
    expect(warm.units).toBeLessThanOrEqual(13);
    expect(many.units).toBeLessThanOrEqual(warm.units + 20);
  });

  it('a badge is read with one person, and badges with a read for each beside the index', async () => {
    const { badges } = await instance('a-thousand');
    await badges({ reference: someone(1).reference });
    const one = await badges({ reference: someone(2).reference });
    expect(one.value.badges).toMatchObject([{ reference: someone(2).reference, code: someone(2).ticketId }]);
    expect(one.units).toBeLessThanOrEqual(4);
    const cold = await badges();
    const warm = await badges();
    expect(warm.value).toMatchObject({ total: 1_000, next: expect.any(String) });
    const next = await badges({ after: String(warm.value.next) });
    const names = [...people].map(({ badgeName, reference }) => `${badgeName} ${reference}`).sort();
    expect([...warm.value.badges, ...next.value.badges].map(({ reference }) => reference)).toEqual(
      names.map((each) => each.split(' ')[1]),
    );
    expect(cold.units - cold.value.badges.length).toBeLessThanOrEqual(40);
    expect(warm.units - warm.value.badges.length).toBeLessThanOrEqual(12);
  });

  it('what concerns one person reads no index: a message to them, and a change of them', async () => {
    const { preview, previewBulk: change, send } = await instance('a-thousand');
    const { reference } = someone(5);
    // A new instance reads the event.
    await Promise.all([preview({ people: [reference] }), change('cancel', [reference])]);
    for (const [of, typed] of [
      [{ people: 1, mails: 1, notFor: { unknown: 0 } }, reference],
      [{ people: 1, mails: 1, notFor: { unknown: 0 } }, ` ${reference.toLowerCase()}`],
      [{ people: 0, mails: 0, notFor: { unknown: 1 } }, 'ZZZZZZZZZZ'],
      [{ people: 0, mails: 0, notFor: { unknown: 1 } }, ''],
    ] as const) {
      const asked = await preview({ people: [typed] });
      expect(asked.value, typed).toMatchObject(of);
      expect(asked.units, typed).toBeLessThanOrEqual(4);
    }
    const changed = await change('cancel', [reference]);
    expect(changed.value).toMatchObject({ fit: 1, refused: [], unknown: 0 });
    expect(changed.units).toBeLessThanOrEqual(4);
    const { asked } = await send('to-one', 1, { people: [reference] });
    expect(asked.units).toBeLessThanOrEqual(8);
    expect(await mailsOf('to-one')).toEqual([reference]);
  });

  it('a message to some of them reads these alone, and in the background', async () => {
    const { preview, send } = await instance('a-thousand');
    const some = { categories: ['ngo'] };
    const cold = await preview(some);
    const warm = await preview();
    expect([cold.value, warm.value]).toMatchObject([{ people: 10, mails: 10 }, { people: 1_000 }]);
    expect(cold.units).toBeLessThanOrEqual(40);
    expect(warm.units).toBeLessThanOrEqual(12);
    const { asked, done } = await send('to-ten', 10, some);
    expect(asked.value).toMatchObject({ expected: 10 });
    expect(asked.units).toBeLessThanOrEqual(16);
    expect(await mailsOf('to-ten')).toEqual(
      people
        .filter(({ category }) => category === 'ngo')
        .map(({ reference }) => reference)
        .sort(),
    );
    // A new instance of the job's function, and ten people.
    expect(done.units).toBeLessThanOrEqual(55);
  });

  it('a page of results says with few reads how many people came to any of several lists', async () => {
    const eventId = 'a-thousand';
    const table = parts.database.tables.registry;
    const direct = documentClient(parts.database.client);
    const came = { 'day-day-1': people.slice(0, 600), 'day-day-2': people.slice(300, 900) };
    const at = Date.now();
    const undoable: SharedMark[] = [];
    for (const [list, comers] of Object.entries(came)) {
      const marks = comers.map((each) => ({
        ...{ list, ticket: ticketHashOf(each) },
        mark: { scanId: scanId(), device: '7K3M9QX2', kind: 'in' as const, correctedAt: at },
      }));
      undoable.push(...marks.slice(0, 1));
      for (let n = 0; n < marks.length; n += 50) {
        const about = { eventId, device: '7K3M9QX2', at: new Date(at + n), batch: `${list} ${n}` };
        await tellOthers(direct, table, about, marks.slice(n, n + 50), 2 ** 32);
      }
      const id = { list, device: '7K3M9QX2', lane: 0, category: 'academia', mode: 'in-person' };
      const counted = addToCount(table, eventId, id, { came: comers.length, inside: comers.length }, 2 ** 32);
      await writeAll(direct, [counted], realSystem);
    }
    vi.setSystemTime(at + 300_000);
    const { realDeps: housekeeping } = await import('../../functions/housekeeping/index.ts');
    await asFunction('housekeeping', async () => keepAttendance(housekeeping(), eventId, () => true));
    const { realDeps } = await import('../../functions/feedback-results/index.ts');
    const deps = realDeps(documentClient(client));
    const { event } = (await deps.events.readEvent(eventId, 'en')) ?? {};
    if (event === undefined) throw new Error('no event');
    const look = async () => {
      meter.take();
      const { attendedBy } = await asFunction('feedback-results', () => attendance(deps, event));
      const attended = [EVENT_FORM, EVENT_FORM].map((id) => asFunction('feedback-results', () => attendedBy({ id })));
      return {
        people: (await Promise.all(attended)).map(peopleIn),
        units: meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0),
      };
    };
    const [cold, warm] = [await look(), await look()];
    expect([cold.people, warm.people]).toEqual([
      [900, 900],
      [900, 900],
    ]);
    expect(cold.units).toBeLessThanOrEqual(75);
    // What may be said of who answers the second form is a unit more.
    expect(warm.units - 1).toBeLessThanOrEqual(12);
    // One who had come to a day alone was not there after all.
    const [takenBack] = undoable;
    if (takenBack === undefined) throw new Error('nobody came');
    const undo = {
      ...takenBack,
      mark: { ...takenBack.mark, scanId: scanId(), kind: 'undo' as const, undoes: takenBack.mark.scanId },
    };
    const about = { eventId, device: '7K3M9QX2', at: new Date(), batch: 'undo' };
    await tellOthers(direct, table, about, [undo], 2 ** 32);
    expect((await look()).people, 'the same instance').toEqual([899, 899]);
    const { realDeps: doors } = await import('../../functions/doors/index.ts');
    const board = showArrivalBoard(doors(documentClient(client)));
    const organiser = { id: 'm', grants: [{ role: 'organiser' }] } as never;
    const shown = async () => {
      const wanted = { params: { eventId }, query: { list: 'day-day-1' }, language: 'en' } as never;
      meter.take();
      const { body } = (await asFunction('doors', () => board(wanted, organiser))) as { body: object };
      expect(JSON.stringify(body)).toContain(':599');
      return meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0);
    };
    await shown();
    expect(await shown(), 'a board, with lists and phones').toBeLessThanOrEqual(12);
  });

  it('whose ticket a phone does not know is found with few reads', async () => {
    const { holders } = await instance('a-thousand');
    const some = [10, 20, 30].map(someone);
    const cold = await holders(some.map(ticketHashOf));
    expect(cold.value).toEqual(some.map(({ reference }) => reference));
    const warm = await holders([ticketHashOf(someone(40))]);
    expect(warm.value).toEqual([someone(40).reference]);
    expect(cold.units).toBeLessThanOrEqual(50);
    expect(warm.units).toBeLessThanOrEqual(16);
  });
});

describe('RE11: whatever the people index says', () => {
  /** An index that hears of nothing any more. */
  const LAGGING: Partial<PeopleStore> = { changes: async function* () {} };

  async function spoil(eventId: string, how: 'lost' | 'damaged', places = [RECENT, ...PLACES]): Promise<void> {
    const TableName = parts.database.tables.registry;
    const documents = documentClient(parts.database.client);
    for (const Key of places.map((place) => peopleChunkKey(eventId, place))) {
      if (how === 'lost') await documents.send(new DeleteCommand({ TableName, Key }));
      else {
        const { Item } = await documents.send(new GetCommand({ TableName, Key }));
        const people = Uint8Array.from(Item?.['people'] as Uint8Array).reverse();
        await documents.send(new PutCommand({ TableName, Item: { ...Item, people } }));
      }
    }
  }

  it('the same people are found, by name, address, reference and ticket, and have the same badges', async () => {
    const id = 'spoiled';
    const event = await openEvent(parts, id, { sessions: [] });
    const names = ['Sokha Sample', 'ដារា គំរូ', 'Đặng Mẫu'];
    for (const [place, fullName] of names.entries()) {
      await event.register(`spoiled-${place}@example.org`, { fullName, badgeName: fullName, mode: 'in-person' });
    }
    const everyone = await Promise.all(names.map((_, place) => event.registrationOf(`spoiled-${place}@example.org`)));
    const look = async (over: Partial<PeopleStore> = {}) => {
      const { search, badges, holders, preview, send } = await instance(id, over);
      const asked = ['sokha', 'ដារា', 'dang mau', 'SPOILED-1@example.org', everyone[2]?.reference ?? ''];
      const found = [];
      for (const q of asked) found.push((await search(q)).value);
      const messageId = `spoiled-${Date.now()}`;
      await send(messageId, 3);
      return {
        ...{ found, badges: (await badges()).value, holders: (await holders(everyone.map(ticketHashOf))).value },
        ...{ audience: (await preview()).value, mails: await mailsOf(messageId) },
      };
    };
    const before = await look();
    expect(before.found.map((some) => some.map(({ reference }) => reference))).toEqual(
      [0, 1, 2, 1, 2].map((place) => [everyone[place]?.reference]),
    );
    expect(before.badges.total).toBe(3);
    expect(before.audience).toMatchObject({ people: 3, mails: 3 });
    expect(before.mails).toEqual(everyone.map(({ reference }) => reference).sort());
    expect(before.holders).toEqual(everyone.map(({ reference }) => reference));
    await makeIndex(id);
    expect(await look(), 'made').toEqual(before);
    await spoil(id, 'damaged');
    expect(await look(), 'damaged').toEqual(before);
    await makeIndex(id);
    await spoil(id, 'lost', PLACES.slice(0, 16));
    expect(await look(), 'half lost').toEqual(before);
    await spoil(id, 'lost');
    expect(await look(), 'lost').toEqual(before);
  }, 120_000);

  it('of who registered since it fell behind nobody is lost, nor anyone taken for who they were', async () => {
    const id = 'behind';
    const event = await openEvent(parts, id, { sessions: [] });
    const register = async (name: string) => {
      await event.register(`${name}@example.org`, { fullName: name, badgeName: name, mode: 'in-person' });
      return event.registrationOf(`${name}@example.org`);
    };
    const [early, other] = [await register('earlier'), await register('another')];
    await makeIndex(id);
    const late = await register('later');
    const people = rosterPeople(parts, id);
    await people.change(other, { status: 'cancelled' });
    const { search, badges, holders, send } = await instance(id, LAGGING);
    // Whom the index still holds for confirmed is not written to: it is decided as the mail is written.
    await send('to-confirmed', 2, { statuses: ['confirmed'] });
    expect(await mailsOf('to-confirmed')).toEqual([early.reference]);
    const found = async (q: string) => (await search(q)).value;
    expect(await found(late.reference)).toMatchObject([{ reference: late.reference, isConfirmed: true }]);
    expect(await found('later@example.org')).toMatchObject([{ reference: late.reference }]);
    expect(await found('another')).toMatchObject([{ reference: other.reference, isConfirmed: false }]);
    expect((await holders([late, early].map(ticketHashOf))).value).toEqual([late.reference, early.reference]);
    expect((await badges()).value).toMatchObject({ badges: [{ reference: early.reference }], total: 1 });
    // An index that is not behind has both.
    expect((await (await instance(id)).search('later')).value).toMatchObject([{ reference: late.reference }]);
  });

  it('a registration of a second ago is found at a desk that searched before', async () => {
    const id = 'a-second-ago';
    const event = await openEvent(parts, id, { sessions: [] });
    await makeIndex(id);
    const { search, holders } = await instance(id);
    expect((await search('sokha')).value).toEqual([]);
    await event.register('new@example.org', { fullName: 'Sokha New', badgeName: 'Sokha New' });
    const { reference, ...registered } = await event.registrationOf('new@example.org');
    expect((await search('sokha')).value).toMatchObject([{ reference }]);
    expect((await holders([ticketHashOf(registered)])).value).toEqual([reference]);
  });
});
