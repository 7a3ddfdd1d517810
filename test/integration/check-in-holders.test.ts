import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import type { realDeps as realCheckin } from '../../functions/checkin/index.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { Device } from '../../shared/checkin/device/device.schema.ts';
import { ticketHolderOf } from '../../shared/checkin/holder.ts';
import type { SentScan, SentWalkIn } from '../../shared/checkin/scan/scans.schema.ts';
import { enter } from '../../shared/checkin/walk-in/walk-in.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { headcount } from '../../shared/minors/chaperone/chaperone.ts';
import { registrationPages } from '../../shared/registration/list/registration-list.store.ts';
import { makePeople } from '../../shared/registration/people/keep-people.case.ts';
import type { PeopleStore } from '../../shared/registration/people/people.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { newTicketId } from '../../shared/registration/registration-state.store.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { sentScan } from '../support/phone.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';

type Deps = ReturnType<typeof realCheckin>;

const DAY = 86_400_000;
const ADULTS = 60;

let parts: Parts;
let meter: MeteredDatabase;
let client: DynamoDBClient;
beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  client?.destroy();
  await meter?.stop();
  await parts?.stop();
});

/** An event to which many came yesterday, and what is read to tell whose tickets were scanned at its door now. */
async function atDoor(id: string, number = ADULTS, over: Partial<PeopleStore> = {}) {
  const { holdersOf } = await import('../../shared/checkin/scan/holders.case.ts');
  const { realDeps } = await import('../../functions/checkin/index.ts');
  const people = rosterPeople(parts, id);
  const adults = await Promise.all(Array.from({ length: number }, () => people.enter()));
  people.clock.now += DAY;
  vi.useFakeTimers({ now: people.clock.now, toFake: ['Date'] });
  const { realDeps: housekeeping } = await import('../../functions/housekeeping/index.ts');
  const making = { ...housekeeping(), readRules: async () => people.event };
  await asFunction('housekeeping', () => makePeople(making, { eventId: id, job: 'make-people' } as never));
  const real = realDeps(documentClient(client));
  const deps: Deps = {
    ...real,
    people: { ...real.people, ...over },
    system: { ...realSystem, now: () => new Date(people.clock.now) },
  };
  const read = async <T>(look: () => Promise<T>) => {
    meter.take();
    const value = await asFunction('checkin', look);
    return { value, units: meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0) };
  };
  const everyone = () =>
    read(async () => {
      const all: Registration[] = [];
      for await (const page of registrationPages(deps.client, deps.registry, id)) all.push(...page);
      return all;
    });
  return {
    people,
    adults,
    deps,
    everyone,
    /** @param isNamed whether the phone says which registrations its roster names */
    async look(scanned: readonly Registration[], isNamed = true) {
      const all = scanned.map((each) => ({
        ticket: ticketHashOf(each),
        ...(isNamed && { reference: each.reference }),
      }));
      const { value, units } = await read(() => holdersOf(deps, people.event, all));
      return { found: all.map(({ ticket }) => value.get(ticket)), units };
    },
    /** What is true of them, by all that there is. */
    async truth(scanned: readonly Registration[]) {
      const { value: all } = await everyone();
      const counts = headcount(all, people.event);
      // That nobody has proven whose a ticket is stands in what is read of it now.
      const { registrations } = await readRegistry(parts, id);
      const isProven = new Set(
        registrations.filter(({ unproven }) => unproven === undefined).map(({ reference }) => reference),
      );
      return scanned.map((each) => ({
        reference: each.reference,
        ...(!isProven.has(each.reference) && { unproven: true }),
        ...ticketHolderOf(people.event, each, counts),
      }));
    },
  };
}

describe('whose tickets were scanned', () => {
  it('is read by those alone whom a phone names', async () => {
    const { adults, look, truth } = await atDoor('named');
    const some = adults.slice(0, 10);
    const { found, units } = await look(some);
    expect(found).toEqual(await truth(some));
    expect(units).toBe(10);
  });

  it('CS12: is told of someone under 18 by all who are, and whoever looks after them, and by nobody else', async () => {
    const { people, adults, look, truth, everyone } = await atDoor('minors');
    const { minors } = people.event;
    const agreed = Object.fromEntries((minors?.consents ?? []).map(({ id, version }) => [id, version]));
    const enter = (reference: string) =>
      people.enter({
        ageBand: 'minor',
        minor: {
          guardianConsents: agreed,
          chaperone: { reference, acceptedAt: '2027-10-01T00:00:00.000Z', vettedUntil: '2099-12-31', days: all },
        },
      });
    const all = people.event.days.map(({ id }) => id);
    const ready = { askedAt: '2027-10-01T00:00:00.000Z', acceptedAt: '2027-10-01T00:00:00.000Z', minors: {} };
    const [first, second] = await Promise.all(
      adults.slice(0, 2).map((each) => people.change(each, { chaperoning: { ...ready, vettedUntil: '2099-12-31' } })),
    );
    const young = [await enter(String(first?.reference)), await enter(String(second?.reference))];
    const held = await look(young);
    expect(held.found).toEqual(await truth(young));
    expect(held.found.map((each) => each?.hold)).toEqual([undefined, undefined]);
    expect([held.units, (await everyone()).units]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(held.units).toBeLessThan((await everyone()).units / 3);
    if (first) await people.change(first, { status: 'cancelled' });
    const fewer = await look(young);
    expect(fewer.found).toEqual(await truth(young));
    expect(fewer.found.map((each) => each?.hold)).toContain('chaperone');
  });

  it('is still known where it was replaced, and found where somebody registered a moment ago, without reading everyone', async () => {
    const { people, adults, look, truth, everyone } = await atDoor('recent');
    const [former] = adults as [Registration];
    const { ticketId } = await people.replace(former);
    const recent = await people.enter();
    const replaced = await look([former]);
    // An instance that knows the index by then.
    await look(adults.slice(1, 2), false);
    const unnamed = await look([former, recent], false);
    const total = (await everyone()).units;
    const [now] = await truth([former]);
    const known = { ...now, replaced: { to: ticketHashOf({ ticketId }), at: expect.any(Number) } };
    expect(replaced.found).toEqual([known]);
    expect(unnamed.found).toEqual([known, ...(await truth([recent]))]);
    expect(replaced.units).toBeLessThan(total / 5);
    expect(unnamed.units).toBeLessThan(total / 2);
  });

  it('is found of tickets that were good before it was written whose they are, and nobody is found with another', async () => {
    const { people, adults, look, truth } = await atDoor('long-ago');
    const some = adults.slice(0, 2);
    await forgetHolders(people.event.id);
    expect((await look(some, false)).found).toEqual(await truth(some));
    expect((await look([{ ...(some[0] as Registration), ticketId: '0'.repeat(20) }], false)).found).toEqual([
      undefined,
    ]);
  });
});

/** As everything is that was registered before it was written whose a ticket is. */
async function forgetHolders(eventId: string): Promise<void> {
  const client = documentClient(parts.database.client);
  for (const { pk, sk } of await holderItems(eventId))
    await client.send(new DeleteCommand({ TableName: parts.database.tables.registry, Key: { pk, sk } }));
}

const holderItems = (eventId: string) => scan(parts, 'registry', { partitions: [`TICKET#${eventId}#`] });

describe('RE11: a ticket of a second ago', () => {
  /** An index of changes that tells of nothing yet. */
  const LAGGING: Partial<PeopleStore> = { changes: async function* () {} };

  it('leads to its registration while no index knows it: of an adult, a minor, a walk-in, approved or replaced just now', async () => {
    const { people, deps, look, truth } = await atDoor('unheard-of', 3, LAGGING);
    const { event } = people;
    const [adult, minor] = [await people.enter(), await people.enter({ ageBand: 'minor', minor: {} as never })];
    const waits = await people.enter({ status: 'pending-approval' });
    const approved = await people.change(waits, { status: 'confirmed' });
    const left = await people.change(await people.enter(), { status: 'cancelled' });
    const former = await people.enter();
    const second = await people.replace(former, former.badgeName);
    const third = await people.replace(second, former.badgeName);
    const ticketId = newTicketId(realSystem);
    const told = sentScan({ ticket: ticketHashOf({ ticketId }), correctedAt: people.clock.now }) as SentScan;
    const walker = { ticketId, isAdult: true, fullName: 'Test Walker', organisation: 'Example', country: 'KH' };
    const desk = { eventId: event.id, id: '7K3M9QX2', maySearch: true, enrolledAt: 0 } as Device;
    const typed = { ...walker, category: event.categories[0]?.id } as SentWalkIn;
    await asFunction('checkin', () => enter(deps, desk, event, told, typed));
    const { registrations } = await readRegistry(parts, event.id);
    const walked = registrations.find((each) => each.ticketId === ticketId) as Registration;
    const all = [adult, minor, approved, left, third, walked];
    expect((await look(all, false)).found).toEqual(await truth(all));
    const [now] = await truth([third]);
    const replaced = { to: ticketHashOf(third), at: expect.any(Number) };
    expect((await look([former, second], false)).found).toEqual([
      { ...now, replaced },
      { ...now, replaced },
    ]);
  });

  it('is looked for with as few reads among many as among few', async () => {
    const costs = [];
    for (const number of [2, 2 * ADULTS]) {
      const { people, look, truth } = await atDoor(`among-${number}`, number, LAGGING);
      const three = [await people.enter(), await people.enter(), await people.enter()];
      const { found, units } = await look(three, false);
      expect(found).toEqual(await truth(three));
      costs.push(units);
    }
    // What was replaced, and for each what says whose it is and their registration.
    expect(costs).toEqual([7, 7]);
  });

  it('CS20: says of an erased person no more whose it was, nor of a ticket that was replaced', async () => {
    const { people, adults, look } = await atDoor('erased', 2, LAGGING);
    const [erased, kept] = adults as [Registration, Registration];
    await people.erase(erased);
    const now = await people.replace(kept);
    expect((await holderItems('erased')).map(({ pk, reference }) => [pk, reference])).toEqual([
      [`TICKET#erased#${ticketHashOf(now)}`, kept.reference],
    ]);
    expect((await look([erased], false)).found).toEqual([undefined]);
  });
});
