import type * as z from 'zod';
import type { Passkey } from '../../../shared/checkin/device/device.schema.ts';
import type { Companion, Hold } from '../../../shared/checkin/holder.ts';
import type { ListTerms, roster } from '../../../shared/checkin/roster/roster.schema.ts';
import type { RosterEntry } from '../../../shared/checkin/roster/roster-entry.ts';
import type { Refusal } from '../../../shared/checkin/scan/verdict.ts';
import type { foundPeople } from '../../../shared/checkin/search/search.schema.ts';
import type { SearchLockView } from '../../../shared/kernel/http/problem.schema.ts';
import type { TicketRefusal } from '../../../shared/ticket/ticket.ts';

export type Setup = NonNullable<z.output<typeof roster>['setup']>;
export type FoundPerson = z.output<typeof foundPeople>['people'][number];

/** The attendee at the door, as far as this phone may know. */
export type AttendeeAtDoor = RosterEntry;

/** A scan that was kept. */
export interface Noted {
  readonly scanId: string;
  /** Epoch milliseconds by this phone's clock. */
  readonly canUndoUntil: number;
}

/** Of a chaperone: the scans of those under 18 who were read just before them and left with them, as long as they can be taken back. */
export type TakenAlong = readonly Noted[];

/** What a code at the door comes to. Whatever is noted is kept on the phone before this is told (CI2). */
export type ScanOutcome =
  /**
   * Let in, and noted. `isFull`: the room holds no more. `canUndoUntil`: epoch milliseconds by this phone's clock.
   * `isAgain`: was in already where people go in and out as they like. Nothing new is noted then, since they are counted once and a
   * ticket has a bounded number of scans on a list; the scan is the one that let them in, and there is nothing to take back.
   */
  | {
      readonly kind: 'admit';
      readonly person: AttendeeAtDoor;
      readonly isFull: boolean;
      readonly isAgain?: true | undefined;
      readonly scanId: string;
      readonly canUndoUntil: number;
    }
  | {
      readonly kind: 'leave';
      readonly person: AttendeeAtDoor;
      readonly wasInside: boolean;
      readonly tookAlong?: TakenAlong | undefined;
      readonly scanId: string;
      readonly canUndoUntil: number;
    }
  /**
   * Let in by staff although it was not `admit`, and noted for someone to look at. Without a person where the roster knows none.
   * `ticketId`: of a walk-in, the 20 Crockford characters that are their ticket from now on.
   */
  | {
      readonly kind: 'let-in';
      readonly person?: AttendeeAtDoor | undefined;
      readonly ticketId?: string | undefined;
      readonly scanId: string;
      readonly canUndoUntil: number;
    }
  /** Something that is handed out: given, or brought back, and noted. Given without a person where the roster knows none. */
  | {
      readonly kind: 'give' | 'take-back';
      readonly person?: AttendeeAtDoor | undefined;
      readonly scanId: string;
      readonly canUndoUntil: number;
    }
  /**
   * They were given it before, as often as it is: nothing is noted. `isOut`: it is lent, and not back. `at`: epoch milliseconds, corrected.
   * Without a person as `give`.
   */
  | {
      readonly kind: 'given';
      readonly person?: AttendeeAtDoor | undefined;
      readonly at: number;
      readonly isHere: boolean;
      readonly isOut: boolean;
    }
  /** They have nothing to bring back, as far as this phone knows: nothing is noted until staff say so. Without a person as `give`. */
  | { readonly kind: 'not-out'; readonly person?: AttendeeAtDoor | undefined }
  /** In already: nothing is noted until staff say so. `at`: epoch milliseconds, corrected. */
  | { readonly kind: 'already-in'; readonly person: AttendeeAtDoor; readonly at: number; readonly isHere: boolean }
  /**
   * A minor who is about to leave: nothing is noted until it is said with whom. `mayBe`: what this device may say. `isOther`: what was read
   * since is not the ticket of their chaperone.
   */
  | {
      readonly kind: 'ask-companion';
      readonly person: AttendeeAtDoor;
      readonly wasInside: boolean;
      readonly mayBe: readonly Companion[];
      readonly isOther?: true | undefined;
    }
  /** A chaperone who is about to leave, and how many of theirs are still inside: nothing is noted until staff say so. */
  | {
      readonly kind: 'wards-inside';
      readonly person: AttendeeAtDoor;
      readonly count: number;
      readonly tookAlong?: TakenAlong | undefined;
    }
  /** A minor without consent or chaperone: to the safeguarding desk. */
  | { readonly kind: 'hold'; readonly person: AttendeeAtDoor; readonly why: Hold }
  | { readonly kind: 'refuse'; readonly person: AttendeeAtDoor; readonly why: Refusal }
  /** The practice ticket: the phone reads, and would scan for the list that is chosen. Nothing is noted. */
  | { readonly kind: 'practice' }
  /**
   * A genuine ticket of this event that this phone's roster does not know, or does not know yet. `isLeaving`: nothing is noted, and nobody
   * knows whether they are under 18.
   */
  | { readonly kind: 'not-in-roster'; readonly isLeaving?: true | undefined }
  /** An id without a signature that neither this phone nor, where there is a network, the server knows: it may have been made up. */
  | { readonly kind: 'unknown-code' }
  /** The ticket was replaced, cancelled or withdrawn. */
  | { readonly kind: 'revoked' }
  | { readonly kind: 'no-ticket'; readonly why: TicketRefusal }
  /** Nothing could be noted: the phone's storage is full, or is not there, or this phone is no device with a list to scan for. */
  | { readonly kind: 'not-kept'; readonly why: 'full' | 'unavailable' };

/** Why phone and server do not talk: `no-answer` where there is a network over which nothing of ours answers. */
export type SyncTrouble = 'offline' | 'no-answer' | 'server' | 'revoked' | 'unknown-device';

/** All that the app shows of itself at one moment. */
export interface Snapshot {
  /** `starting` until storage is open. */
  readonly standing: 'starting' | 'not-enrolled' | 'active' | 'over' | 'revoked' | 'no-storage';
  readonly device?: z.output<typeof roster>['device'] | undefined;
  /** Of a desk that was let in a moment ago: the six digits that open its search, until they are noted (AU10). */
  readonly searchCode?: string | undefined;
  readonly setup?: Setup | undefined;
  /** The list that is scanned for. */
  readonly door?: ListTerms | undefined;
  readonly direction: 'in' | 'out';
  /** Of that list, by all that this phone knows. */
  readonly counts: { readonly came: number; readonly inside: number };
  /** Entries of the roster. */
  readonly people: number;
  /** Scans that are not on the server yet, and those that it refused for good: kept until someone exported them. */
  readonly queue: { readonly waiting: number; readonly refused: number };
  /** Epoch milliseconds by this phone's clock, when each last worked; and what was wrong since. */
  readonly upload: { readonly at?: number | undefined; readonly trouble?: SyncTrouble | undefined };
  readonly download: { readonly at?: number | undefined; readonly trouble?: SyncTrouble | undefined };
  /** How far what is revoked can be relied on (TK8). */
  readonly freshness: 'fresh' | 'stale' | 'expired' | 'missing';
  /** Whether the browser promised not to clear what is kept, and whether there is room. */
  readonly storage: 'persistent' | 'best-effort' | 'full';
}

/** Everything behind the screens of the app: it decides locally first, and brings phone and server together by itself. */
export interface Engine {
  readonly snapshot: () => Snapshot;
  /** @returns what ends it */
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes a code of an organiser, as it stands in the link. @throws EnrolmentError */
  readonly enrol: (code: string) => Promise<void>;
  readonly chooseDoor: (id: string) => Promise<void>;
  /** `out` only where people are scanned when they leave (`in-and-out`); elsewhere it stays `in`, as it does after choosing a list. */
  readonly chooseDirection: (direction: 'in' | 'out') => Promise<void>;
  /**
   * What was read: a ticket's code, or the 20 characters that are typed in its place. The same within three seconds of when it was
   * read last is the same outcome, and no new scan: a camera sees a code many times. While it is asked with whom a minor leaves, nothing but
   * the ticket of their chaperone answers, and the minor's own asks again (CS24).
   */
  readonly read: (text: string) => Promise<ScanOutcome>;
  /**
   * Lets in, or gives something to, the attendee who was read last although the outcome was `already-in`, `given`, `refuse` or
   * `not-in-roster`, or at a desk, with a reason, `unknown-code`: `let-in`, and the server and a person look at it later, or `give`.
   * Anyone else gets the outcome that they had: a minor with a hold goes to the safeguarding desk, a revoked ticket nowhere, and nobody
   * into a closed session.
   */
  readonly letInAnyway: (reason?: string) => Promise<ScanOutcome>;
  /**
   * Notes the attendee who was read last as gone: a minor with whom, a chaperone although some of theirs are inside. Staff who scan a
   * chaperone within a minute after a minor whom they look after note both. Of one who was `given` something that is out, or of whom this
   * phone knows nothing that is (`not-out`): it is brought back. Anyone else gets the outcome that they had.
   */
  readonly leave: (companion?: Companion) => Promise<ScanOutcome>;
  /**
   * What the camera sees while it is asked with whom a minor leaves, as `read`. The minor's own ticket, which is still before it, and
   * what is no ticket are passed over.
   */
  readonly readCompanion: (text: string) => Promise<ScanOutcome | undefined>;
  /** The minor who was asked with whom they leave stays: a chaperone who is scanned after takes nobody along. */
  readonly stays: () => Promise<void>;
  /**
   * Takes back scans of the last minute, of a chaperone also those of whom they took along. The same code is a new one at once, even if
   * it is still before the camera. @throws NotUndoneError where one of them stands
   */
  readonly undo: (...scanIds: readonly string[]) => Promise<void>;
  /** Online only, where the device may search. @param unlock where it is locked: `code` and the digits, or `passkey` and what it signed @throws SearchError */
  readonly search: (
    text: string,
    unlock?: string,
  ) => Promise<{ readonly people: readonly FoundPerson[]; readonly hasMore: boolean }>;
  /** Forgets the six digits: the staff at the phone have them now. */
  readonly noteSearchCode: () => Promise<void>;
  /** Opens search by the phone's own screen lock too, while the six digits are shown. @throws EnrolmentError */
  readonly addPasskey: (passkey: Passkey) => Promise<void>;
  /**
   * What a scan of the ticket of someone who was found would come to.
   *
   * @param why they have none: one of `WITHOUT_TICKET`, or a text
   */
  readonly checkIn: (person: FoundPerson, why?: string) => Promise<ScanOutcome>;
  /** Enters an adult who comes without having registered, and checks them in: at a desk, with or without a network. @throws WalkInError */
  readonly walkIn: (typed: TypedWalkIn) => Promise<ScanOutcome>;
  /** Epoch milliseconds by the server's clock, by which it decides: that of a phone may be wrong by hours. */
  readonly now: () => number;
  /** Brings phone and server together now; of several at once, one does it. */
  readonly sync: () => Promise<void>;
  /** All scans that are not on the server, and those it refused, as a file to hand over (CI7). */
  readonly exportScans: () => Promise<Blob>;
  /** Forgets the device and all that is kept. @throws UnsentError while scans are not on the server and were not exported */
  readonly signOut: () => Promise<void>;
}

/** Why a phone did not become a device. `unsent`: scans of the device that it is are not on the server; `not-kept`: storage is full or not there. */
export class EnrolmentError extends Error {
  readonly why: 'not-valid' | 'expired' | 'taken' | 'revoked' | 'offline' | 'server' | 'unsent' | 'not-kept';
  constructor(why: EnrolmentError['why']) {
    super(why);
    this.why = why;
  }
}

export class SearchError extends Error {
  readonly why: 'offline' | 'server' | 'not-permitted' | 'locked' | 'ended' | 'too-many';
  /** What opens it. */
  readonly lock: SearchLockView | undefined;
  constructor(why: SearchError['why'], lock?: SearchLockView) {
    super(why);
    this.why = why;
    this.lock = lock;
  }
}

/** What a desk asks of a walk-in, as it was typed. */
export interface TypedWalkIn {
  readonly fullName: string;
  readonly organisation: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Of the event's. */
  readonly category: string;
  /** Why they are let in even where there is no seat left; without one, a person looks at it then. */
  readonly reason?: string | undefined;
}

/** Fields of a walk-in that are wanting, too long or none that there is; none of them where this device is no desk. */
export class WalkInError extends Error {
  readonly fields: readonly (keyof TypedWalkIn)[];
  constructor(fields: readonly (keyof TypedWalkIn)[]) {
    super('not a walk-in');
    this.fields = fields;
  }
}

/** A scan stands: more than a minute has passed, it is none of this page, or nothing could be kept. */
export class NotUndoneError extends Error {
  readonly why: 'too-late' | 'not-kept';
  constructor(why: NotUndoneError['why']) {
    super(why);
    this.why = why;
  }
}

/** Scans would be lost. */
export class UnsentError extends Error {}
