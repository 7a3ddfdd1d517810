import type { Browser, BrowserContext } from 'playwright-core';
import type { ScanOutcome } from '../../web/checkin/engine/engine.ts';
import { enginePage } from '../support/door/bundle.ts';
import { type Guest, type SampleEvent, sampleEvent } from '../support/door/event.ts';
import { type DoorServer, doorServer } from '../support/door/server.ts';
import { eventually } from './eventually.ts';
import { closeBrowser, openBrowser } from './one-browser.ts';
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
  /** New people who are let in by a phone without a network, which stays without one. */
  readonly scanOffline: (phone: Phone, count: number) => Promise<ScanOutcome[]>;
  /** Whether the server has the scan of an outcome. */
  readonly isKept: (outcome: ScanOutcome) => boolean;
  /** Has the server do as it should again. */
  readonly behave: () => void;
  readonly stop: () => Promise<void>;
}

export async function startDoors(): Promise<Doors> {
  const event = await sampleEvent();
  const [server, browser, files] = await Promise.all([doorServer(event), openBrowser(), enginePage()]);
  for (const [name, text] of files) server.files.set(name, text);
  let invited = 0;
  const invite: Doors['invite'] = async (count, change) => {
    const numbers = Array.from({ length: count }, () => invited++);
    const guests = await Promise.all(numbers.map((number) => event.invite(number, change)));
    server.guests.push(...guests);
    return guests;
  };
  return {
    ...{ event, server, browser, invite },
    async phone(context) {
      const phone = await openPhone(context ?? (await browser.newContext()), server.url);
      await phone.enrol(server.offer());
      await phone.shows(({ people, setup }) => setup !== undefined && people === server.guests.length);
      await phone.choose('entrance');
      return phone;
    },
    async scanOffline(phone, count) {
      const guests = await invite(count);
      await phone.sync();
      await phone.page.context().setOffline(true);
      const outcomes: ScanOutcome[] = [];
      for (const { code } of guests) outcomes.push(await phone.read(code));
      const { queue } = await phone.snapshot();
      const isDone = outcomes.every(({ kind }) => kind === 'admit') && queue.waiting === count;
      if (!isDone) throw new Error(`not all ${count} were let in, or wait to be sent`);
      return outcomes;
    },
    isKept: (outcome) => server.kept.has(scanId(outcome)),
    behave() {
      const fault = () => undefined;
      Object.assign(server, {
        fault,
        judge: fault,
        losesAnswers: false,
        isSearchLocked: false,
        isRevoked: false,
        pause: 0,
        pageSize: Number.POSITIVE_INFINITY,
      });
      server.garble = (answers) => answers;
      server.requests.length = 0;
    },
    async stop() {
      await closeBrowser();
      await server.close();
    },
  };
}

/** The first of some people, who is there. */
export function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('nobody is there');
  return first;
}

export const scanId = (outcome: ScanOutcome): string => ('scanId' in outcome ? outcome.scanId : '');

/** Gives a phone its network back. Chromium says so before every request gets through: one that is sent at once may still fail. */
export async function reconnect({ page }: Phone): Promise<void> {
  await page.context().setOffline(false);
  const isThrough = () =>
    page.evaluate(() =>
      fetch(location.href, { cache: 'no-store' }).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  await eventually(isThrough, Boolean);
}
