import * as z from 'zod';
import type { Retention } from '../../kernel/purposes.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { deviceKey } from '../check-in-keys.ts';
import type { Device } from './device.ts';

const ITEM_VERSION = 1;

/** What an organiser says of a device: of one that is offered, and of one that took the offer. */
export const deviceTerms = (retention: Retention) => ({
  eventId: field(z.string(), 'records', retention),
  id: field(z.string(), 'team', retention),
  name: field(z.string(), 'team', retention),
  lists: field(z.array(z.string()), 'team', retention),
  vettedUntil: field(z.string().optional(), 'team', retention),
  maySearch: field(z.boolean(), 'team', retention),
  endsAt: field(z.int(), 'team', retention),
  enrolledBy: field(z.string(), 'team', retention),
});

/** Counted and locked by the server alone; of its code there is the hash. */
const searchLock = () =>
  z.object({
    revision: z.int(),
    codeHash: z.string(),
    passkey: z.object({ id: z.string(), publicKey: z.string() }).optional(),
    challenge: z.object({ value: z.string(), until: z.int() }).optional(),
    failures: z.int(),
    openUntil: z.int(),
    steps: z.array(z.object({ step: z.int(), searches: z.int() })),
    searches: z.int(),
  });

const talk = () =>
  z.object({
    at: z.int(),
    waiting: z.int(),
    refused: z.int(),
    rosterAge: z.int().optional(),
    revocationsAge: z.int().optional(),
    version: z.string(),
  });

export const storedDevice = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  ...deviceTerms('event'),
  offer: field(z.string().optional(), 'team', 'event'),
  enrolledAt: field(z.int(), 'team', 'event'),
  revokedAt: field(z.int().optional(), 'team', 'event'),
  newestBrought: field(z.int().optional(), 'attendance', 'event'),
  /** SHA-256 of the secret in its token: 256 random bits need no key and no salt. */
  secretHash: field(z.string(), 'team', 'event'),
  search: field(searchLock().optional(), 'team', 'event'),
  talk: field(talk().optional(), 'team', 'event'),
  scans: field(z.record(z.string(), z.int()).optional(), 'team', 'event'),
}));

export interface StoredDevice extends Device {
  readonly secretHash: string;
}

/** @throws ZodError when the table holds something else */
export function fromDeviceItem(item: Record<string, unknown>): StoredDevice {
  const { v: _, ...device } = storedDevice().parse(item);
  return device;
}

/** @param expiresAt epoch seconds */
export const toDeviceItem = (device: StoredDevice, expiresAt: number) => ({
  ...deviceKey(device.eventId, device.id),
  v: ITEM_VERSION,
  ...device,
  expiresAt,
});
