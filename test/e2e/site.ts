import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { publishEvent } from '../../cli/publish.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { SAMPLE_EVENT, seedRoles } from '../../local/seed.ts';
import { type LocalSystem, type SystemOptions, startSystem } from '../../local/system.ts';
import { forum } from '../support/forum.ts';
import { closeBrowser, openBrowser } from './one-browser.ts';
import { closePages, sharedBrowser, sharedSystem } from './shared.ts';

export interface Site {
  readonly system: LocalSystem;
  readonly browser: Browser;
  readonly eventId: string;
  /** Addresses of its public pages. */
  readonly event: string;
  readonly form: string;
  /** A new reader: an empty profile, English unless `locale` says otherwise. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  /** Closes what was opened. */
  stop(): Promise<void>;
}

/** An event of the test file's own, a copy of the sample event with the same team, in the system that files of a worker share. */
export async function openSite(changes: Parameters<typeof forum>[0] = {}): Promise<Site> {
  const [system, browser] = await Promise.all([sharedSystem(), sharedBrowser()]);
  const eventId = ownId();
  const { tables, endpoints, identity } = system;
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const publishing = { dynamodb: client, tableName: tables.registry, outboxTable: tables.outbox };
  await publishEvent(forum({ ...changes, id: eventId }), publishing);
  await seedRoles({ client, tables }, identity.issuer, eventId);
  client.destroy();
  return siteOf({ system, browser, eventId, stop: closePages });
}

/**
 * A whole local system of the test file's own, as `npm start` runs it, and a browser in front of it. Which files have one, and why, says
 * `own-systems.ts`.
 */
export async function startSite(options: Pick<SystemOptions, 'sandbox'> = {}): Promise<Site> {
  const [system, browser] = await Promise.all([startSystem({ ...options, quiet: true }), openBrowser()]);
  const stop = async (): Promise<void> => {
    await closeBrowser();
    await system.stop();
  };
  return siteOf({ system, browser, eventId: SAMPLE_EVENT, stop });
}

function siteOf({ system, browser, eventId, stop }: Pick<Site, 'system' | 'browser' | 'eventId' | 'stop'>): Site {
  const event = `${system.siteUrl}/e/${eventId}`;
  return {
    ...{ system, browser, eventId, event, stop },
    form: `${event}/register`,
    async visit(options = {}) {
      return (await browser.newContext(options)).newPage();
    },
  };
}

let published = 0;

/** No word that a page may have in its addresses. */
function ownId(): string {
  published += 1;
  return `forum-${published}`;
}
