import * as z from 'zod';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { deviceKey } from '../check-in-keys.ts';
import type { Device } from './device.ts';

const ITEM_VERSION = 1;

/** What an organiser says of a device: of one that is offered, and of one that took the offer. */
export const deviceTerms = () => ({
  eventId: z.string(),
  id: z.string(),
  name: z.string(),
  lists: z.array(z.string()),
  vettedUntil: z.string().optional(),
  maySearch: z.boolean(),
  endsAt: z.int(),
  enrolledBy: z.string(),
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

export const storedDevice = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    ...deviceTerms(),
    offer: z.string().optional(),
    enrolledAt: z.int(),
    revokedAt: z.int().optional(),
    newestBrought: z.int().optional(),
    /** SHA-256 of the secret in its token: 256 random bits need no key and no salt. */
    secretHash: z.string(),
    search: searchLock().optional(),
    talk: talk().optional(),
    scans: z.record(z.string(), z.int()).optional(),
  }),
);

export const DEVICE_USES = {
  v: ['records', 'event'],
  eventId: ['records', 'event'],
  id: ['team', 'event'],
  offer: ['team', 'event'],
  name: ['team', 'event'],
  lists: ['team', 'event'],
  vettedUntil: ['team', 'event'],
  maySearch: ['team', 'event'],
  enrolledAt: ['team', 'event'],
  endsAt: ['team', 'event'],
  revokedAt: ['team', 'event'],
  newestBrought: ['attendance', 'event'],
  enrolledBy: ['team', 'event'],
  secretHash: ['team', 'event'],
  search: ['team', 'event'],
  talk: ['team', 'event'],
  scans: ['team', 'event'],
} as const satisfies UsesOf<typeof storedDevice>;

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
