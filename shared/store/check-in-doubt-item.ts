import * as z from 'zod';
import type { Mark } from '../domain/check-in/scan.ts';
import { once } from '../once.ts';
import type { CheckIn } from './check-in-item.ts';
import { checkInDoubtKey } from './check-in-keys.ts';
import type { TransactItem } from './transact.ts';
import type { UsesOf } from './uses-of.ts';

const ITEM_VERSION = 1;

/** That a person has to look at how a ticket stands on a list. What it is about stands on the check-in. */
export const storedCheckInDoubt = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    list: z.string(),
    ticket: z.string(),
    /** Of the first scan that is in conflict or doubt, epoch milliseconds. */
    since: z.int(),
    /** Scans that came in where somebody was in already. */
    conflicts: z.array(z.string()),
    /** Scans that we would not have let pass. */
    doubts: z.array(z.string()),
  }),
);

export const CHECK_IN_DOUBT_USES = {
  v: ['records', 'event'],
  list: ['attendance', 'event'],
  ticket: ['attendance', 'event'],
  since: ['attendance', 'event'],
  conflicts: ['attendance', 'event'],
  doubts: ['attendance', 'event'],
} as const satisfies UsesOf<typeof storedCheckInDoubt>;

export type CheckInDoubt = Omit<z.output<ReturnType<typeof storedCheckInDoubt>>, 'v'>;

/** @throws ZodError when the table holds something else */
export function fromCheckInDoubtItem(item: Record<string, unknown>): CheckInDoubt {
  const { v: _, ...doubt } = storedCheckInDoubt().parse(item);
  return doubt;
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
  const Item = {
    ...{ ...Key, v: ITEM_VERSION, list, ticket, expiresAt },
    since: Math.min(...all.map(({ correctedAt }) => correctedAt)),
    conflicts: conflicts.map(({ scanId }) => scanId),
    doubts: doubts.map(({ scanId }) => scanId),
  };
  return { Put: { TableName: table, Item } };
}
