import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishEvent } from '../../cli/publish.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { bestOf } from '../support/best-of.ts';
import { qrCodesOn } from '../support/certificate-qr.ts';
import { forum } from '../support/forum.ts';
import { offerCode } from '../support/phone.ts';
import { openAs, resultOf } from './console.ts';
import { phoneAt } from './console-phone.ts';
import { eventually } from './eventually.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { postForm } from './post.ts';
import { shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { registrationsOf } from './tables.ts';
import { faultsOf } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const EMAIL = 'holder@example.org';
const NAME = 'Zoë Example';
const MOST_MS = 300;
const DAY = 24 * 60 * 60 * 1000;

/** An attendee registers and comes in; then days go by. */
async function comes(): Promise<string> {
  await postForm(site, { email: EMAIL, fullName: NAME, nativeName: 'ស្ត្រីខ្មែរ' });
  const link = manageLinkIn(await mailTo(site.system, EMAIL));
  const [registration] = await registrationsOf(site.system, EMAIL);
  const { ticketId, reference } = registration as { readonly ticketId: string; readonly reference: string };
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
  const { tables } = site.system;
  const { code } = await offerCode({ database: { client, tables } }, site.eventId);
  const phone = await phoneAt(site, `${site.system.siteUrl}/checkin/#code=${code}`);
  await phone.scan({ ticket: ticketHashOf({ ticketId }), reference });
  // Nobody writes meanwhile, whom it would wait for.
  const wait = async () => undefined;
  await publishEvent(over(), { dynamodb: client, tableName: tables.registry, outboxTable: tables.outbox, wait });
  client.destroy();
  return link;
}

/** The forum as it is some days after. */
function over(): EventDefinition {
  const date = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 10);
  const days = forum().days.map((day, index) => ({ ...day, date: date(9 - index) }));
  const registration = { opensAt: `${date(90)}T00:00:00Z`, closesAt: `${date(20)}T00:00:00Z` };
  return forum({ id: site.eventId, version: forum().version + 1, days, registration });
}

/** Milliseconds in which a warm system answers. */
async function answerTime(url: string): Promise<number> {
  const before = performance.now();
  const answer = await fetch(url);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  await answer.arrayBuffer();
  return performance.now() - before;
}

/** Presses what checks a code, and reads what came of it. */
async function check(page: Page, code?: string): Promise<string> {
  if (code !== undefined) await page.getByLabel('Code of the certificate').fill(code);
  // What it said before is there until the next page is.
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Check it' }).click()]);
  return shown(page.getByRole('heading', { level: 1 }));
}

it('whoever came downloads a certificate, whose code says whose it is; withdrawn, it says that', async () => {
  const link = await comes();
  const own = await site.visit({ acceptDownloads: true });
  await own.goto(link);
  await own.getByText('The event is over.').waitFor();
  for (const name of ['Change my registration', 'Add to calendar', 'Tell us'])
    expect(await own.getByRole('link', { name }).count(), name).toBe(0);
  await own.getByRole('link', { name: 'Your certificate of attendance' }).click();
  await own.getByRole('heading', { name: 'Your certificate is ready' }).waitFor();
  expect(await own.getByText(NAME, { exact: true }).isVisible()).toBe(true);
  const [download] = await Promise.all([
    own.waitForEvent('download'),
    own.getByRole('link', { name: 'Download the certificate (PDF)' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`certificate-${site.eventId}.pdf`);
  const bytes = await readFile(await download.path());
  expect(bytes.length).toBeLessThanOrEqual(60_000);
  const fastest = await bestOf(() => answerTime(`${link}/certificate.pdf`), MOST_MS, 20);
  expect(fastest).toBeLessThanOrEqual(MOST_MS);

  const [{ text = '' } = {}] = await qrCodesOn(bytes);
  expect(text).toMatch(new RegExp(`^${site.event}/verify#`));
  const code = new URL(text).hash.slice(1);
  const stranger = await site.visit();
  await stranger.goto(text);
  expect(await shown(stranger.getByRole('main'))).not.toContain(NAME);
  expect(await check(stranger)).toBe('This certificate is valid');
  expect(await stranger.getByText(NAME, { exact: true }).isVisible()).toBe(true);
  expect(await check(stranger, `${code.slice(0, -4)}0000`)).toBe('This certificate is not valid');
  const plain = await site.visit({ javaScriptEnabled: false });
  await plain.goto(`${site.event}/verify`);
  expect(await check(plain, code.toLowerCase())).toBe('This certificate is valid');

  const [registration] = await registrationsOf(site.system, EMAIL);
  const console = await openAs(site, 'Organiser', `/registrations/${registration?.['reference']}`);
  await console.getByRole('button', { name: 'Withdraw the certificate' }).waitFor();
  for (const name of ['Change the registration', 'Cancel for them', 'Cancel the registration'])
    expect(await console.getByRole('button', { name }).count(), name).toBe(0);
  await console.getByRole('button', { name: 'Withdraw the certificate' }).click();
  await console.getByRole('button', { name: 'Withdraw it now' }).click();
  expect(await resultOf(console)).toContain('The certificate is withdrawn.');
  expect(await faultsOf(console)).toEqual([]);
  expect(await check(plain, code)).toBe('This certificate was withdrawn');
  await own.reload();
  expect(await shown(own.getByRole('heading', { level: 1 }))).toBe('The organisers withdrew your certificate');
  await console.getByRole('button', { name: 'Give the certificate back' }).click();
  await eventually(
    () => check(plain, code),
    (verdict) => verdict === 'This certificate is valid',
  );

  await console.getByRole('button', { name: 'Correct the name' }).click();
  await console.getByText('A certificate with the former name is not valid any more').waitFor();
  await console.getByLabel('Full name').fill('');
  await console.getByRole('button', { name: 'Save the name' }).click();
  await console.getByRole('link', { name: /^Full name: / }).click();
  await console.getByLabel('Full name').fill('Zoë Corrected');
  await console.getByRole('button', { name: 'Save the name' }).click();
  expect(await resultOf(console)).toContain('The name is now Zoë Corrected.');
  expect(await shown(console.getByRole('heading', { level: 1 }))).toBe('Zoë Corrected');
  // The event is over.
  await console.getByText('after the event had begun').waitFor();
  expect(await check(plain, code)).toBe('This certificate is not valid');
  await own.reload();
  expect(await own.getByText('Zoë Corrected', { exact: true }).isVisible()).toBe(true);
});
