import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginePage } from '../support/door/bundle.ts';
import { signIn } from '../support/sign-in.ts';
import { openAs, openPage, resultOf } from './console.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { openPhone, type TabPhone } from './phone.ts';
import { postJson } from './post.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf } from './views.ts';

const HOUR = 60 * 60 * 1000;
const PLACE = '/engine/';
const LIST = 'handed';

let site: Site;
let ask: (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;
let phone: TabPhone & { readonly deviceId: string };

beforeAll(async () => {
  const [opened, files] = await Promise.all([openSite(), enginePage(PLACE)]);
  site = opened;
  const { access_token } = await signIn(site.system, 'organiser');
  const api = `${site.system.siteUrl}/api/organiser/events/${site.eventId}/check-in`;
  ask = async (method, path, body) => {
    const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
    const answer = await fetch(api + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { revision } = await ask('GET', '');
  const what = { place: { kind: 'event' }, modes: ['in-person'], signedUpOnly: false, passing: 'once' };
  const [opensAt, closesAt] = [-HOUR, HOUR].map((from) => new Date(Date.now() + from).toISOString());
  await ask('PUT', `/lists/${LIST}`, { revision, name: 'Hall', ...what, opensAt, closesAt });
  const endsAt = new Date(Date.now() + HOUR).toISOString();
  const offered = await ask('POST', '/enrolments', { name: 'Left door', lists: [LIST], endsAt, maySearch: false });
  const context = await site.browser.newContext();
  await context.route(`${site.system.siteUrl}${PLACE}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const contentType = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    return route.fulfill({ contentType, body: files.get(pathname) ?? '' });
  });
  const opening = await openPhone(context, site.system.siteUrl + PLACE);
  await opening.enrol(String(offered['code']));
  phone = { ...opening, deviceId: String(offered['deviceId']) };
});
afterAll(() => site?.stop());

/** Someone who registered: the code of their ticket. */
async function ticketOf(email: string): Promise<string> {
  expect((await postJson(site, { email })).status).toBe(202);
  const token = new URL(manageLinkIn(await mailTo(site.system, email))).pathname.slice('/m/'.length);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${site.system.siteUrl}/api/registration`, { headers });
  return ((await answer.json()) as { ticket: { code: string } }).ticket.code;
}

async function came(): Promise<number> {
  const { lists } = (await ask('GET', '')) as { lists: { id: string; counts: { came: number } }[] };
  return lists.find(({ id }) => id === LIST)?.counts.came ?? 0;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('the file of a phone that was shut out', () => {
  it('CI7, CI15: is brought in by an organiser, counts after a press, and what came after the shut-out is apart', async () => {
    const codes = [await ticketOf('one@hand.example.org'), await ticketOf('two@hand.example.org')];
    await phone.sync();
    await phone.shows(({ people, door }) => people >= 2 && door?.id === LIST);
    await phone.disconnect();
    for (const code of codes) expect((await phone.read(code)).kind).toBe('admit');
    const saved = JSON.parse(await phone.page.evaluate(async () => (await engine.exportScans()).text()));
    expect(saved.waiting).toHaveLength(2);

    const page = await openAs(site, 'Organiser', '/check-in/_phones');
    await press(page, 'Shut out Left door');
    await press(page, 'Shut it out now');
    expect(await resultOf(page)).toBe('Left door is shut out.');
    // The phone's holder scans on.
    const late = { ...saved.waiting[0], scan: { ...saved.waiting[0].scan } };
    late.scan.scanId = randomBytes(16).toString('base64url');
    late.scan.ticket = randomBytes(16).toString('base64url');
    delete late.scan.reference;
    late.scan.correctedAt = Date.now() + 5000;

    await openPage(page, 'Check-in');
    await page.getByRole('link', { name: 'Scans that were looked at' }).click();
    await page.getByRole('heading', { name: 'Scans that phones handed over' }).waitFor();
    await press(page, 'Bring in a phone’s file');
    await press(page, 'Bring it in');
    await page.getByText('Choose the file first.').waitFor();
    const choose = (content: unknown, name = 'check-in-scans.json') => {
      const buffer = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
      return page.getByLabel('The file').setInputFiles({ name, mimeType: 'application/json', buffer });
    };
    for (const [content, problem] of [
      ['no file of ours', 'This is no file that the check-in app saved'],
      [{ ...saved, waiting: [{ ...late, eventId: 'another' }] }, 'All of its scans are of another event'],
      [{ ...saved, more: 1 }, 'This is no file that the check-in app saved'],
      [{ ...saved, waiting: [{ ...late, device: '00000000' }] }, 'It is of a phone that nobody let in'],
    ] as const) {
      await choose(content);
      await press(page, 'Bring it in');
      await page.getByText(problem).waitFor();
    }
    await choose({ ...saved, waiting: [...saved.waiting, late] });
    await press(page, 'Bring it in');
    expect(await resultOf(page)).toBe('The file is in. Nothing of it counts until you say so.');
    const card = page.getByRole('region', { name: 'Left door' });
    await card.getByText('2 scans before it was shut out').waitFor();
    await card.getByText('1 scan after it was shut out').waitFor();
    await card.getByText(/^A file, brought in by: You, .* It was shut out on /).waitFor();
    expect(await came()).toBe(0);

    await press(page, 'Count them: Left door, before');
    expect(await resultOf(page)).toBe('They count now, each once.');
    await card.getByText('2 counted.').waitFor();
    expect(await came()).toBe(2);
    await press(page, 'Leave them out: Left door, after it was shut out');
    expect(await resultOf(page)).toBe('They are left out. You can count them later.');
    await card.getByText('1 left out.').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await came()).toBe(2);

    // The phone finds a network: what it has is known, and it says that it was shut out.
    await phone.page.context().setOffline(false);
    await phone.shows(({ standing, queue }) => standing === 'revoked' && queue.waiting === 0 && queue.refused === 0);
    expect(await came()).toBe(2);
  });
});
