import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { checkInDoubtKey } from '../check-in-keys.ts';
import type { CheckIn } from '../scan/check-in.store.ts';
import type { Mark } from '../scan/scan.ts';
import type { ToSee as Decidable } from './decision.ts';

/** 1 had two lists of ids. */
const ITEM_VERSION = 2;

/** That a person has to look at how a ticket stands on a list. What it is about stands on the check-in. */
export const storedCheckInDoubt = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** Of the first scan that is in conflict or doubt, epoch milliseconds. */
  since: field(z.int(), 'attendance', 'event'),
  /** Their ids, each behind a letter of `LETTERS`: one text, for all of a ticket's are to fit into 1 KB. */
  scans: field(z.string(), 'attendance', 'event'),
}));

const LETTERS = { conflict: 'c', doubt: 'd', both: 'b' } as const;
const SCAN = /([cdb])([\w-]{22})/g;

export interface CheckInDoubt extends Decidable {
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
export interface ToSee {
  /** Scans that came in where somebody was in already. */
  readonly conflicts: readonly Mark[];
  /** Scans that we would not have let pass. */
  readonly doubts: readonly Mark[];
}

/** @param expiresAt epoch seconds */
export function noteDoubts(
  table: string,
  { eventId, list, ticket }: Pick<CheckIn, 'eventId' | 'list' | 'ticket'>,
  { conflicts, doubts }: ToSee,
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
    ...{ ...Key, v: ITEM_VERSION, expiresAt },
    since: Math.min(...all.map(({ correctedAt }) => correctedAt)),
    scans: [...ids].map((scanId) => letterOf(scanId) + scanId).join(''),
  };
  return { Put: { TableName: table, Item } };
}
