import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook } from '../support/workbook.ts';
import { consoleOf, grant, openAs, pagesOffered, resultOf, warningOf } from './console.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { postForm } from './post.ts';
import { mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { changeRegistration, readTable } from './tables.ts';
import { faultsOf, pressAt } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await come('Bopha Sample', { diet: ['vegan', 'no-gluten'], access: STEPS });
  await come('Arun Sample', { diet: ['vegan'] }, { days: ['day-2'] });
  await come('Chan Sample', { access: 'Captions in every session' }, { mode: 'online' });
});
afterAll(() => site?.stop());

type Needs = Readonly<Record<string, string | string[]>>;

const STEPS = 'A way without steps.\nA seat near the door';
const addressOf = (fullName: string): string => `${fullName.split(' ')[0]?.toLowerCase()}@needs.example.org`;

/** Registers someone who then says on their own page what they need. */
async function come(fullName: string, needs: Needs, changes: Record<string, unknown> = {}): Promise<void> {
  const email = addressOf(fullName);
  const { status } = await postForm(site, { email, fullName, ...changes });
  expect(status).toBe(303);
  await say(fullName, needs);
}

async function say(fullName: string, needs: Needs): Promise<void> {
  const page = manageLinkIn(await mailTo(site.system, addressOf(fullName)));
  const body = new URLSearchParams({ action: 'keep' });
  for (const [question, said] of Object.entries(needs))
    for (const each of [said].flat()) body.append(`answers.${question}`, each);
  const { status } = await fetch(`${page}/care`, { method: 'POST', body, redirect: 'manual' });
  expect(status).toBe(303);
}

const itemOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

describe('catering', () => {
  it('CS11: shows whoever cooks how many chose what on which day, and nobody’s name', async () => {
    const page = await openAs(site, 'Care team');
    await page.waitForURL(consoleOf(site, '/catering'));
    expect(await pagesOffered(page)).toEqual(['Catering', 'To arrange', 'Team']);
    const numbers = async (choice: string) =>
      page.getByRole('row').filter({ hasText: choice }).getByRole('cell').allInnerTexts();
    await page.getByRole('heading', { name: 'What do you eat?' }).waitFor();
    expect(await numbers('Everyone who comes')).toEqual(['1', '2']);
    expect(await numbers('Vegan')).toEqual(['1', '2']);
    expect(await numbers('No gluten')).toEqual(['1', '1']);
    expect(await numbers('Halal')).toEqual(['0', '0']);
    expect(await mainTextOf(page)).not.toMatch(/Sample|steps|example\.org/);

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save for Excel' }).click();
    expect((await saved).suggestedFilename()).toMatch(
      new RegExp(`^${site.eventId}-catering-\\d{4}-\\d\\d-\\d\\d\\.xlsx$`),
    );
    const table = await readWorkbook(await readFile(await (await saved).path()));
    expect(table[0]?.slice(0, 2)).toEqual(['Catering', 'Choice']);
    expect(table[1]).toEqual(['Everyone who comes', null, 1, 2]);
    expect(table).toContainEqual(['What do you eat?', 'Vegan', 1, 2]);
    expect(JSON.stringify(table)).not.toContain('Sample');
    await page.context().close();
  });

  it('prints on one page, with the event and the time, and without what is only for the screen', async () => {
    const page = await openAs(site, 'Care team', '/catering');
    await page.getByRole('heading', { name: 'What do you eat?' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const printed = await shown(page.locator('body'));
    expect(printed).toMatch(/Child Online Protection[\s\S]*As of .*Phnom Penh time[\s\S]*Vegan\s+1\s+2/);
    expect(printed).not.toMatch(/Save|Read|Sign out/);
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(sheets).toHaveLength(1);
    await page.context().close();
  });
});

describe('to arrange', () => {
  it('CS11: is ticked for one person at a time, says who ticked it, and can be opened again', async () => {
    const page = await openAs(site, 'Care team', '/arrange');
    await page.getByText('2 of 2 still to arrange.').waitFor();
    expect(await mainTextOf(page)).toMatch(/Each time someone opens this list, that is recorded/);
    expect(await shown(itemOf(page, 'Bopha'))).toMatch(
      /In person, First day, Second day\n[\s\S]*Vegan, No gluten\n[\s\S]*A way without steps\.\nA seat near the door/,
    );
    expect(await itemOf(page, 'Arun').count()).toBe(0);
    await page.getByRole('button', { name: 'Mark as arranged: Bopha Sample' }).click();
    expect(await resultOf(page)).toBe('What Bopha Sample needs is marked as arranged.');
    expect(await shown(itemOf(page, 'Bopha'))).toMatch(/Arranged\s+Care team, \d+ \w+ \d{4}/);
    await page.getByText('1 of 2 still to arrange.').waitFor();

    await page.getByRole('button', { name: 'Read the list again' }).click();
    await page.getByText('This is the list now.').waitFor();
    expect(await page.getByRole('main').locator('li b').allInnerTexts()).toEqual(['Chan Sample', 'Bopha Sample']);
    await pressAt(page, 'Not arranged after all: Bopha', 'Space');
    await page.getByText('What Bopha Sample needs is open again.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Mark as arranged');
    await page.context().close();
  });

  it('ticks nothing that was replaced meanwhile: it shows what is asked for now, and what was before', async () => {
    const page = await openAs(site, 'Care team', '/arrange');
    await itemOf(page, 'Chan').waitFor();
    await say('Chan Sample', { access: 'Large print' });
    await page.getByRole('button', { name: 'Mark as arranged: Chan Sample' }).click();
    expect(await warningOf(page)).toMatch(/Chan Sample changed this meanwhile, and nothing was ticked/);
    expect(await shown(itemOf(page, 'Chan'))).toMatch(
      /Large print[\s\S]*Before, they had asked for:[\s\S]*Captions in every session/,
    );
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Mark as arranged: Chan Sample' }).click();
    expect(await resultOf(page)).toMatch(/marked as arranged/);
    expect(await shown(itemOf(page, 'Chan'))).not.toContain('Before');
    await page.context().close();
  });

  it('is noted at each look', async () => {
    const looks = async () =>
      (await readTable(site.system, 'audit')).filter(({ action }) => action === 'list-needs').length;
    const before = await looks();
    const page = await openAs(site, 'Care team', '/arrange');
    await itemOf(page, 'Bopha').waitFor();
    expect(await looks()).toBe(before + 1);
    await page.context().close();
  });

  it('CS13: names people under 18 to whoever was vetted in that role only, and says that there are more', async () => {
    await changeRegistration(site.system, addressOf('Bopha'), { ageBand: 'minor' });
    const page = await openAs(site, 'Care team', '/arrange');
    await page.getByText('1 person under 18 asked for something too.').waitFor();
    expect(await mainTextOf(page)).not.toContain('Bopha');
    await page.context().close();
    await grant(site, 'nobody', 'Vetted carer', [{ role: 'care', vettedUntil: '2099-12-31' }]);
    const vetted = await openAs(site, 'Someone without a role', '/arrange');
    await itemOf(vetted, 'Bopha').getByText('Under 18').waitFor();
    await vetted.context().close();
  });
});
