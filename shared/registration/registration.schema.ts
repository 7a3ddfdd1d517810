import * as z from 'zod';
import { chosen } from '../event/attendee.schema.ts';
import { REGISTRATION_STATUSES } from '../event/attendee.ts';
import { once } from '../kernel/once.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';
import { mailState } from '../mail/fate/mail-event.schema.ts';
import { seat } from '../seats/seat.schema.ts';
import { vettingProposal } from '../team/role/organiser-role.schema.ts';
import { CHANGERS, PROOFS, RENEWED, ROLES } from './registration.ts';

/** What a person may ask of an event, once it has been checked against the event's definition. */
export const application = stored(() => ({
  email: field(z.string(), 'contact', 'event'),
  language: field(z.string(), 'contact', 'event'),
  honorific: field(z.string().optional(), 'person', 'event'),
  fullName: field(z.string(), 'person', 'event'),
  badgeName: field(z.string(), 'person', 'event'),
  nativeName: field(z.string().optional(), 'person', 'event'),
  position: field(z.string(), 'person', 'event'),
  ...chosen.fields(),
}));
export interface Application extends Output<typeof application> {}

const proof = once(() =>
  z.object({
    how: z.enum(PROOFS),
    /** ISO 8601. */
    at: z.string(),
  }),
);

/** What a registration knows of the delegation that it was made in. */
const delegationPlace = once(() =>
  z.object({
    id: z.string(),
    member: z.string(),
    /** Mail about this person goes to the coordinator, whose address others share: the lock is on the place. */
    throughCoordinator: z.boolean().optional(),
    /** The person lets the coordinator see where they stand. */
    shown: z.boolean().optional(),
  }),
);

export interface DelegationPlace extends Output<typeof delegationPlace> {}

/** How a walk-in came to be registered: by which device, and why where there was no seat for them. */
const walkIn = once(() => z.object({ device: z.string(), reason: z.string().optional() }));
export interface WalkIn extends Output<typeof walkIn> {}

/** Who registered someone as they said on the telephone, and what they agreed to there. */
const onBehalf = once(() =>
  z.object({
    /** The member's id, and what the team called them then. */
    by: z.string(),
    label: z.string().optional(),
    /** ISO 8601. */
    at: z.string(),
    /** Consent id to version. */
    consents: z.record(z.string(), z.string()),
  }),
);

/** The tie to the adult who looks after a minor. It is on the minor's own registration, so that a door decides with one read. */
const chaperoneTie = once(() =>
  z.object({
    /** Of the adult's registration. */
    reference: z.string(),
    /** ISO 8601; absent until they have accepted. */
    acceptedAt: z.string().optional(),
    /** As on the adult's registration: `2027-12-31`. */
    vettedUntil: z.string().optional(),
    /**
     * Ids of the days on which the adult comes, as on their registration. A tie from before days were kept holds for none: organisers
     * look at it again.
     */
    days: z.array(z.string()).default([]),
  }),
);
export interface ChaperoneTie extends Output<typeof chaperoneTie> {}

/** The request to an adult to look after minors, and what they said. Instants are ISO 8601. */
const chaperoning = once(() =>
  z.object({
    askedAt: z.string().optional(),
    acceptedAt: z.string().optional(),
    declinedAt: z.string().optional(),
    /** Until when, that day included, they were vetted: `2027-12-31`. */
    vettedUntil: z.string().optional(),
    /** The members who said so: the one who proposed it, and the second person. */
    vouchedBy: z.array(z.string()).optional(),
    /** What waits for a second person. */
    proposal: vettingProposal().optional(),
    /** References of those they look after. */
    minors: z.record(z.string(), z.literal(true)),
  }),
);
export interface Chaperoning extends Output<typeof chaperoning> {}

/** The wish of a minor that another guardian is asked, or the same guardian at another address (AU4). */
const guardianChange = once(() =>
  z.object({
    /** When the code was last mailed that allows it, ISO 8601: the code is made from this, and stored nowhere. */
    codeAt: z.string(),
    /** HMAC of what was sent with that code, which works once; the same sent twice is one. */
    request: z.string().optional(),
    /** When the guardian was last replaced, ISO 8601. */
    askedAt: z.string().optional(),
  }),
);
export interface GuardianChange extends Output<typeof guardianChange> {}

/** One person's registration for one event. `eventId` and `reference` together are its identity. */
/** A reason for which a registration is declined: the text stays as it was when the event's definition has another one, or none. */
export const declineReason = once(() =>
  z.object({
    id: z.string(),
    /** In each language of the event; absent of the product's own (`DECLINE_REASONS`). */
    texts: z.record(z.string(), z.string()).optional(),
  }),
);
export interface DeclineReason extends Output<typeof declineReason> {}

/** What an approver asked an applicant, and what they said to it. Instants are ISO 8601. */
const askedQuestion = once(() =>
  z.object({
    text: z.string(),
    at: z.string(),
    answer: z.string().optional(),
    answeredAt: z.string().optional(),
    /** When it was decided, or cancelled, without an answer. */
    withdrawnAt: z.string().optional(),
  }),
);
export interface AskedQuestion extends Output<typeof askedQuestion> {}

/** To which member an applicant was handed and by whom, ids; when, ISO 8601. */
const handedOver = once(() =>
  z.object({ to: z.string(), by: z.string(), at: z.string(), note: z.string().optional() }),
);

/** By consent id: the hash of the words that were agreed to, see `hashConsent`, and when, ISO 8601. */
const consentRecords = once(() => z.record(z.string(), z.object({ hash: z.string(), at: z.string() })));
export interface ConsentRecords extends Output<typeof consentRecords> {}

/** What a registration said before one change of it. */
const formerState = once(() =>
  z.object({
    /** ISO 8601. */
    at: z.string(),
    by: z.enum(CHANGERS),
    /** Of `member`: their id. */
    member: z.string().optional(),
    /** What changed, as it was: attributes, `answers.` and `consents.` with an id each; `null` where it was not there. */
    was: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])),
    /** What became another besides. */
    renewed: z.array(z.enum(RENEWED)).optional(),
    /** From here on it is another person's: of the one before nothing is kept. */
    anew: z.literal(true).optional(),
  }),
);

export const storedRegistration = stored(() => ({
  eventId: field(z.string(), 'records', 'event'),
  /** 10 characters of Crockford base32, the last a check character; no credential. */
  reference: field(z.string(), 'ticket', 'event'),
  status: field(z.enum(REGISTRATION_STATUSES), 'place', 'event'),
  /** Roles other than `attendee` are given by an organiser and take no seat in a quota. */
  role: field(z.enum(ROLES), 'attendance', 'event'),
  ...application.fields(),
  seats: field(z.array(seat()), 'place', 'event'),
  /** While waitlisted for the room: attends online until a seat is free. */
  meanwhile: field(z.literal('online').optional(), 'attendance', 'event'),
  /** Since when the attendee waits for a seat, ISO 8601: the order of the waiting list. */
  waitingSince: field(z.string().optional(), 'place', 'event'),
  /** While waitlisted: when an owner moved them to the front of the line, ISO 8601, and why. */
  movedUp: field(z.object({ at: z.string(), reason: z.string() }).optional(), 'place', 'event'),
  /** Approved by a person, a trusted domain or an invitation; what changes who attends asks for it anew. */
  approved: field(z.boolean().optional(), 'place', 'event'),
  /** What shows whose it is. Neither this nor `unproven` stands on one from before it was asked. */
  proven: field(proof().optional(), 'place', 'event'),
  /** Nothing shows yet whose it is: it is not promoted, and its seat may give way to an attendee who is proven. */
  unproven: field(z.literal(true).optional(), 'place', 'event'),
  /** When its seat was released because nobody proved it, ISO 8601: an attendee who does later stands first among those who wait. */
  seatLostAt: field(z.string().optional(), 'place', 'event'),
  /** Since when a person's decision is awaited, ISO 8601. */
  pendingSince: field(z.string().optional(), 'place', 'event'),
  /** Of a minor, the band and never a date of birth: seen by those only who were vetted for it. */
  ageBand: field(z.literal('minor').optional(), 'guardian', 'event'),
  /** The delegation that a coordinator registered this person in. */
  delegation: field(delegationPlace().optional(), 'delegation', 'event'),
  /** Of a walk-in. They may have no address: `email` is empty then, and nothing is mailed. */
  walkIn: field(walkIn().optional(), 'place', 'event'),
  /** Of someone whom a member registered by telephone. */
  onBehalf: field(onBehalf().optional(), 'consents', 'event'),
  /** Hash of the invitation code that was used. */
  invitation: field(z.string().optional(), 'place', 'event'),
  /** What the approver who declined wrote to the attendee, for their page. */
  decisionNote: field(z.string().optional(), 'place', 'event'),
  /** Why they were declined, as it was chosen then. */
  declineReason: field(declineReason().optional(), 'place', 'event'),
  /** Approved, but not for the closed sessions that were asked for; until they are asked for anew. */
  withoutClosedSessions: field(z.literal(true).optional(), 'place', 'event'),
  /** What approvers asked an adult, in order; absent where they asked nothing. */
  asked: field(z.array(askedQuestion()).optional(), 'place', 'event'),
  /** Which member sees to an adult who waits for a decision, who handed them over, when and with which words: until the decision. */
  handed: field(handedOver().optional(), 'place', 'event'),
  /** Ids of tags that organisers gave an adult, in order; absent where there are none. */
  tags: field(z.array(z.string()).optional(), 'tags', 'event'),
  /** 96 random bits, as 20 Crockford characters. */
  ticketId: field(z.string(), 'ticket', 'event'),
  /** The ticket was good once, and is not now: its holder may still show it. */
  hadTicket: field(z.literal(true).optional(), 'ticket', 'event'),
  /** What a minor's guardian agreed to, consent id to version; absent as long as they have not answered. */
  guardianConsents: field(z.record(z.string(), z.string()).optional(), 'consents', 'event'),
  /** Which words of `consents` were agreed to; none of what was given before records were kept. */
  consentsGiven: field(consentRecords().optional(), 'consents', 'event'),
  /** The same of a guardian's. */
  guardianConsentsGiven: field(consentRecords().optional(), 'consents', 'event'),
  /** Of a minor whose guardian has no email: whether the signed form is still awaited, or was recorded. */
  consentOnPaper: field(z.enum(['awaited', 'recorded']).optional(), 'guardian', 'event'),
  /** How they leave was noted from a signed paper, and waits for a second person: what was noted is kept elsewhere (CS24). */
  handoverWaiting: field(z.literal(true).optional(), 'guardian', 'event'),
  /** Of a minor who comes in person: who looks after them. */
  chaperone: field(chaperoneTie().optional(), 'chaperone', 'event'),
  /** Of an adult who was asked to look after minors. */
  chaperoning: field(chaperoning().optional(), 'chaperone', 'event'),
  /** Raised to make all earlier links of a minor's guardian invalid. */
  guardianLinkVersion: field(z.int().optional(), 'guardian', 'event'),
  /** Of a minor who wants another adult to be asked than at first. */
  guardianChange: field(guardianChange().optional(), 'guardian', 'event'),
  /** While a guardian's or then a minor's own answer is awaited, ISO 8601: the registration is deleted without it. */
  answerBy: field(z.string().optional(), 'guardian', 'event'),
  /** Something is to be arranged for this very person: what, is kept elsewhere (CS11). A door asks them, and knows no more. */
  hasNeeds: field(z.literal(true).optional(), 'care', 'event'),
  /** When they last answered what to arrange, ISO 8601, and how often: nothing of what, nor whether it was nothing (AU4). */
  careAnswered: field(z.object({ at: z.string(), times: z.int() }).optional(), 'care', 'event'),
  /** Gets no mail that they can do without: they stopped it. */
  optedOut: field(z.literal(true).optional(), 'contact', 'event'),
  /** What became of the mail to them, once it did not arrive. */
  mail: field(mailState().optional(), 'contact', 'event'),
  /** The same of the mail that asks a minor's guardian. */
  guardianMail: field(mailState().optional(), 'guardian', 'event'),
  /** How many people had this place before, one after the other; absent where nobody did. */
  formerHolders: field(z.int().optional(), 'place', 'event'),
  /** An organiser withdrew the certificate of attendance: it is not given out, nor valid where it was. */
  certificateRevoked: field(z.literal(true).optional(), 'attendance', 'event'),
  /** When the full name was last changed, ISO 8601: of an adult, `history` has the former one. */
  renamedAt: field(z.string().optional(), 'records', 'event'),
  /** What an adult's said before each of its changes, the newest last; absent where nothing changed. */
  history: field(z.array(formerState()).optional(), 'history', 'event'),
  /** Cancelled because nobody could be reached at its address. */
  lapsed: field(z.literal(true).optional(), 'place', 'event'),
  /** Raised to make all earlier manage links invalid. */
  linkVersion: field(z.int(), 'ticket', 'event'),
  /** Raised with each change: what a conditional write compares. */
  revision: field(z.int(), 'records', 'event'),
  definitionVersion: field(z.int(), 'records', 'event'),
  /** ISO 8601 instants, UTC. */
  submittedAt: field(z.string(), 'records', 'event'),
  changedAt: field(z.string(), 'records', 'event'),
}));
type Stored = Output<typeof storedRegistration>;

/** Attributes that a minor's registration alone has. */
export const OF_MINORS = [
  'guardianConsents',
  'guardianConsentsGiven',
  'consentOnPaper',
  'handoverWaiting',
  'chaperone',
  'guardianLinkVersion',
  'guardianChange',
  'answerBy',
  'guardianMail',
] as const satisfies readonly (keyof Stored)[];

/**
 * What is known of a minor alone: guardian, chaperone, and how far their answers have come. `ageBand` stays beside it, which rules ask of
 * everyone, and so does what adults have too: consents, mail to them, needs.
 */
export interface MinorDetails extends Pick<Stored, (typeof OF_MINORS)[number]> {}

/** A place in the waiting list. */
export interface WaitlistPlace extends Pick<Stored, 'meanwhile' | 'movedUp'> {
  readonly since: NonNullable<Stored['waitingSince']>;
}

/** What tells about the attendee's certificate alone. */
export interface CertificateMarks extends Pick<Stored, 'renamedAt'> {
  readonly revoked?: Stored['certificateRevoked'];
}

type Grouped = 'waitingSince' | 'meanwhile' | 'movedUp' | 'certificateRevoked' | 'renamedAt' | keyof MinorDetails;

/**
 * As rules know it: what comes and goes together is a group that is there or not. On disk all of it lies side by side
 * (`registration.store.ts`).
 */
export interface Registration extends Omit<Stored, Grouped> {
  readonly waiting?: WaitlistPlace | undefined;
  /** There for each minor, empty where none of it is known; absent for adults. */
  readonly minor?: MinorDetails | undefined;
  readonly certificate?: CertificateMarks | undefined;
}
