import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { addToCount } from '../../shared/checkin/attendance/attendance.store.ts';
import type { AnswerBox } from '../../shared/feedback/result/feedback.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { answeringInto, feedbackWith, type Said } from '../support/feedback.ts';
import { readWorkbook } from '../support/workbook.ts';
import { comeBackTo, consoleOf, openAs, resultOf, warningOf } from './console.ts';
import { headingOf, mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { scan } from './tickets.ts';
import { faultsOf } from './views.ts';

let site: Site;
let client: DynamoDBClient;
let box: AnswerBox;
let answer: (said: Said) => Promise<void>;
beforeAll(async () => {
  site = await openSite();
  client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
  const { endpoints, environment, tables } = site.system;
  const kms = new KMSClient({ ...LOCAL_AWS, endpoint: endpoints.kms });
  const key = environment[ENVIRONMENT.feedbackKey] ?? '';
  box = feedbackWith({ client: documentClient(client), table: tables.feedback, kms, key }).box;
  answer = answeringInto(box, site.eventId, FORM);
  // Before anybody looks, for numbers are remembered a while.
  await count('day-day-2', 212);
  await count('session-detection', 3);
});
afterAll(async () => {
  client?.destroy();
  await site?.stop();
});

const FORM = 'session-opening';
const TITLE = 'Opening of the Forum';
const rowOf = (page: Page, label: string) => page.getByRole('row').filter({ hasText: label });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const section = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
const useful = (page: Page) => section(page, 'How useful was this session to you?');

/** What a door counts of people who come. */
const count = (list: string, came: number) =>
  writeAll(
    documentClient(client),
    [
      addToCount(
        site.system.tables.registry,
        site.eventId,
        { list, device: 'door', lane: 0, category: 'academia', mode: 'in-person' },
        { came, inside: came },
        2 ** 32,
      ),
    ],
    realSystem,
  );

async function say(said: readonly Said[]): Promise<void> {
  for (const each of said) await answer(each);
}

describe('feedback', () => {
  it('is opened, followed live in steps of five, and closed', async () => {
    const page = await openAs(site, 'Organiser', '/feedback');
    await rowOf(page, TITLE).getByText('Not open yet').waitFor();
    await say(Array.from({ length: 4 }, () => ({ useful: 5, comment: 'More of it' })));
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByText('Nothing is shown before five people have answered.').waitFor();

    await press(page, 'Open it at a time');
    await page.getByLabel('Opens at').fill('٢٠٩٩-٠١-٠١ ٠٩:٠٠');
    await press(page, 'Set the time');
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Opens at: .*answers are taken until/ })
      .waitFor();
    await press(page, 'Cancel');
    await press(page, 'Open it now');
    await press(page, 'Open it');
    expect(await resultOf(page)).toBe(`${TITLE}: the form is open.`);

    await say([{ useful: 2, comment: '<b>Too long</b>' }]);
    await page.getByText('4.4 of 5 on average, of 5 answers.').waitFor();
    expect(await mainTextOf(page)).toContain('Too few to tell apart by group.');
    await say(Array.from({ length: 10 }, () => ({ useful: 3, mode: 'online', category: 'media' })));
    await comeBackTo(page);
    await page.getByText('15 people answered.').waitFor();
    await page.getByText('3.5 of 5 on average, of 15 answers.').waitFor();
    const numbers = await useful(page).getByRole('table').first().getByRole('row').allInnerTexts();
    expect(numbers.map((row) => row.split(/\s*\t\s*/))).toEqual([
      ['Answer', 'People', 'Share'],
      ['1, the worst', '0', '0 %'],
      ['2', '1', '7 %'],
      ['3', '10', '67 %'],
      ['4', '0', '0 %'],
      ['5, the best', '4', '27 %'],
    ]);
    expect(await useful(page).getByRole('img').getAttribute('aria-label')).toBe(
      'Bars of the numbers in the table: How useful was this session to you?',
    );
    const apart = await useful(page).getByRole('table').nth(1).getByRole('row').allInnerTexts();
    expect(apart.map((row) => row.split(/\s*\t\s*/).slice(0, 2))).toEqual([
      ['Who', 'Average'],
      ['In person', '4.4'],
      ['Online', '3.0'],
      ['Academia', '4.4'],
      ['Media', '3.0'],
    ]);

    expect(await mainTextOf(page)).not.toContain('More of it');
    await press(page, 'Read what people wrote');
    await page.getByText('<b>Too long</b>').waitFor();
    expect(await page.locator('.written li').allInnerTexts()).toEqual([
      '<b>Too long</b>',
      ...Array(4).fill('More of it'),
    ]);
    expect(await faultsOf(page)).toEqual([]);
    const saved = page.waitForEvent('download');
    await press(page, 'Save the numbers for Excel');
    const table = await readWorkbook(await readFile(await (await saved).path()));
    expect(table[0]).toEqual(
      expect.arrayContaining(['Question', 'Answer', 'Everyone', 'Takes part: In person', 'Group: Media']),
    );
    expect(table).toContainEqual(['Answered', null, 15, 5, 10, 5, 10]);
    expect(table.find(([, choice]) => choice === 'Average')).toContain(4.4);

    const other = await openAs(site, 'Organiser', `/feedback/${FORM}`);
    await other.getByRole('button', { name: 'Close it', exact: true }).click();
    await press(page, 'Switch it off');
    await press(other, 'Close it now');
    expect(await resultOf(other)).toBe(`${TITLE}: the form is closed.`);
    await other.context().close();
    await page.context().close();
  });

  it('says who may answer, warns of a door at which hardly anybody was scanned, and lets an organiser say otherwise', async () => {
    const form = 'session-detection';
    const page = await openAs(site, 'Organiser', `/feedback/${form}`);
    const title = await headingOf(page);
    const may = section(page, 'Who may answer');
    const warning = may.getByText('Hardly anybody was scanned at its door');
    await may.getByText('Whoever was scanned at its door: 3 people. At least 212 people came that day.').waitFor();
    expect(await warning.count(), 'people may still be on their way there').toBe(0);
    await press(page, 'Open it now');
    await press(page, 'Open it');
    await warning.waitFor();
    await press(page, 'Let everyone answer who came that day');
    expect(await shown(may)).toContain('Who answered already stays counted.');
    await press(page, 'Let everyone answer');
    expect(await resultOf(page)).toBe(`${title}: everyone may answer who came that day.`);
    await may
      .getByText('Everyone who came that day: at least 212 people. 3 of them were scanned at its door.')
      .waitFor();
    expect(await warning.count()).toBe(0);
    expect(await may.getByRole('button').allInnerTexts()).toEqual([
      'Only who was scanned at its door',
      'Decide by itself',
    ]);
    await press(page, 'Only who was scanned at its door');
    await press(page, 'Only who was there');
    expect(await resultOf(page)).toBe(`${title}: only who came to the session may answer.`);
    await warning.waitFor();
    await press(page, 'Decide by itself');
    await press(page, 'Let the scans decide');
    await may.getByText('This follows from the scans at its door').waitFor();

    const toDetection = answeringInto(box, site.eventId, form);
    for (let person = 0; person < 5; person += 1) await toDetection({ useful: 4 });
    await comeBackTo(page);
    await page.getByText('5 people answered. Fewer are counted as having come').waitFor();
    expect(await shown(section(page, 'Who answered'))).not.toMatch(/%|of 3/);
    await page.goto(consoleOf(site, '/feedback'));
    await rowOf(page, title).getByText('Hardly scanned at its door').waitFor();
    expect(await shown(rowOf(page, title))).not.toContain('%');
    await page.goto(consoleOf(site, '/feedback/event'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Switch it off' }).waitFor();
    expect(await may.count(), 'whoever came may answer about the whole event').toBe(0);
    await page.context().close();
  });

  it('changes nothing that somebody else changed meanwhile', async () => {
    const page = await openAs(site, 'Organiser', '/feedback/event');
    await page.route('**/feedback/event?*', (route) => route.abort());
    await press(page, 'Switch it off');
    const other = await openAs(site, 'Organiser', '/feedback/session-opening');
    await press(other, 'Open it again');
    await press(other, 'Open it');
    await resultOf(other);
    await other.context().close();
    await page.unroute('**/feedback/event?*');
    await press(page, 'Switch it off now');
    expect(await warningOf(page)).toMatch(/^Someone else changed a form meanwhile/);
    await page.context().close();
  });

  it('has a page for the chair of a session: one sheet, without words unless they are asked for', async () => {
    const page = await openAs(site, 'Organiser', `/feedback/chair-${FORM}`);
    await useful(page).waitFor();
    const printed = async () => {
      await page.emulateMedia({ media: 'print' });
      return shown(page.locator('body'));
    };
    expect(await printed()).toMatch(
      /Child Online Protection[\s\S]*Opening of the Forum[\s\S]*15 people answered\.[\s\S]*3\.5 of 5 on average/,
    );
    expect(await printed()).not.toMatch(/Too long|Print|Sign out/);
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(sheets).toHaveLength(1);
    await page.emulateMedia({ media: 'screen' });
    await page.getByLabel('With what people wrote').check();
    await page.getByText('<b>Too long</b>').waitFor();
    expect(await printed()).toContain('Too long');
    await page.context().close();
  });

  it('has a screen for the room, whose code and address lead to the form', async () => {
    const page = await openAs(site, 'Organiser', '/feedback/session-closing');
    await press(page, 'Open it now');
    await press(page, 'Open it');
    await resultOf(page);
    await page.getByRole('link', { name: 'Screen for the room' }).click();
    await page.locator('.room .address').waitFor();
    const address = `${site.system.siteUrl}/f/${site.eventId}/session-closing`;
    expect(await scan(await page.locator('.qr').screenshot())).toBe(address);
    expect(`http://${await shown(page.locator('.room .address'))}`).toBe(address);
    const opened = await fetch(address);
    expect([opened.status, (await opened.text()).includes('Closing of the Forum')]).toEqual([200, true]);
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.setViewportSize({ width: 1280, height: 720 });
    const box = await page.locator('.room .address').boundingBox();
    expect((box?.y ?? 720) + (box?.height ?? 0)).toBeLessThanOrEqual(720);
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(sheets).toHaveLength(1);
    await page.context().close();
  });

  it('CS22: shows whoever looks after children numbers, and nothing to decide or to read', async () => {
    const page = await openAs(site, 'Safeguarding focal point', `/feedback/${FORM}`);
    await useful(page).waitFor();
    expect(await mainTextOf(page)).not.toMatch(/Switch it off|In their own words/);
    const may = section(page, 'Who may answer');
    expect([await may.count(), await may.getByRole('button').count()]).toEqual([1, 0]);
    await page.context().close();
  });
});
