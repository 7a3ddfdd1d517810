import type { Role } from '../registration.ts';
import type { Hold, Holder } from './holder.ts';

/** What a phone at the door learns of whoever holds a ticket, once it has the ticket in hand. */
export interface RosterEntry extends Holder {
  /** Of the registration: no credential, and what a scan brings along, so that the server finds whose ticket it is. */
  readonly reference: string;
  /** As on the badge. Absent of someone under 18 on the device of staff who were not vetted (CS13). */
  readonly name?: string | undefined;
  readonly organisation?: string | undefined;
  /** Does not want to be in pictures. */
  readonly noPhoto?: true | undefined;
  /** Someone should ask what they need. */
  readonly askNeeds?: true | undefined;
  /** Under 18. */
  readonly isMinor?: true | undefined;
}

/** Short names, and nothing for what most people are: ten thousand entries go over a venue's network. */
interface Compact {
  readonly i: string;
  readonly c: string;
  readonly d: readonly string[];
  readonly s?: readonly string[];
  readonly n?: string;
  readonly o?: string;
  readonly r?: Role;
  readonly h?: Hold;
  /** Letters: `x` not confirmed, `l` online, `p` no pictures, `a` ask for needs, `m` under 18. */
  readonly f?: string;
}

/** Bytes of most entries, and how much longer the others may be than each other. */
const LEAST_BYTES = 128;
const STEP = 64;
const SPACE = 0x20;

/**
 * Filled up with spaces, which JSON does not mind: what was sealed is as long as before, and whoever is named nowhere, for they are under
 * 18, is not to be told from others by that (CI11).
 */
export function packEntry(entry: RosterEntry): Uint8Array {
  const flags = [
    entry.isConfirmed ? '' : 'x',
    entry.mode === 'online' ? 'l' : '',
    entry.noPhoto ? 'p' : '',
    entry.askNeeds ? 'a' : '',
    entry.isMinor ? 'm' : '',
  ].join('');
  const compact: Compact = {
    i: entry.reference,
    c: entry.category,
    d: entry.days,
    ...(entry.sessions.length > 0 && { s: entry.sessions }),
    ...(entry.name !== undefined && { n: entry.name }),
    ...(entry.organisation !== undefined && { o: entry.organisation }),
    ...(entry.role !== 'attendee' && { r: entry.role }),
    ...(entry.hold !== undefined && { h: entry.hold }),
    ...(flags !== '' && { f: flags }),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(compact));
  const filled = new Uint8Array(Math.max(LEAST_BYTES, Math.ceil(bytes.length / STEP) * STEP)).fill(SPACE);
  filled.set(bytes);
  return filled;
}

/** What `packEntry` wrote: whatever was opened was sealed by the server, so that its shape is known. */
export function unpackEntry(bytes: Uint8Array): RosterEntry {
  const { i, c, d, s = [], n, o, r = 'attendee', h, f = '' } = JSON.parse(new TextDecoder().decode(bytes)) as Compact;
  const has = (flag: string) => f.includes(flag);
  return {
    reference: i,
    isConfirmed: !has('x'),
    category: c,
    role: r,
    mode: has('l') ? 'online' : 'in-person',
    days: d,
    sessions: s,
    ...(h !== undefined && { hold: h }),
    ...(n !== undefined && { name: n }),
    ...(o !== undefined && { organisation: o }),
    ...(has('p') && { noPhoto: true as const }),
    ...(has('a') && { askNeeds: true as const }),
    ...(has('m') && { isMinor: true as const }),
  };
}
