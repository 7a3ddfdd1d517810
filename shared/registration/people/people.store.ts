import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { EventDefinition } from '../../event/event.ts';
import { type ChunkStore, checksumOf, chunkStore, packed, unpacked } from '../../kernel/dynamo/chunks.store.ts';
import { gonePartition, peopleChunkKey, registrationPartition } from '../../kernel/dynamo/keys.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import type { Patient } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { CROCKFORD } from '../../kernel/text/crockford.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { type ChangePage, registrationChanges, sampleOfChanges } from '../list/registration-changes.store.ts';
import { readRegistrations } from '../list/registration-list.store.ts';
import type { Registration } from '../registration.schema.ts';
import { fromRegistrationItem } from '../registration.store.ts';
import { goneName, storedGonePerson } from '../tombstone.store.ts';
import type { PeopleColumns } from './people.schema.ts';
import {
  byReference,
  type IndexedMinor,
  type IndexedPerson,
  type IndexedRow,
  indexColumnsOf,
  indexedRow,
  type MinorColumns,
  minorColumnsOf,
  minorsIn,
  rowsIn,
} from './person.ts';

/** Those who left for good, of whom nothing but a hash is known. */
interface Gone {
  readonly has: (reference: string) => boolean;
}

export interface PeopleStore extends ChunkStore<PeopleChunk> {
  /** Who left for good within the last days, strongly consistent. @param since ISO 8601 */
  readonly gone: (eventId: string, since?: string) => Promise<Gone>;
  /** What changed since, a page at a time. */
  readonly changes: (eventId: string, cursor: string) => AsyncGenerator<ChangePage>;
  /** How many changed since in one partition of the index, another one each minute; up to 20 are counted. */
  readonly sample: (eventId: string, cursor: string) => Promise<number>;
  /** Registrations by their references, strongly consistent. */
  readonly registrations: (eventId: string, references: readonly string[]) => Promise<readonly Registration[]>;
  /** All registrations whose references begin so, strongly consistent. */
  readonly partition: (eventId: string, place: string) => Promise<readonly Registration[]>;
}

const CHUNK_ITEMS = { keyOf: peopleChunkKey, from: fromPeopleChunkItem, to: toPeopleChunkItem };

export const peopleStore = (given: Given<'registry', keyof Patient>): PeopleStore => {
  const { client, registry: table, system } = given;
  return {
    ...chunkStore(given, CHUNK_ITEMS),

    async gone(eventId, since = '') {
      const query = {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk > :since',
        ExpressionAttributeValues: { ':pk': gonePartition(eventId), ':since': since === '' ? ' ' : since },
        ConsistentRead: true,
      };
      const names = new Set<string>();
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        for (const item of Items) names.add(storedGonePerson().parse(item).name);
      }
      const places = new Set([...names].map((name) => chunkOf(name)));
      return { has: (reference) => places.has(chunkOf(reference)) && names.has(goneName(eventId, reference)) };
    },

    changes: (eventId, cursor) => registrationChanges(client, table, eventId, cursor, () => system.now()),

    sample: (eventId, cursor) => sampleOfChanges(client, table, eventId, cursor, system.now()),

    registrations: (eventId, references) => readRegistrations(client, table, eventId, references, system),

    partition: async (eventId, place) =>
      (await queryPartition(client, table, registrationPartition(eventId, place))).map(fromRegistrationItem),
  };
};

/** The people of an event as an instance knows them. */
export interface KnownPeople {
  readonly shape: string;
  /** Adults, by reference. */
  readonly people: ReadonlyMap<string, IndexedPerson>;
  /** Those under 18, for the server to count: they are handed out to nobody. */
  readonly minors: ReadonlyMap<string, IndexedMinor>;
  /** Where in the index of changes it stands. */
  readonly cursor: string;
  /** Who left before is not among them, ISO 8601. */
  readonly goneUpTo: string;
  /** A chunk was missing. */
  readonly isMadeUp: boolean;
  /** Adults in orders that were asked for, as far as they are there still, by name: see `inOrderOf`. */
  readonly orders: Map<string, readonly IndexedPerson[]>;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly people: PeopleStore;
    /** What an instance remembers from one request to the next, by event. */
    readonly peopleMemory: Map<string, KnownPeople>;
    /** Everyone who has a registration for an event, as `readPeople` has it: nothing may be decided on it. */
    readonly knownPeople: (event: EventDefinition<string>) => Promise<KnownPeople>;
  }
}

/** A chunk for each partition that registrations lie in, by the first character of a reference: one that is lost is made of its partition. */
export const PLACES: readonly string[] = [...CROCKFORD];
/** The chunk of those who changed since the others were written. */
export const RECENT = 'recent';

export const chunkOf = (reference: string): string => reference.slice(0, 1);

/**
 * People of an event in little room: a column an attribute, compressed. It may be lost, and nothing is decided on it. It is overwritten where
 * it stands, so that nothing is left of those who leave it.
 */
export const storedPeopleChunk = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  /** What its rows have, as `shapeOf` says. */
  shape: field(z.string(), 'impersonal', 'event'),
  /** Raised with each writing: what a conditional write compares. */
  version: field(z.int(), 'impersonal', 'event'),
  /** Where in the index of changes it stands: what changed before is in it, or in a chunk that it says so of. */
  upTo: field(z.string(), 'impersonal', 'event'),
  /** Of the recent ones: from where on they tell of changes. The other chunks stand there, or behind. */
  since: field(z.string().optional(), 'impersonal', 'event'),
  /** When those who changed were written, or another chunk was made from registrations, ISO 8601. */
  writtenAt: field(z.string(), 'impersonal', 'event'),
  /** Of the recent ones: how many people the other chunks hold. */
  others: field(z.int().optional(), 'impersonal', 'event'),
  people: field(z.instanceof(Uint8Array), 'person', 'event'),
  /** Those under 18, without names, by whom the server alone counts; absent where there are none. */
  minors: field(z.instanceof(Uint8Array).optional(), 'place', 'event'),
  /** Of `people` and `minors`, base64url: what is damaged is as good as lost. */
  hash: field(z.string(), 'impersonal', 'event'),
}));
type Stored = Omit<Output<typeof storedPeopleChunk>, 'v' | 'people' | 'minors' | 'hash'>;

/** Adults, and those under 18 beside them. */
export interface IndexedRows {
  readonly people: readonly IndexedPerson[];
  readonly minors: readonly IndexedMinor[];
}

export interface PeopleChunk extends Stored, IndexedRows {}

/** An item holds 400 KB. */
const MOST_BYTES = 380_000;

/** Whether so many, or people of such long names, are better laid to the chunks that they belong to. */
export const isHeavy = (rows: IndexedRows): boolean => bytesOf(encoded(rows)) > MOST_BYTES / 2;

/** What is too large for an item is kept as one that cannot be used, and made up for from registrations. */
export function toPeopleChunkItem(
  eventId: string,
  place: string,
  { people, minors, ...chunk }: PeopleChunk,
  expiresAt: number,
) {
  const bytes = encoded({ people, minors });
  if (bytesOf(bytes) > MOST_BYTES)
    return toPeopleChunkItem(eventId, place, { ...chunk, shape: '', people: [], minors: [] }, expiresAt);
  return {
    ...peopleChunkKey(eventId, place),
    v: 1,
    ...chunk,
    ...bytes,
    hash: checksumOf(bytes.people, bytes.minors),
    expiresAt,
  };
}

/** @returns nothing where it cannot be read: it is made anew then */
export function fromPeopleChunkItem(item: Record<string, unknown>): PeopleChunk | undefined {
  const { data } = storedPeopleChunk().safeParse(item);
  if (data === undefined || checksumOf(data.people, data.minors) !== data.hash) return undefined;
  const { v: _, hash: __, people, minors, ...chunk } = data;
  return {
    ...chunk,
    people: rowsIn(unpacked<PeopleColumns>(people)) as readonly IndexedPerson[],
    minors: minors === undefined ? [] : minorsIn(unpacked<MinorColumns>(minors)),
  };
}

type Encoded = Pick<Output<typeof storedPeopleChunk>, 'people' | 'minors'>;

const bytesOf = ({ people, minors }: Encoded): number => people.length + (minors?.length ?? 0);

const encoded = ({ people, minors }: IndexedRows): Encoded => ({
  people: packed(indexColumnsOf(inOrder(people))),
  ...(minors.length > 0 && { minors: packed(minorColumnsOf(inOrder(minors))) }),
});

const inOrder = <Row extends IndexedRow>(rows: readonly Row[]): readonly Row[] => rows.toSorted(byReference);

/** A registration as chunks have it. */
export const rowInIndex = (event: Parameters<typeof indexedRow>[0], registration: Registration): IndexedRow =>
  indexedRow(event, registration, ticketHashOf(registration));
