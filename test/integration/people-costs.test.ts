import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { FAR_AWAY, putAll, registerPeople } from '../../bench/people.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { toCareNeedsItem } from '../../shared/care/care.schema.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import type { Reply } from '../../shared/kernel/http/reply.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';

const DAY = 86_400_000;
const ID = 'a-thousand';
const EVERYONE = 1_000;
const [MINORS, CHAPERONES, NEEDY, WAITING] = [20, 5, 30, 40];
/** When the digest of a day is due, in the morning at the event; nothing changes then. */
const MORNING = Math.ceil(Date.now() / DAY) * DAY + 3 * 3_600_000;

let parts: Parts;
let meter: MeteredDatabase;
let client: DynamoDBClient;
let people: readonly Registration[];

const put = (registrations: readonly Registration[]) =>
  putAll(
    parts.database.client,
    parts.database.tables.registry,
    registrations.map((each) => toRegistrationItem({ ...each, revision: each.revision + 1 }, FAR_AWAY)),
  );

beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
  const { endpoint: dynamodb, tables } = parts.database;
  people = await registerPeople({ endpoints: { dynamodb }, tables }, ID, EVERYONE, (nth) => ({
    ...{ fullName: `Person ${nth}`, badgeName: `Person ${nth}`, organisation: `Sample ${nth % 9}` },
  }));
  const each = {
    id: 'each',
    title: { en: 'Each', km: 'នីមួយៗ' },
    per: 'organisation',
    capacity: 200,
    shards: 1,
  } as const;
  await parts.publish(forum({ id: ID, questions: [], quotas: [each] }));
  const seated = people.map((person, nth): Registration => {
    const seats = [{ quota: 'each', group: `sample ${nth % 9}`, shard: 0, state: 'taken' as const }];
    if (nth < MINORS) return { ...person, seats, ageBand: 'minor', minor: { guardianConsents: {} } };
    if (nth < MINORS + CHAPERONES)
      return { ...person, seats, chaperoning: { acceptedAt: person.submittedAt, minors: {} } };
    if (nth >= EVERYONE - WAITING) return { ...person, seats: [], status: 'pending-approval' };
    return { ...person, seats };
  });
  people = seated;
  await put(seated);
  const needs = people.slice(0, NEEDY).map(({ reference }) =>
    toCareNeedsItem(
      {
        eventId: ID,
        reference,
        answers: { help: 'A ramp' },
        edition: 'e'.repeat(22),
        sentAt: people[0]?.submittedAt ?? '',
      },
      FAR_AWAY,
    ),
  );
  await putAll(parts.database.client, tables.care, needs);
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const { makePeople } = await import('../../shared/registration/people/keep-people.case.ts');
  const system = at(realDeps().system);
  const deps = { ...realDeps(), system };
  await asFunction('housekeeping', () => makePeople(deps, newJob(system, 'make-people', ID)));
}, 120_000);
afterAll(async () => {
  client?.destroy();
  await meter?.stop();
  await parts?.stop();
});

const at = <System extends object>(system: System, later = 0) => ({ ...system, now: () => new Date(MORNING + later) });

/** What a look reads, in read units, and what it answers. */
async function cost<T>(name: Parameters<typeof asFunction>[0], look: () => Promise<T>) {
  meter.take();
  const answer = await asFunction(name, look);
  const asked = meter.take();
  return { answer, units: Math.ceil(asked.reduce((sum, { readUnits }) => sum + readUnits, 0)) };
}

const request = { params: { eventId: ID }, query: {}, language: 'en' } as never;
const body = (reply: Reply) => (reply as unknown as { body: Record<string, unknown> }).body;

describe('RE11: what concerns many of a thousand people is read from the index', () => {
  it('the digest of a day: who waits, as one who decides is told', async () => {
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const { sendDigests } = await import('../../shared/registration/digest/send-digests.case.ts');
    const real = realDeps(documentClient(client));
    const digestWriter = { ...real.digestWriter, events: async () => [ID] };
    const { units } = await cost('housekeeping', () => sendDigests({ ...real, digestWriter, system: at(real.system) }));
    const digests = await scan(parts, 'registry', { partitions: [`DIGEST#${ID}`] });
    expect(digests).toContainEqual(expect.objectContaining({ unreached: expect.objectContaining({ count: WAITING }) }));
    expect(units).toBeLessThanOrEqual(40);
  });

  it('quotas for each organisation, and how many would be told of a change, cold and warm', async () => {
    const { realDeps } = await import('../../functions/organiser/index.ts');
    const { peopleReader } = await import('../../shared/registration/people/people.case.ts');
    const { getQuotas } = await import('../../shared/seats/quotas.case.ts');
    const { getEventStatus } = await import('../../shared/event/programme/programme.case.ts');
    const real = realDeps(documentClient(client));
    const system = at(real.system);
    const deps = { ...real, system, knownPeople: peopleReader({ ...real, system }) };
    const caller = { id: 'm', grants: [{ role: 'organiser' }] } as never;
    const cold = await cost('organiser', () => getQuotas(deps)(request, caller));
    const [quota] = body(cold.answer)['quotas'] as { taken: number; groups: { taken: number }[] }[];
    expect([quota?.taken, quota?.groups.length]).toEqual([EVERYONE - WAITING, 9]);
    const warm = await cost('organiser', () => getQuotas(deps)(request, caller));
    expect(body(warm.answer)).toEqual(body(cold.answer));
    const status = await cost('organiser', () => getEventStatus(deps)(request, caller));
    expect(body(status.answer)).toMatchObject({ recipients: EVERYONE });
    expect(cold.units).toBeLessThanOrEqual(50);
    expect(warm.units).toBeLessThanOrEqual(30);
    expect(status.units).toBeLessThanOrEqual(30);
  });

  it('minors and who looks after them: the index says who they are, their registrations how they stand', async () => {
    const { realDeps } = await import('../../functions/care/index.ts');
    const { listMinors } = await import('../../shared/minors/minors.case.ts');
    const real = realDeps(documentClient(client));
    const deps = { ...real, system: at(real.system) };
    const caller = { id: 'm', grants: [{ role: 'safeguarding', vettedUntil: '2099-12-31' }] } as never;
    const look = () => cost('care', () => listMinors(deps)(request, caller));
    const cold = await look();
    const { minors, chaperones } = body(cold.answer) as { minors: { name: string }[]; chaperones: unknown[] };
    expect([minors.length, chaperones.length]).toEqual([MINORS, CHAPERONES]);
    expect(minors.map(({ name }) => name)).toContain('Person 0');
    // What was decided after the index was written is seen at once.
    const [first] = people;
    if (first === undefined) throw new Error('nobody is there');
    await put([{ ...first, ...{ ageBand: 'minor', minor: { answerBy: '2099-01-01T00:00:00.000Z' } } } as Registration]);
    const warm = await look();
    const [row] = (body(warm.answer)['minors'] as { reference: string; answerBy?: string }[]).filter(
      ({ reference }) => reference === first.reference,
    );
    expect(row?.answerBy).toBe('2099-01-01T00:00:00.000Z');
    expect(cold.units).toBeLessThanOrEqual(65);
    expect(warm.units).toBeLessThanOrEqual(42);
  });

  it('what is to be arranged, and for how many a kitchen cooks', async () => {
    const { realDeps } = await import('../../functions/care/index.ts');
    const { countNeeds, listNeeds } = await import('../../shared/care/care.case.ts');
    const real = realDeps(documentClient(client));
    const deps = { ...real, system: at(real.system) };
    const caller = { id: 'm', grants: [{ role: 'care', vettedUntil: '2099-12-31' }] } as never;
    const list = await cost('care', () => listNeeds(deps)(request, caller));
    expect((body(list.answer)['needs'] as unknown[]).length).toBe(NEEDY);
    const counts = await cost('care', () => countNeeds(deps)(request, caller));
    const perDay = Object.values(body(counts.answer)['people'] as Record<string, number>);
    expect(new Set(perDay)).toEqual(new Set([EVERYONE - WAITING]));
    expect(list.units).toBeLessThanOrEqual(75);
    expect(counts.units).toBeLessThanOrEqual(75);
  });
});
