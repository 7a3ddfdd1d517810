import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { putAll } from '../../bench/people.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { putAudit } from '../../shared/team/audit/audit.store.ts';
import { AUDIT_ACTIONS, AUDIT_KINDS } from '../../shared/team/audit/audit.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { grantTeam, identityOf } from '../support/team.ts';

const ID = 'much-audited';
/**
 * A query reads what it hands over and no more: pages cost as much among 100,000, which take minutes to write.
 * `AUDIT_ENTRIES=100000 npx vitest run --project integration test/integration/audit-cost.test.ts` shows it.
 */
const ENTRIES = Number(process.env['AUDIT_ENTRIES'] ?? 8_000);
const MEMBERS = 40;
const member = (nth: number): string => String(nth).padStart(43, 'M');
/** One who did very little, long ago. */
const RARE = 'R'.repeat(43);
const person = (nth: number): string => makeReference(new Uint8Array(9).fill(0).map((_, at) => (nth >> (4 * at)) % 28));

let parts: Parts;
let meter: MeteredDatabase;
let client: DynamoDBClient;

beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
  ({ realDeps } = await import('../../functions/audit/index.ts'));
  deps = realDeps(documentClient(client));
  const event = forum({ id: ID });
  await parts.publish(event);
  await grantTeam(parts, ID);
  const entryOf = (nth: number) => {
    const action = AUDIT_ACTIONS[nth % AUDIT_ACTIONS.length] ?? 'approve';
    const entry = {
      ...{ id: Buffer.from(realSystem.random(16)).toString('base64url'), eventId: ID, action },
      at: new Date(Date.UTC(2026, 0, 1) + nth * 1_000_000).toISOString(),
      ...(nth < 30
        ? { by: RARE }
        : { by: member(nth % MEMBERS), byLabel: `Secretariat of the forum, ${nth % MEMBERS}` }),
      ...(nth % 2 === 0 && { about: person(nth % 400), person: 'adult' as const }),
      ...(nth % 9 === 0 && { people: nth, columns: ['reference', 'fullName', 'organisation', 'country', 'status'] }),
      ...(nth % 7 === 0 && {
        why: 'Their guardian telephoned, since the mail with the ticket did not arrive yesterday',
      }),
    };
    return putAudit('', entry, retentionEnd(event)).Put?.Item ?? {};
  };
  const at = Array.from({ length: 8 }, (_, lane) => lane);
  await Promise.all(
    at.map((lane) => {
      const own = Array.from({ length: ENTRIES / at.length }, (_, nth) => entryOf(nth * at.length + lane));
      return putAll(parts.database.client, parts.database.tables.audit, own);
    }),
  );
}, 1_200_000);
afterAll(async () => {
  client?.destroy();
  await meter?.stop();
  await parts?.stop();
});

let deps: ReturnType<typeof realDeps>;
let realDeps: typeof import('../../functions/audit/index.ts').realDeps;

/** What a look of an owner reads, in read units, from their role to the answer. */
async function look(query: Record<string, string>) {
  const { listAudit } = await import('../../shared/team/audit/read-audit.case.ts');
  const owner = memberId(identityOf('organiser'));
  meter.take();
  const reply = await asFunction('audit', async () => {
    const { grants = [] } = (await deps.roles.read(ID, owner)) ?? {};
    const request = { params: { eventId: ID }, query, language: 'en' } as never;
    return listAudit(deps)(request, { id: owner, grants, ticks: ['manage-team'] });
  });
  const units = meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0);
  const { body } = reply as unknown as { body: { entries: { kind: string }[]; next?: string } };
  return { ...body, units };
}

it('IN2: fifty of many entries are read in at most 12 units, by time, member, kind and person', async () => {
  await look({});
  const queries: Record<string, string>[] = [
    {},
    { from: '2026-02-01', to: '2026-02-28' },
    ...AUDIT_KINDS.map((kind) => ({ kind })),
    { who: member(7) },
    { who: member(7), kind: 'care' },
    { who: memberId(identityOf('organiser')) },
  ];
  for (const query of queries) {
    const { entries, next, units } = await look(query);
    expect(units, JSON.stringify(query)).toBeLessThanOrEqual(12);
    expect(units).toBeGreaterThan(1);
    if (query['who'] === undefined)
      expect([entries.length, next], JSON.stringify(query)).toEqual([50, expect.any(String)]);
    if (query['kind']) expect(entries.every(({ kind }) => kind === query['kind'])).toBe(true);
  }
  const rare = await look({ who: RARE });
  expect([rare.entries.length, rare.next]).toEqual([30, undefined]);
  expect(rare.units).toBeLessThanOrEqual(12);
  const one = await look({ reference: person(4) });
  expect(one.entries.length).toBeGreaterThan(0);
  expect(one.units).toBeLessThanOrEqual(12);
});

it('and each page after it costs no more, to the last', async () => {
  let before: string | undefined;
  let most = 0;
  let read = 0;
  for (let page = 0; page < 60; page += 1) {
    const { entries, next, units } = await look({ who: member(3), ...(before && { before }) });
    most = Math.max(most, units);
    read += entries.length;
    before = next;
    if (next === undefined) break;
  }
  expect([read, before]).toEqual([ENTRIES / MEMBERS - 1, undefined]);
  expect(most).toBeLessThanOrEqual(12);
});

it('IN2: a file of more than five thousand entries is refused, and nothing is noted of it; a narrower one is handed out and noted', async () => {
  const { exportAudit } = await import('../../shared/team/audit/read-audit.case.ts');
  const owner = memberId(identityOf('organiser'));
  const save = (query: Record<string, string>) =>
    asFunction('audit', async () => {
      const { grants = [] } = (await deps.roles.read(ID, owner)) ?? {};
      const request = { params: { eventId: ID }, query, language: 'en' } as never;
      return exportAudit(deps)(request, { id: owner, grants, ticks: ['manage-team'] });
    });
  const noted = async (): Promise<number> => {
    const { entries } = await look({ who: owner, kind: 'exported' });
    return entries.length;
  };
  await expect(save({})).rejects.toMatchObject({ type: 'export-too-large' });
  expect(await noted()).toBe(0);
  const reply = (await save({ who: member(3) })) as unknown as { csv: string };
  expect(reply.csv.trim().split('\n')).toHaveLength(1 + ENTRIES / MEMBERS - 1);
  expect(await noted()).toBe(1);
});
