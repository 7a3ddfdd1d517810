import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { checkInKey } from '../check-in-keys.ts';
import { type Marks, marksFromTexts, marksToTexts } from '../check-in-marks.ts';
import type { Mark } from './scan.ts';

/** 1 had its doubts beside its marks. */
const ITEM_VERSION = 2;

/** How one ticket stands on one list: all marks of its scans, whatever device made them. */
export interface CheckIn {
  readonly eventId: string;
  readonly list: string;
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  readonly marks: readonly Mark[];
  /** Scans that were let pass although we would not have, and why. */
  readonly doubts: Marks['doubts'];
  /** Whose ticket it is, as far as we know. */
  readonly reference?: string | undefined;
  /** Under which they were counted first: what changes later changes no count. */
  readonly category: string;
  readonly mode: string;
  /** Raised with each scan: what a conditional write compares. 0 where there is none yet. */
  readonly revision: number;
}

export const storedCheckIn = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    eventId: z.string(),
    list: z.string(),
    ticket: z.string(),
    /** With their doubts, in some 42 bytes each: see `marksToTexts`. */
    marks: z.array(z.string()),
    reference: z.string().optional(),
    category: z.string(),
    mode: z.string(),
    revision: z.int(),
    /** ISO 8601: an attribute of this name is the key of an index, and text wherever it is. */
    changedAt: z.string(),
  }),
);

export const CHECK_IN_USES = {
  v: ['records', 'event'],
  eventId: ['records', 'event'],
  list: ['attendance', 'event'],
  ticket: ['attendance', 'event'],
  marks: ['attendance', 'event'],
  reference: ['attendance', 'event'],
  category: ['attendance', 'event'],
  mode: ['attendance', 'event'],
  revision: ['records', 'event'],
  changedAt: ['records', 'event'],
} as const satisfies UsesOf<typeof storedCheckIn>;

/** @throws ZodError when the table holds something else */
export function fromCheckInItem(item: Record<string, unknown>): CheckIn {
  const { v: _, changedAt: __, marks, ...checkIn } = storedCheckIn().parse(item);
  return { ...checkIn, ...marksFromTexts(marks) };
}

/**
 * @param checkIn with the revision that was read
 * @param changedAt epoch milliseconds
 * @param expiresAt epoch seconds
 */
export const putCheckIn = (
  table: string,
  { marks, doubts, ...checkIn }: CheckIn,
  changedAt: number,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...checkInKey(checkIn.eventId, checkIn.ticket, checkIn.list),
      v: ITEM_VERSION,
      ...checkIn,
      marks: marksToTexts({ marks, doubts }),
      revision: checkIn.revision + 1,
      changedAt: new Date(changedAt).toISOString(),
      expiresAt,
    },
    ...(checkIn.revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': checkIn.revision } }),
  },
});
