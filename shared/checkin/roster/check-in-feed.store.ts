import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { noteChanges } from '../../event/job.store.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { checkInFeedKey, joinedKey } from '../check-in-keys.ts';
import { markFromText, markToText } from '../check-in-marks.ts';
import type { ScanMark } from '../scan/scan.ts';

const ITEM_VERSION = 1;

/** A scan as other devices have to know it: whose ticket it is, they find in their own rosters. */
export interface SharedMark {
  readonly list: string;
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  readonly mark: ScanMark;
}

/**
 * What one device brought in at once. It is written after the scans are kept and before the device hears of it: a device that hears
 * nothing brings them in again, and so no scan is kept for good without being told to the others.
 */
export const storedCheckInFeed = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** `list ticket` and a mark (`markToText`). */
  marks: field(z.array(z.string()), 'attendance', 'minutes'),
}));

/** @throws ZodError when the table holds something else */
export const fromCheckInFeedItem = (item: Record<string, unknown>): readonly SharedMark[] =>
  storedCheckInFeed().parse(item).marks.map(fromText);

/**
 * @param at when the scans were kept
 * @param batch a random name
 * @param expiresAt epoch seconds
 */
export async function tellOthers(
  client: DocumentClient,
  table: string,
  {
    eventId,
    device,
    at,
    batch,
  }: { readonly eventId: string; readonly device: string; readonly at: Date; readonly batch: string },
  marks: readonly SharedMark[],
  expiresAt: number,
): Promise<void> {
  await putFeed(client, table, checkInFeedKey(eventId, at.toISOString(), device, batch), marks, expiresAt);
  await noteChanges(client, table, { what: 'attendance', eventId, many: marks.length, at });
}

/**
 * Notes that an attendee joined online: who came is read from there. To note it twice is as good as once.
 *
 * @param expiresAt epoch seconds
 */
export async function tellJoined(
  client: DocumentClient,
  table: string,
  eventId: string,
  joined: SharedMark,
  expiresAt: number,
): Promise<void> {
  const { list, ticket, mark } = joined;
  const at = new Date(mark.correctedAt);
  await putFeed(client, table, joinedKey(eventId, list, at.toISOString(), ticket), [joined], expiresAt);
  await noteChanges(client, table, { what: 'attendance', eventId, many: 1, at });
}

async function putFeed(
  client: DocumentClient,
  table: string,
  key: ItemKey,
  marks: readonly SharedMark[],
  expiresAt: number,
): Promise<void> {
  const Item = { ...key, v: ITEM_VERSION, marks: marks.map(sharedMarkToText), expiresAt };
  await client.send(new PutCommand({ TableName: table, Item }));
}

/** Some of what devices brought in, in order of time. */
export interface FeedPage {
  /** `by`: what told of it. */
  readonly marks: readonly (SharedMark & { readonly by: string })[];
  /** Where it goes on; absent where that is all for now. */
  readonly next?: string | undefined;
}

/** As much as one read gives, 1 MB, strongly consistent. @param after a place in it, or an instant, ISO 8601 */
export async function feedPage(
  client: DocumentClient,
  table: string,
  eventId: string,
  after: string,
): Promise<FeedPage> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': checkInFeedKey(eventId, '', '', '').pk, ':after': after || ' ' },
      ConsistentRead: true,
    }),
  );
  const next = LastEvaluatedKey?.['sk'];
  const marks = Items.flatMap((item) => {
    const by = String(item['sk']).split('#')[1] ?? '';
    return fromCheckInFeedItem(item).map((mark) => ({ ...mark, by }));
  });
  return { marks, ...(next !== undefined && { next: String(next) }) };
}

export const sharedMarkToText = ({ list, ticket, mark }: SharedMark): string => `${list} ${ticket} ${markToText(mark)}`;

function fromText(text: string): SharedMark {
  const [list = '', ticket = '', ...mark] = text.split(' ');
  return { list, ticket, mark: markFromText(mark.join(' ')) };
}
