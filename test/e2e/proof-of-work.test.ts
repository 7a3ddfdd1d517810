import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { guardKey } from '../../shared/kernel/dynamo/keys.ts';
import { toGuardAttributes } from '../../shared/mail/limits/guard.store.ts';
import { formFields } from '../support/forum.ts';
import { fillIn, send } from './form.ts';
import { mailTo } from './inbox.ts';
import { mainTextOf } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { registrationsOf } from './tables.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
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
  await page.waitForURL('**/thanks**');
  expect(await mainTextOf(page)).toContain('guarded@example.org');
  expect(await registrationsOf(site.system, 'guarded@example.org')).toHaveLength(1);
  expect(loaded.filter((path) => path.includes('prove'))).toHaveLength(1);
});

it('AB4: without a script the sender confirms by a mailed link, and nothing that was typed is lost', async () => {
  await raiseGuard();
  const email = 'no-script@example.org';
  const page = await site.visit({ javaScriptEnabled: false });
  await page.goto(site.form);
  await fillIn(page, formFields({ email, mode: 'online' }));
  expect((await send(page)).status()).toBe(403);
  const text = await mainTextOf(page);
  expect(text).toContain('it runs no scripts');
  expect(text).not.toContain('it takes a few seconds');
  expect(await page.inputValue('[name=email]')).toBe(email);
  // Any button will do: here the last one of the form.
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForURL('**/thanks**');
  expect(await mainTextOf(page)).toContain('within 24 hours');
  expect(await registrationsOf(site.system, email)).toEqual([]);

  const link = /\S+\/c\/[\w.-]+/.exec((await mailTo(site.system, email)).text)?.[0] ?? '';
  await page.goto(link);
  expect(await mainTextOf(page)).toContain('Somchai Sample');
  await page.getByRole('button', { name: 'Confirm my registration' }).click();
  expect(await mainTextOf(page)).toContain('you have confirmed');
  expect(await registrationsOf(site.system, email)).toMatchObject([{ status: 'confirmed', mode: 'online' }]);
  expect((await mailTo(site.system, email, 2)).subject).toContain('You are registered');
});

it('AB4: a browser whose script cannot do the work is shown the other way', async () => {
  await raiseGuard();
  const page = await site.visit();
  await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await page.goto(`${site.event}/find`);
  await page.fill('[name=email]', 'old-browser@example.org');
  expect((await send(page)).status()).toBe(403);
  await page.getByText('There is another way').waitFor();
  await page.getByRole('button', { name: 'Send the form' }).click();
  await page.waitForURL('**/find**sent=yes');
});

async function raiseGuard(): Promise<void> {
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
  const Item = { ...guardKey(site.eventId), ...toGuardAttributes(new Date(Date.now() + 600_000)) };
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: site.system.tables.registry, Item }));
  client.destroy();
}
