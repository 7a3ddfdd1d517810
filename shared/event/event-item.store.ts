import * as z from 'zod';
import { once } from '../kernel/once.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import { storedEvent } from './definition/event-definition.schema.ts';
import type { EventDefinition } from './event.ts';
import type { EventTexts } from './event-texts.ts';

/*
 * Rules and words are each kept as one JSON text: half a dozen times cheaper to read than as nested attributes, and
 * two texts that are equal need not be parsed twice.
 */

const ITEM_VERSION = 1;

export const storedRules = stored(() => ({
  pk: field(z.string(), 'impersonal', 'published'),
  v: field(z.literal(ITEM_VERSION), 'impersonal', 'published'),
  version: field(z.int(), 'impersonal', 'published'),
  definition: field(z.string(), 'impersonal', 'published'),
  /** Epoch seconds until when all that is kept of attendees is kept; absent while some of it may say another time. */
  keptUntil: field(z.int().optional(), 'impersonal', 'published'),
}));
export const storedText = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'impersonal', 'published'),
  version: field(z.int(), 'impersonal', 'published'),
  texts: field(z.string(), 'impersonal', 'published'),
}));
export const storedVersion = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'impersonal', 'published'),
  version: field(z.int(), 'impersonal', 'published'),
  /** ISO 8601. */
  publishedAt: field(z.string().optional(), 'impersonal', 'published'),
  /** Parts of each table that keep all that they hold as long as this version says: see `stampRetention`. */
  registryParts: field(z.int().optional(), 'impersonal', 'published'),
  feedbackParts: field(z.int().optional(), 'impersonal', 'published'),
  /** Parts in which no minute of anyone's attendance is left, once the event is that long over: `forgetMinutes` of check-in. */
  minuteParts: field(z.int().optional(), 'impersonal', 'published'),
  /** When the function that reads `Care` first saw this version, ISO 8601. */
  careSeenAt: field(z.string().optional(), 'impersonal', 'published'),
  /** Whether all that `Care` has of the event is kept as long as this version says. */
  careKept: field(z.boolean().optional(), 'impersonal', 'published'),
}));
/** What an item that is kept as long as an event has beside its own attributes. */
export const storedEnd = stored(() => ({
  /** Epoch seconds after which the table forgets it. */
  expiresAt: field(z.int(), 'records', 'event'),
  /** Of the definition that said so where the event's end moved: an earlier one says so no more (`publish/retention.case.ts`). */
  expiryVersion: field(z.int().optional(), 'records', 'event'),
}));
const texts = once(() => z.record(z.string(), z.string()));

export type RulesItem = z.output<ReturnType<typeof storedRules>>;
export type TextItem = z.output<ReturnType<typeof storedText>>;

export const toRulesAttributes = (definition: EventDefinition<string>): Omit<RulesItem, 'pk'> => ({
  v: ITEM_VERSION,
  version: definition.version,
  definition: JSON.stringify(definition),
});

export const toTextAttributes = (version: number, words: EventTexts): TextItem => ({
  v: ITEM_VERSION,
  version,
  texts: JSON.stringify(words),
});

export const toVersionAttributes = (version: number, publishedAt: Date) => ({
  v: ITEM_VERSION,
  version,
  publishedAt: publishedAt.toISOString(),
});

/** @throws ZodError when the table holds something else */
export const asRulesItem = (item: Record<string, unknown> | undefined): RulesItem => storedRules().parse(item);
export const asTextItem = (item: Record<string, unknown> | undefined): TextItem => storedText().parse(item);
export const asVersionItem = (item: Record<string, unknown> | undefined) => storedVersion().parse(item);

export const rulesOf = (item: RulesItem): EventDefinition<string> => storedEvent.parse(JSON.parse(item.definition));
export const wordsOf = (item: TextItem): EventTexts => texts().parse(JSON.parse(item.texts));
