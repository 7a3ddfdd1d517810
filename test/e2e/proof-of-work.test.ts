import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { toGuardAttributes } from '../../shared/store/guard-item.ts';
import { guardKey } from '../../shared/store/keys.ts';
import { formFields } from '../support/forum.ts';
import { fillIn, send } from './form.ts';
import { mainTextOf } from './reading.ts';
import { type Site, startSite } from './site.ts';
import { registrationsOf } from './tables.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

it('AB4: a quiet form loads nothing of it; under attack the browser does the work, and the person nothing', async () => {
  const page = await site.visit();
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(site.form);
  await fillIn(page, formFields({ email: 'guarded@example.org', mode: 'online' }));
  expect(loaded.filter((path) => path.includes('prove'))).toEqual([]);
  await raiseGuard();
  expect((await send(page)).status()).toBe(403);
  await page.waitForURL('**/thanks**', { timeout: 30_000 });
  expect(await mainTextOf(page)).toContain('guarded@example.org');
  expect(await registrationsOf(site.system, 'guarded@example.org')).toHaveLength(1);
  expect(loaded.filter((path) => path.includes('prove'))).toHaveLength(1);
});

it('AB4: without a script the form stays, with everything in it and what to do', async () => {
  await raiseGuard();
  const page = await site.visit({ javaScriptEnabled: false });
  await page.goto(site.form);
  await fillIn(page, formFields({ email: 'no-script@example.org', mode: 'online' }));
  expect((await send(page)).status()).toBe(403);
  const text = await mainTextOf(page);
  expect(text).toContain('One moment, please');
  expect(text).toContain('Your browser runs no scripts');
  expect(await page.inputValue('[name=email]')).toBe('no-script@example.org');
});

async function raiseGuard(): Promise<void> {
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
  const Item = { ...guardKey(SAMPLE_EVENT), ...toGuardAttributes(new Date(Date.now() + 600_000)) };
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: site.system.tables.registry, Item }));
  client.destroy();
}
