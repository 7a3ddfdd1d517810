import * as z from 'zod';
import { bearerHeaders } from '../../kernel/http/parts.schema.ts';
import type { Output } from '../../kernel/stored.schema.ts';
import { HOW_OFTEN } from '../choices.ts';
import { shownTerms, type Talk } from '../device/device.schema.ts';

/** Words by language tag. */
const words = () => z.record(z.string(), z.string());

/** A list with all that a door has to know of it: it decides without the event's definition. */
const door = () =>
  z.strictObject({
    id: z.string(),
    name: z.string().optional(),
    place: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('event') }),
      z.strictObject({ kind: z.literal('day'), day: z.string() }),
      z.strictObject({ kind: z.literal('session'), session: z.string() }),
    ]),
    categories: z.array(z.string()).readonly().optional(),
    modes: z.array(z.enum(['in-person', 'online'])).readonly(),
    passing: z.enum(['once', 'again', 'in-and-out']),
    capacity: z.int().optional(),
    /** When each day begins, epoch milliseconds, where people come in anew on each of them. */
    dayStarts: z.array(z.int()).readonly().optional(),
    /** The day on which people come here; any of the event's where absent. */
    day: z.string().optional(),
    /** The session for which people must have signed up, or into which they must have been let. */
    session: z.string().optional(),
    /** Whether those who are not let in are to learn nothing of what is behind the door. */
    isClosed: z.boolean(),
    /** Epoch milliseconds; the end is the first moment that is too late. */
    opensAt: z.int(),
    closesAt: z.int(),
  });
/** What is handed out, or lent, in place of a door: how often one gets it, and whether it is brought back. */
const handoutRules = () => z.strictObject({ often: z.enum(HOW_OFTEN), isLent: z.boolean() });
export interface ListTerms extends Output<typeof door> {
  /** Of what is no door; absent of one. */
  readonly handout?: Output<typeof handoutRules> | undefined;
}

/** What changes with the event and its lists, and not with its people. */
const setup = () =>
  z.strictObject({
    event: z.strictObject({
      id: z.string(),
      title: words(),
      rehearsal: z.literal(true).optional(),
      timeZone: z.string(),
      /** `day`: ISO 8601 date. */
      days: z.array(z.strictObject({ id: z.string(), date: z.string() })).readonly(),
      sessions: z
        .array(z.strictObject({ id: z.string(), day: z.string(), start: z.string(), end: z.string(), title: words() }))
        .readonly(),
      categories: z.array(z.strictObject({ id: z.string(), name: words() })).readonly(),
      /** What a walk-in can come from, by language in its order: codes with names, of which browsers lack some languages. */
      countries: z.record(z.string(), z.array(z.tuple([z.string(), z.string()])).readonly()).optional(),
      /** Whom staff send people to, where the event says: words about the safeguarding desk. */
      contact: z.string().optional(),
    }),
    doors: z.array(door()).readonly(),
    /** What is handed out: apart from doors, so that an app that knows of none opens none. Absent where there is none. */
    handouts: z
      .array(door().extend({ handout: handoutRules() }))
      .readonly()
      .optional(),
    /** The keys that tickets and revocations are signed with: Ed25519, 32 bytes, base64url. One that was withdrawn is not among them. */
    keys: z.array(z.strictObject({ id: z.string(), publicKey: z.string() })).readonly(),
  });

/** How a ticket stands on a list, as far as a phone has to know it: marks of its scans, never whose it is. */
const othersCheckIn = () =>
  z.strictObject({
    list: z.string(),
    /** `ticketHash`, base64url. */
    ticket: z.string(),
    marks: z
      .array(
        z.strictObject({
          scanId: z.string(),
          device: z.string(),
          kind: z.enum(['in', 'out', 'undo']),
          undoes: z.string().optional(),
          correctedAt: z.int(),
        }),
      )
      .readonly(),
  });
/** All scans of one ticket on one list that a phone, or the server, knows. */
export interface KnownCheckIn extends Output<typeof othersCheckIn> {}

/** What a phone takes over: all that there is, or what changed since it asked last. */
export const roster = z.lazy(() =>
  z.strictObject({
    /** Whether this stands in place of all that the phone had, rather than beside it. */
    isWhole: z.boolean(),
    /** Whether there is more at once, from this cursor on. */
    hasMore: z.boolean(),
    /** To be sent back as `since`: nobody but the server reads it. */
    cursor: z.string(),
    device: shownTerms(),
    /** Absent where it is what the phone has. */
    setup: setup().optional(),
    /** The signed list of tickets that admit nobody any more, base64url (`ticket/revocation-list.ts`); absent where it is what the phone has. */
    revocations: z.string().optional(),
    /**
     * Entries one after another, base64url: 16 bytes of `ticketHash`, two bytes that say how many follow (big endian), and an
     * entry that opens with the ticket alone (`ticket/roster-lock.ts`). None follow where there is no entry any more.
     */
    entries: z.string(),
    checkIns: z.array(othersCheckIn()).readonly(),
  }),
);

export type RosterAnswer = z.output<typeof roster>;
export type RosterSetup = NonNullable<RosterAnswer['setup']>;

const STATE = /^(\d{1,7}) (\d{1,7}) (\d{1,9}|-) (\d{1,9}|-) ([\w-]{1,40})$/;

/**
 * What a phone says of itself, by spaces: scans that wait, scans that were refused, seconds since it had roster and keys, seconds since its
 * list of withdrawn tickets was signed (`-` where it has none), and the app's version.
 */
export const rosterHeaders = z.object({
  ...bearerHeaders.shape,
  'phone-state': z.string().regex(STATE).optional().catch(undefined),
});

export type PhoneState = Omit<Talk, 'at'>;

/** @param sent as `rosterHeaders` takes it */
export function parsePhoneState(sent = ''): PhoneState | undefined {
  const [, waiting, refused, roster, revocations, version] = STATE.exec(sent) ?? [];
  if (version === undefined) return undefined;
  const age = (seconds: string | undefined) => (seconds === '-' ? undefined : Number(seconds));
  return {
    ...{ waiting: Number(waiting), refused: Number(refused), version },
    ...{ rosterAge: age(roster), revocationsAge: age(revocations) },
  };
}

/** As the phone had it last; nothing for all. */
export const rosterQuery = z.object({ since: z.string().max(500).optional() });

/** The public keys that tickets are verified with: a JWK set (RFC 7517) of Ed25519 keys (RFC 8037). */
export const ticketKeys = z.lazy(() =>
  z.strictObject({
    keys: z
      .array(
        z.strictObject({
          kty: z.literal('OKP'),
          crv: z.literal('Ed25519'),
          alg: z.literal('EdDSA'),
          use: z.literal('sig'),
          /** What a ticket calls its key: the first 4 bytes of SHA-256 of the 32 bytes, in hex. */
          kid: z.string().regex(/^[0-9a-f]{8}$/),
          /** The 32 bytes, base64url. */
          x: z.string().regex(/^[\w-]{43}$/),
        }),
      )
      .readonly(),
  }),
);
