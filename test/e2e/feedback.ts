import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { LOCAL_AWS } from '../../local/aws.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import type { FormSettings } from '../../shared/feedback/feedback-items.schema.ts';
import { putFormSettings, readFormSettings } from '../../shared/feedback/form/form-settings.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { fromRegistrationItem } from '../../shared/registration/registration.store.ts';
import { comesIn } from '../support/comes-in.ts';
import { forum } from '../support/site-pages.ts';
import { listenIn, type Wire } from '../support/wire.ts';
import { type Site, startSite } from './site.ts';
import { type Item, readTable, registrationsOf } from './tables.ts';

/** The whole system with an eavesdropper who listens on its line, months after people came to it. */
export interface Afterwards {
  readonly site: Site;
  readonly wire: Wire;
  /** The address of a form on that line. */
  readonly form: (id: string, language?: string) => string;
  /** The same page, on that line. */
  readonly onWire: (address: string) => string;
  /** Opens forms, or closes them. */
  readonly set: (settings: FormSettings) => Promise<void>;
  /** Lets someone be there who registered. @param list in the room by the list of a day, online by that of a session */
  readonly came: (email: string, list: string, how?: 'in-person' | 'online') => Promise<void>;
  /** A new reader on a phone. */
  readonly phone: (options?: BrowserContextOptions) => Promise<Page>;
  /** What is stored of answers. */
  readonly answers: () => Promise<readonly Item[]>;
  readonly stop: () => Promise<void>;
}

const PHONE = { width: 360, height: 740 };

export async function startAfterwards(): Promise<Afterwards> {
  const site = await startSite();
  const { system } = site;
  const wire = await listenIn(system.siteUrl);
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
  const client = documentClient(dynamodb);
  const registry = system.tables.registry;
  const event = forum('en');
  const contexts: BrowserContext[] = [];
  return {
    ...{ site, wire },
    form: (id, language = 'en') => `${wire.url}/f/${event.id}/${id}?lang=${language}`,
    onWire: (address) => address.replace(system.siteUrl, wire.url),
    async set(changes) {
      const { settings, revision } = await readFormSettings(client, registry, SAMPLE_EVENT);
      const put = putFormSettings(registry, event.id, { settings: { ...settings, ...changes }, revision });
      await writeAll(client, [put], realSystem);
    },
    async came(email, listId, how = 'in-person') {
      const [item] = await registrationsOf(system, email);
      const registration = fromRegistrationItem(item ?? {});
      await comesIn({ client, registry }, { event, registration, list: listId, how });
    },
    async phone(options = {}) {
      const page = await site.visit({ viewport: PHONE, ...options });
      contexts.push(page.context());
      return page;
    },
    answers: async () => readTable(system, 'feedback'),
    async stop() {
      for (const context of contexts) await context.close();
      wire.stop();
      dynamodb.destroy();
      await site.stop();
    },
  };
}
