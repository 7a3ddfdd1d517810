import { readFileSync } from 'node:fs';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { featuresIn } from './features.ts';
import { type Item, KINDS, type Kind, type KindName } from './kinds.ts';

/** Items of every kind as main of 28 November 2026 wrote them: one a line, in the words of DynamoDB. Lines are added, and none ever changes. */
export const CORPUS = new URL('../golden/items.jsonl', import.meta.url);

export interface Written {
  readonly table: string;
  /** As DynamoDB says it; bytes in base64. */
  readonly item: Readonly<Record<string, unknown>>;
}

export const linesIn = (file: URL): readonly Written[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** As code reads it. */
export const itemOf = ({ item }: Written): Item =>
  unmarshall(
    JSON.parse(JSON.stringify(item), (name, value) =>
      name === 'B' && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value,
    ) as Record<string, AttributeValue>,
  );

/** As DynamoDB would have it, with its names in order. */
export const writtenOf = (item: Item): unknown =>
  JSON.parse(
    JSON.stringify(sorted(marshall(item, { removeUndefinedValues: true })), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );

export const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
};

/** What an item is like that another of its kind may not be. */
export function traitsOf(name: KindName, item: Item): readonly string[] {
  const { schema }: Kind = KINDS[name];
  const attributes = Object.keys(item).sort().join(' ');
  return [`has ${attributes}`, ...featuresIn(schema(), item)].map((trait) => `${name}: ${trait}`);
}
