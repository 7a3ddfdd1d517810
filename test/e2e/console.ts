import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { grantRoles } from '../../cli/grant-roles.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { PEOPLE } from '../../local/identity/people.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { signIn } from '../support/sign-in.ts';
import { postForm } from './post.ts';
import { shown } from './reading.ts';
import type { Site } from './site.ts';

export const consoleOf = ({ system, eventId }: Pick<Site, 'system' | 'eventId'>, path = ''): string =>
  `${system.siteUrl}/console/e/${eventId}${path}`;

/** Opens a page of the console as one of the made-up people, who has signed in. */
export async function openAs(site: Site, person: string, path = '', options?: BrowserContextOptions): Promise<Page> {
  const page = await site.visit(options);
  await page.route(SHOWING_ONE, (route) =>
    route.continue({ headers: { [WHY_HEADER]: 'a%20test', ...route.request().headers() } }),
  );
  await page.addInitScript(keepTokens, await tokensOf(site, person));
  await page.goto(consoleOf(site, path));
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** What the console keeps of someone who has just signed in. */
async function tokensOf({ system }: Site, name: string): Promise<string> {
  const person = PEOPLE.find((each) => each.name === name);
  if (person === undefined) throw new Error(`nobody is called ${name}`);
  const { access_token: access, refresh_token: refresh, expires_in } = await signIn(system, person.subject);
  const now = Date.now();
  return JSON.stringify({ access, refresh, expiresAt: now + expires_in * 1000, signedInAt: now });
}

/** In the page, before its script: once, so that a member who signs out is out. */
function keepTokens(tokens: string): void {
  if (!location.pathname.startsWith('/console/') || sessionStorage.getItem('test.signed-in') !== null) return;
  sessionStorage.setItem('plenary.tokens', tokens);
  sessionStorage.setItem('test.signed-in', 'yes');
}

/** Requests for records, which may be of someone under 18: why they are looked at is said without being asked. */
const SHOWING_ONE = /\/api\/organiser\/events\/[^/]+\/(minors|registrations|badges)\b/;

/** The same by the pages of the provider, in a tab that says nothing by itself. */
export async function signInAs(page: Page, site: Site, person: string, path = ''): Promise<Page> {
  await page.goto(consoleOf(site, path));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: person, exact: true }).click();
  await page.waitForURL(consoleOf(site, path));
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** Comes back to the tab, where what follows by itself looks at once, and not first when its time has come. */
export const comeBackTo = (page: Page): Promise<unknown> =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

/** Someone of the media asks to come, which a person decides on. */
export async function applyAsMedia(site: Site, email: string, changes: Record<string, unknown> = {}): Promise<void> {
  const answers = { 'answers.mediaType': 'print' };
  const { status } = await postForm(site, { email, category: 'media', mode: 'online', ...answers, ...changes });
  if (status !== 303) throw new Error(`the form was answered with ${status}`);
}

/** What the console said about the last press, once it was done. */
export const resultOf = (page: Page): Promise<string> => said(page, 'ok');

/** What it said of one that did not do what was wanted. */
export const warningOf = (page: Page): Promise<string> => said(page, 'warn');

async function said(page: Page, kind: 'ok' | 'warn'): Promise<string> {
  const result = page.locator(`.result .note.${kind}`);
  await result.waitFor();
  return shown(result);
}

/** Gives one of the made-up people other roles than they begin with. */
export async function grant({ system, eventId }: Site, subject: string, label: string, grants: readonly RoleGrant[]) {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
  const identity = { issuer: system.identity.issuer, subject };
  await grantRoles({ eventId, identity, label, grants }, { dynamodb, tableName: system.tables.registry });
  dynamodb.destroy();
}

const navigationOf = (page: Page): Locator => page.getByRole('navigation', { name: 'Pages of the console' });

/** The pages of the console that are offered, those of a group that is closed, too. */
export const pagesOffered = (page: Page): Promise<string[]> => navigationOf(page).locator('a').allTextContents();

/** The link to a page of the console, by what it says. */
export const pageOf = (page: Page, name: string): Locator =>
  navigationOf(page)
    .locator('a')
    .filter({ hasText: new RegExp(`^${name}$`) });

/** Goes there by the navigation, as people do: by its group, where it has one. */
export async function openPage(page: Page, name: string): Promise<void> {
  const link = pageOf(page, name);
  await link.waitFor({ state: 'attached' });
  if (!(await link.isVisible())) {
    await link.locator('xpath=ancestor::li[@class="group"]/button').click();
  }
  await link.click();
}
