import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRACTICE_CODE } from '../../shared/checkin/scan/scan.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { displayTicketId } from '../../shared/ticket/ticket.ts';
import type { Guest } from '../support/door/event.ts';
import { type CheckinApp, changeList, next, scanned, startCheckinApp } from './app.ts';
import { faultsOf } from './views.ts';

interface Sight {
  readonly tone: 'go' | 'ask' | 'stop';
  /** Words on the screen, in each language. */
  readonly says: Readonly<Record<string, string>>;
  readonly list?: string;
  readonly change?: Parameters<CheckinApp['invite']>[0];
  /** What is scanned, where it is not the guest's ticket as it is. */
  readonly code?: (guest: Guest) => string;
  readonly isRevoked?: true;
  /** Before it is scanned. */
  readonly first?: (page: Page, guest: Guest) => Promise<void>;
  readonly afterwards?: (page: Page) => Promise<void>;
}

const PHONE = { width: 360, height: 740 };
/** Phones as small as they come, upright and on their side. */
const SMALL = [
  { width: 360, height: 640 },
  { width: 640, height: 360 },
];
const LONG = { name: 'W'.repeat(100), organisation: 'ក្រសួងសាកល្បង'.repeat(6) };
const altered = ({ code }: Guest): string => code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
const ticketOfNobody = (seed: number) => () => app.event.issue({ ticketId: new Uint8Array(12).fill(seed) });
const fillStorage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { prototype } = IDBObjectStore;
    const { add, put } = prototype;
    prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
    prototype.add = prototype.put;
    globalThis.makeRoom = () => Object.assign(prototype, { add, put });
  });

/** Within three seconds the same code is the same scan, unless another came between. */
async function scannedBefore(page: Page, { code }: Guest): Promise<void> {
  for (const each of [code, PRACTICE_CODE]) {
    await scanned(page, each);
    await next(page);
  }
}

/** Every kind of verdict. */
const SIGHTS: Readonly<Record<string, Sight>> = {
  welcome: { tone: 'go', says: { en: 'Welcome', km: 'សូមស្វាគមន៍' }, change: { noPhoto: true, askNeeds: true } },
  'a long name': { tone: 'go', says: { en: 'WWW', km: 'WWW' }, change: LONG },
  protocol: { tone: 'go', says: { en: 'Call protocol', km: 'សូមហៅផ្នែកពិធីការ' }, change: { role: 'protocol' } },
  'already in': {
    ...{ tone: 'ask', says: { en: 'Scanned at this phone.', km: 'បានស្កេននៅទូរសព្ទនេះ។' } },
    first: scannedBefore,
  },
  'a minor with a hold': {
    ...{ tone: 'ask', says: { en: 'Please go to the safeguarding desk', km: 'សូមទៅតុសុវត្ថិភាពកុមារ' } },
    change: { isMinor: true, hold: 'consent', name: undefined, organisation: undefined },
  },
  'a minor whom this phone may not name': {
    ...{ tone: 'ask', says: { en: 'They are counted.', km: 'គាត់ត្រូវបានរាប់បញ្ចូល។' } },
    change: { isMinor: true, name: undefined, organisation: undefined },
  },
  'a minor who leaves': {
    ...{ tone: 'ask', says: { en: 'With whom?', km: 'ជាមួយអ្នកណា?' }, list: 'room' },
    change: { isMinor: true, chaperone: 'Somchai Sample Sampleton' },
    first: (page) => page.locator('.direction label').last().click(),
    // They stay, until an adult is there to leave with.
    async afterwards(page) {
      await next(page);
      await page.locator('.direction label').first().click();
    },
  },
  'not confirmed': { tone: 'stop', says: { en: 'Not confirmed', km: 'មិនទាន់បញ្ជាក់' }, change: { isConfirmed: false } },
  'too early': { tone: 'stop', says: { en: 'Opens', km: 'បើកនៅ' }, list: 'early' },
  'too late': { tone: 'stop', says: { en: 'Closed', km: 'បានបិទនៅ' }, list: 'over' },
  'another day': { tone: 'stop', says: { en: 'Tuesday 2 November', km: 'ថ្ងៃអង្គារ ទី2 ខែវិច្ឆិកា' }, list: 'second-day' },
  online: { tone: 'stop', says: { en: 'attend online', km: 'តាមអនឡាញ' }, change: { mode: 'online' } },
  'a closed session': {
    ...{ tone: 'stop', says: { en: 'Ask whoever is in charge', km: 'សូមសួរអ្នកទទួលខុសត្រូវ' }, list: 'board' },
  },
  'something handed out': { tone: 'go', says: { en: 'Badge', km: 'ប្រគល់ឱ្យ' }, list: 'badge' },
  'something given before': {
    ...{ tone: 'ask', says: { en: 'Given already', km: 'បានប្រគល់ឱ្យរួចហើយ' }, list: 'badge', first: scannedBefore },
  },
  'something lent, and not back': {
    ...{ tone: 'ask', says: { en: 'Has it since', km: 'កំពុងខ្ចីតាំងពី' }, list: 'headset', first: scannedBefore },
  },
  'nothing to bring back': {
    ...{ tone: 'ask', says: { en: 'Has nothing to bring back', km: 'គ្មានអ្វីត្រូវប្រគល់វិញទេ' }, list: 'headset' },
    first: (page) => page.locator('.direction label').last().click(),
    async afterwards(page) {
      await next(page);
      await page.locator('.direction label').first().click();
    },
  },
  practice: { tone: 'ask', says: { en: 'PRACTICE', km: 'PRACTICE' }, code: () => PRACTICE_CODE },
  'not in the roster': {
    ...{ tone: 'ask', says: { en: 'not on this phone', km: 'មិនទាន់មានក្នុងទូរសព្ទនេះ' } },
    code: () => ticketOfNobody(7)(),
  },
  'a code that nobody knows': {
    ...{ tone: 'stop', says: { en: 'We do not know this code', km: 'យើងមិនស្គាល់កូដនេះទេ' } },
    code: ({ ticketId }) => displayTicketId(encodeCrockford(ticketId.map((byte) => byte ^ 1))),
  },
  'a key that nobody knows': {
    ...{ tone: 'stop', says: { en: 'We do not know this code', km: 'យើងមិនស្គាល់កូដនេះទេ' } },
    code: ({ ticketId }) => app.event.issue({ ticketId, keyId: Uint8Array.of(1, 2, 3, 4) }),
  },
  revoked: {
    ...{ tone: 'stop', says: { en: 'not valid any more', km: 'លែងមានសុពលភាព' } },
    isRevoked: true,
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
    first: fillStorage,
    afterwards: (page) => page.evaluate(() => globalThis.makeRoom()),
  },
};

const LANGUAGES = ['en', 'km'];

let app: CheckinApp;
/** The people to be seen in a language: all have a ticket before a phone comes that sees one after the other. */
const guests = new Map<string, Guest>();
const guestOf = (language: string, sight: string): Guest => guests.get(`${sight} in ${language}`) as Guest;

beforeAll(async () => {
  app = await startCheckinApp();
  const revoked: Guest[] = [];
  for (const language of LANGUAGES) {
    for (const [name, { change, isRevoked }] of Object.entries(SIGHTS)) {
      const guest = await app.invite(change);
      guests.set(`${name} in ${language}`, guest);
      if (isRevoked) revoked.push(guest);
    }
  }
  app.door.revocations = await app.event.revoke(revoked, 2);
});
afterAll(async () => app?.stop());

describe.each(LANGUAGES)('in %s', (language) => {
  let page: Page;
  let list = 'entrance';
  beforeAll(async () => {
    page = await app.phone({ list, locale: language });
  });
  afterAll(async () => page?.context().close());

  async function standAt(door: string): Promise<void> {
    await page.setViewportSize(PHONE);
    if (await page.locator('.verdict').isVisible()) await next(page);
    if (door !== list) await changeList(page, door);
    list = door;
  }

  it.each(Object.entries(SIGHTS))('%s: fills the screen, and breaks no rule of accessibility', async (name, sight) => {
    const guest = guestOf(language, name);
    await standAt(sight.list ?? 'entrance');
    await sight.first?.(page, guest);
    expect(await scanned(page, sight.code?.(guest) ?? guest.code)).toBe(sight.tone);
    expect(await page.locator('.verdict').textContent()).toContain(sight.says[language]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await faultsOf(page)).toEqual([]);
    const size = await page.locator('.verdict .name').evaluate((element) => getComputedStyle(element).fontSize);
    expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(40);
    for (const size of SMALL) {
      await page.setViewportSize(size);
      expect(await hiddenOf(page), `${size.width} x ${size.height}`).toEqual([]);
    }
    expect(await cutOffWhenLarge(page)).toBe(0);
    await sight.afterwards?.(page);
  });

  it('a full room, and staff who let someone in anyway', async () => {
    const [first, second, third] = [await app.invite(), await app.invite(), await app.invite()];
    // A phone of its own: one that was opened before does not know them.
    const page = await app.phone({ list: 'room', locale: language });
    // The people of the other language is in this room too.
    for (const { code } of [first, second]) {
      await scanned(page, code);
      await next(page);
    }
    expect(await scanned(page, third.code)).toBe('ask');
    expect(await faultsOf(page)).toEqual([]);
    await next(page);
    await changeList(page, 'early');
    expect(await scanned(page, first.code)).toBe('stop');
    await page.locator('.verdict .second').first().click();
    await page.locator('.verdict.go').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  it('CI16: in a rehearsal a strip says that nothing counts, above each screen, and above a verdict that is read as ever', async () => {
    const { event } = app.event.setup;
    const guest = await app.invite(LONG);
    Object.assign(event, { rehearsal: true });
    const page = await app.phone({ list: 'entrance', locale: language });
    Object.assign(event, { rehearsal: undefined });
    const strip = page.locator('.rehearsal');
    const isOnTop = () =>
      strip.evaluate((each) => {
        const { top, left, width, bottom } = each.getBoundingClientRect();
        const [above, below] = [top + 2, bottom - 2].map((y) => document.elementFromPoint(left + width / 2, y));
        return top === 0 && above === each && below === each && each.scrollWidth <= each.clientWidth;
      });
    expect([await strip.textContent(), await isOnTop()]).toEqual([SAYS_REHEARSAL[language], true]);
    expect(await faultsOf(page)).toEqual([]);
    expect(await scanned(page, guest.code)).toBe('go');
    for (const size of SMALL) {
      await page.setViewportSize(size);
      expect([await isOnTop(), await hiddenOf(page)], `${size.width} x ${size.height}`).toEqual([true, []]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await isOnTop()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    expect(await cutOffWhenLarge(page)).toBe(0);
    await page.context().close();
  });
});

const SAYS_REHEARSAL: Readonly<Record<string, string>> = {
  en: 'Rehearsal: nothing counts',
  km: 'ការហាត់សម៖ គ្មានអ្វីត្រូវរាប់ទេ',
};

/** Pixels of a verdict beyond the right edge of an upright phone whose text is twice as large. */
async function cutOffWhenLarge(page: Page): Promise<number> {
  await page.setViewportSize(PHONE);
  return page.locator('.verdict').evaluate((verdict) => {
    const { style } = document.documentElement;
    style.fontSize = '200%';
    const cutOff = verdict.scrollWidth - verdict.clientWidth;
    style.fontSize = '';
    return cutOff;
  });
}

/**
 * Lines that are not to be seen without scrolling, below the edge or behind the presses: the word, what is the matter, which stands in
 * the place of a name where there is none, and the first line of the name.
 */
const hiddenOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const matter = document.querySelector('.what') ?? document.querySelector('.verdict:not(.go) .name');
    const lines = [document.querySelector('.word'), matter].filter((each) => each !== null);
    const name = document.querySelector('.verdict .name');
    const isSeen = (line: Element, ends?: number): boolean => {
      const { top, bottom, left } = line.getBoundingClientRect();
      return [top + 2, ends ?? bottom - 2].every((y) => line.contains(document.elementFromPoint(left + 2, y)));
    };
    const hidden = lines.filter((line) => !isSeen(line));
    if (name !== null && !isSeen(name, name.getBoundingClientRect().top + 40)) hidden.push(name);
    return hidden.map(({ textContent }) => textContent ?? '');
  });

declare global {
  var makeRoom: () => void;
}
