import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { type ItemKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { type TransactItem, updateIf } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { type Decision, storedCheckInDecision } from '../check-in-items.schema.ts';
import { checkInDecisionKey, checkInDecisionsOn, checkInDoubtKey } from '../check-in-keys.ts';
import type { CheckIn } from '../scan/check-in.store.ts';
import type { ScanMark } from '../scan/scan.ts';
import type { OpenConflict as Decidable } from './decision.ts';

const ITEM_VERSION = 1;

/** @throws ZodError when the table holds something else */
export function fromCheckInDecisionItem(item: Record<string, unknown>): Decision {
  const { v: _, ...decision } = storedCheckInDecision().parse(item);
  return decision;
}

/**
 * Adds a decision after those that were read; refused where another organiser added one meanwhile.
 *
 * @param number how many there were on this ticket and list
 * @param expiresAt epoch seconds
 */
export const addCheckInDecision = (
  table: string,
  eventId: string,
  decision: Decision,
  number: number,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...checkInDecisionKey({ eventId, ...decision }, number), v: ITEM_VERSION, ...decision, expiresAt },
    ConditionExpression: NOT_THERE,
  },
});

type Named = Pick<CheckIn, 'eventId' | 'list' | 'ticket'>;

/** What was decided on one ticket and list, as it is kept, in order; strongly consistent. */
export async function decisionItemsOn(
  client: DocumentClient,
  table: string,
  of: Named,
): Promise<readonly (Record<string, unknown> & ItemKey)[]> {
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :begin)',
    ExpressionAttributeValues: { ':pk': checkInDecisionKey(of, 0).pk, ':begin': checkInDecisionsOn(of) },
    ConsistentRead: true,
  };
  const found: (Record<string, unknown> & ItemKey)[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    found.push(...Items.map((item) => ({ ...item, pk: String(item['pk']), sk: String(item['sk']) })));
  }
  return found;
}

/** Erases what was written beside the decisions on one ticket and list; that they were taken stays. Twice is as good as once. */
export async function eraseDecisionNotes(client: DocumentClient, table: string, of: Named): Promise<void> {
  const noted = (await decisionItemsOn(client, table, of)).filter(({ note }) => note !== undefined);
  for (const { pk, sk } of noted) {
    await updateIf(client, {
      TableName: table,
      Key: { pk, sk },
      UpdateExpression: 'REMOVE #note',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#note': 'note' },
    });
  }
}

/** 1 had two lists of ids. */
const DOUBT_VERSION = 2;

/** That a person has to look at how a ticket stands on a list. What it is about stands on the check-in. */
export const storedCheckInDoubt = stored(() => ({
  v: field(z.literal(DOUBT_VERSION), 'records', 'event'),
  /** Of the first scan that is in conflict or doubt, epoch milliseconds. */
  since: field(z.int(), 'attendance', 'minutes'),
  /** Their ids, each behind a letter of `LETTERS`: one text, for all of a ticket's are to fit into 1 KB. */
  scans: field(z.string(), 'attendance', 'event'),
}));

const LETTERS = { conflict: 'c', doubt: 'd', both: 'b' } as const;
const SCAN = /([cdb])([\w-]{22})/g;

interface CheckInDoubt extends Decidable {
  /** Of the first scan that is in conflict or doubt, epoch milliseconds. */
  readonly since: number;
}

/** @throws ZodError when the table holds something else */
export function fromCheckInDoubtItem(item: Record<string, unknown>): CheckInDoubt {
  const { since, scans } = storedCheckInDoubt().parse(item);
  const [list = '', ticket = ''] = String(item['sk']).split('#');
  const each = [...scans.matchAll(SCAN)].map(([, letter, scanId = '']) => ({ letter, scanId }));
  const but = (other: string) => each.filter(({ letter }) => letter !== other).map(({ scanId }) => scanId);
  return { list, ticket, since, conflicts: but(LETTERS.doubt), doubts: but(LETTERS.conflict) };
}

/** What is to be looked at of a check-in. */
export interface DoubtedScans {
  /** Scans that came in where the attendee was in already. */
  readonly conflicts: readonly ScanMark[];
  /** Scans that we would not have let pass. */
  readonly doubts: readonly ScanMark[];
}

/** @param expiresAt epoch seconds */
export function noteDoubts(
  table: string,
  { eventId, list, ticket }: Pick<CheckIn, 'eventId' | 'list' | 'ticket'>,
  { conflicts, doubts }: DoubtedScans,
  expiresAt: number,
): TransactItem {
  const Key = checkInDoubtKey(eventId, list, ticket);
  const all = [...conflicts, ...doubts];
  if (all.length === 0) return { Delete: { TableName: table, Key } };
  const [inConflict, inDoubt] = [conflicts, doubts].map((marks) => new Set(marks.map(({ scanId }) => scanId)));
  const letterOf = (scanId: string) =>
    !inDoubt?.has(scanId) ? LETTERS.conflict : inConflict?.has(scanId) ? LETTERS.both : LETTERS.doubt;
  const ids = new Set(all.map(({ scanId }) => scanId));
  const Item = {
    ...{ ...Key, v: DOUBT_VERSION, expiresAt },
    since: Math.min(...all.map(({ correctedAt }) => correctedAt)),
    scans: [...ids].map((scanId) => letterOf(scanId) + scanId).join(''),
  };
  return { Put: { TableName: table, Item } };
}
