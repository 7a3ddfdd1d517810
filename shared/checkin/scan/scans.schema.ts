import * as z from 'zod';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { MOST_REASON } from '../choices.ts';
import { COMPANIONS } from '../holder.ts';

/** Scans of one request. */
export const MOST_SCANS = 200;

/** 128 bits, base64url. */
const id = () => z.string().regex(/^[\w-]{22}$/);
/** The first of the years in which scans are made, epoch milliseconds. */
export const FIRST_SCANS = Date.UTC(2020, 0, 1);

/** Epoch milliseconds of years in which scans are made: beyond them something else is wrong than a clock. */
const instant = () =>
  z
    .int()
    .min(FIRST_SCANS)
    .max(Date.UTC(2100, 0, 1));

/** A person who comes without having registered: a desk enters them, and the scan is their check-in. They need no address. */
const walkIn = () =>
  z.strictObject({
    /** 96 random bits of the device, 20 Crockford characters: their ticket, which can be given to them at once. */
    ticketId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/),
    fullName: z.string().max(400),
    organisation: z.string().max(600),
    /** ISO 3166-1 alpha-2. */
    country: z.string().max(2),
    category: z.string().max(60),
    /** A minor goes to the safeguarding desk. */
    isAdult: z.literal(true),
    /** Why they are let in where there is no seat left. */
    reason: z.string().max(MOST_REASON).optional(),
  });

/** A scan as a device tells of it. Each of a batch is parsed alone, so that one that is spoiled harms no other (CI6). */
export const sentScan = z.lazy(() =>
  z.strictObject({
    scanId: id(),
    list: z.string().max(60),
    /** `ticketHash` of the ticket's id, base64url. */
    ticket: id(),
    kind: z.enum(['in', 'out', 'undo']),
    /** Of an `undo`: the scan that was a mistake. */
    undoes: id().optional(),
    /** By the device's clock, and by the server's as well as the device can tell: epoch milliseconds. */
    scannedAt: instant(),
    correctedAt: instant(),
    /** Of the registration, as the ticket's entry says: whose ticket it is can then be looked up. */
    reference: z.string().max(20).optional(),
    walkIn: walkIn().optional(),
    /** With whom a minor leaves. */
    companion: z.enum(COMPANIONS).optional(),
    /** Why a desk lets in a person who has nothing that says that they have a ticket. */
    reason: z.string().max(MOST_REASON).optional(),
  }),
);

export type SentScan = z.output<typeof sentScan>;
export type SentWalkIn = NonNullable<SentScan['walkIn']>;

/**
 * A scan exactly as a device told of it, and when: what it saw, once and for all. It is never changed, so that to bring two sets of scans
 * together is their union, whatever comes first or twice.
 */
export const storedScan = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  /** 128 random bits, made by the device: 22 characters of base64url. */
  scanId: field(z.string(), 'attendance', 'event'),
  /** Of the check-in list. */
  list: field(z.string(), 'attendance', 'event'),
  /** `ticketHash` of the ticket's id: a scan alone opens nothing. */
  ticket: field(z.string(), 'attendance', 'event'),
  device: field(z.string(), 'attendance', 'event'),
  /** What a scan says of an attendee: that they came in, that they left, or that an earlier scan was a mistake. */
  kind: field(z.enum(['in', 'out', 'undo']), 'attendance', 'event'),
  /** Of an `undo`: which scan was a mistake. */
  undoes: field(z.string().optional(), 'attendance', 'event'),
  /** Why a desk let in a person who has nothing that says that they have a ticket; cleaned. */
  reason: field(z.string().optional(), 'attendance', 'event'),
  /** The member who marked by hand that they came, or took that back; absent of what a device made. */
  by: field(z.string().optional(), 'team', 'month'),
  /** Of a minor who leaves. */
  companion: field(z.enum(COMPANIONS).optional(), 'attendance', 'event'),
  /** By the device's own clock, epoch milliseconds. */
  scannedAt: field(z.int(), 'attendance', 'minutes'),
  /** By the server's clock, as well as the device could tell, epoch milliseconds. */
  correctedAt: field(z.int(), 'attendance', 'minutes'),
  /** By our clock, epoch milliseconds. */
  receivedAt: field(z.int(), 'attendance', 'minutes'),
}));
export interface Scan extends Omit<Output<typeof storedScan>, 'v' | 'receivedAt'> {}
export type ScanKind = Scan['kind'];

/** No more is asked of a batch than that it is one. */
export const scanBatch = z.lazy(() => z.strictObject({ scans: z.array(z.unknown()).min(1).max(MOST_SCANS) }));

/** The time that counts, by the server's clock, where it is not the one that was told: the device goes by it from then on. */
const countedAt = () => z.int().optional();

const scanAnswer = () =>
  z.discriminatedUnion('result', [
    z.strictObject({
      result: z.literal('kept'),
      correctedAt: countedAt(),
      /** The scan with which the ticket came in before: a person decides. */
      earlier: z.strictObject({ device: z.string(), correctedAt: z.int() }).optional(),
      /** Why it would not have been let pass by what the server knows; `after-shut-out`: it counts nowhere until a person says so. */
      doubt: z.string().optional(),
    }),
    /** It was kept before, the same. */
    z.strictObject({ result: z.literal('known'), correctedAt: countedAt() }),
    /** It will never be kept: the device sets it aside. */
    z.strictObject({
      result: z.literal('refused'),
      why: z.enum(['not-a-scan', 'not-a-person', 'not-a-desk', 'unknown-list', 'other-contents', 'too-many']),
    }),
    /** To be sent again. */
    z.strictObject({ result: z.literal('later') }),
  ]);

export type ScanAnswer = z.output<ReturnType<typeof scanAnswer>>;

/** One for each scan, in the order in which they came. */
export const scanAnswers = z.lazy(() =>
  z.strictObject({
    answers: z.array(scanAnswer()).readonly(),
    /** The device was shut out: what it scanned before counts, and what it scanned since waits for a person (CI15). */
    isRevoked: z.literal(true).optional(),
  }),
);
