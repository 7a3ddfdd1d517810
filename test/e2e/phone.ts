import type { BrowserContext, Page } from 'playwright-core';
import type { Engine, ScanOutcome } from '../../web/checkin/engine/engine.ts';
import { PATIENCE_MS } from '../support/browser.ts';
import type { Phone } from '../support/door/node-phone.ts';
import { eventually } from './eventually.ts';

declare global {
  var engine: Engine;
  var startAgain: () => Promise<Engine>;
}

/** A phone at a door: one tab of a browser with the engine in it. */
export interface TabPhone extends Phone {
  readonly page: Page;
  /** Reads a code, and tells how long it took in the page, in milliseconds. */
  readonly timed: (code: string) => Promise<{ readonly outcome: ScanOutcome; readonly milliseconds: number }>;
}

const OFTEN = 50;

export async function openPhone(context: BrowserContext, url: string): Promise<TabPhone> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'engine' in globalThis);
  const snapshot = () => page.evaluate(() => engine.snapshot());
  return {
    page,
    snapshot,
    enrol: (code) => page.evaluate((each) => engine.enrol(each), code),
    choose: (list, direction = 'in') =>
      page.evaluate(
        async ([id, way]) => {
          await engine.chooseDoor(id);
          await engine.chooseDirection(way);
        },
        [list, direction] as const,
      ),
    read: (code) => page.evaluate((each) => engine.read(each), code),
    timed: (code) =>
      page.evaluate(async (each) => {
        const from = performance.now();
        const outcome = await engine.read(each);
        return { outcome, milliseconds: performance.now() - from };
      }, code),
    letIn: (reason) => page.evaluate((each) => engine.letInAnyway(each), reason),
    leave: (companion) => page.evaluate((each) => engine.leave(each), companion),
    readCompanion: (code) => page.evaluate((each) => engine.readCompanion(each), code),
    stays: () => page.evaluate(() => engine.stays()),
    undo: (...scanIds) => page.evaluate((each) => engine.undo(...each), scanIds),
    sync: () => page.evaluate(() => engine.sync()),
    async shows(wanted) {
      for (const until = Date.now() + PATIENCE_MS; ; ) {
        const now = await snapshot();
        if (wanted(now)) return now;
        if (Date.now() > until) throw new Error(`the phone shows ${JSON.stringify({ ...now, setup: undefined })}`);
        await page.waitForTimeout(OFTEN);
      }
    },
    disconnect: () => page.context().setOffline(true),
    async reconnect() {
      await page.context().setOffline(false);
      // Chromium says so before every request gets through: one that is sent at once may still fail.
      const isThrough = () =>
        page.evaluate(() =>
          fetch(location.href, { cache: 'no-store' }).then(
            ({ ok }) => ok,
            () => false,
          ),
        );
      await eventually(isThrough, Boolean);
    },
  };
}
