import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishEvent } from '../../cli/publish.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { forum } from '../support/forum.ts';
import { openAs, resultOf } from './console.ts';
import { mailTo } from './inbox.ts';
import { postJson } from './post.ts';
import { openSite, type Site } from './site.ts';
import { registrationsOf } from './tables.ts';
import { faultsOf, show, VIEWS } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
  const { system, eventId } = site;
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
  // One seat in the room, which the first has who registers.
  const quotas = forum().quotas.map((quota) =>
    quota.id === 'in-person' ? { ...quota, capacity: 1, shards: 1 } : quota,
  );
  const publishing = { dynamodb, tableName: system.tables.registry, outboxTable: system.tables.outbox };
  await publishEvent(forum({ id: eventId, quotas }), publishing);
  dynamodb.destroy();
});
afterAll(() => site?.stop());

const SHOTS = process.env['PLENARY_SHOTS'];
const shots = async (page: Page, name: string): Promise<void> => {
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/phone-${name}-${view.width}.png`, fullPage: true });
  }
};

const PHONE = { viewport: { width: 360, height: 740 } };

it('registers who telephones: a known or wrong address, someone under 18, and then the mail leads to what was not asked', async () => {
  await postJson(site, { email: 'known@phone.example.org', fullName: 'Known Already' });
  const page = await openAs(site, 'Organiser', '', PHONE);
  await page.getByRole('main').getByRole('link', { name: 'Register by phone' }).click();
  await page.getByRole('heading', { level: 1, name: 'Register by phone' }).waitFor();
  const send = page.getByRole('button', { name: 'Register and send the mail' });
  await send.click();
  const missing = page.getByRole('alert').getByRole('link');
  await missing.first().waitFor();
  const asked = ['How old are they?', 'Full name:', 'Email:', 'Position:', 'Organisation or delegation:', 'Country:'];
  expect((await missing.allInnerTexts()).slice(0, asked.length)).toEqual(
    asked.map((label) => `${label} Please answer this.`),
  );
  await page.getByLabel('How old are they?').selectOption('Under 18');
  await page.getByRole('main').getByText('Nobody under 18 is registered by phone.').waitFor();
  expect(await page.getByRole('main').getByRole('link', { name: '/register/young' }).count()).toBe(1);
  await shots(page, 'minor');
  await page.locator('#fullName').fill('Sokha Caller');
  await page.locator('#email').fill('no address');
  await page.locator('#position').fill('Chief of cabinet');
  await page.locator('#organisation').fill('Sample Company');
  await page.locator('#country').selectOption('KH');
  await page.locator('#category').selectOption('private-sector');
  await page.locator('#mode').selectOption('online');
  await send.click();
  await page.getByRole('alert').getByText('Nobody under 18 is registered by telephone.').first().waitFor();
  await page.getByLabel('How old are they?').selectOption('18 or older');
  await send.click();
  await page.getByRole('alert').getByText('Email').first().waitFor();
  await page.locator('#email').fill('known@phone.example.org');
  await page.getByLabel('They said yes').check();
  await send.click();
  await page.getByRole('link', { name: 'Open the person who is registered with this address' }).waitFor();
  expect(await page.locator('#fullName').inputValue(), 'what was typed stays').toBe('Sokha Caller');
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'known');
  await page.locator('#email').fill('caller@phone.example.org');
  await send.click();
  expect(await resultOf(page)).toContain('Sokha Caller is registered');
  const main = page.getByRole('main');
  await main.getByText('Answers still missing').waitFor();
  await main.getByText('Agreed by phone').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Organiser registered someone by telephone' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'person');

  const { text } = await mailTo(site.system, 'caller@phone.example.org');
  expect(text).toContain('An organiser registered you, as you said on the telephone.');
  const answer = /\S+\/m\/[\w.-]+\/amend\?lang=en/.exec(text)?.[0] ?? '';
  const own = await site.visit(PHONE);
  await own.goto(answer.replace('/amend', ''));
  await own.getByRole('heading', { name: 'Please answer the rest' }).waitFor();
  await shots(own, 'own-page');
  await own.getByRole('link', { name: 'Answer them' }).click();
  for (const name of ['answers.companySize', 'answers.companyReach', 'answers.companyRole']) {
    await own.locator(`[name="${name}"]`).last().check();
  }
  await own.getByRole('button', { name: 'Save' }).click();
  await own.getByRole('status').waitFor();
  expect(await own.getByRole('heading', { name: 'Please answer the rest' }).count()).toBe(0);
  await own.getByText('Yes, by telephone').waitFor();
});

it('in Khmer on a phone, where all seats are taken: they wait', async () => {
  const page = await openAs(site, 'Organiser', '/on-behalf', { ...PHONE, locale: 'km-KH' });
  await page.getByRole('heading', { level: 1, name: 'ចុះឈ្មោះតាមទូរសព្ទ' }).waitFor();
  await page.locator('#ageBand').selectOption('adult');
  await page.locator('#fullName').fill('សុខា គំរូ');
  await page.locator('#email').fill('khmer@phone.example.org');
  await page.locator('#position').fill('មន្ត្រី');
  await page.locator('#organisation').fill('ក្រសួងគំរូ');
  await page.locator('#country').selectOption('KH');
  await page.locator('#category').selectOption('academia');
  await page.locator('#mode').selectOption('in-person');
  await page.getByLabel('គាត់បានយល់ព្រម').check();
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'khmer');
  await page.getByRole('button', { name: 'ចុះឈ្មោះ ហើយផ្ញើអ៊ីមែល' }).click();
  expect(await resultOf(page)).toContain('បញ្ជីរង់ចាំ');
});

it('an owner moves someone up in the waiting list, and nobody else may', async () => {
  for (const name of ['first', 'second']) {
    await postJson(site, { email: `${name}@line.example.org`, fullName: `Waits ${name}` });
  }
  const [second] = await registrationsOf(site.system, 'second@line.example.org');
  const path = `/registrations/${String(second?.['reference'])}`;
  const staff = await openAs(site, 'Organiser who is no owner', path);
  await staff.getByRole('heading', { name: 'Decline after all' }).waitFor();
  expect(await staff.getByText('Move up').count()).toBe(0);
  await staff.close();
  const page = await openAs(site, 'Organiser', path);
  await page.getByRole('button', { name: 'Move up', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Move up now' }).click();
  await page.getByRole('alert').getByText('Reason').first().waitFor();
  await page.getByLabel('Reason').fill('Opens the forum');
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'move-up');
  await page.getByRole('button', { name: 'Move up now' }).click();
  expect(await resultOf(page)).toBe(
    'Waits second is first in the waiting list now, and gets a mail once there is a seat.',
  );
  const line = page.getByRole('listitem').filter({ hasText: 'Organiser moved someone up in the waiting list' });
  // Who did it and why are asked for apart.
  await line.filter({ hasText: 'Before all who waited: Opens the forum' }).waitFor();
  expect(await page.getByRole('main').getByText('Moved up', { exact: true }).count()).toBe(1);
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'moved-up');
});
