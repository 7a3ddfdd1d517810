import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteEvent } from '../../cli/delete-event.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { TABLES, type TableName } from '../../shared/kernel/dynamo/tables.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { call } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { MARK, openWholeEvent } from '../support/whole-event.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

it('CS19: an event that is deleted leaves nothing of anybody in any table, but in the audit until its end, and others are untouched', async () => {
  const other = await openEvent(parts, 'other');
  await other.register('someone@example.org');
  const { id } = await openWholeEvent(parts, 'gone-as-a-whole');
  const tables = parts.database.tables;
  const read = async () =>
    new Map(
      await Promise.all(
        (Object.keys(TABLES) as TableName[]).map(async (name) => [name, await scan(parts, name)] as const),
      ),
    );
  const before = await read();
  for (const name of ['registry', 'care', 'outbox'] as const) expect(JSON.stringify(before.get(name))).toContain(MARK);
  const quick = { ...realSystem, wait: async () => undefined };
  const deleted = await deleteEvent(documentClient(parts.database.client), tables, id, quick);
  expect(deleted).toBeGreaterThan(100);

  const after = await read();
  for (const [name, items] of after) {
    if (name === 'audit') continue;
    const left = items.filter((item) => JSON.stringify(item).includes(id) || JSON.stringify(item).includes(MARK));
    expect(left.map(({ pk, sk }) => `${pk} ${sk}`)).toEqual(name === 'registry' ? [`TOMBSTONE#${id} EVENT`] : []);
    const others = (before.get(name) ?? []).filter((item) => !JSON.stringify(item).includes(id));
    expect(items.filter((item) => !left.includes(item))).toEqual(others);
  }
  const noted = after.get('audit') ?? [];
  expect(noted).toEqual(expect.arrayContaining([...(before.get('audit') ?? [])]));
  expect(noted.find(({ sk }) => sk === 'EVENT')).toMatchObject({
    pk: `TOMBSTONE#${id}`,
    expiresAt: expect.any(Number),
  });
  expect((await call('showEvent', { params: { eventId: id } })).statusCode).toBe(404);
  expect((await call('showEvent', { params: { eventId: other.id } })).statusCode).toBe(200);
  expect(await deleteEvent(documentClient(parts.database.client), tables, id, quick)).toBe(0);
}, 60_000);

/** A process that is killed after so many calls. */
const killedAfter = (calls: number): ReturnType<typeof documentClient> => {
  const client = documentClient(parts.database.client);
  let left = calls;
  const send = (...given: Parameters<typeof client.send>) => {
    if (left === 0) throw new Error('killed');
    left -= 1;
    return client.send(...given);
  };
  return Object.assign(Object.create(client), { send });
};

it('CS19: killed after any of its calls, it goes on; it waits for who was registering, and its id is nobody else’s', async () => {
  const event = await openEvent(parts, 'killed');
  for (const name of ['one', 'two']) await event.register(`${name}@killed.example.org`);
  const { tables } = parts.database;
  const waited: number[] = [];
  const wait = async (milliseconds: number) => void waited.push(milliseconds);
  const run = (calls: number) =>
    deleteEvent(killedAfter(calls), tables, event.id, { ...realSystem, wait }).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
      return undefined;
    });
  let kills = 0;
  while ((await run(kills)) === undefined) kills += 1;
  expect(kills).toBeGreaterThan(10);
  for (const table of Object.keys(TABLES) as TableName[]) {
    const left = (await scan(parts, table)).filter((item) => JSON.stringify(item).includes(event.id));
    const tombstones = left.filter(({ pk, sk }) => pk === `TOMBSTONE#${event.id}` && sk === 'EVENT');
    expect(tombstones, table).toHaveLength(['registry', 'audit'].includes(table) ? 1 : 0);
    if (table !== 'audit') expect(left, table).toEqual(tombstones);
  }
  expect(Math.max(...waited.slice(-1))).toBeGreaterThan(30_000);
  await expect(parts.publish(forum({ id: event.id }))).rejects.toThrow(
    /^killed: was deleted on .* expected another id$/,
  );
});
