import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import type { realDeps as realCheckin } from '../../functions/checkin/index.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { ticketHolderOf } from '../../shared/checkin/holder.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { headcount } from '../../shared/minors/chaperone/chaperone.ts';
import { registrationPages } from '../../shared/registration/list/registration-list.store.ts';
import { makePeople } from '../../shared/registration/people/keep-people.case.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry } from '../support/registry.ts';
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
async function atDoor(id: string) {
  const { holdersOf } = await import('../../shared/checkin/scan/holders.case.ts');
  const { realDeps } = await import('../../functions/checkin/index.ts');
  const people = rosterPeople(parts, id);
  const adults = await Promise.all(Array.from({ length: ADULTS }, () => people.enter()));
  people.clock.now += DAY;
  vi.useFakeTimers({ now: people.clock.now, toFake: ['Date'] });
  const { realDeps: housekeeping } = await import('../../functions/housekeeping/index.ts');
  const making = { ...housekeeping(), readRules: async () => people.event };
  await asFunction('housekeeping', () => makePeople(making, { eventId: id, job: 'make-people' } as never));
  const real = realDeps(documentClient(client));
  const deps: Deps = { ...real, system: { ...realSystem, now: () => new Date(people.clock.now) } };
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

  it('is found among everyone where nothing else says whose it is', async () => {
    const { adults, look, truth } = await atDoor('long-ago');
    const some = adults.slice(0, 2);
    expect((await look(some, false)).found).toEqual(await truth(some));
    expect((await look([{ ...(some[0] as Registration), ticketId: '0'.repeat(20) }], false)).found).toEqual([
      undefined,
    ]);
  });
});
