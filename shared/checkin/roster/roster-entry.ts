import { refusesPictures } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import type { Headcount } from '../../minors/chaperone/chaperone.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { Role } from '../../registration/registration.ts';
import { type Hold, type Holder, type TicketHolder, ticketHolderOf } from '../holder.ts';

/** What a phone at the door learns of an attendee, once it has the ticket in hand. */
export interface RosterEntry extends Holder {
  /** Of the registration: no credential, and what a scan brings along, so that the server finds whose ticket it is. */
  readonly reference: string;
  /** As on the badge. Absent of a minor on the device of staff who were not vetted (CS13). */
  readonly name?: string | undefined;
  readonly organisation?: string | undefined;
  /** Does not want to be in pictures. */
  readonly noPhoto?: true | undefined;
  /** Staff should ask what they need. */
  readonly askNeeds?: true | undefined;
  /** Of a minor: who looks after them, as on the badge; on devices of vetted staff alone. */
  readonly chaperone?: string | undefined;
  /** Of a chaperone: `ticketHash` of those whom they look after, base64url. It opens nothing. */
  readonly wards?: readonly string[] | undefined;
  /** Of a chaperone who has said yes and is vetted: those leave with them whose tickets are scanned just before theirs. */
  readonly mayTakeAlong?: true | undefined;
}

/**
 * In this order, without names, and as if cut off where nothing but the usual follows: ten thousand entries go over a venue's network.
 * Reference, category, days, name, organisation, flags, sessions, role, hold, chaperone, wards. Ids are separated by spaces; 0 stands for
 * what there is not.
 * Flags are letters: `x` not confirmed, `l` online, `p` no pictures, `a` ask for needs, `m` under 18, `t` may take along.
 */
type Compact = readonly [
  string,
  string,
  string,
  (string | 0)?,
  (string | 0)?,
  string?,
  string?,
  (Role | 0)?,
  (Hold | 0)?,
  (string | 0)?,
  string?,
];

/** Bytes of most entries, and how much longer the others may be than each other. */
const LEAST_BYTES = 96;
const STEP = 32;
const SPACE = 0x20;

/**
 * Filled up with spaces, which JSON does not mind: what was sealed is as long as before, and a minor, who is named nowhere,
 * is not to be told from others by that (CI11).
 */
export function packEntry(entry: RosterEntry): Uint8Array {
  const flags = [
    entry.isConfirmed ? '' : 'x',
    entry.mode === 'online' ? 'l' : '',
    entry.noPhoto ? 'p' : '',
    entry.askNeeds ? 'a' : '',
    entry.isMinor ? 'm' : '',
    entry.mayTakeAlong ? 't' : '',
  ].join('');
  const {
    reference,
    category,
    days,
    name = 0,
    organisation = 0,
    sessions,
    role,
    hold = 0,
    chaperone = 0,
    wards = [],
  } = entry;
  const always: Compact = [reference, category, days.join(' ')];
  const others = [
    name,
    organisation,
    flags,
    sessions.join(' '),
    role === 'attendee' ? 0 : role,
    hold,
    chaperone,
    wards.join(' '),
  ];
  const last = others.findLastIndex((each) => each !== 0 && each !== '');
  const bytes = new TextEncoder().encode(JSON.stringify([...always, ...others.slice(0, last + 1)]));
  const filled = new Uint8Array(Math.max(LEAST_BYTES, Math.ceil(bytes.length / STEP) * STEP)).fill(SPACE);
  filled.set(bytes);
  return filled;
}

/** What `packEntry` wrote: whatever was opened was sealed by the server, so that its shape is known. */
export function unpackEntry(bytes: Uint8Array): RosterEntry {
  const [reference, category, days, name, organisation, flags = '', sessions = '', role, hold, chaperone, wards] =
    JSON.parse(new TextDecoder().decode(bytes)) as Compact;
  const has = (flag: string) => flags.includes(flag);
  const ids = (joined: string) => (joined === '' ? [] : joined.split(' '));
  return {
    reference,
    isConfirmed: !has('x'),
    category,
    role: role || 'attendee',
    mode: has('l') ? 'online' : 'in-person',
    days: ids(days),
    sessions: ids(sessions),
    ...(hold && { hold }),
    ...(name && { name }),
    ...(organisation && { organisation }),
    ...(has('p') && { noPhoto: true as const }),
    ...(has('a') && { askNeeds: true as const }),
    ...(has('m') && { isMinor: true as const }),
    ...(chaperone && { chaperone }),
    ...(wards && { wards: ids(wards) }),
    ...(has('t') && { mayTakeAlong: true as const }),
  };
}

type Ruled = Pick<EventDefinition<unknown>, 'days' | 'sessions' | 'minors' | 'consents' | 'status'>;

/** What of a registration is in an entry, or decides what is. */
type Admissible = TicketHolder &
  Pick<Registration, 'reference' | 'badgeName' | 'organisation' | 'consents' | 'hasNeeds'>;

/** What ties an attendee to others who come. */
export type Ties = Pick<RosterEntry, 'chaperone' | 'wards' | 'mayTakeAlong'>;

/**
 * What a door learns of an attendee. Staff who were not vetted are told of nobody under 18 who they are (CS13): only that they are to go
 * to the safeguarding desk, should something be wanting.
 *
 * @param counts of the whole event
 * @param ties to chaperones and those whom they look after
 */
export function entryOf(
  event: Ruled,
  registration: Admissible,
  counts: Headcount,
  seesMinors: boolean,
  { chaperone, wards, mayTakeAlong }: Ties = {},
): RosterEntry {
  const isMinor = registration.ageBand === 'minor';
  const { reference, badgeName, organisation, hasNeeds } = registration;
  return {
    ...{ reference, ...ticketHolderOf(event, asHeld(event, registration), counts) },
    ...((!isMinor || seesMinors) && { name: badgeName, organisation }),
    ...(refusesPictures(event, registration) && { noPhoto: true as const }),
    // Of whom they are told nothing, they are not told either that they need something.
    ...(hasNeeds && (!isMinor || seesMinors) && { askNeeds: true as const }),
    ...(isMinor && seesMinors && chaperone !== undefined && { chaperone }),
    ...(wards !== undefined && wards.length > 0 && { wards, mayTakeAlong }),
  };
}
