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
  /** A new reader: an empty profile, English unless `locale` says otherwise. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

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
      return (await browser.newContext(options)).newPage();
    },
    async stop() {
      await browser.close();
      await system.stop();
    },
  };
}
