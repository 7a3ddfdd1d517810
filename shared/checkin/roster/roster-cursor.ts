/** How far a phone's roster has come. It travels through the phone, which reads nothing of it. */
export interface RosterCursor {
  /** Version of the event's definition: what is in an entry follows from it. */
  readonly event: number;
  /** Whether entries of minors say who they are. */
  readonly isVetted: boolean;
  /** A hash of the setup that the phone has. */
  readonly setup: string;
  /** Partitions of registrations that were read: all of them, once it has everyone. */
  readonly partitions: number;
  /** What changed at this instant or before is there; ISO 8601. */
  readonly changes: string;
  /** A hash of who comes and is under 18, or looks after them. */
  readonly minors: string;
  /** The check-ins of others up to this place are there. */
  readonly feed: string;
  /** Whether it did not yet have all check-ins: its own are among them then. */
  readonly isCatchingUp: boolean;
  /** Which list of revoked tickets it has: version and time. */
  readonly revocations: string;
}

/** Raised when a cursor means something else than before: phones then take over everything anew. */
const FORMAT = 1;

export function encodeCursor(cursor: RosterCursor): string {
  const { event, isVetted, setup, partitions, changes, minors, feed, isCatchingUp, revocations } = cursor;
  const fields = [event, Number(isVetted), setup, partitions, changes, minors, feed, Number(isCatchingUp), revocations];
  return toBase64url(JSON.stringify([FORMAT, ...fields]));
}

/**
 * Total: whatever is no cursor of this format is `undefined`, and means that the phone has nothing. It is not signed: one that is made
 * up tells its maker less of what their device may know, and nothing else.
 */
export function decodeCursor(text: string): RosterCursor | undefined {
  const fields = fromBase64url(text);
  if (!Array.isArray(fields) || fields.length !== TYPES.length) return undefined;
  if (fields[0] !== FORMAT || fields.some((field, index) => typeof field !== TYPES[index])) return undefined;
  const [, event, isVetted, setup, partitions, changes, minors, feed, isCatchingUp, revocations] = fields;
  if (!Number.isInteger(partitions) || partitions < 0 || !INSTANT.test(changes)) return undefined;
  return {
    event,
    isVetted: isVetted === 1,
    setup,
    partitions,
    changes,
    minors,
    feed,
    isCatchingUp: isCatchingUp === 1,
    revocations,
  };
}

/** ISO 8601, as `toISOString` writes it. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const TYPES = ['number', 'number', 'number', 'string', 'number', 'string', 'string', 'string', 'number', 'string'];

const toBase64url = (ascii: string): string =>
  btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function fromBase64url(text: string): unknown {
  try {
    return JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
}
