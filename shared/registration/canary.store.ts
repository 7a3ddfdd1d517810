import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { CANARY_ADDRESS, CANARY_EVENT } from '../kernel/canary.ts';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import { readItem } from '../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact, untilWritten } from '../kernel/dynamo/transact.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import { holderWrites } from '../ticket/ticket-holder.store.ts';
import { hashAddress } from './hashes.store.ts';
import { readLock, releaseLock } from './lock.store.ts';
import type { Registration } from './registration.schema.ts';
import { deleteRegistration } from './registration.store.ts';

/** What proves the canary. */
export const storedCanary = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  /** SHA-256 of 256 random bits, base64url: it needs no key and no salt. */
  secretHash: field(z.string(), 'impersonal', 'published'),
}));

const KEY: ItemKey = { pk: 'CANARY', sk: 'SECRET' };

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** In place of the one before, which opens nothing from then on. */
export const putCanarySecret = (TableName: string, secret: string): TransactItem => ({
  Put: { TableName, Item: { ...KEY, v: 1, secretHash: hashOf(secret) } },
});

/** Whether a secret is the canary's, as it is now. */
export async function isCanarySecret({ client, registry }: Needs<'client' | 'registry'>, secret: string) {
  if (!/^[\w-]{43}$/.test(secret)) return false;
  const item = await readItem(client, registry, KEY);
  if (item === undefined) return false;
  const [known, shown] = [storedCanary().parse(item).secretHash, hashOf(secret)].map((each) => Buffer.from(each));
  return known !== undefined && shown !== undefined && timingSafeEqual(known, shown);
}

type CanaryDeps = Needs<'client' | 'registrations' | 'registry' | 'secrets' | 'system'>;

/** What holds the canary's address, and its registration as it stands. */
export async function readCanary({ client, registry, registrations, secrets }: CanaryDeps) {
  const addressHash = await hashAddress(secrets, CANARY_EVENT, CANARY_ADDRESS);
  const lock = await readLock(client, registry, CANARY_EVENT, addressHash);
  const registration = lock && (await registrations.read(CANARY_EVENT, lock.reference));
  return { addressHash, lock, registration };
}

/**
 * Deletes what the canary registered: it holds no seat, no mail tells of it, and neither the list of tickets that admit nobody nor the log of
 * who was erased grows by it. It is tried anew where its mail was noted meanwhile.
 *
 * @returns whether there was anything
 */
export function eraseCanary(deps: CanaryDeps): Promise<boolean> {
  const { client, registry, system } = deps;
  return untilWritten(system, async () => {
    const { addressHash, lock, registration } = await readCanary(deps);
    if (lock === undefined) return false;
    const freed = releaseLock(registry, { eventId: CANARY_EVENT, reference: lock.reference }, addressHash);
    const gone = registration ? withoutTrace(registry, registration) : [];
    return (await transact(client, [freed, ...gone], system)).length === 0 ? true : undefined;
  });
}

const withoutTrace = (registry: string, registration: Registration): readonly TransactItem[] => [
  deleteRegistration(registry, registration),
  ...holderWrites(registry, registration, registration, undefined, 0),
];
