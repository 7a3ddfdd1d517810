import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { storedEvent } from '../contract/event-definition.ts';
import type { EventDefinition } from '../domain/event.ts';
import { localise } from '../domain/event-texts.ts';
import type { DocumentClient } from './client.ts';
import { textKey } from './keys.ts';

const rulesItem = z.object({ v: z.literal(1), definition: storedEvent });
const textItem = z.object({ v: z.literal(1), texts: z.record(z.string(), z.string()) });

type Item = Record<string, unknown>;
/** Reads one item by key. */
export type ReadItem = (key: { pk: string; sk: string }) => Promise<Item | undefined>;

/** An event in one language, and which language that is. */
export interface LocalisedEvent {
  readonly event: EventDefinition<string>;
  readonly language: string;
}

/**
 * Puts an event together from its rules and its words, read together.
 *
 * @param wanted the language asked for, whose text item was read as `text`
 * @param read reads the words of the event's first language, only if it does not speak the wanted one
 */
export async function localisedEvent(
  rules: Item | undefined,
  text: Item | undefined,
  wanted: string,
  read: ReadItem,
): Promise<LocalisedEvent | undefined> {
  if (rules === undefined) return undefined;
  const { definition } = rulesItem.parse(rules);
  const first = definition.languages[0] ?? wanted;
  const language = text === undefined ? first : wanted;
  const item = text ?? (await read(textKey(definition.id, first)));
  const { texts } = textItem.parse(item);
  return { event: localise(definition, texts, texts), language };
}

export const itemReader =
  (client: DocumentClient, table: string): ReadItem =>
  async (key) =>
    (await client.send(new GetCommand({ TableName: table, Key: key }))).Item;
