import type { BrowserContext, Page } from 'playwright-core';
import type { Companion } from '../../shared/checkin/holder.ts';
import type { Engine, ScanOutcome, Snapshot } from '../../web/checkin/engine/engine.ts';
import { PATIENCE_MS } from '../support/browser.ts';

declare global {
  var engine: Engine;
  var startAgain: () => Promise<Engine>;
}

/** A phone at a door: one tab of a browser with the engine in it. */
export interface Phone {
  readonly page: Page;
  readonly snapshot: () => Promise<Snapshot>;
  readonly enrol: (code: string) => Promise<void>;
  readonly choose: (list: string, direction?: 'in' | 'out') => Promise<void>;
  readonly read: (code: string) => Promise<ScanOutcome>;
  /** The same, and how long it took in the page, in milliseconds. */
  readonly timed: (code: string) => Promise<{ readonly outcome: ScanOutcome; readonly milliseconds: number }>;
  readonly letIn: (reason?: string) => Promise<ScanOutcome>;
  readonly leave: (companion?: Companion) => Promise<ScanOutcome>;
  readonly readCompanion: (code: string) => Promise<ScanOutcome | undefined>;
  readonly stays: () => Promise<void>;
  readonly undo: (...scanIds: readonly string[]) => Promise<void>;
  readonly sync: () => Promise<void>;
  /** Waits until what the phone says of itself fits. */
  readonly shows: (wanted: (snapshot: Snapshot) => boolean) => Promise<Snapshot>;
}

const OFTEN = 50;

export async function openPhone(context: BrowserContext, url: string): Promise<Phone> {
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
  };
}
