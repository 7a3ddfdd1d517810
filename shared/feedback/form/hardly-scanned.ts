import type { AttendedBy } from './form.ts';

/** So few scans, or so small a share of who came that day, may be of somebody who tried a phone, or went on to another room with it. */
const FEW = 5;
const SMALL = 0.1;

interface Told {
  readonly by: AttendedBy;
  /** Who came to a session; `scanned`: those of them whom a door counted. */
  readonly door: { readonly people: number; readonly scanned: number };
  /** Who came that day, these among them. */
  readonly day: { readonly people: number };
}

/** Whether only those may answer who were at a door where hardly anybody was scanned, though others came that day. */
export function isHardlyScanned({ by, door, day }: Told): boolean {
  // Where an organiser named the door, and it counted nobody, it is for those who joined online.
  const there = door.scanned || door.people;
  return by === 'door' && door.people < day.people && (there < FEW || there < day.people * SMALL);
}
