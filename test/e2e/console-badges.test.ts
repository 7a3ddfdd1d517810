import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAs } from './console.ts';
import { postJson } from './post.ts';
import { type Site, startSite } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
  for (const [email, fullName, organisation] of PEOPLE) {
    expect((await postJson(site, { email, fullName, badgeName: fullName, organisation })).status).toBe(202);
  }
});
afterAll(() => site?.stop());

/** Names that are made up, in scripts that are easily spoiled. */
const PEOPLE = [
  ['km@example.org', 'គំរូ ឧទាហរណ៍', 'ក្រសួងគំរូ'],
  ['lo@example.org', 'ຕົວຢ່າງ ຊື່', 'Sample Office'],
  ['my@example.org', 'နမူနာ အမည်', 'Sample Office'],
  ['th@example.org', 'ตัวอย่าง ชื่อ', 'Sample Office'],
  ['vi@example.org', 'Nguyễn Thử Nghiệm', 'Sample Office'],
  ['long@example.org', 'Sample Person Of A Very Long Name Indeed', 'Sample Organisation With A Long Name As Well'],
] as const;

const badgesOn = (page: Page) => page.locator('.badge');
/** How many sheets are printed. */
const sheets = async (page: Page): Promise<number> => {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
};

describe('badges', () => {
  it('are shown for everyone in the room, each with a code, and printed one to a sheet or four', async () => {
    const page = await openAs(site, 'Organiser', '/badges');
    await badgesOn(page).first().waitFor();
    const count = await badgesOn(page).count();
    expect(count).toBeGreaterThanOrEqual(PEOPLE.length);
    for (const [, name] of PEOPLE) expect(await page.getByText(name, { exact: true }).count()).toBe(1);
    expect(await page.getByRole('img', { name: /^Code of/ }).count()).toBe(count);
    expect(await page.getByText('No photo').count()).toBeGreaterThan(0);
    expect(await sheets(page)).toBe(count);
    await page.getByLabel('Paper').selectOption('a4');
    await page.getByRole('button', { name: 'Show the badges' }).click();
    await page.locator('.badges.a4').waitFor();
    expect(await sheets(page)).toBe(Math.ceil(count / 4));
    await page.context().close();
  });

  it('stay on their paper, however long a name is', async () => {
    const page = await openAs(site, 'Organiser', '/badges?paper=label');
    await badgesOn(page).first().waitFor();
    const spilled = await page
      .locator('.badge .who')
      .evaluateAll((all) =>
        all.filter((each) => each.scrollHeight > each.clientHeight + 1).map((each) => each.textContent),
      );
    expect(spilled).toEqual([]);
    await page.context().close();
  });

  it('are one person’s alone where their reference is typed', async () => {
    const page = await openAs(site, 'Organiser', '/badges');
    await badgesOn(page).first().waitFor();
    const reference = (await page.locator('.badge .code').first().textContent()) ?? '';
    await page.getByLabel('Only this reference').fill(reference);
    await page.getByRole('button', { name: 'Show the badges' }).click();
    await page.getByText('1 badge', { exact: true }).waitFor();
    expect(await badgesOn(page).count()).toBe(1);
    await page.getByLabel('Only this reference').fill('nobody');
    await page.getByRole('button', { name: 'Show the badges' }).click();
    await page.getByText('Nobody fits who comes to the room.').waitFor();
    await page.context().close();
  });

  it('are a list for a power cut, and badges with numbers, on few sheets', async () => {
    const page = await openAs(site, 'Organiser', '/badges?paper=list');
    const rows = page.locator('.door-list tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(PEOPLE.length);
    expect(await page.getByRole('columnheader', { name: 'Temporary badge' }).count()).toBe(1);
    expect(await sheets(page)).toBe(1);
    await page.getByLabel('Paper').selectOption('temporary');
    await page.getByRole('button', { name: 'Show the badges' }).click();
    await page.getByText('T-032', { exact: true }).waitFor();
    expect(await sheets(page)).toBe(8);
    await page.context().close();
  });
});
