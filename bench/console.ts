import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { LOCAL_AWS } from '../local/aws.ts';
import { splitTexts } from '../shared/event/event-texts.ts';
import { retentionEnd } from '../shared/event/event-times.ts';
import { jobStore } from '../shared/event/job.store.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { newJob } from '../shared/mail/outbox/new-items.store.ts';
import { peopleStore, RECENT } from '../shared/registration/people/people.store.ts';
import { consoleOf, grant, openAs } from '../test/e2e/console.ts';
import { type Site, startSite } from '../test/e2e/site.ts';
import { forum } from '../test/support/forum.ts';
import { queueBench, SLOWER } from './console-queue.ts';
import { leastOfRounds, type Measure } from './measure.ts';
import { namesOf, registerPeople } from './people.ts';
import { percentile } from './statistics.ts';

const MANY = 10_000;
const MOST = 50_000;
const FIRST_ROWS = 1_000;
const COMPLETE = 5_000;
const SORTED = 100;
const ROUNDS = 5;
const INTERACTION = 200;
/** Bytes of scripts, compressed, until a page of the console is there. */
const FIRST_LOAD = 60 * 1024;

/** What members of the team wait for at the list of an event of many, in Chromium on a slow processor: the least of up to five rounds. */
export async function consoleBench(): Promise<Measure[]> {
  const site = await startSite();
  try {
    const [few, many] = [await eventOf(site, MANY), await eventOf(site, MOST)];
    return [
      ...(await leastOfRounds(() => opening(few))),
      ...(await leastOfRounds(() => working(many))),
      ...(await queueBench(site)),
    ];
  } finally {
    await site.stop();
  }
}

async function opening(site: Site): Promise<Measure[]> {
  const page = await openAs(site, 'Organiser');
  await slow(page, MANY);
  await page.goto(consoleOf(site));
  await page.getByRole('heading', { level: 1 }).waitFor();
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
  await page.goto(consoleOf(site, '/registrations'));
  await page.waitForFunction(isComplete, undefined, { timeout: 120_000 });
  const { rows, all } = await page.evaluate(() => (globalThis as never as { seen: Seen }).seen);
  await page.context().close();
  const of10 = `of ${MANY.toLocaleString('en')} people`;
  return [
    {
      what: 'scripts until a page is there',
      value: scripts,
      unit: 'bytes, compressed',
      budget: { atMost: FIRST_LOAD },
    },
    { what: `first rows ${of10}`, value: Math.round(rows), unit: 'ms', budget: { atMost: FIRST_ROWS } },
    { what: `all rows ${of10}`, value: Math.round(all), unit: 'ms', budget: { atMost: COMPLETE } },
  ];
}

async function working(site: Site): Promise<Measure[]> {
  const page = await openAs(site, 'Organiser', '/check-in');
  await slow(page, MOST);
  await page.goto(consoleOf(site, '/registrations'));
  await page.waitForFunction(isComplete, undefined, { timeout: 300_000 });
  /** What each press takes until the list says something else: of so many rounds the quickest. */
  const measured = async <Press>(all: readonly Press[], press: (of: Press) => Promise<unknown>): Promise<number[]> => {
    const quickest: number[] = [];
    for (let each = 0; each < ROUNDS * all.length; each += 1) {
      const at = each % all.length;
      await page.evaluate(() => {
        (globalThis as never as { seen: Seen }).seen.changed = undefined;
      });
      await press(all[at] as Press);
      await page.waitForFunction(() => (globalThis as never as { seen: Seen }).seen.changed !== undefined);
      const took = await page.evaluate(() => (globalThis as never as { seen: Seen }).seen.changed ?? Number.NaN);
      quickest[at] = Math.min(took, quickest[at] ?? Number.POSITIVE_INFINITY);
    }
    return quickest;
  };
  // All registered at one moment, so that they begin by name.
  const sorts = await measured(
    ['Organisation', 'Name', 'Country'].flatMap((column) => [column, column]),
    (column) => page.getByRole('columnheader', { name: column }).getByRole('link').click(),
  );
  const filters = await measured(['country=KH', 'country=KH&country=TH', 'not-country=BN', 'country=MM', ''], (query) =>
    page.evaluate((search) => {
      history.pushState(null, '', `?${search}`);
      dispatchEvent(new PopStateEvent('popstate'));
    }, query),
  );
  const search = page.getByRole('searchbox');
  for (const letter of 'sokha darapheak') {
    await search.press(letter === ' ' ? 'Space' : letter);
    await page.waitForTimeout(60);
  }
  await search.fill('');
  await page.waitForTimeout(1_000);
  for (let each = 0; each < 5; each += 1) {
    await page.locator('tbody input[type=checkbox]').nth(each).click();
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(500);
  const presses = await page.evaluate(() => [...(globalThis as never as { seen: Seen }).seen.presses.values()]);
  await page.context().close();
  const of50 = `of ${MOST.toLocaleString('en')} people`;
  return [
    { what: `a sort ${of50}`, value: Math.round(percentile(sorts, 50)), unit: 'ms', budget: { atMost: SORTED } },
    { what: `a filter ${of50}`, value: Math.round(percentile(filters, 50)), unit: 'ms', budget: { atMost: SORTED } },
    {
      what: `from a press or a key to what it paints, p95 of ${presses.length}`,
      value: percentile(presses, 95),
      unit: 'ms',
      budget: { atMost: INTERACTION },
    },
  ];
}

/** What the page itself notes, from its first script on. */
interface Seen {
  /** Milliseconds from the page's start until it shows rows, and until it says that these are all. */
  rows: number;
  all: number;
  /** Milliseconds from the last press or change of address until the list was another one and painted. */
  changed: number | undefined;
  /** What each press and key took until its next paint, milliseconds, by the browser's number of it. */
  readonly presses: Map<number, number>;
}

/** In the page. */
const isComplete = (): boolean => (globalThis as never as { seen: Seen }).seen.all > 0;

/** In the page, before its scripts: notes when it shows what. @param all how many there are, as the page says it */
function watch(all: string): void {
  const seen: Seen = { rows: 0, all: 0, changed: undefined, presses: new Map() };
  (globalThis as never as { seen: Seen }).seen = seen;
  let begun = 0;
  const begin = (): void => {
    begun = performance.now();
  };
  for (const each of ['click', 'popstate']) addEventListener(each, begin, true);
  let shown = '';
  const look = (): void => {
    const rows = document.querySelectorAll('table.people tbody tr').length;
    if (rows === 0) return;
    if (seen.rows === 0) seen.rows = performance.now();
    if (seen.all === 0 && document.querySelector('.found b')?.textContent?.startsWith(all))
      seen.all = performance.now();
    const text = document.querySelector('table.people')?.textContent ?? '';
    if (text !== shown && begun > 0 && seen.changed === undefined) {
      // The frame after the one in which it is laid out has been painted.
      requestAnimationFrame(() => setTimeout(() => (seen.changed ??= performance.now() - begun)));
    }
    shown = text;
  };
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId?: number })[]) {
      const { interactionId: id, duration } = entry;
      if (id) seen.presses.set(id, Math.max(duration, seen.presses.get(id) ?? 0));
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as never);
}

async function slow(page: Page, people: number): Promise<void> {
  // What runs this file names functions by a helper of its own, which pages do not have.
  await page.addInitScript('globalThis.__name = (each) => each');
  await page.addInitScript(watch, people.toLocaleString('en'));
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** An event of so many, whose index is made, and whom nobody changed for an hour. */
async function eventOf(site: Site, number: number): Promise<Site> {
  const own = { ...site, eventId: `console-${number}` };
  const { system } = site;
  await registerPeople(system, own.eventId, number, namesOf, new Date(Date.now() - 3_600_000));
  await grant(own, 'organiser', 'Organiser', [{ role: 'organiser' }]);
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
  const given = { client: documentClient(dynamodb), ...system.tables, system: realSystem };
  const { rules } = splitTexts(forum({ id: own.eventId }));
  await jobStore(given).add(newJob(realSystem, 'make-people', own.eventId), retentionEnd(rules));
  const people = peopleStore(given);
  const isMade = async (): Promise<boolean> =>
    (await people.chunks(own.eventId, [RECENT], false))(RECENT).chunk !== undefined;
  while (!(await isMade())) await new Promise((again) => setTimeout(again, 500));
  dynamodb.destroy();
  return own;
}
