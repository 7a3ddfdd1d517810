import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRACTICE_CODE } from '../../shared/domain/check-in/practice.ts';
import type { Guest } from '../support/door/event.ts';
import { type CheckinApp, changeList, next, scanned, startCheckinApp } from './app.ts';
import { faultsOf, faultsOfWords } from './views.ts';

let app: CheckinApp;
beforeAll(async () => {
  app = await startCheckinApp();
});
afterAll(async () => app?.stop());

interface Sight {
  readonly tone: 'go' | 'ask' | 'stop';
  /** Words on the screen, in each language. */
  readonly says: Readonly<Record<string, string>>;
  readonly list?: string;
  readonly change?: Parameters<CheckinApp['invite']>[0];
  /** What is scanned, where it is not the guest's ticket as it is. */
  readonly code?: (guest: Guest) => string;
  /** Before it is scanned. */
  readonly first?: (page: Page, guest: Guest) => Promise<void>;
}

const LONG = { name: 'W'.repeat(100), organisation: 'ក្រសួងសាកល្បង'.repeat(6) };
const altered = ({ code }: Guest): string => code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
const ticketOfNobody = (seed: number) => () => app.event.issue({ ticketId: new Uint8Array(12).fill(seed) });
const fillStorage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
    IDBObjectStore.prototype.add = IDBObjectStore.prototype.put;
  });

/** Every kind of verdict. */
const SIGHTS: Readonly<Record<string, Sight>> = {
  welcome: { tone: 'go', says: { en: 'Welcome', km: 'សូមស្វាគមន៍' }, change: { noPhoto: true, askNeeds: true } },
  'a long name': { tone: 'go', says: { en: 'WWW', km: 'WWW' }, change: LONG },
  protocol: { tone: 'go', says: { en: 'Call protocol', km: 'សូមហៅផ្នែកពិធីការ' }, change: { role: 'protocol' } },
  'already in': {
    ...{ tone: 'ask', says: { en: 'Scanned at this phone.', km: 'បានស្កេននៅទូរសព្ទនេះ។' } },
    async first(page, { code }) {
      await scanned(page, code);
      await next(page);
      // Within three seconds the same code is the same scan.
      await page.waitForTimeout(3100);
    },
  },
  'a minor with a hold': {
    ...{ tone: 'ask', says: { en: 'Please go to the safeguarding desk', km: 'សូមទៅតុគាំពារកុមារ' } },
    change: { isMinor: true, hold: 'consent', name: undefined, organisation: undefined },
  },
  'a minor whom this phone may not name': {
    ...{ tone: 'ask', says: { en: 'They are counted.', km: 'គាត់ត្រូវបានរាប់បញ្ចូល។' } },
    change: { isMinor: true, name: undefined, organisation: undefined },
  },
  'not confirmed': { tone: 'stop', says: { en: 'Not confirmed', km: 'មិនទាន់បញ្ជាក់' }, change: { isConfirmed: false } },
  'too early': { tone: 'stop', says: { en: 'Opens', km: 'បើកនៅ' }, list: 'early' },
  'too late': { tone: 'stop', says: { en: 'Closed', km: 'បានបិទនៅ' }, list: 'over' },
  'another day': { tone: 'stop', says: { en: 'Tuesday 2 November', km: 'ថ្ងៃអង្គារ ទី2 ខែវិច្ឆិកា' }, list: 'second-day' },
  online: { tone: 'stop', says: { en: 'attend online', km: 'តាមអនឡាញ' }, change: { mode: 'online' } },
  'a closed session': {
    ...{ tone: 'stop', says: { en: 'Ask whoever is in charge', km: 'សូមសួរអ្នកទទួលខុសត្រូវ' }, list: 'board' },
  },
  practice: { tone: 'ask', says: { en: 'PRACTICE', km: 'PRACTICE' }, code: () => PRACTICE_CODE },
  'not in the roster': {
    ...{ tone: 'ask', says: { en: 'not on this phone', km: 'មិនទាន់មានក្នុងទូរសព្ទនេះ' } },
    code: () => ticketOfNobody(7)(),
  },
  revoked: {
    ...{ tone: 'stop', says: { en: 'not valid any more', km: 'លែងមានសុពលភាព' } },
    async first(page, guest) {
      app.door.revocations = await app.event.revoke([guest], 1 + app.door.guests.length);
      await page
        .getByRole('button', { name: /Settings|ការកំណត់/ })
        .last()
        .click();
      await page.getByRole('button', { name: /Send and receive now|ផ្ញើ និងទទួលឥឡូវនេះ/ }).click();
      await page.waitForTimeout(500);
      await page.locator('.back').click();
    },
  },
  'another code': {
    ...{ tone: 'stop', says: { en: 'That is not a ticket', km: 'នេះមិនមែនជាសំបុត្រទេ' } },
    code: () => 'WIFI:T:WPA;S:Hall;P:secret;;',
  },
  altered: { tone: 'stop', says: { en: 'Not a genuine ticket', km: 'មិនមែនជាសំបុត្រពិត' }, code: altered },
  'another event': {
    ...{ tone: 'stop', says: { en: 'A ticket of another event', km: 'ព្រឹត្តិការណ៍ផ្សេង' } },
    code: ({ ticketId }) => app.event.issue({ ticketId, event: new Uint8Array(8) }),
  },
  'a newer ticket': { tone: 'ask', says: { en: 'too old for that ticket', km: 'ចាស់ពេក' }, code: () => 'PLN2:ABCDEF' },
  'a full phone': {
    ...{ tone: 'stop', says: { en: 'the phone is full', km: 'ទូរសព្ទពេញហើយ' } },
    first: (page) => fillStorage(page),
  },
};

describe.each(['en', 'km'])('in %s', (language) => {
  const faults = language === 'en' ? faultsOf : faultsOfWords;

  it.each(Object.entries(SIGHTS))('%s: fills the screen, and breaks no rule of accessibility', async (_name, sight) => {
    const guest = await app.invite(sight.change);
    const page = await app.phone({ list: sight.list ?? 'entrance', locale: language });
    await sight.first?.(page, guest);
    expect(await scanned(page, sight.code?.(guest) ?? guest.code)).toBe(sight.tone);
    expect(await page.locator('.verdict').textContent()).toContain(sight.says[language]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await faults(page)).toEqual([]);
    const size = await page.locator('.verdict .name').evaluate((element) => getComputedStyle(element).fontSize);
    expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(40);
    await page.context().close();
  });

  it('a full room, and staff who let someone in anyway', async () => {
    const [first, second, third] = [await app.invite(), await app.invite(), await app.invite()];
    const page = await app.phone({ list: 'room', locale: language });
    // Whoever came in the other language is in this room too.
    for (const { code } of [first, second]) {
      await scanned(page, code);
      await next(page);
    }
    expect(await scanned(page, third.code)).toBe('ask');
    expect(await faults(page)).toEqual([]);
    await next(page);
    await changeList(page, 'early');
    expect(await scanned(page, first.code)).toBe('stop');
    await page.locator('.verdict .second').first().click();
    await page.locator('.verdict.go').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.context().close();
  });
});
