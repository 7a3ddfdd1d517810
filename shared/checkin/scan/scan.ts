import type { Scan } from './scans.schema.ts';

/** What scans name as their device that no phone made: an attendee joined a session online. */
export const ONLINE = 'online';

/** What scans name as their device that a member noted without a phone. */
export const BY_HAND = 'by-hand';

/** What of a scan decides how a ticket stands on a list. */
export type ScanMark = Pick<Scan, 'scanId' | 'device' | 'kind' | 'undoes' | 'correctedAt'>;

/** The order of scans: by time, and by their ids where the time is the same. It is the same wherever it is looked at. */
export const byRank = (a: ScanMark, b: ScanMark): number =>
  a.correctedAt - b.correctedAt || (a.scanId < b.scanId ? -1 : a.scanId > b.scanId ? 1 : 0);

/** Milliseconds within which a device offers to take a scan back. */
export const UNDO_WITHIN = 60 * 1000;
/** How much a device may learn of its clock between a scan and its undo, in milliseconds. */
const CLOCK_SLACK = 60 * 1000;
/** Milliseconds that a scan and what takes it back are apart at most. */
export const UNDO_SEEN = UNDO_WITHIN + CLOCK_SLACK;

/** Whether an undo takes back a scan: only the device that made it can, and only at once. */
export const takesBack = (undo: ScanMark, scan: ScanMark): boolean =>
  undo.kind === 'undo' &&
  undo.undoes === scan.scanId &&
  undo.device === scan.device &&
  scan.kind !== 'undo' &&
  Math.abs(undo.correctedAt - scan.correctedAt) <= UNDO_SEEN;

/** What the code of a practice ticket says: staff try their phones with it before doors open, and it counts nowhere. */
export const PRACTICE_CODE = 'PLENARY PRACTICE TICKET';

/** Hand-held readers end what they read with a line. */
export const isPractice = (text: string): boolean => text.trim() === PRACTICE_CODE;
