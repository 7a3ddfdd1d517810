import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPeople } from '../../bench/people.ts';
import { grantRoles } from '../../cli/grant-roles.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { applyAsMedia, comeBackTo, consoleOf, grant, openAs } from './console.ts';
import { postForm } from './post.ts';
import { openSite, type Site } from './site.ts';
import { readTable } from './tables.ts';
import { faultsOf } from './views.ts';

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];

let site: Site;
let people: Site;
beforeAll(async () => {
  site = await openSite();
  people = { ...site, eventId: 'list-of-many' };
  await registerPeople(site.system, people.eventId, 120, (each) => ({
    fullName: `Person ${String(each).padStart(3, '0')}`,
    country: ['KH', 'TH', 'LA'][each % 3] ?? 'KH',
    organisation: `Office ${each % 7}`,
  }));
  await grant(people, 'organiser', 'Organiser', [{ role: 'organiser' }]);
});
afterAll(() => site?.stop());

const found = (page: Page, text: string): Promise<void> => page.locator('.found b', { hasText: text }).waitFor();
const namesIn = (page: Page): Promise<string[]> => page.locator('tbody th').allInnerTexts();
const auditOf = async (eventId: string, action: string) =>
  (await readTable(site.system, 'audit')).filter((each) => each['eventId'] === eventId && each['action'] === action);

describe('RE11: the list of registrations', () => {
  it('is without faults at any width, also with its forms open, and sorts by a press on a column', async () => {
    const page = await openAs(people, 'Organiser', '/registrations');
    await found(page, '120 people found');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Columns and order' }).click();
    expect(await faultsOf(page)).toEqual([]);
    const orders = page.getByLabel('Sorted by').locator('option');
    expect(await page.getByLabel('Sorted by').locator('option:checked').textContent()).toBe('Registered, newest first');
    expect(await orders.allInnerTexts()).toEqual(expect.arrayContaining(['Name, Z to A', 'Status, in reverse order']));
    await page.getByRole('checkbox', { name: 'Organisation' }).uncheck();
    await page.waitForURL(/columns=/);
    expect(await page.getByRole('columnheader', { name: 'Organisation' }).count()).toBe(0);
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click();
    await expect.poll(async () => (await namesIn(page)).slice(0, 2)).toEqual(['Person 000', 'Person 001']);
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click();
    await expect.poll(async () => (await namesIn(page))[0]).toBe('Person 119');
    expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
    await expect.poll(async () => (await namesIn(page)).length).toBe(50);
    await page.context().close();
  });

  it('leads from a person to the next of those who are filtered, and back', async () => {
    const page = await openAs(people, 'Organiser', '/registrations?country=TH&sort=name');
    await found(page, '40 people found');
    await page.getByRole('link', { name: 'Person 004' }).click();
    await page.getByRole('link', { name: 'Next: Person 007' }).click();
    await page.getByRole('heading', { level: 1, name: 'Person 007' }).waitFor();
    await page.getByRole('link', { name: 'Previous: Person 004' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to all registrations' }).click();
    await found(page, '40 people found');
    expect(new URL(page.url()).search).toBe('?country=TH&sort=name');
    await page.context().close();
  });

  it('leaves out what an address names that is none, says so, and says of nobody that it is nobody', async () => {
    const page = await openAs(people, 'Organiser', '/registrations?country=LA&shoe=9&category=nonsense');
    await found(page, '40 people found');
    await page.getByText('was left out: shoe, Group: nonsense').waitFor();
    await page.goto(consoleOf(people, '/registrations?q=zzzz'));
    await page.getByText('Nobody matches.').waitFor();
    await page.context().close();
  });

  it('chooses rows, pages and all who are found, and says how many', async () => {
    const page = await openAs(people, 'Organiser', '/registrations?country=KH&sort=name');
    await found(page, '40 people found');
    await page.getByRole('checkbox', { name: 'Choose Person 003' }).check();
    await page.getByText('1 person is chosen').waitFor();
    await page.getByRole('button', { name: 'Choose all 40 found' }).click();
    await page.getByText('40 people are chosen').waitFor();
    await page.getByRole('searchbox').fill('zzzz');
    await page.getByText('Nobody matches.').waitFor();
    await page.getByText('40 of them are not among those found.').waitFor();
    await page.getByRole('link', { name: 'Change these 40 people together' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Choose nobody' }).click();
    await page.getByText('40 people are chosen').waitFor({ state: 'detached' });
    expect(await page.locator('section.chosen').count(), 'nobody is found or chosen').toBe(0);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.goto(`${consoleOf(people)}/registrations?country=KH&sort=name`);
    await page.getByText('Nobody is chosen').waitFor();
    await page.context().close();
  });

  it('looks an address up at a press once it is whole, and has it in no address of its own', async () => {
    await postForm(site, { email: 'exact@example.org', fullName: 'Exact Sample' });
    const page = await openAs(site, 'Organiser', '/registrations');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setViewportSize({ width: 360, height: 740 });
    const room = await page.locator('.found:has(small:not(:empty))').evaluate((found) => {
      const said = found.querySelector('small');
      return found.getBoundingClientRect().bottom - (said?.getBoundingClientRect().bottom ?? 0);
    });
    expect(room, 'pixels that are empty below how many were found').toBeLessThan(8);
    await page.getByRole('searchbox').fill('exact@');
    await page.getByText('An address is looked up once it is whole').waitFor();
    expect(await page.locator('.found').count(), 'who is not asked for').toBe(0);
    await page.getByRole('searchbox').fill('Exact@Example.org');
    await page.keyboard.press('Enter');
    await page.getByText('Registered with this address:').waitFor();
    await page.getByRole('link', { name: 'Exact Sample' }).first().waitFor();
    expect([page.url(), ...asked].filter((url) => /exact/i.test(decodeURIComponent(url)))).toEqual([]);
    expect(await auditOf(site.eventId, 'find-address')).toHaveLength(1);
    await page.getByRole('searchbox').fill('nobody@example.org');
    await page.keyboard.press('Enter');
    await page.getByText(/^Nobody whom you may see here is registered with “.+@.+”\. Only a whole address/).waitFor();
    await page.context().close();
  });

  it('shows what another person did within five seconds, and keeps nothing in any storage', async () => {
    const page = await openAs(site, 'Organiser', '/registrations?sort=name');
    await page.locator('.found').waitFor();
    await postForm(site, { email: 'just-now@example.org', fullName: 'Just Now' });
    await page.getByRole('link', { name: 'Just Now' }).waitFor({ timeout: 5_000 });
    const kept = await page.evaluate(async () => [
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      String((await indexedDB.databases()).length),
      String((await caches.keys()).length),
    ]);
    expect(kept.join(' ')).not.toContain('Just Now');
    expect(kept.slice(2)).toEqual(['0', '0']);
    await page.context().close();
  });

  it('vanishes where a role is taken back while its holder looks, and says why', async () => {
    const taken = { ...site, eventId: 'list-taken-back' };
    await registerPeople(site.system, taken.eventId, 3);
    await grant(taken, 'organiser', 'Organiser', [{ role: 'organiser' }]);
    const page = await openAs(taken, 'Organiser', '/registrations');
    await found(page, '3 people found');
    const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
    const identity = { issuer: site.system.identity.issuer, subject: 'organiser' };
    const of = { eventId: taken.eventId, identity, label: 'Organiser', grants: [{ role: 'care' }] } as const;
    await grantRoles(of, { dynamodb, tableName: site.system.tables.registry });
    dynamodb.destroy();
    await comeBackTo(page);
    await page.getByRole('alert').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(0);
    await page.context().close();
  });

  it('is emptied after a quarter of an hour without a press, and loads again at one', async () => {
    const page = await openAs(people, 'Organiser');
    await page.clock.install();
    await page.goto(consoleOf(people, '/registrations'));
    await found(page, '120 people found');
    await page.clock.fastForward('15:10');
    await page.getByText('Nothing was pressed for 15 minutes').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(0);
    await page.getByRole('button', { name: 'Load the list again' }).click();
    await page.clock.runFor(2_000);
    await found(page, '120 people found');
    await page.context().close();
  });
});

describe('keys of the list', () => {
  it('work by place while a row has the focus, decide by two presses, and are switched off for this browser', async () => {
    await applyAsMedia(site, 'a@keys.example.org', { fullName: 'Keyed Aaa' });
    await applyAsMedia(site, 'b@keys.example.org', { fullName: 'Keyed Bbb' });
    const page = await openAs(site, 'Organiser', '/registrations?q=Keyed&sort=name');
    await found(page, '2 people found');
    // In another layout, the same place gives another letter.
    const press = (code: string, key = 'ក') =>
      page.evaluate(
        ([of, letter]) =>
          document.activeElement?.dispatchEvent(
            new KeyboardEvent('keydown', { code: of, key: letter, bubbles: true, cancelable: true }),
          ),
        [code, key] as const,
      );
    const isAt = (name: string) =>
      expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(name);
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Backspace');
    expect(await page.locator('tbody input:checked').count(), 'a letter in a field is a letter').toBe(0);
    await page.getByRole('link', { name: 'Keyed Aaa' }).focus();
    await press('KeyJ');
    await isAt('Keyed Bbb');
    await press('KeyX');
    await page.getByText('1 person is chosen').waitFor();
    await press('KeyK');
    await isAt('Keyed Aaa');
    await press('KeyA');
    await page.locator('.asked', { hasText: 'Press A again to approve Keyed Aaa.' }).waitFor();
    await press('KeyD');
    await page.locator('.asked', { hasText: 'Press D again to decline Keyed Aaa.' }).waitFor();
    expect(await page.locator('.held .row').count(), 'one press of each decides nothing').toBe(0);
    await press('KeyA');
    await press('KeyA');
    await page.locator('.held .row').waitFor();
    await page.getByRole('row').filter({ hasText: 'Keyed Aaa' }).filter({ hasText: 'Confirmed' }).waitFor();
    await press('KeyZ');
    await page.getByText('It was taken back: Keyed Aaa is as before and gets no mail.').waitFor();
    await page.getByRole('button', { name: 'Keys', exact: true }).click();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Use these keys in this browser').uncheck();
    await page.reload();
    await page.getByRole('link', { name: 'Keyed Aaa' }).focus();
    await press('KeyJ');
    await isAt('Keyed Aaa');
    await page.context().close();
  });
});

describe('the list beside what it is not', () => {
  it('is away while an address is asked for, and is the former one afterwards', async () => {
    const page = await openAs(people, 'Organiser', '/registrations?q=Person%20004');
    await found(page, '1 person found');
    await page.getByRole('searchbox').fill('nobody@example.org');
    await page.getByRole('searchbox').press('Enter');
    await page.getByText('Nobody is registered with').or(page.locator('.note[role=status]')).first().waitFor();
    expect(await page.locator('tbody tr, .found').count()).toBe(0);
    await page.getByRole('searchbox').fill('Person 007');
    await found(page, '1 person found');
    await page.getByRole('link', { name: 'Person 007' }).waitFor();
    await page.context().close();
  });

  it('has rows no higher than what they say, and boxes beside the names', async () => {
    const page = await openAs(people, 'Organiser', '/registrations?q=Person%20004');
    await page.setViewportSize({ width: 1280, height: 740 });
    await found(page, '1 person found');
    const row = page.locator('tbody tr');
    const middleOf = async (within: string): Promise<number> => {
      const box = await row.locator(within).boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0) / 2;
    };
    expect(await row.evaluate((it) => it.getBoundingClientRect().height)).toBeLessThan(56);
    expect(Math.abs((await middleOf('.pick input')) - (await middleOf('th a')))).toBeLessThan(3);
    await page.context().close();
  });

  it('tears no word at 1280 px for many columns: it is scrolled to beside the names, and boxes stand in line', async () => {
    const page = await openAs(people, 'Organiser', '/registrations?q=Person%20004');
    await page.setViewportSize({ width: 1280, height: 740 });
    await found(page, '1 person found');
    await page.getByRole('button', { name: 'Columns and order' }).click();
    const boxes = page.locator('.values .check');
    const at = await boxes.evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().top)));
    const columns = await boxes.evaluateAll(
      (all) => new Set(all.map((each) => each.getBoundingClientRect().left)).size,
    );
    expect(columns).toBeGreaterThan(1);
    expect(new Set(at).size, 'as many heights as rows').toBe(Math.ceil(at.length / columns));
    const ids = await page.locator('.values input').evaluateAll((all) => all.map((each) => each.getAttribute('value')));
    expect(ids.length).toBeGreaterThan(10);
    await page.goto(consoleOf(people, `/registrations?q=Person%20004&columns=${ids.join('+')}`));
    await found(page, '1 person found');
    const table = page.locator('.wide-table');
    await expect.poll(() => table.evaluate((it) => it.scrollWidth > it.clientWidth)).toBe(true);
    const torn = await page.locator('.people td').evaluateAll(
      (cells) =>
        cells.filter((cell) => {
          const style = getComputedStyle(cell);
          return style.overflowWrap === 'anywhere';
        }).length,
    );
    expect(torn).toBe(0);
    const name = page.getByRole('link', { name: 'Person 004' });
    const before = await name.boundingBox();
    await table.evaluate((it) => {
      it.scrollLeft = 400;
    });
    const after = await name.boundingBox();
    expect(after?.x).toBeGreaterThanOrEqual((before?.x ?? 0) - 60);
    expect(after?.x).toBeGreaterThan(0);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/list-wide-1280.png`, fullPage: true });
    await page.context().close();
  });
});
