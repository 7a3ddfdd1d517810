import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type System, type SystemOptions, startSystem } from '../../local/system.ts';
import { launch } from '../support/browser.ts';

export interface Site {
  readonly system: System;
  readonly browser: Browser;
  /** Addresses of the forum's public pages. */
  readonly event: string;
  readonly form: string;
  /** A new reader: an empty profile, English unless `locale` says otherwise, waiting for nothing longer than 30 s. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** The whole local system, as `npm start` runs it, and a browser in front of it. */
export async function startSite(options: Pick<SystemOptions, 'sandbox'> = {}): Promise<Site> {
  const [system, browser] = await Promise.all([startSystem({ ...options, quiet: true }), launch()]);
  const event = `${system.siteUrl}/e/${SAMPLE_EVENT}`;
  return {
    system,
    browser,
    event,
    form: `${event}/register`,
    async visit(options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      context.setDefaultTimeout(PATIENCE_MS);
      return context.newPage();
    },
    async stop() {
      await browser.close();
      await system.stop();
    },
  };
}
