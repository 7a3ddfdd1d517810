import type { Attendee, Choices } from '../event/attendee.ts';
import type { MailState } from '../mail/fate/mail-state.ts';
import type { Seat } from '../seats/quota.ts';
import type { ChaperoneTie, Chaperoning } from './chaperone-tie.ts';
import type { GuardianChange } from './guardian-change.ts';
import type { Proof } from './proven.ts';

/** What someone may ask of an event, once it has been checked against the event's definition. */
export interface Application extends Choices {
  readonly email: string;
  readonly language: string;
  readonly honorific?: string;
  readonly fullName: string;
  readonly badgeName: string;
  readonly nativeName?: string;
  readonly position: string;
}

/** What a registration knows of the delegation that it was made in. */
export interface DelegationPlace {
  readonly id: string;
  readonly member: string;
  /** Mail about this person goes to the coordinator, whose address others share: the lock is on the place. */
  readonly throughCoordinator?: boolean | undefined;
  /** The person lets the coordinator see where they stand. */
  readonly shown?: boolean | undefined;
}

/** How someone came to be registered who came without: by which device, and why where there was no seat for them. */
export interface WalkIn {
  readonly device: string;
  readonly reason?: string | undefined;
}

/** What someone does at the event; it has nothing to do with the stakeholder group they belong to. */
export const ROLES = [
  'attendee',
  'speaker',
  'chair',
  'interpreter',
  'chaperone',
  'volunteer',
  'technician',
  'protocol',
] as const;
export type Role = (typeof ROLES)[number];

/** One person's registration for one event. `eventId` and `reference` together are its identity. */
export interface Registration extends Application, Attendee {
  readonly eventId: string;
  /** 10 characters of Crockford base32, the last a check character; no credential. */
  readonly reference: string;
  /** Roles other than `attendee` are given by an organiser and take no seat in a quota. */
  readonly role: Role;
  readonly seats: readonly Seat[];
  /** While waitlisted for the room: attends online until a seat is free. */
  readonly meanwhile?: 'online' | undefined;
  /** Since when someone waits for a seat, ISO 8601: the order of the waiting list. */
  readonly waitingSince?: string | undefined;
  /** Approved by a person, a trusted domain or an invitation; what changes who attends asks for it anew. */
  readonly approved?: boolean | undefined;
  /** What shows that it is someone's. Neither this nor `unproven` stands on one from before it was asked. */
  readonly proven?: Proof | undefined;
  /** Nothing shows yet that it is someone's: it is not promoted, and its seat may give way to whoever is proven. */
  readonly unproven?: true | undefined;
  /** When its seat was released because nobody proved it, ISO 8601: whoever does later stands first among those who wait. */
  readonly seatLostAt?: string | undefined;
  /** Since when a person's decision is awaited, ISO 8601. */
  readonly pendingSince?: string | undefined;
  /** Of someone under 18, the band and never a date of birth: seen by those only who were vetted for it. */
  readonly ageBand?: 'minor' | undefined;
  /** The delegation that a coordinator registered this person in. */
  readonly delegation?: DelegationPlace | undefined;
  /** Of someone who came without having registered. They may have no address: `email` is empty then, and nothing is mailed. */
  readonly walkIn?: WalkIn | undefined;
  /** Hash of the invitation code that was used. */
  readonly invitation?: string | undefined;
  /** What whoever declined wrote to the person, for their page. */
  readonly decisionNote?: string | undefined;
  /** 96 random bits, as 20 Crockford characters. */
  readonly ticketId: string;
  /** The ticket was good once, and is not now: whoever has it may still show it. */
  readonly hadTicket?: true | undefined;
  /** What a minor's guardian agreed to, consent id to version; absent as long as they have not answered. */
  readonly guardianConsents?: Readonly<Record<string, string>> | undefined;
  /** Of a minor whose guardian has no e-mail: whether the signed form is still awaited, or was recorded. */
  readonly consentOnPaper?: 'awaited' | 'recorded' | undefined;
  /** How they leave was noted from a signed paper, and waits for a second person: what was noted is kept elsewhere (CS24). */
  readonly handoverWaiting?: true | undefined;
  /** Of someone under 18 who comes in person: who looks after them. */
  readonly chaperone?: ChaperoneTie | undefined;
  /** Of an adult who was asked to look after people under 18. */
  readonly chaperoning?: Chaperoning | undefined;
  /** Raised to make all earlier links of a minor's guardian invalid. */
  readonly guardianLinkVersion?: number | undefined;
  /** Of a minor who wants someone else to be asked than at first. */
  readonly guardianChange?: GuardianChange | undefined;
  /** Something is to be arranged for this very person: what, is kept elsewhere (CS11). A door asks them, and knows no more. */
  readonly hasNeeds?: true | undefined;
  /** Gets no mail that they can do without: they stopped it. */
  readonly optedOut?: true | undefined;
  /** What became of the mail to them, once it did not arrive. */
  readonly mail?: MailState | undefined;
  /** The same of the mail that asks a minor's guardian. */
  readonly guardianMail?: MailState | undefined;
  /** How many people had this place before, one after the other; absent where nobody did. */
  readonly formerHolders?: number | undefined;
  /** An organiser withdrew the certificate of attendance: it is not given out, nor valid where it was. */
  readonly certificateRevoked?: true | undefined;
  /** When the full name was last changed, ISO 8601. The former one is not kept. */
  readonly renamedAt?: string | undefined;
  /** Cancelled because nobody could be reached at its address. */
  readonly lapsed?: true | undefined;
  /** While a guardian's or then a minor's own answer is awaited, ISO 8601: the registration is deleted without it. */
  readonly answerBy?: string | undefined;
  /** Raised to make all earlier manage links invalid. */
  readonly linkVersion: number;
  /** Raised with each change: what a conditional write compares. */
  readonly revision: number;
  readonly definitionVersion: number;
  /** ISO 8601 instants, UTC. */
  readonly submittedAt: string;
  readonly changedAt: string;
}
