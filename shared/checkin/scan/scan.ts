/** With whom a minor left: as their guardian allowed, and never who that was. */
export const COMPANIONS = ['chaperone', 'guardian', 'adult', 'alone'] as const;
export type Companion = (typeof COMPANIONS)[number];

/** Characters of a reason that a desk gives. */
export const MOST_REASON = 800;

/** What scans name as their device that no phone made: an attendee joined a session online. */
export const ONLINE = 'online';

/** What a scan says of an attendee: that they came in, that they left, or that an earlier scan was a mistake. */
export type ScanKind = 'in' | 'out' | 'undo';

/**
 * What a device saw, once and for all: it is never changed, so that to bring two sets of scans together is their union,
 * whatever comes first or twice.
 */
export interface Scan {
  /** 128 random bits, made by the device: 22 characters of base64url. */
  readonly scanId: string;
  /** Of the check-in list. */
  readonly list: string;
  /** `ticketHash` of the ticket's id: a scan alone opens nothing. */
  readonly ticket: string;
  readonly device: string;
  readonly kind: ScanKind;
  /** Of an `undo`: which scan was a mistake. */
  readonly undoes?: string | undefined;
  /** Why a desk let in a person who has nothing that says that they have a ticket; cleaned. */
  readonly reason?: string | undefined;
  /** Of a minor who leaves. */
  readonly companion?: Companion | undefined;
  /** By the device's own clock, epoch milliseconds. */
  readonly scannedAt: number;
  /** By the server's clock, as well as the device could tell, epoch milliseconds. */
  readonly correctedAt: number;
}

/** What of a scan decides how a ticket stands on a list. */
export type ScanMark = Pick<Scan, 'scanId' | 'device' | 'kind' | 'undoes' | 'correctedAt'>;

/** The order of scans: by time, and by their ids where the time is the same. It is the same wherever it is looked at. */
export const byRank = (a: ScanMark, b: ScanMark): number =>
  a.correctedAt - b.correctedAt || (a.scanId < b.scanId ? -1 : a.scanId > b.scanId ? 1 : 0);

/** Milliseconds within which a device offers to take a scan back. */
export const UNDO_WITHIN = 60 * 1000;
/** How much a device may learn of its clock between a scan and its undo, in milliseconds. */
const CLOCK_SLACK = 60 * 1000;

/** Whether an undo takes back a scan: only the device that made it can, and only at once. */
export const takesBack = (undo: ScanMark, scan: ScanMark): boolean =>
  undo.kind === 'undo' &&
  undo.undoes === scan.scanId &&
  undo.device === scan.device &&
  scan.kind !== 'undo' &&
  Math.abs(undo.correctedAt - scan.correctedAt) <= UNDO_WITHIN + CLOCK_SLACK;

/** What the code of a practice ticket says: staff try their phones with it before doors open, and it counts nowhere. */
export const PRACTICE_CODE = 'PLENARY PRACTICE TICKET';

/** Hand-held readers end what they read with a line. */
export const isPractice = (text: string): boolean => text.trim() === PRACTICE_CODE;
