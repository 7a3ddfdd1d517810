import type { CDPSession, Locator, Page } from 'playwright-core';
import { consoleOf, grant, openAs } from '../test/e2e/console.ts';
import type { Site } from '../test/e2e/site.ts';
import { leastOfRounds, type Measure } from './measure.ts';
import { namesOf, registerPeople } from './people.ts';
import { percentile } from './statistics.ts';

/** How many times slower than this machine the console's reader is. */
export const SLOWER = 4;
const QUEUE = 200;
const LAST_LINE = 300;
const NEXT = 100;
/** People who are gone through, the first of whom opens what pages are made of. */
const LOOKED_AT = 12;
/** Milliseconds for which someone is looked at. */
const LOOK = 1_000;

/** What is there once all of a page is, and says this. */
interface Last {
  readonly found: string;
  readonly says: string;
}
const PERSON: Last = { found: 'ol[aria-labelledby="timeline"] > li:last-child', says: 'Registered' };
/** Their address is none of what the list knows: it was read. */
const APPLICANT: Last = { found: 'section.applicant', says: '@example.org' };

/**
 * What a member waits for who goes through a queue, in Chromium on a slow processor: a person's page to its last line, and the next one; an
 * applicant on the desk of approvals, and the next one after a decision.
 *
 * On a machine that does other things too, pages wait for the processor: what the page's own thread ran decides for who comes next.
 */
export async function queueBench(of: Site): Promise<Measure[]> {
  return [
    ...(await leastOfRounds((round) => peopleBench({ ...of, eventId: `console-queue-${round}` }))),
    ...(await leastOfRounds((round) => deskBench({ ...of, eventId: `console-desk-${round}` }))),
  ];
}

async function peopleBench(site: Site): Promise<Measure[]> {
  await registerPeople(site.system, site.eventId, QUEUE, namesOf, new Date(Date.now() - 3_600_000));
  const { page, session } = await openSlow(site, '/registrations?sort=name');
  const row = page.locator('table.people tbody th a');
  const opened: Taken[] = [];
  for (let each = 0; each < LOOKED_AT; each += 1) {
    opened.push(await taken(session, row.nth(each), PERSON));
    await page.goBack();
    await page.waitForTimeout(LOOK);
  }
  await taken(session, row.first(), PERSON);
  const next: Taken[] = [];
  for (let each = 0; each < LOOKED_AT; each += 1) {
    await page.waitForTimeout(LOOK);
    next.push(await taken(session, page.getByRole('link', { name: /^Next: / }), PERSON));
  }
  await page.context().close();
  const [, ...warm] = opened;
  return [
    {
      what: `a person’s page to its last line, in a queue of ${QUEUE}`,
      value: middle(warm, 'shown'),
      unit: 'ms',
      budget: { atMost: LAST_LINE },
    },
    ...measuresOf('the next person', next),
  ];
}

async function deskBench(site: Site): Promise<Measure[]> {
  const asMedia = (each: number) => ({
    ...namesOf(each),
    category: 'media',
    mode: 'online',
    answers: { mediaType: 'print' },
  });
  await registerPeople(site.system, site.eventId, QUEUE, asMedia, new Date(Date.now() - 3_600_000), 'pending-approval');
  const { page, session } = await openSlow(site, '/approvals');
  const of12 = async (press: Locator): Promise<Taken[]> => {
    const all: Taken[] = [];
    for (let each = 0; each < LOOKED_AT; each += 1) {
      await page.waitForTimeout(LOOK);
      all.push(await taken(session, press, APPLICANT));
    }
    return all;
  };
  const next = await of12(page.getByRole('button', { name: 'The next one' }));
  const decided = await of12(page.getByRole('button', { name: 'Approve', exact: true }));
  await page.context().close();
  return [...measuresOf('the next applicant', next), ...measuresOf('the next applicant after a decision', decided)];
}

/** As a member whose machine is slow, at a page of the console. */
async function openSlow(site: Site, path: string): Promise<{ readonly page: Page; readonly session: CDPSession }> {
  await grant(site, 'organiser', 'Organiser', [{ role: 'organiser' }]);
  const page = await openAs(site, 'Organiser', '/check-in');
  await page.addInitScript('globalThis.__name = (each) => each');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(consoleOf(site, path));
  return { page, session };
}

/** Milliseconds from a press until what it leads to is whole and painted; and what the page's thread ran for it, with what follows. */
interface Taken {
  readonly shown: number;
  readonly ran: number;
}

async function taken(session: CDPSession, press: Locator, last: Last): Promise<Taken> {
  const page = press.page();
  await press.waitFor();
  await press.scrollIntoViewIfNeeded();
  const { x, y } = (await press.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 2, y + 2);
  const isWatched = page.evaluate(watch, last);
  await page.evaluate(() => undefined);
  const before = await ranIn(session);
  await page.mouse.down();
  await page.mouse.up();
  const shown = await isWatched;
  return { shown, ran: (await ranIn(session)) - before };
}

/** Milliseconds that tasks of the page had of the processor. */
async function ranIn(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
}

const middle = (all: readonly Taken[], of: keyof Taken): number =>
  Math.round(
    percentile(
      all.map((each) => each[of]),
      50,
    ),
  );

const measuresOf = (what: string, all: readonly Taken[]): Measure[] => [
  {
    what: `${what}, in a queue of ${QUEUE}, of the processor`,
    value: middle(all, 'ran'),
    unit: 'ms',
    budget: { atMost: NEXT },
  },
  { what: `${what}, to its last line`, value: middle(all, 'shown'), unit: 'ms' },
];

/** In the page. @returns milliseconds after the next press until another of what is looked for is there and painted */
function watch({ found: where, says }: Last): Promise<number> {
  const before = document.querySelector(where);
  return new Promise((resolve) => {
    addEventListener(
      'click',
      () => {
        const pressedAt = performance.now();
        const watching = new MutationObserver(() => {
          const found = document.querySelector(where);
          if (found === null || found === before || !found.textContent?.includes(says)) return;
          watching.disconnect();
          const painted = new MessageChannel();
          painted.port1.onmessage = () => resolve(performance.now() - pressedAt);
          // What a frame is made of is laid out and painted in the same turn: a message of it comes after.
          requestAnimationFrame(() => painted.port2.postMessage(undefined));
        });
        watching.observe(document, { childList: true, subtree: true });
      },
      { capture: true, once: true },
    );
  });
}
