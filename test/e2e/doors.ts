import type { Browser, BrowserContext } from 'playwright-core';
import { enginePage } from '../support/door/bundle.ts';
import { type Doors, doorsOf } from '../support/door/doors.ts';
import { sampleEvent } from '../support/door/event.ts';
import { type DoorServer, doorServer } from '../support/door/server.ts';
import { closeBrowser, openBrowser } from './one-browser.ts';
import { openPhone, type TabPhone } from './phone.ts';

/** A sample event with a server that does as it is told, and phones with browsers at its doors. */
export interface BrowserDoors extends Doors<DoorServer> {
  readonly browser: Browser;
  /** An enrolled phone with the roster, at the entrance. */
  readonly phone: (context?: BrowserContext) => Promise<TabPhone>;
  readonly stop: () => Promise<void>;
}

export async function startDoors(): Promise<BrowserDoors> {
  const event = await sampleEvent();
  const [server, browser, files] = await Promise.all([doorServer(event), openBrowser(), enginePage()]);
  for (const [name, text] of files) server.files.set(name, text);
  const doors = doorsOf(event, server);
  return {
    ...{ ...doors, browser },
    phone: async (context) => doors.admit(await openPhone(context ?? (await browser.newContext()), server.url)),
    async stop() {
      await closeBrowser();
      await server.close();
    },
  };
}
