import { consoleOf, grant, openAs } from '../test/e2e/console.ts';
import type { Site } from '../test/e2e/site.ts';
import type { Measure } from './measure.ts';
import { namesOf, registerPeople } from './people.ts';
import { percentile } from './statistics.ts';

/** How many times slower than this machine the console's reader is. */
export const SLOWER = 4;
const QUEUE = 200;
const LAST_LINE = 300;
const NEXT = 100;
/** People who are gone through, the first of whom opens what pages are made of. */
const LOOKED_AT = 12;

/** What a member waits for who goes through a queue, in Chromium on a slow processor: a person's page to its last line, and the next one. */
export async function queueBench(of: Site): Promise<Measure[]> {
  const site = { ...of, eventId: 'console-queue' };
  await registerPeople(site.system, site.eventId, QUEUE, namesOf, new Date(Date.now() - 3_600_000));
  await grant(site, 'organiser', 'Organiser', [{ role: 'organiser' }]);
  const page = await openAs(site, 'Organiser', '/check-in');
  await page.addInitScript('globalThis.__name = (each) => each');
  await page.addInitScript(watch);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(consoleOf(site, '/registrations?sort=name'));
  await page.locator('table.people tbody tr').first().waitFor();
  const [opened, next]: [number[], number[]] = [[], []];
  const taken = (): Promise<number> =>
    page
      .waitForFunction(() => (globalThis as never as { lastLine: number }).lastLine)
      .then((found) => found.jsonValue()) as Promise<number>;
  for (let each = 0; each < LOOKED_AT; each += 1) {
    await page.locator('table.people tbody th a').nth(each).click();
    opened.push(await taken());
    await page.goBack();
    await page.locator('table.people tbody tr').first().waitFor();
  }
  await page.locator('table.people tbody th a').first().click();
  await taken();
  for (let each = 0; each < LOOKED_AT; each += 1) {
    // As long as it takes to look at someone.
    await page.waitForTimeout(1_000);
    await page.getByRole('link', { name: /^Next: / }).click();
    next.push(await taken());
  }
  await page.context().close();
  const [, ...warm] = opened;
  const what = (name: string) => `${name}, in a queue of ${QUEUE}`;
  return [
    {
      what: what('a person’s page to its last line'),
      value: Math.round(percentile(warm, 50)),
      unit: 'ms',
      budget: { atMost: LAST_LINE },
    },
    { what: what('the next person'), value: Math.round(percentile(next, 50)), unit: 'ms', budget: { atMost: NEXT } },
  ];
}

/** In the page: notes how long after a press the last line of the person's page is there and painted. */
function watch(): void {
  const seen = globalThis as never as { lastLine: number };
  let pressedAt = 0;
  addEventListener(
    'click',
    () => {
      seen.lastLine = 0;
      pressedAt = performance.now();
    },
    true,
  );
  const from = new WeakSet<Element>();
  const look = (): void => {
    const last = document.querySelector(
      '[aria-labelledby="timeline"] > li:last-child, ol[aria-labelledby="timeline"] > li:last-child',
    );
    if (last === null || from.has(last) || pressedAt === 0) return;
    from.add(last);
    const at = pressedAt;
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (pressedAt === at && seen.lastLine === 0) seen.lastLine = performance.now() - at;
      }),
    );
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
