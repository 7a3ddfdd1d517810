import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import type { Retention } from '../../kernel/purposes.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { vettingProposal } from '../../team/role/organiser-role.schema.ts';
import { deviceKey } from '../check-in-keys.ts';

const ITEM_VERSION = 1;

/** What an organiser says of a device: of one that is offered, and of one that took the offer. */
const deviceTerms = (retention: Retention) => ({
  eventId: field(z.string(), 'records', retention),
  /** 8 Crockford characters. */
  id: field(z.string(), 'team', retention),
  /** What the organiser calls it: "Hall, left door". */
  name: field(z.string(), 'team', retention),
  /** Ids of the lists that it may scan for. */
  lists: field(z.array(z.string()), 'team', retention),
  /** The last day for which its staff were vetted, `2027-12-31`; absent of anyone else: it shows no name of a minor (CS13). */
  vettedUntil: field(z.string().optional(), 'team', retention),
  /** Whether it may look for people by name: a desk's. */
  maySearch: field(z.boolean(), 'team', retention),
  /** Epoch milliseconds: from then on it does no more than bring in what it scanned before. */
  endsAt: field(z.int(), 'team', retention),
  /** The member who let it in. */
  enrolledBy: field(z.string(), 'team', retention),
});

/** A key that the phone's own screen lock guards (WebAuthn). */
const passkey = once(() =>
  z.object({
    /** Of the credential, base64url. */
    id: z.string(),
    /** SubjectPublicKeyInfo (RFC 5280), base64url. */
    publicKey: z.string(),
  }),
);
export interface Passkey extends Output<typeof passkey> {}

/** Whether and how often a desk's phone may look for people. The server holds it: having the phone or its token changes none of it. */
const searchLock = once(() =>
  z.object({
    /** Raised by each change, which names the one that it was made from: none is made twice, however many come at once. */
    revision: z.int(),
    /** Of the six digits that the phone showed when it was let in. */
    codeHash: z.string(),
    passkey: passkey().optional(),
    /** What the passkey is to sign next, once; `until`: epoch milliseconds. */
    challenge: z.object({ value: z.string(), until: z.int() }).optional(),
    /** Wrong codes since the last right one. */
    failures: z.int(),
    /** Epoch milliseconds; 0 where it was never opened. */
    openUntil: z.int(),
    /** Searches that were answered, by the ten minutes in which they were: counted from 1970 on. */
    steps: z.array(z.object({ step: z.int(), searches: z.int() })),
    /** All that were ever answered. */
    searches: z.int(),
  }),
);
export interface SearchLock extends Output<typeof searchLock> {}

/** What a phone last said of itself. Seconds are as it counted them then. */
const talk = once(() =>
  z.object({
    /** When it said so, by the server: epoch milliseconds. */
    at: z.int(),
    /** Scans that it has not brought in, and those that were refused for good. */
    waiting: z.int(),
    refused: z.int(),
    /** Since it had all of its roster and keys from the server, and since the list of withdrawn tickets was signed; absent where it has none. */
    rosterAge: z.int().optional(),
    revocationsAge: z.int().optional(),
    /** Of the app. */
    version: z.string(),
  }),
);
export interface Talk extends Output<typeof talk> {}

/** A phone at a door, as an organiser let it in. */
export const storedDevice = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  ...deviceTerms('event'),
  /** Of the offer that it took, where several phones may take it: what an organiser knows it by until they are in. */
  offer: field(z.string().optional(), 'team', 'event'),
  /** Epoch milliseconds. */
  enrolledAt: field(z.int(), 'team', 'event'),
  /** Epoch milliseconds. */
  revokedAt: field(z.int().optional(), 'team', 'event'),
  /** The newest scan that it had brought in when it was shut out, epoch milliseconds: 0 where it had none; absent until it is asked for. */
  newestBrought: field(z.int().optional(), 'attendance', 'minutes'),
  /** SHA-256 of the secret in its token: 256 random bits need no key and no salt. */
  secretHash: field(z.string(), 'team', 'event'),
  /** Whether it may do so now; absent of one that may not, or was let in without a code. */
  search: field(searchLock().optional(), 'team', 'event'),
  /** What it said last of itself (CI17). */
  talk: field(talk().optional(), 'team', 'event'),
  /** How many scans it brought in, by the ten minutes in which they came (`clock.ts`); absent of older ones. */
  scans: field(z.record(z.string(), z.int()).optional(), 'team', 'event'),
}));
export interface StoredDevice extends Omit<Output<typeof storedDevice>, 'v'> {}
export interface Device extends Omit<StoredDevice, 'secretHash'> {}

/** A phone that is to show names of people under 18: it gets its code once a second person accepts it (CS25). */
export const storedDeviceProposal = stored(() => {
  const { eventId, id, name, lists, maySearch, endsAt } = deviceTerms('week');
  const { vettedUntil, by, at } = vettingProposal().shape;
  return {
    v: field(z.literal(ITEM_VERSION), 'records', 'week'),
    ...{ eventId, id, name, lists, maySearch, endsAt },
    vettedUntil: field(vettedUntil, 'team', 'week'),
    by: field(by, 'team', 'week'),
    at: field(at, 'team', 'week'),
    /** Who accepted it last, and was shown its code. */
    accepted: field(z.object({ by: z.string(), codeHash: z.string() }).optional(), 'team', 'week'),
    /** Raised with each change: what a conditional write compares. */
    revision: field(z.int(), 'records', 'week'),
  };
});
export interface DeviceProposal extends Omit<Output<typeof storedDeviceProposal>, 'v'> {}

/** An offer to whichever phones take it first, of one shift. */
export const storedEnrolment = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'day'),
  ...deviceTerms('day'),
  /** Hash of its code, which is kept nowhere. */
  codeHash: field(z.string(), 'team', 'day'),
  /** Epoch milliseconds. */
  goodUntil: field(z.int(), 'team', 'day'),
  /** Until when the device is kept: epoch seconds, when the event's retention ends. */
  keepUntil: field(z.int(), 'team', 'day'),
  /** How many phones may take it: each once, with a token of its own (AU7). */
  phones: field(z.int().default(1), 'team', 'day'),
  /** Hashes of the secrets of the phones that took it, in order; the one alone, of offers to one phone that are older than the list. */
  takenBy: field(z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]), 'team', 'day'),
}));
export interface StoredEnrolment extends Omit<Output<typeof storedEnrolment>, 'v' | 'goodUntil'> {
  /** Epoch milliseconds: ten minutes after it was made. */
  readonly expiresAt: number;
}
export interface Enrolment extends Omit<StoredEnrolment, 'keepUntil' | 'takenBy'> {}

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

/** 256 bits, base64url. */
const secret = () => z.string().regex(/^[\w-]{43}$/);

/** A key that the phone's own screen lock guards (WebAuthn): of the credential its id, and its key as SubjectPublicKeyInfo, both base64url. */
const sentPasskey = () =>
  z.strictObject({ id: z.string().regex(/^[\w-]{1,1400}$/), publicKey: z.string().regex(/^[\w-]{1,800}$/) });

/** A code that was scanned, and a secret of the phone's own: it may ask again with both where an answer was lost. */
export const enrolment = z.lazy(() =>
  z.strictObject({
    code: secret(),
    secret: secret(),
    /** Six digits that the phone made and shows once: they open search on a desk's phone (AU10). */
    searchCode: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    /** Of a desk's phone that asks again within ten minutes: opens its search too. */
    passkey: sentPasskey().optional(),
  }),
);

/** What a device may do, as it is now. */
export const shownTerms = () =>
  z.strictObject({
    eventId: z.string(),
    id: z.string(),
    name: z.string(),
    /** Ids of the lists that it may scan for. */
    lists: z.array(z.string()).readonly(),
    maySearch: z.boolean(),
    /** Whether it is shown names of people under 18 (CS13). */
    isVetted: z.boolean(),
    /** From when on it does no more than bring in what it scanned before: epoch milliseconds. */
    endsAt: z.int(),
  });

/** The token is what opens the device's routes: `Authorization: Bearer`. */
export const enrolledDevice = z.lazy(() => z.strictObject({ token: z.string(), device: shownTerms() }));
