import * as z from 'zod';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';
import { storedEvent } from './definition/event-definition.schema.ts';
import type { EventDefinition } from './event.ts';
import type { EventTexts } from './event-texts.ts';

/*
 * Rules and words are each kept as one JSON text: half a dozen times cheaper to read than as nested attributes, and
 * two texts that are equal need not be parsed twice.
 */

const ITEM_VERSION = 1;

export const storedRules = once(() =>
  z.object({
    pk: z.string(),
    v: z.literal(ITEM_VERSION),
    version: z.int(),
    definition: z.string(),
    /** Epoch seconds until when all that is kept of attendees is kept; absent while some of it may say another time. */
    keptUntil: z.int().optional(),
  }),
);
export const storedText = once(() => z.object({ v: z.literal(ITEM_VERSION), version: z.int(), texts: z.string() }));
export const storedVersion = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    version: z.int(),
    /** ISO 8601. */
    publishedAt: z.string().optional(),
    /** Parts of each table that keep all that they hold as long as this version says: see `stampRetention`. */
    registryParts: z.int().optional(),
    feedbackParts: z.int().optional(),
    /** When whoever reads `Care` first saw this version, ISO 8601. */
    careSeenAt: z.string().optional(),
    /** Whether all that `Care` has of the event is kept as long as this version says. */
    careKept: z.boolean().optional(),
  }),
);
const texts = once(() => z.record(z.string(), z.string()));

export type RulesItem = z.output<ReturnType<typeof storedRules>>;
export type TextItem = z.output<ReturnType<typeof storedText>>;

export const RULES_USES = {
  pk: ['impersonal', 'published'],
  v: ['impersonal', 'published'],
  version: ['impersonal', 'published'],
  definition: ['impersonal', 'published'],
  keptUntil: ['impersonal', 'published'],
} as const satisfies UsesOf<typeof storedRules>;

export const TEXT_USES = {
  v: ['impersonal', 'published'],
  version: ['impersonal', 'published'],
  texts: ['impersonal', 'published'],
} as const satisfies UsesOf<typeof storedText>;

export const VERSION_USES = {
  v: ['impersonal', 'published'],
  version: ['impersonal', 'published'],
  publishedAt: ['impersonal', 'published'],
  registryParts: ['impersonal', 'published'],
  feedbackParts: ['impersonal', 'published'],
  careSeenAt: ['impersonal', 'published'],
  careKept: ['impersonal', 'published'],
} as const satisfies UsesOf<typeof storedVersion>;

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
