import * as z from 'zod';
import type { Immutable, Output } from '../kernel/stored.schema.ts';
import { actor } from '../team/role/organiser-role.schema.ts';
import { DECISIONS, HAND_OVER_DECISIONS, HELD_PARTS } from './check-in-items.schema.ts';
import { MOST_PHONES } from './device/device.ts';
import { handoutView } from './handout/handout.schema.ts';
import { MOST_HELD } from './held-scans/held-scans.ts';
import { MOST_LISTS } from './list/list.ts';
import { MOST_SCANS } from './scan/scans.schema.ts';

export const listId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);
export const deviceId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{8}$/);
/** `ticketHash`, base64url. */
export const ticketHash = z.string().regex(/^[\w-]{22}$/);

/** Where people are checked in, and who may come in there: `CheckInList` of `checkin/list/list.ts` without its id. */
const listTerms = () => ({
  name: z.string().optional(),
  place: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('event') }),
    z.strictObject({ kind: z.literal('day'), day: z.string() }),
    z.strictObject({ kind: z.literal('session'), session: z.string() }),
  ]),
  /** ISO 8601 instants with offset; where absent, they follow the programme. */
  opensAt: z.iso.datetime({ offset: true }).optional(),
  closesAt: z.iso.datetime({ offset: true }).optional(),
  categories: z.array(z.string()).min(1).readonly().optional(),
  modes: z
    .array(z.enum(['in-person', 'online']))
    .min(1)
    .readonly(),
  signedUpOnly: z.boolean(),
  passing: z.enum(['once', 'again', 'in-and-out']),
  capacity: z.int().min(1).max(100_000).optional(),
});

/** The same of what has no body: a number, in digits. */
export const checkInListSeen = z.object({ revision: z.string().regex(/^\d{1,9}$/) });

/** `revision`: of all lists together, as it was read; 0 where none were ever kept. */
export const checkInListTerms = z.lazy(() => z.strictObject({ ...listTerms(), revision: z.int().min(0) }));

/** What a list comes to: people who came, and who are inside now. */
const tally = () => z.strictObject({ came: z.int(), inside: z.int() });

/** All that an organiser sees of check-in at once. */
export const checkInOverview = z.lazy(() =>
  z.strictObject({
    /** Raised with each change of a list. */
    revision: z.int(),
    lists: z
      .array(
        z.strictObject({
          id: z.string(),
          ...listTerms(),
          /** As they are now, ISO 8601; absent where the list's day or session is not in the programme any more. */
          opens: z.string().optional(),
          closes: z.string().optional(),
          /** People who may come in here by their registration, as it was some seconds ago; a minute where there are thousands. */
          expected: z.int(),
          counts: tally(),
        }),
      )
      .readonly(),
    /** What is handed out: people who were given it, and those of them who have it still. */
    handouts: z.array(handoutView()).readonly(),
    /** Scans that a person has to look at, and on which nobody decided. */
    conflicts: z.int(),
    /** Scans that phones handed over, and of which nobody said yet whether they count. */
    handedOver: z.int(),
  }),
);

/** What a list counted, exactly, by group and mode. */
export const checkInCounts = z.lazy(() =>
  z.strictObject({
    list: z.string(),
    /** ISO 8601. */
    at: z.string(),
    total: tally(),
    parts: z
      .array(z.strictObject({ category: z.string(), mode: z.string(), came: z.int(), inside: z.int() }))
      .readonly(),
  }),
);

/** When people came to a list, in steps of five minutes; steps in which nobody came are left out. */
export const checkInArrivals = z.lazy(() =>
  z.strictObject({
    /** Minutes are kept no longer: each step is a day, at its noon. */
    daysOnly: z.literal(true).optional(),
    steps: z
      .array(
        z.strictObject({
          /** ISO 8601. */
          from: z.string(),
          /** At the door, as phones scanned them. */
          came: z.int(),
          /** Who joined online, and had not come before. */
          online: z.int(),
        }),
      )
      .readonly(),
  }),
);

/** Asks for a code with which phones become devices. */
export const newEnrolment = z.lazy(() =>
  z.strictObject({
    /** "Hall, left door" */
    name: z.string(),
    lists: z.array(listId).min(1).max(MOST_LISTS).readonly(),
    /** End of the shift, ISO 8601 with offset. */
    endsAt: z.iso.datetime({ offset: true }),
    /** A desk's: finds people by name. */
    maySearch: z.boolean(),
    /** The last day for which its staff were vetted; absent: it shows no name of anyone under 18. With it, it is a proposal. */
    vettedUntil: z.iso.date().optional(),
    /** How many phones of the shift the code lets in, each once and as a device of its own; one where absent, and where it shows names of minors. */
    phones: z.int().min(1).max(MOST_PHONES).optional(),
  }),
);

/** The code is shown this once; its link opens the app. */
export const madeEnrolment = z.lazy(() =>
  z.strictObject({
    deviceId: z.string(),
    code: z.string(),
    link: z.string(),
    /** ISO 8601. */
    expiresAt: z.string(),
  }),
);

/** A phone that waits for a second person: it has no code yet. */
export const proposedDevice = z.lazy(() =>
  z.strictObject({
    deviceId: z.string(),
    /** ISO 8601: nobody waits any more from then on. */
    expiresAt: z.string(),
  }),
);

/** Who of the team did something. */
export interface Actor extends Output<typeof actor> {}

/** Phones that are to show names of people under 18, and are not let in yet. */
export const deviceProposals = z.lazy(() =>
  z.strictObject({
    proposals: z
      .array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          lists: z.array(z.string()).readonly(),
          maySearch: z.boolean(),
          vettedUntil: z.string(),
          /** ISO 8601. */
          endsAt: z.string(),
          at: z.string(),
          by: actor(),
          /** The second person, once there is one: its code may have run out. */
          accepted: actor().optional(),
          /** Whether the caller is such a second person. */
          mayAccept: z.boolean(),
          revision: z.int(),
        }),
      )
      .readonly(),
    /** The code, shown this once, to the member who accepts one, in answer to that. */
    offered: madeEnrolment.optional(),
  }),
);

/** `accept` answers with the code; of a proposal that is gone, `withdraw` is a success. */
export const deviceProposalDecision = z.lazy(() =>
  z.strictObject({ decision: z.enum(['accept', 'withdraw']), revision: z.int() }),
);

export const checkInDevices = z.lazy(() =>
  z.strictObject({
    devices: z
      .array(
        z.strictObject({
          id: z.string(),
          /** The `deviceId` of the code, where that let in several phones. */
          offer: z.string().optional(),
          name: z.string(),
          lists: z.array(z.string()).readonly(),
          maySearch: z.boolean(),
          /** Of a desk: how often it searched, what it may within an hour, and whether it can. `ended`: it is to be let in anew. */
          search: z
            .strictObject({
              lastHour: z.int(),
              total: z.int(),
              most: z.int(),
              standing: z.enum(['open', 'locked', 'ended']),
            })
            .optional(),
          /** What it said of itself; absent of one that said nothing yet. Ages in seconds, as they are by now. */
          talk: z
            .strictObject({
              /** ISO 8601, and seconds since. */
              at: z.string(),
              since: z.int(),
              /** Nothing was heard of it for so long that an organiser should look. */
              isSilent: z.boolean(),
              waiting: z.int(),
              refused: z.int(),
              /** Of its roster and keys, and of its list of withdrawn tickets; absent where it has none. */
              rosterAge: z.int().optional(),
              revocationsAge: z.int().optional(),
              version: z.string(),
              scansLastHour: z.int(),
            })
            .optional(),
          vettedUntil: z.string().optional(),
          /** ISO 8601. */
          enrolledAt: z.string(),
          endsAt: z.string(),
          revokedAt: z.string().optional(),
          standing: z.enum(['active', 'over', 'revoked']),
          /** Who let it in: it stays in where their roles are taken back. */
          by: actor(),
        }),
      )
      .readonly(),
  }),
);

/** Whose ticket it is that was scanned. */
const whose = () => ({
  /** Absent of a ticket of nobody. */
  reference: z.string().optional(),
  /** Absent of a minor, for organisers who were not vetted. */
  name: z.string().optional(),
  /** An attendee had the ticket, and has it no more. */
  isGone: z.boolean(),
});

/** Scans that a person looks at: one ticket on one list. */
export const checkInConflicts = z.lazy(() =>
  z.strictObject({
    conflicts: z
      .array(
        z.strictObject({
          list: z.string(),
          ticket: z.string(),
          ...whose(),
          /** How many decisions there are on it: the organiser who decides says how many they saw. */
          decisions: z.int(),
          /** All of the ticket's scans on the list, in order. */
          scans: z
            .array(
              z.strictObject({
                scanId: z.string(),
                /** What the device is called. */
                device: z.string(),
                kind: z.enum(['in', 'out', 'undo']),
                /** ISO 8601; the date alone once minutes are kept no longer. */
                at: z.string(),
                /** That the attendee was in already. */
                isConflict: z.boolean(),
                /** Why it would not have been let pass. */
                doubt: z.string().optional(),
                /** What the desk said that let in a person without a ticket. */
                reason: z.string().optional(),
                /** A person decided on it. */
                isDecided: z.boolean(),
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
    /** How many more tickets have to be looked at than are named here. */
    more: z.int(),
    /** The last hundred. */
    decisions: z
      .array(
        z.strictObject({
          list: z.string(),
          ticket: z.string(),
          ...whose(),
          decision: z.enum(DECISIONS),
          note: z.string().optional(),
          scans: z.array(z.string()).readonly(),
          /** ISO 8601. */
          at: z.string(),
          by: actor(),
          /** Later ones say otherwise of all of its scans. */
          isReplaced: z.boolean(),
          /** Scans of which it holds, and that may be opened again; empty where there is nothing to look at any more. */
          mayOpenAgain: z.array(z.string()).readonly(),
          /** How many decisions there are on this ticket and list. */
          after: z.int(),
        }),
      )
      .readonly(),
  }),
);

/** A decision is a fact too: on the scans that the deciding organiser has seen, and on no later ones. The last one on a scan holds. */
export const conflictDecision = z.lazy(() =>
  z.strictObject({
    decision: z.enum(DECISIONS),
    /** How many decisions on the ticket and list they have seen. */
    after: z.int().min(0),
    scans: z
      .array(z.string().regex(/^[\w-]{22}$/))
      .min(1)
      .max(36)
      .readonly(),
    note: z.string().optional(),
  }),
);
export interface SentDecision extends Immutable<z.output<typeof conflictDecision>> {}

/** Of a file: 128 bits made from it and its device's id, base64url; of what a phone sent: the id of the device. */
export const handOverId = z.string().regex(/^[\w-]{8,22}$/);

/** Scans that a phone made before it was shut out, or since. */
const handedPart = () =>
  z
    .strictObject({
      /** Scans on which nobody decided; where a press is named, it was interrupted, and the same press goes on. */
      open: z.int(),
      counted: z.int(),
      leftOut: z.int(),
      /** They were to count, and cannot: their list is gone, or another scan has their id. */
      refused: z.int(),
      /** When the first and the last were made, by the phone, ISO 8601. */
      from: z.string(),
      to: z.string(),
      /** The last press. */
      pressed: z.strictObject({ decision: z.enum(HAND_OVER_DECISIONS), at: z.string(), by: actor() }).optional(),
    })
    .optional();

/** What phones handed over: each counts nowhere until an organiser says so. */
export const handOverList = z.lazy(() =>
  z.strictObject({
    handOvers: z
      .array(
        z.strictObject({
          id: z.string(),
          device: z.strictObject({
            id: z.string(),
            name: z.string(),
            standing: z.enum(['active', 'over', 'revoked']).optional(),
            /** ISO 8601. */
            revokedAt: z.string().optional(),
          }),
          /** Who brought the file; absent of what the phone sent itself, once it was shut out. */
          by: actor().optional(),
          /** ISO 8601. */
          at: z.string(),
          /** Entries of the file: those that are no scans are held nowhere. */
          entries: z.int().optional(),
          /** Whether all of the file came in. */
          isWhole: z.boolean(),
          before: handedPart(),
          after: handedPart(),
        }),
      )
      .readonly(),
  }),
);

/** A part of the file that a phone saved. Each scan is parsed alone, as those that a phone sends. */
export const broughtScans = z.lazy(() =>
  z.strictObject({
    device: deviceId,
    /** Of the whole file. */
    entries: z.int().min(1).max(MOST_HELD),
    scans: z.array(z.unknown()).min(1).max(MOST_SCANS),
    /** The file ends with this part. */
    isLast: z.boolean(),
  }),
);

/** Whether the scans of one part count. */
export const handOverDecision = z.lazy(() =>
  z.strictObject({ part: z.enum(HELD_PARTS), decision: z.enum(HAND_OVER_DECISIONS) }),
);
