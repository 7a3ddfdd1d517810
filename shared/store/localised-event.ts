import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { storedEvent } from '../contract/event-definition.ts';
import type { EventDefinition } from '../domain/event.ts';
import { localise } from '../domain/event-texts.ts';
import type { System } from '../system.ts';
import type { DocumentClient } from './client.ts';
import { eventKey, type ItemKey, textKey } from './keys.ts';
import { readTogether } from './read-together.ts';

const rulesItem = z.object({ v: z.literal(1), version: z.int(), definition: storedEvent });
const textItem = z.object({ v: z.literal(1), version: z.int(), texts: z.record(z.string(), z.string()) });

type Item = Record<string, unknown>;

/** Reads what was not read along, or was read while it changed. */
export interface ItemReader {
  /** One item, as it was at most a moment ago. */
  readonly read: (key: ItemKey) => Promise<Item | undefined>;
  /** Several items as they are at one instant, in the order of their keys. */
  readonly readTogether: (keys: readonly ItemKey[]) => Promise<readonly (Item | undefined)[]>;
}

/** An event in one language, and which language that is. */
export interface LocalisedEvent {
  readonly event: EventDefinition<string>;
  readonly language: string;
}

/**
 * Puts an event together from its rules and its words. Both carry the version they were published with; where they
 * differ, one was read before a publication and the other after it, so both are read again, at one instant.
 *
 * @param wanted the language asked for, whose text item was read as `text`; in place of one that the event does not
 * speak, its first
 * @throws Error when the table itself holds words of another version than the rules
 */
export async function localisedEvent(
  rules: Item | undefined,
  text: Item | undefined,
  wanted: string,
  reader: ItemReader,
): Promise<LocalisedEvent | undefined> {
  if (rules === undefined) return undefined;
  const { definition } = rulesItem.parse(rules);
  const language = spokenIn(definition, wanted);
  const words = language === wanted ? text : await reader.read(textKey(definition.id, language));
  if (words?.['version'] === rules['version']) return together(definition, words, language);
  return readAgain(definition.id, language, wanted, reader);
}

async function readAgain(
  eventId: string,
  language: string,
  wanted: string,
  reader: ItemReader,
): Promise<LocalisedEvent | undefined> {
  const [rules, words] = await reader.readTogether([eventKey(eventId), textKey(eventId, language)]);
  if (rules === undefined) return undefined;
  const { definition, version } = rulesItem.parse(rules);
  const spoken = spokenIn(definition, wanted);
  if (spoken !== language) return readAgain(eventId, spoken, wanted, reader);
  if (words?.['version'] === version) return together(definition, words, language);
  throw new Error(`"${eventId}" is stored without its words in ${language} of version ${version}: publish it again`);
}

const together = (definition: EventDefinition<string>, words: Item | undefined, language: string): LocalisedEvent => ({
  event: localise(definition, textItem.parse(words).texts),
  language,
});

const spokenIn = ({ languages }: EventDefinition<string>, wanted: string): string =>
  languages.includes(wanted) ? wanted : (languages[0] ?? wanted);

export const itemReader = (client: DocumentClient, table: string, system: Pick<System, 'backOff'>): ItemReader => ({
  read: async (key) => (await client.send(new GetCommand({ TableName: table, Key: key }))).Item,
  readTogether: (keys) => readTogether(client, table, keys, system),
});
