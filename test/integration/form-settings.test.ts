import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FormSettings } from '../../shared/feedback/feedback-items.schema.ts';
import { putFormSettings, readFormSettings } from '../../shared/feedback/form/form-settings.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { type Parts, startParts } from '../support/parts.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

it('keeps what is set of forms, of two who set it at once that of one', async () => {
  const client = documentClient(parts.database.client);
  const table = parts.database.tables.registry;
  const read = () => readFormSettings(client, table, 'sample');
  const put = (settings: FormSettings, revision: number) =>
    transact(client, [putFormSettings(table, 'sample', { settings, revision })], realSystem);
  expect(await read()).toEqual({ settings: {}, revision: 0 });
  const opened = {
    'session-opening': { opensAt: '2027-11-02T10:00:00.000Z', closedAt: undefined, by: 'day' },
  } as const;
  const both = await Promise.all([put(opened, 0), put({ event: { isOff: true } }, 0)]);
  expect(both.filter((refusals) => refusals.length === 0)).toHaveLength(1);
  const { revision } = await read();
  expect(revision).toBe(1);
  expect(await put(opened, 0)).toHaveLength(1);
  expect(await put(opened, revision)).toEqual([]);
  expect(await read()).toEqual({ settings: opened, revision: 2 });
});
