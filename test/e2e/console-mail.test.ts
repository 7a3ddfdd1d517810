import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { toMailHoldItem } from '../../shared/mail/outbox/mail-hold.store.ts';
import { openAs, openPage, resultOf } from './console.ts';
import { eventually } from './eventually.ts';
import { postForm } from './post.ts';
import { shown } from './reading.ts';
import { type Site, startSite } from './site.ts';
import { readTables } from './tables.ts';
import { faultsOf } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({ sandbox: true });
});
afterAll(() => site?.stop());

const BANNER = 'Only verified addresses get mail: the SES account is in its sandbox.';

it('in the sandbox organisers see on each screen that mail reaches few, what that means and how to leave', async () => {
  const page = await openAs(site, 'Organiser', '/registrations');
  await page.getByText(BANNER).waitFor();
  expect(await page.getByRole('link', { name: 'Leave the sandbox' }).getAttribute('href')).toMatch(
    /^https:\/\/ap-southeast-1\.console\.aws\.amazon\.com\/ses\//,
  );
  await page.getByRole('link', { name: 'What this means' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mail' }).waitFor();
  await page.getByText('requests production access').waitFor();
  await page.getByText(BANNER).waitFor();
  expect(await page.getByRole('link', { name: 'What this means' }).count()).toBe(0);
  expect(await shown(page.locator('.facts'))).toMatch(
    /Waiting to leave\s+Nothing.*0 of 200 mails.*Looked at\s+\d+ \w+ \d{4}, \d\d:\d\d, Phnom Penh time/s,
  );
  expect(await faultsOf(page)).toEqual([]);

  await postForm(site, { email: 'stranger@elsewhere.example.org', mode: 'online' });
  await eventually(
    () => readTables(site.system),
    ({ outbox = [] }) => outbox.some(({ state, attempts }) => state === 'pending' && attempts === 1),
  );
  await page.getByRole('button', { name: 'Read this again' }).click();
  expect(await resultOf(page)).toBe('This is what is known now.');
  await page.getByText('1 mail', { exact: true }).waitFor();
  await page.context().close();
});

it('others are not troubled with it', async () => {
  const page = await openAs(site, 'Focal point for Cambodia', '/registrations');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByText(BANNER).count()).toBe(0);
  await page.context().close();
});

it('after a restore everyone who writes to many sees that mail is held, and an owner lets it leave', async () => {
  const { endpoints, tables } = site.system;
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const Item = toMailHoldItem({ since: '2027-03-01T08:00:00Z', restoredTo: '2027-03-01T06:30:00Z' });
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: tables.registry, Item }));
  const page = await openAs(site, 'Organiser');
  const held = 'No mail leaves: this system was restored from a backup.';
  await page.getByRole('link', { name: `${held} An owner lets mail leave.` }).click();
  await page.getByRole('heading', { name: 'Mail is held' }).waitFor();
  await page.getByText(/This system was restored on .*15:00, Phnom Penh time, to what it held on .*13:30/).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Mail may leave' }).click();
  expect(await resultOf(page)).toBe('Mail leaves again within a minute.');
  await page.getByRole('heading', { name: 'Mail is held' }).waitFor({ state: 'detached' });
  const { registry = [], audit = [] } = await readTables(site.system);
  expect(registry.filter(({ pk }) => pk === Item.pk)).toEqual([]);
  expect(audit.map(({ action }) => action)).toContain('release-mail');
  await openPage(page, 'Overview');
  await page.getByText('Only verified addresses get mail').first().waitFor();
  expect(await page.getByText(held).count()).toBe(0);
  await page.context().close();
  client.destroy();
});
