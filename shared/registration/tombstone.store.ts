import { createHash } from 'node:crypto';
import * as z from 'zod';
import { toTombstoneItem } from '../event/event.store.ts';
import { goneKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import type { System } from '../kernel/system.store.ts';
import { newJob } from '../mail/outbox/new-items.store.ts';
import { putJob } from '../mail/outbox/outbox-items.store.ts';
import { hashReference } from './hashes.store.ts';
import type { Registration } from './registration.schema.ts';

export type TombstoneNeeds = Needs<'auditTable' | 'secrets' | 'system'> & {
  readonly tables: { readonly registry: string };
};

/**
 * Written with what erases a registration or a coordinator's list, of whomever: in `Registry`, and in `Audit`, which outlives the loss of that.
 *
 * @param expiresAt epoch seconds
 */
export async function putTombstones(
  { auditTable, secrets, system, tables: { registry } }: TombstoneNeeds,
  { eventId, reference }: Pick<Registration, 'eventId' | 'reference'>,
  expiresAt: number,
): Promise<TransactItem[]> {
  const hash = await hashReference(secrets, eventId, reference);
  const Item = toTombstoneItem({ eventId, hash, erasedAt: system.now().toISOString() }, expiresAt);
  return [registry, auditTable].map((TableName) => ({ Put: { TableName, Item } }));
}

/** A person who left the index for good: copies of it that are in use elsewhere learn it from here. */
export const storedGonePerson = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'three-days'),
  /** `goneName` of the reference. */
  name: field(z.string(), 'records', 'three-days'),
}));

const GONE_BYTES = 12;

/** What names one who left: the first character of their reference, by which their rows are found, and a hash of it. */
export const goneName = (eventId: string, reference: string): string =>
  reference.slice(0, 1) +
  createHash('sha256').update(`${eventId}#${reference}`).digest().subarray(0, GONE_BYTES).toString('base64url');

const THREE_DAYS = 3 * 24 * 60 * 60;

/** Says to copies of the index that are in use that one left it. */
export const putGone = (
  table: string,
  { eventId, reference }: Pick<Registration, 'eventId' | 'reference'>,
  now: Date,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...goneKey(eventId, now.toISOString(), goneName(eventId, reference)),
      v: 1,
      name: goneName(eventId, reference),
      expiresAt: Math.ceil(now.getTime() / 1000) + THREE_DAYS,
    },
  },
});

/** Written with what erases a registration, of anyone: nothing of it stays in the index of people. @param expiresAt of the job, epoch seconds */
export const leaveIndex = (
  { registry, outbox }: Readonly<Record<'registry' | 'outbox', string>>,
  of: Pick<Registration, 'eventId' | 'reference'>,
  expiresAt: number,
  system: System,
): TransactItem[] => [
  putGone(registry, of, system.now()),
  putJob(outbox, newJob(system, 'index-people', of.eventId, of), expiresAt),
];
