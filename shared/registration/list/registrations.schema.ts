import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../../event/attendee.ts';
import { LONGEST_ID } from '../../kernel/event-id.ts';
import { hash } from '../../kernel/http/parts.schema.ts';
import { once } from '../../kernel/once.ts';
import { FATES } from '../../mail/fate/mail-event.schema.ts';
import { FAILURES, MESSAGE_STATES } from '../../mail/outbox/message.schema.ts';
import { KINDS_SHOWN, KINDS_SINCE, MAIL_READERS } from '../mail-about.ts';
import { CHANGERS, PROOFS, RENEWED, ROLES, ROLES_OUTSIDE_QUOTAS } from '../registration.ts';

/** A seat, as those see it who run the event. */
export const quotaSeat = () =>
  z.strictObject({
    /** Of the event's definition. */
    quota: z.string(),
    state: z.enum(['taken', 'waiting']),
  });

const row = () => ({
  reference: z.string(),
  status: z.enum(REGISTRATION_STATUSES),
  role: z.enum(ROLES),
  email: z.string(),
  fullName: z.string(),
  organisation: z.string(),
  country: z.string(),
  category: z.string(),
  /** As the event takes place now. */
  mode: z.enum(['in-person', 'online']),
  /** How they asked to take part, where the event has moved online since. */
  wished: z.enum(['in-person', 'online']).optional(),
  submittedAt: z.iso.datetime(),
  /** Since when a decision has been waited for. */
  pendingSince: z.iso.datetime().optional(),
  /** Of a minor: seen by those only who were vetted for it. */
  ageBand: z.literal('minor').optional(),
  /** Mail to them did not arrive, their server takes none of ours, or they called it unwanted. */
  mail: z.enum(['bounced', 'refused', 'complained']).optional(),
  /** Of a walk-in: what a desk gave as the reason, where there was no seat for them. */
  walkIn: z.strictObject({ reason: z.string().optional() }).optional(),
  /** Rises with each change; a decision says which one it was taken on. */
  revision: z.int(),
});

const answers = () =>
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()]));

/** Why a person was declined; without a text one of the product's own, which each app has words for. */
export const toldReason = () => z.strictObject({ id: z.string(), text: z.string().optional() });

/** What an approver asked an applicant, and their answer. */
export const askedQuestionView = () =>
  z.strictObject({
    text: z.string(),
    askedAt: z.iso.datetime(),
    answer: z.string().optional(),
    answeredAt: z.iso.datetime().optional(),
    /** When it was decided, or cancelled, without an answer. */
    withdrawnAt: z.iso.datetime().optional(),
  });

/** In the order of the event's file. */
export const reasonsToChoose = z.lazy(() => z.strictObject({ reasons: z.array(toldReason()) }));

/** All of a registration that organisers see: no care data, which is kept elsewhere, and no secret. */
export const organiserRegistration = z.lazy(() =>
  z.strictObject({
    ...row(),
    language: z.string(),
    honorific: z.string().optional(),
    badgeName: z.string(),
    nativeName: z.string().optional(),
    position: z.string(),
    days: z.array(z.string()).readonly(),
    sessions: z.array(z.string()).readonly(),
    closedSessions: z.boolean(),
    answers: answers(),
    /** Consent id to the version that was agreed to. */
    consents: z.record(z.string(), z.string()),
    /** Quotas in which a seat is held or waited for. */
    seats: z.array(quotaSeat()),
    meanwhile: z.literal('online').optional(),
    waitingSince: z.iso.datetime().optional(),
    /** When an owner moved them to the front of the waiting list, and why. */
    movedUp: z.strictObject({ at: z.iso.datetime(), reason: z.string() }).optional(),
    /** When the seat of an address that does not exist goes to another person. */
    lapsesAt: z.iso.datetime().optional(),
    /** The certificate of attendance was withdrawn. */
    certificateRevoked: z.literal(true).optional(),
    /** When the full name was last changed, if that was on the first day of the event or later. */
    renamedAt: z.iso.datetime().optional(),
    /** Cancelled because nobody could be reached. */
    lapsed: z.literal(true).optional(),
    /** What shows that it is theirs; `none`, that nothing does yet. */
    proof: z.enum([...PROOFS, 'none']).optional(),
    /** Of someone whom a member registered by telephone. */
    onBehalf: z
      .strictObject({
        at: z.iso.datetime(),
        /** What the team called the member. */
        by: z.string().optional(),
        /** What they agreed to by telephone: consent id to version. */
        consents: z.record(z.string(), z.string()),
        /** Ids of questions that the form asks of everyone like them, and that they have not answered yet, of those the reader may read. */
        unanswered: z.array(z.string()).readonly(),
      })
      .optional(),
    /** By a person, a trusted domain or an invitation. */
    approved: z.boolean(),
    /** Whether an invitation code was used. */
    invited: z.boolean(),
    decisionNote: z.string().optional(),
    declineReason: toldReason().optional(),
    /** Approved, but not for the closed sessions that were asked for. */
    withoutClosedSessions: z.literal(true).optional(),
    /** What approvers asked an adult, in order: for members who may decide on them. */
    asked: z.array(askedQuestionView()).readonly().optional(),
    /** Ids of tags that an adult has, of those that the event has. */
    tags: z.array(z.string()).readonly().optional(),
    changedAt: z.iso.datetime(),
  }),
);

export type OrganiserRegistration = z.output<typeof organiserRegistration>;

/** Characters of a request; how many letters a reader counts is checked beyond that. */
const LONGEST_NOTE = 4000;

export const decision = z.lazy(() =>
  z.strictObject({
    decision: z.enum(['approve', 'decline', 'take-back']),
    /** For the person's own page, at most 500 letters; where they are declined. */
    note: z.string().max(LONGEST_NOTE).optional(),
    /** One of the event's reasons, or of the product's where the event names none; where they are declined. */
    reason: z.string().max(LONGEST_ID).optional(),
    /** The closed sessions that were asked for are not given; where someone is approved. */
    withoutClosedSessions: z.literal(true).optional(),
    /** The revision that was looked at: nobody decides on what they did not see. */
    revision: z.int(),
  }),
);

/** What an approver asks an applicant: 10 to 500 letters, in a language that they read. */
export const applicantQuestion = z.lazy(() =>
  z.strictObject({ text: z.string().max(LONGEST_NOTE), revision: z.int() }),
);
export type RegistrationDecision = z.output<typeof decision>;

/** Characters of a request that are read, so that a far too long note is refused at its field. */
const LONGEST_SENT = 30_000;

/** Who is to see to an applicant, by the id of a member, with a note of at most 200 letters for them. */
export const handingOver = z.lazy(() =>
  z.strictObject({
    to: z.union([z.enum(['me', 'nobody']), hash]),
    note: z.string().max(LONGEST_SENT).optional(),
    revision: z.int(),
  }),
);

/** Applicants who were handed to somebody: to whom, as the team calls them. */
export const handedList = z.lazy(() =>
  z.strictObject({
    handed: z.array(z.strictObject({ reference: z.string(), to: z.string().optional(), isYours: z.boolean() })),
  }),
);

/** Whose an applicant is, and the members who may decide on them. */
export const handedOne = z.lazy(() =>
  z.strictObject({
    handed: z
      .strictObject({
        to: z.string().optional(),
        isYours: z.boolean(),
        /** Who handed them over; absent of one who left the team. */
        by: z.string().optional(),
        at: z.iso.datetime(),
        note: z.string().optional(),
      })
      .optional(),
    colleagues: z.array(z.strictObject({ id: z.string(), name: z.string().optional(), isYou: z.boolean() })),
  }),
);

const person = once(() => ({
  honorific: z.string().optional(),
  fullName: z.string(),
  badgeName: z.string().optional(),
  nativeName: z.string().optional(),
  email: z.string(),
  position: z.string(),
  /** Of the event; the request's own where absent. */
  language: z.string().optional(),
}));

/** The person who comes in an attendee's place. Group, country and organisation stay: the seat hangs on them. */
export const substitute = z.lazy(() => z.strictObject({ ...person(), revision: z.int() }));

/** The right address of an attendee who mistyped theirs. */
export const addressCorrection = z.lazy(() => z.strictObject({ email: z.string(), revision: z.int() }));

/** The names as they are right; without one in their own script, they have none. */
export const nameCorrection = z.lazy(() =>
  z.strictObject({ fullName: z.string(), nativeName: z.string().optional(), revision: z.int() }),
);

/** Which state of a registration was looked at. */
export const ticketReplacement = z.lazy(() => z.strictObject({ revision: z.int() }));

/** Characters of a request; letters are counted beyond that. */
const LONGEST_REASON = 1600;

/** Why someone stands before all others who wait. */
export const moveUp = z.lazy(() => z.strictObject({ reason: z.string().max(LONGEST_REASON), revision: z.int() }));

/** Withdraws a certificate, or gives it back. */
export const certificateRevocation = z.lazy(() => z.strictObject({ revision: z.int(), revoked: z.boolean() }));

/** A person who has a task at the event and takes no seat of its quotas. */
export const addition = z.lazy(() =>
  z.strictObject({
    role: z.enum(ROLES_OUTSIDE_QUOTAS),
    ...person(),
    organisation: z.string(),
    country: z.string(),
    category: z.string(),
    mode: z.string(),
    /** All days where absent. */
    days: z.array(z.string()).optional(),
  }),
);

/** Someone who telephoned: as the form has it, but for questions that were not asked. */
export const spokenRegistration = z.lazy(() =>
  z.strictObject({
    /** `adult`: nobody under 18 is registered so. Text, so that what else is wrong is said with it. */
    ageBand: z.string(),
    ...person(),
    organisation: z.string(),
    country: z.string(),
    category: z.string(),
    mode: z.string(),
    days: z.array(z.string()),
    sessions: z.array(z.string()).optional(),
    closedSessions: z.boolean().optional(),
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
    /** What they said yes to, consent id to the version that was read to them: all that the event requires, and no other. */
    consents: z.record(z.string(), z.string()),
  }),
);

/** A link that replaces all earlier ones, and what is printed with it. It is shown this once. */
export const freshLink = z.lazy(() =>
  z.strictObject({
    link: z.string(),
    reference: z.string(),
    fullName: z.string(),
    organisation: z.string(),
    status: z.enum(REGISTRATION_STATUSES),
    language: z.string(),
    event: z.strictObject({ id: z.string(), title: z.string() }),
  }),
);

/** What became of each mail about an attendee, newest first: of the last 90 days, and no address. */
export const registrationMail = z.lazy(() =>
  z.strictObject({
    messages: z.array(
      z.strictObject({
        kind: z.enum(KINDS_SHOWN),
        /** Of a kind that came later: its own name, where `kind` is the nearest of those before. */
        precisely: z.enum(KINDS_SINCE).optional(),
        /** The same of any other kind: an app that has no words for it shows `kind`. */
        called: z.string().optional(),
        to: z.enum(MAIL_READERS),
        writtenAt: z.iso.datetime(),
        state: z.enum(MESSAGE_STATES),
        /** Of one that waits: not before. */
        until: z.iso.datetime().optional(),
        /** Of one that was not sent. */
        failure: z.enum(FAILURES).optional(),
        /** Of one that was sent, once it is known what became of it. */
        fate: z
          .strictObject({
            what: z.enum(FATES),
            at: z.iso.datetime(),
            /** The status code of the recipient's server (RFC 3463). */
            code: z.string().optional(),
          })
          .optional(),
      }),
    ),
  }),
);

/** What an adult's registration said before each of its changes, the newest first; nothing of a minor's. */
export const registrationHistory = z.lazy(() =>
  z.strictObject({
    changes: z.array(
      z.strictObject({
        at: z.iso.datetime(),
        by: z.enum(CHANGERS),
        /** Of `member`: what the team calls them; absent of one who left it. */
        member: z.string().optional(),
        /** Of `member`: who it was, as the audit has it in `by`. */
        memberId: z.string().optional(),
        /** What changed, as it was: attributes, `answers.` and `consents.` with an id each; `null` where it was not there. */
        was: z.record(
          z.string(),
          z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly(), z.null()]),
        ),
        /** What became another besides. */
        renewed: z.array(z.enum(RENEWED)).readonly().optional(),
        /** From here on it is another person's. */
        anew: z.literal(true).optional(),
      }),
    ),
  }),
);

/** Whether a mail was written: not where one was in the last half hour, or the registration ended meanwhile. */
export const mailedAgain = z.lazy(() => z.strictObject({ mailed: z.boolean() }));
