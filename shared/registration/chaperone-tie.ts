import type { VettingProposal } from '../team/role/vetting-rule.ts';

/** Of a minor: who looks after them. It is on the minor's own registration, so that a door decides with one read. */
export interface ChaperoneTie {
  /** Of the adult's registration. */
  readonly reference: string;
  /** ISO 8601; absent until they have accepted. */
  readonly acceptedAt?: string | undefined;
  /** As on the adult's registration: `2027-12-31`. */
  readonly vettedUntil?: string | undefined;
  /** Ids of the days on which the adult comes, as on their registration. */
  readonly days: readonly string[];
}

/** Of an adult: that they were asked to look after minors, and what they said. Instants are ISO 8601. */
export interface Chaperoning {
  readonly askedAt?: string | undefined;
  readonly acceptedAt?: string | undefined;
  readonly declinedAt?: string | undefined;
  /** Until when, that day included, they were vetted: `2027-12-31`. */
  readonly vettedUntil?: string | undefined;
  /** Who of the team said so: the member who proposed it, and the second person. */
  readonly vouchedBy?: readonly string[] | undefined;
  /** What waits for a second person. */
  readonly proposal?: VettingProposal | undefined;
  /** References of those they look after. */
  readonly minors: Readonly<Record<string, true>>;
}
