import * as z from 'zod';
import type { Enrolment } from '../domain/check-in/device.ts';
import { once } from '../once.ts';
import { deviceTerms } from './check-in-device-item.ts';
import { enrolmentKey } from './check-in-keys.ts';
import type { TransactItem } from './transact.ts';
import type { UsesOf } from './uses-of.ts';

const ITEM_VERSION = 1;

export const storedEnrolment = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    ...deviceTerms(),
    codeHash: z.string(),
    /** Epoch milliseconds. */
    goodUntil: z.int(),
    /** Epoch seconds, when the event's retention ends. */
    keepUntil: z.int(),
    /** Hash of the secret of the phone that took it. */
    takenBy: z.string().optional(),
  }),
);

export const ENROLMENT_USES = {
  v: ['records', 'day'],
  eventId: ['records', 'day'],
  id: ['team', 'day'],
  name: ['team', 'day'],
  lists: ['team', 'day'],
  vettedUntil: ['team', 'day'],
  maySearch: ['team', 'day'],
  endsAt: ['team', 'day'],
  enrolledBy: ['team', 'day'],
  codeHash: ['team', 'day'],
  goodUntil: ['team', 'day'],
  keepUntil: ['team', 'day'],
  takenBy: ['team', 'day'],
} as const satisfies UsesOf<typeof storedEnrolment>;

export interface StoredEnrolment extends Enrolment {
  /** Until when the device is kept: epoch seconds. */
  readonly keepUntil: number;
  readonly takenBy?: string | undefined;
}

/** @throws ZodError when the table holds something else */
export function fromEnrolmentItem(item: Record<string, unknown>): StoredEnrolment {
  const { v: _, goodUntil: expiresAt, ...enrolment } = storedEnrolment().parse(item);
  return { ...enrolment, expiresAt };
}

/** Seconds for which it is told of a code that it was taken, or came too late. */
const REMEMBERED = 60 * 60;

export function putEnrolment(table: string, { expiresAt, ...enrolment }: StoredEnrolment): TransactItem {
  const forgetAt = Math.ceil(expiresAt / 1000) + REMEMBERED;
  const Item = {
    ...enrolmentKey(enrolment.codeHash),
    v: ITEM_VERSION,
    ...enrolment,
    goodUntil: expiresAt,
    expiresAt: forgetAt,
  };
  return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** Takes it for one phone, whoever else tries. */
export const takeEnrolment = (table: string, codeHash: string, takenBy: string, now: number): TransactItem => ({
  Update: {
    TableName: table,
    Key: enrolmentKey(codeHash),
    UpdateExpression: 'SET takenBy = :by',
    ConditionExpression: 'attribute_not_exists(takenBy) AND goodUntil > :now',
    ExpressionAttributeValues: { ':by': takenBy, ':now': now },
  },
});
