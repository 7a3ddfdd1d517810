import { isDeepStrictEqual } from 'node:util';
import { eventKey, textKey, versionKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import { countMissingText } from '../../kernel/i18n/translator.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { EventDefinition } from '../event.ts';
import { asRulesItem, asTextItem, asVersionItem, rulesOf, wordsOf } from '../event-item.store.ts';
import { type EventTexts, missingTexts, standInTexts } from '../event-texts.ts';

/** Who waits may have a seat once there are more: that is a job of the outbox. */
export type PublishingDeps = Given<'registry' | 'outbox'>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly publishing: PublishingDeps;
  }
}

/** What the table holds of an event. */
export interface StoredEvent {
  readonly version: number;
  readonly rules: EventDefinition<string>;
  readonly texts: Readonly<Record<string, EventTexts>>;
  /** Whether all items were read from one publication, not across two. */
  readonly whole: boolean;
  /** Epoch milliseconds; absent where an earlier version of this program published it. */
  readonly publishedAt: number | undefined;
  /** Epoch seconds: until when every registration and lock is kept. Absent where some may still carry another time. */
  readonly keptUntil: number | undefined;
}

/** The event as it is now, strongly consistent, with its words in each language. */
export async function readStored(
  { client, registry }: Pick<PublishingDeps, 'client' | 'registry'>,
  eventId: string,
): Promise<StoredEvent | undefined> {
  const items = await queryPartition(client, registry, eventKey(eventId).pk);
  const rules = items.find(({ sk }) => sk === eventKey(eventId).sk);
  if (rules === undefined) return undefined;
  const item = asRulesItem(rules);
  const published = items.find(({ sk }) => sk === versionKey(eventId).sk);
  const { publishedAt } = published ? asVersionItem(published) : {};
  const definition = rulesOf(item);
  const { version } = item;
  const texts = definition.languages.map(
    (language) => [language, items.find(({ sk }) => sk === textKey(eventId, language).sk)] as const,
  );
  const words = Object.fromEntries(
    texts.map(([language, item]) => [language, item === undefined ? {} : wordsOf(asTextItem(item))]),
  );
  const whole = texts.every(([, item]) => item?.version === version);
  return {
    version,
    rules: definition,
    texts: whole ? completed(definition, words) : words,
    whole,
    publishedAt: publishedAt === undefined ? undefined : Date.parse(publishedAt),
    keptUntil: item.keptUntil,
  };
}

/** The words of one publication; where a language lacks some, which are counted, those of another stand in (EV4). */
const completed = (
  definition: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): Record<string, EventTexts> =>
  Object.fromEntries(
    Object.entries(texts).map(([language, words]) => {
      const missing = missingTexts(definition, words);
      for (const key of missing) countMissingText(language, key, definition.id);
      return [language, missing.length === 0 ? words : { ...words, ...standInTexts(missing, definition, texts) }];
    }),
  );

/** Whether the table holds exactly this, under whatever version. */
export function isSame(
  stored: StoredEvent,
  rules: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): boolean {
  const { version } = stored;
  const wanted = [withoutSince({ ...rules, version }), texts];
  return stored.whole && isDeepStrictEqual([withoutSince(stored.rules), stored.texts], wanted);
}

/** Since when it is called off no file says. */
const withoutSince = ({ calledOffAt: _, ...rules }: EventDefinition<string>) => rules;
