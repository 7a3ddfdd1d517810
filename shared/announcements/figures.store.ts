import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Figures } from '../kernel/cost.ts';
import { readItem } from '../kernel/dynamo/queries.store.ts';
import { EVENT_PREFIX } from '../kernel/dynamo/tables.ts';
import type { Database } from '../kernel/parts.store.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';
import { sentMailsKey, storedSentMails } from '../mail/outbox/outbox-items.store.ts';

/** How much there is of an event, so that owners need not have everyone read to see what it costs. */
export const storedFigures = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  people: field(z.int(), 'impersonal', 'published'),
  mails: field(z.int(), 'impersonal', 'published'),
  scans: field(z.int(), 'impersonal', 'published'),
  /** When registration opened or opens, ISO 8601. */
  since: field(z.string(), 'impersonal', 'published'),
  /** When they were counted and were others than before, ISO 8601. */
  at: field(z.string(), 'impersonal', 'published'),
}));
export interface EventFigures extends Figures, Omit<Output<typeof storedFigures>, 'v' | keyof Figures> {}

const figuresKey = (eventId: string) => ({ pk: `${EVENT_PREFIX}${eventId}`, sk: 'FIGURES' });

export const toFiguresItem = (eventId: string, figures: EventFigures) => ({ ...figuresKey(eventId), v: 1, ...figures });

export function fromFiguresItem(item: Record<string, unknown>): EventFigures {
  const { v: _, ...figures } = storedFigures().parse(item);
  return figures;
}

type FiguresReader = (eventId: string) => Promise<EventFigures | undefined>;

/** Nothing before anybody registered. */
export const figuresReader =
  ({ client, registry: TableName }: Database<'registry'>): FiguresReader =>
  async (eventId) => {
    const item = await readItem(client, TableName, figuresKey(eventId), { consistent: false });
    return item && fromFiguresItem(item);
  };

interface FiguresStore {
  readonly read: FiguresReader;
  readonly note: (eventId: string, figures: EventFigures) => Promise<void>;
  /** Of which SES took all. */
  readonly mails: (eventId: string) => Promise<number>;
}

export const figuresStore = ({ client, registry, outbox }: Database<'registry' | 'outbox'>): FiguresStore => ({
  read: figuresReader({ client, registry }),
  async note(eventId, figures) {
    await client.send(new PutCommand({ TableName: registry, Item: toFiguresItem(eventId, figures) }));
  },
  async mails(eventId) {
    const item = await readItem(client, outbox, sentMailsKey(eventId), { consistent: false });
    return item === undefined ? 0 : storedSentMails().parse(item).sent;
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly figures: FiguresStore;
    readonly readFigures: FiguresReader;
  }
}
