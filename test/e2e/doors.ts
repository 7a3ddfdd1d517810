import type { Browser, BrowserContext } from 'playwright-core';
import { launch } from '../support/browser.ts';
import { enginePage } from '../support/door/bundle.ts';
import { type Guest, type SampleEvent, sampleEvent } from '../support/door/event.ts';
import { type DoorServer, doorServer } from '../support/door/server.ts';
import { openPhone, type Phone } from './phone.ts';

/** A sample event with a server that does as it is told, and phones at its doors. */
export interface Doors {
  readonly event: SampleEvent;
  readonly server: DoorServer;
  readonly browser: Browser;
  /** Adds people to the roster. */
  readonly invite: (count: number, change?: Parameters<SampleEvent['invite']>[1]) => Promise<Guest[]>;
  /** An enrolled phone with the roster, at the entrance. */
  readonly phone: (context?: BrowserContext) => Promise<Phone>;
  readonly stop: () => Promise<void>;
}

export async function startDoors(): Promise<Doors> {
  const event = await sampleEvent();
  const [server, browser, files] = await Promise.all([doorServer(event), launch(), enginePage()]);
  for (const [name, text] of files) server.files.set(name, text);
  let invited = 0;
  return {
    event,
    server,
    browser,
    async invite(count, change) {
      const numbers = Array.from({ length: count }, () => invited++);
      const guests = await Promise.all(numbers.map((number) => event.invite(number, change)));
      server.guests.push(...guests);
      return guests;
    },
    async phone(context) {
      const phone = await openPhone(context ?? (await browser.newContext()), server.url);
      await phone.enrol(server.offer());
      await phone.shows(({ people, setup }) => setup !== undefined && people === server.guests.length);
      await phone.choose('entrance');
      return phone;
    },
    async stop() {
      await browser.close();
      await server.close();
    },
  };
}

/** The first of some people, who is there. */
export function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('nobody is there');
  return first;
}
