import * as z from 'zod';
import { storedEvent } from '../contract/event-definition.ts';
import type { EventDefinition } from '../domain/event.ts';
import type { EventTexts } from '../domain/event-texts.ts';
import { once } from '../once.ts';

/*
 * Rules and words are each kept as one JSON text: half a dozen times cheaper to read than as nested attributes, and
 * two texts that are equal need not be parsed twice.
 */

const ITEM_VERSION = 1;

const rulesItem = once(() =>
  z.object({ pk: z.string(), v: z.literal(ITEM_VERSION), version: z.int(), definition: z.string() }),
);
const textItem = once(() => z.object({ v: z.literal(ITEM_VERSION), version: z.int(), texts: z.string() }));
const texts = once(() => z.record(z.string(), z.string()));

export type RulesItem = z.output<ReturnType<typeof rulesItem>>;
export type TextItem = z.output<ReturnType<typeof textItem>>;

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

/** @throws ZodError when the table holds something else */
export const asRulesItem = (item: Record<string, unknown> | undefined): RulesItem => rulesItem().parse(item);
export const asTextItem = (item: Record<string, unknown> | undefined): TextItem => textItem().parse(item);

export const rulesOf = (item: RulesItem): EventDefinition<string> => storedEvent.parse(JSON.parse(item.definition));
export const wordsOf = (item: TextItem): EventTexts => texts().parse(JSON.parse(item.texts));
