import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../support/sign-in.ts';
import { openAs, resultOf, warningOf } from './console.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf } from './views.ts';

const HOUR = 60 * 60 * 1000;
/** More than the API takes together. */
const MANY = 120;

let site: Site;
let send: (number: number) => Promise<void>;

const id = (): string => randomBytes(16).toString('base64url');

beforeAll(async () => {
  site = await openSite();
  const { access_token } = await signIn(site.system, 'organiser');
  const api = `${site.system.siteUrl}/api`;
  const ask = async (method: string, path: string, body: object | undefined, token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(api + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const team = `/organiser/events/${site.eventId}/check-in`;
  const { revision } = await ask('GET', team, undefined, access_token);
  const what = { place: { kind: 'event' }, modes: ['in-person'], signedUpOnly: false, passing: 'once' };
  const [opensAt, closesAt] = [-HOUR, HOUR].map((from) => new Date(Date.now() + from).toISOString());
  await ask('PUT', `${team}/lists/doubted`, { revision, name: 'Hall', ...what, opensAt, closesAt }, access_token);
  const endsAt = new Date(Date.now() + HOUR).toISOString();
  const terms = { name: 'Left door', lists: ['doubted'], endsAt, maySearch: false };
  const { code } = await ask('POST', `${team}/enrolments`, terms, access_token);
  const secret = randomBytes(32).toString('base64url');
  const { token } = await ask('POST', '/checkin/devices', { code, secret }, '');
  send = async (number) => {
    const scans = Array.from({ length: number }, () => {
      const at = Date.now();
      return { scanId: id(), list: 'doubted', ticket: id(), kind: 'in', scannedAt: at, correctedAt: at };
    });
    for (let begin = 0; begin < number; begin += 50)
      await ask('POST', '/checkin/scans', { scans: scans.slice(begin, begin + 50) }, String(token));
  };
});
afterAll(() => site?.stop());

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

it('scans of one cause are counted, and settled together: what comes meanwhile stays to be looked at', async () => {
  await send(MANY);
  const page = await openAs(site, 'Organiser', '/check-in/_to-see');
  const card = page.getByRole('region', { name: `No registration has this ticket: ${MANY} tickets` });
  expect(await card.textContent()).toContain('At: Hall. By: Left door');
  await press(page, /^Settle all of these/);
  const form = card.getByRole('form').or(card.locator('form'));
  await form.getByRole('button', { name: `Settle ${MANY} tickets` }).click();
  expect(await card.textContent(), 'nothing is settled before it is said how it was').toContain('How was it?');
  await page.getByLabel('How was it?').selectOption({ label: 'They were rightly let in' });
  expect(await faultsOf(page)).toEqual([]);
  await send(2);
  await form.getByRole('button', { name: `Settle ${MANY} tickets` }).click();
  expect(await resultOf(page)).toBe(`Settled: ${MANY} tickets.`);
  await page.getByRole('region', { name: 'No registration has this ticket: 2 tickets' }).waitFor();
  await page.getByRole('heading', { name: 'Decided so far' }).waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'They were rightly let in' }).count()).toBe(100);
});

it('of tickets on which another decided meanwhile nothing is noted, and that is said', async () => {
  const page = await openAs(site, 'Organiser', '/check-in/_to-see');
  const other = await openAs(site, 'Organiser', '/check-in/_to-see');
  for (const each of [page, other]) {
    await press(each, /^Settle all of these/);
    await each.getByLabel('How was it?').waitFor();
  }
  await page.getByLabel('How was it?').selectOption({ label: 'It was scanned by mistake' });
  await other.getByLabel('How was it?').selectOption({ label: 'Somebody else came with this ticket' });
  await press(page, 'Settle 2 tickets');
  expect(await resultOf(page)).toBe('Settled: 2 tickets.');
  await press(other, 'Settle 2 tickets');
  expect(await warningOf(other)).toBe('Settled: 0 tickets. Left as they are, since they changed meanwhile: 2.');
  await other.getByText('There is nothing to look at.').waitFor();
});
