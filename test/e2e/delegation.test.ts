import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTicket } from '../../shared/ticket/ticket.ts';
import { fillStep, ready } from './form.ts';
import { mailTo } from './inbox.ts';
import { posting } from './posting.ts';
import { headingOf, mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { doorTrust, scan } from './tickets.ts';

/** A ministry's coordinator registers colleagues and looks after them, from the first page to the printed tickets. */
const PHONE = { width: 360, height: 740 };

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const SAME_FOR_ALL = [
  ['organisation', 'Sample Ministry'],
  ['country', 'TH'],
  ['category', 'academia'],
  ['mode', 'in-person'],
  ['days', 'day-1'],
] as const;

/** As a spreadsheet saves it on a desktop: UTF-16 with a byte order mark, and tabs. */
const TABLE = Buffer.from(
  `\uFEFF${[
    ['Full name', 'Position', 'Country', 'Remarks'],
    ['ចាន់ ដារ៉ា', 'Director', 'Cambodia', 'likes tea'],
    ['Formula Sample', '=1+1', 'Kambuja', ''],
  ]
    .map((line) => line.join('\t'))
    .join('\r\n')}`,
  'utf16le',
);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a delegation %s', (_, javaScriptEnabled) => {
  const coordinator = `coordinator.${javaScriptEnabled}@delegation.test`;
  let page: Page;
  let home: string;
  beforeAll(async () => {
    page = await site.visit({ javaScriptEnabled, viewport: PHONE, deviceScaleFactor: 2 });
  });
  afterAll(() => page?.context().close());

  /** Presses a button by its name. @returns the status of the answer to the press itself */
  async function press(name: string): Promise<number> {
    const answer = await posting(page, () => page.getByRole('button', { name, exact: true }).click());
    return answer.status();
  }
  const follow = async (name: string): Promise<void> => {
    await page.getByRole('link', { name, exact: true }).click();
    await page.waitForLoadState();
  };
  const row = (number: number, label: string) =>
    page.getByRole('group', { name: `Person ${number}`, exact: true }).getByLabel(label);
  const state = async (): Promise<void> => {
    await page.getByRole('checkbox', { name: /18 or older/ }).check();
    await page.getByRole('checkbox', { name: /read it and says/ }).check();
  };

  it('begins on the page of the event, and mails a link', async () => {
    await page.goto(site.event);
    await page
      .getByRole('link', { name: /Register a delegation/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Your email address' }).fill(coordinator);
    expect(await press('Send me the link')).toBe(303);
    expect(await headingOf(page)).toBe('Check your inbox');
    const { text } = await mailTo(site.system, coordinator);
    [home = ''] = /\S+\/d\/\S+/.exec(text) ?? [];
    await page.goto(home);
    expect(await headingOf(page)).toBe('Your delegation');
    expect(await page.title()).not.toContain('coordinator');
    expect(await mainTextOf(page)).toContain('Nobody is registered yet.');
  });

  it('registers whoever can be; a bad row stays, with its fields marked', async () => {
    await follow('Add people');
    await follow('Type names');
    await fillStep(page, SAME_FOR_ALL);
    for (const [number, name] of ['Sokha Sample', 'Somchai Sample', 'Unfinished Sample'].entries()) {
      await row(number + 1, 'Full name').fill(name);
      if (number < 2) await row(number + 1, 'Position').fill('Officer');
    }
    await row(2, 'Email address').fill(`own.${javaScriptEnabled}@delegation.test`);
    await state();
    expect(await press('Register these people')).toBe(422);
    expect(await page.title()).toMatch(/^Error: /);
    expect(await mainTextOf(page)).toContain('2 people are registered');
    expect(await row(3, 'Full name').inputValue()).toBe('Unfinished Sample');
    await page.locator('.errors a').first().click();
    await page.locator('#rows-2-position:focus').waitFor();
  });

  it('looks through a table in UTF-16, whose bad cell alone is asked and whose formula stays text', async () => {
    await page.goto(home);
    await follow('Add people');
    await follow('Upload a table');
    await page.getByLabel(/Table as a file/).setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: TABLE });
    expect(await press('Look through the table')).toBe(200);
    expect(await mainTextOf(page)).toContain('2 people were read from your table.');
    expect(await mainTextOf(page)).toContain('These columns are not read: Remarks');
    // What it has no column for is asked once for everyone.
    await fillStep(
      page,
      SAME_FOR_ALL.filter(([name]) => name !== 'country'),
    );
    const wrong = page.getByRole('group', { name: 'Row 3: Formula Sample' });
    expect(await shown(wrong)).toContain('You wrote “Kambuja”.');
    await wrong.getByLabel('Country').selectOption('LA');
    await page.getByText('One person with nothing to correct').click();
    expect(await shown(page.locator('.people'))).toContain('Row 2: ចាន់ ដារ៉ា');
    expect(await page.locator('input[name="row.3"]').inputValue()).toContain('"=1+1"');
    await state();
    expect(await press('Register these people')).toBe(303);
    expect(await mainTextOf(page)).toContain('All of them are added.');
  });

  it('says where each stands: of whoever has an address, only that we wrote', async () => {
    const list = await page.getByRole('main').getByRole('listitem').allInnerTexts();
    expect(list).toHaveLength(4);
    expect(list.filter((line) => /\nRegistered/.test(line))).toHaveLength(3);
    expect(list.find((line) => line.startsWith('Somchai Sample'))).toContain('We have written to them');
  });

  it('lets someone else come instead', async () => {
    await follow('Sokha Sample');
    await follow('Name someone else');
    expect(await press('Let this person come instead')).toBe(422);
    await page.getByRole('textbox', { name: 'Full name' }).fill('Maly Sample');
    await page.getByRole('textbox', { name: 'Position' }).fill('Adviser');
    await state();
    expect(await press('Let this person come instead')).toBe(303);
    expect(await headingOf(page)).toBe('Maly Sample');
    expect(await mainTextOf(page)).toContain('This person now has the place.');
    expect((await mailTo(site.system, coordinator, 2)).text).toContain('Maly Sample');
  });

  it('cancels for someone, and takes it back', async () => {
    await follow('Back to your delegation');
    await follow('Formula Sample');
    await page.getByText('This person can no longer attend').click();
    expect(await press('Cancel this registration')).toBe(303);
    expect(await mainTextOf(page)).toContain('This registration is cancelled.');
    expect(await press('Undo the cancellation')).toBe(303);
    expect(await mainTextOf(page)).toContain('The cancellation is undone.');
    await page.getByText('This person can no longer attend').click();
    await press('Cancel this registration');
    await follow('Back to your delegation');
    expect(await mainTextOf(page)).toMatch(/Formula Sample\s+Cancelled/);
  });

  it('TK7: prints the tickets of whoever comes and has no address, two on a sheet, each to be scanned', async () => {
    await follow('Print the tickets');
    const tickets = page.locator('.ticket');
    expect(await tickets.getByRole('heading').allTextContents()).toEqual(['Maly Sample', 'ចាន់ ដារ៉ា']);
    await page.emulateMedia({ media: 'print' });
    const trust = await doorTrust(site);
    for (const ticket of await tickets.all()) {
      expect(await parseTicket(await scan(await ticket.screenshot()), trust)).toMatchObject({ kind: 'valid' });
    }
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(sheets).toHaveLength(1);
    await page.emulateMedia({ media: null });
    await follow('Back to your delegation');
  });

  it('replaces the link: the old one says so, and has the new one mailed', async () => {
    await page.getByText('The link to this page', { exact: true }).click();
    expect(await press('Replace the link')).toBe(303);
    expect(await headingOf(page)).toBe('This link was replaced');
    expect(await mainTextOf(page)).toContain('The new link is on its way');
    expect(await mainTextOf(page)).not.toContain('Maly');
  });
});

describe('names typed on a phone', () => {
  const open = async (javaScriptEnabled: boolean) => {
    const coordinator = `phone.${javaScriptEnabled}@delegation.test`;
    const page = await site.visit({ javaScriptEnabled, viewport: PHONE });
    await page.goto(`${site.event}/delegation`);
    await page.getByRole('textbox', { name: 'Your email address' }).fill(coordinator);
    await posting(page, () => page.getByRole('button', { name: 'Send me the link' }).click());
    const [home = ''] = /[^\s?]+\/d\/[^\s?]+/.exec((await mailTo(site.system, coordinator)).text) ?? [];
    await page.goto(`${home}/people?by=names`);
    await ready(page);
    return { page, home };
  };
  const nameOf = (page: Page, person: number) => page.locator(`[name="rows.${person - 1}.fullName"]`);

  it.each([true, false])(
    'go on with the first of more people, and keep those before (scripts: %s)',
    async (scripts) => {
      const { page } = await open(scripts);
      await nameOf(page, 1).fill('Sokha Sample');
      await page.getByRole('button', { name: 'More people' }).click();
      await page.locator(scripts ? '#person-5:focus' : '#person-1:focus').waitFor();
      expect(await nameOf(page, 1).inputValue()).toBe('Sokha Sample');
      await page.context().close();
    },
  );

  it('need no network for more people, stay through a reload and a way back, and are forgotten once they are sent', async () => {
    const { page, home } = await open(true);
    await fillStep(page, SAME_FOR_ALL);
    await page.context().setOffline(true);
    for (let press = 0; press < 5; press += 1) {
      const more = page.getByRole('button', { name: 'More people' });
      if (await more.isVisible()) await more.click();
    }
    await page.context().setOffline(false);
    expect(await page.getByRole('group', { name: /^Person / }).count()).toBe(25);
    for (const person of [1, 12]) {
      await nameOf(page, person).fill(`Person Sample ${person}`);
      await page.locator(`[name="rows.${person - 1}.position"]`).fill('Officer');
    }
    await page.getByRole('checkbox', { name: /18 or older/ }).check();
    await page.reload();
    await ready(page);
    await page.goto(home);
    await page.goBack();
    await ready(page);
    expect(await nameOf(page, 12).inputValue()).toBe('Person Sample 12');
    expect(await page.getByRole('group', { name: 'Person 12', exact: true }).count()).toBe(1);
    expect(await page.locator('[name=organisation]').inputValue()).toBe('Sample Ministry');
    const adults = page.getByRole('checkbox', { name: /18 or older/ });
    expect(await adults.isChecked()).toBe(false);
    await adults.check();
    await page.getByRole('checkbox', { name: /read it and says/ }).check();
    await posting(page, () => page.getByRole('button', { name: 'Register these people' }).click());
    expect(await mainTextOf(page)).toContain('All of them are added.');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.goto(`${home}/people?by=names`);
    await ready(page);
    expect(await nameOf(page, 1).inputValue()).toBe('');
    await page.context().close();
  });
});

/** A spreadsheet of 25, as an office has it: six cells are wrong, and some are near to what they mean. */
const CELLS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  3: { country: 'Atlantis' },
  4: { country: 'Cambodja' },
  5: { mode: 'in person', days: 'Both' },
  6: { mode: 'maybe' },
  9: { category: 'Friends of the forum' },
  12: { days: 'Friday' },
  15: { email: 'nobody' },
  18: { position: '' },
};
const SPREADSHEET = Buffer.from(
  [
    'Honorific;Full name;Position;Email address;Organisation or delegation;Country;category;mode;days',
    ...Array.from({ length: 25 }, (_, index) => {
      const number = index + 2;
      const usual = {
        country: 'Thailand',
        category: 'Academia',
        mode: 'Online',
        days: 'First day',
        position: 'Officer',
      };
      const cells = { ...usual, email: '', ...CELLS[number] };
      const honorific = number % 2 ? 'ឯកឧត្តម' : 'H.E.';
      return [
        ...[honorific, `Person ${number}`, cells.position, cells.email, 'Sample Ministry'],
        ...[cells.country, cells.category, cells.mode, cells.days],
      ].join(';');
    }),
  ].join('\r\n'),
);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a spreadsheet of 25 with six wrong cells, %s', (_, javaScriptEnabled) => {
  it('is sent within two minutes; two screens of a phone are enough to mend it, in English and in Khmer', async () => {
    const coordinator = `office.${javaScriptEnabled}@delegation.test`;
    const page = await site.visit({ javaScriptEnabled, viewport: PHONE });
    const press = async (name: string) =>
      (await posting(page, () => page.getByRole('button', { name, exact: true }).click())).status();
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer: SPREADSHEET };
    /** Has the table looked through on the page that asks for it. @returns pixels from the first wrong cell to the last one's end */
    const lookThrough = async (): Promise<number> => {
      await page.locator('input[type=file]').setInputFiles(file);
      const read = page.locator('button[name=press][value=read]');
      expect((await posting(page, () => read.click())).status()).toBe(200);
      if (javaScriptEnabled) await page.locator('html.scripted').waitFor();
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const cells = page.locator('.group');
      expect(await cells.count()).toBe(6);
      const [first, last] = [await cells.first().boundingBox(), await cells.last().boundingBox()];
      return (last?.y ?? 0) + (last?.height ?? Number.POSITIVE_INFINITY) - (first?.y ?? 0);
    };
    await page.goto(`${site.event}/delegation`);
    await page.getByRole('textbox', { name: 'Your email address' }).fill(coordinator);
    expect(await press('Send me the link')).toBe(303);
    const [home = ''] = /\S+\/d\/\S+/.exec((await mailTo(site.system, coordinator)).text) ?? [];
    // To look through a table writes nothing: it is done in Khmer first.
    await page.goto(`${home.split('?')[0]}/people?by=table&lang=km`);
    const inKhmer = await lookThrough();
    expect(await page.getAttribute('html', 'lang')).toBe('km');
    expect(inKhmer).toBeLessThanOrEqual(2 * PHONE.height);
    const began = Date.now();
    await page.goto(home);
    await page.getByRole('link', { name: 'Add people' }).click();
    await page.getByRole('link', { name: 'Upload a table' }).click();
    expect(await lookThrough()).toBeLessThanOrEqual(2 * PHONE.height);
    expect(await page.title()).toMatch(/^Error: /);
    expect(await mainTextOf(page)).toContain('6 cells to correct');
    // The summary leads there.
    await page.locator('.errors a').click();
    await page.locator('#rows-3-country:focus').waitFor();
    const row = (number: number) => page.getByRole('group', { name: new RegExp(`^Row ${number}: `) });
    await row(3).getByLabel('Country').selectOption('KH');
    await row(6).getByLabel('How will you take part?').selectOption('online');
    await row(9).getByLabel('Which group do you belong to?').selectOption('academia');
    await row(12).getByLabel('Second day').check();
    await row(15).getByLabel('Email address').fill('');
    await row(18).getByLabel('Position').fill('Director');
    const understood = page.getByRole('group', { name: 'How we read some cells' });
    expect(await shown(understood)).toContain('“Cambodja”: read as Cambodia');
    expect(await shown(understood)).toContain('“Both”: read as First day; Second day');
    await page.getByRole('checkbox', { name: /18 or older/ }).check();
    await page.getByRole('checkbox', { name: /read it and says/ }).check();
    expect(await press('Register these people')).toBe(303);
    expect(Date.now() - began).toBeLessThan(120_000);
    expect(await mainTextOf(page)).toContain('25 people of 25 at most.');
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(25);
    await page.context().close();
  });
});
