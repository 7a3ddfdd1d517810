import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../event/attendee.ts';
import { MOST_ADULTS } from './handover/handover.ts';
import { MINOR_STEPS } from './young.ts';

/** How a minor leaves, as their guardian says on their page or signed on paper (CS24). */
export const handoverStatement = () =>
  z.strictObject({
    /** Whether they may leave with nobody. */
    alone: z.boolean().optional(),
    /** Names of adults who may fetch them. */
    adults: z.array(z.string()).max(MOST_ADULTS).default([]),
    /** The name of one who must not. */
    never: z.string().default(''),
  });

const row = () => ({
  reference: z.string(),
  /** What they are called; a nickname, before their guardian has agreed. */
  name: z.string(),
  status: z.enum(REGISTRATION_STATUSES),
  /** Whom the registration waits for, until it is complete. */
  step: z.enum(MINOR_STEPS),
  /** While an answer is awaited: everything is deleted without it. */
  answerBy: z.iso.datetime().optional(),
  /** Of one that is complete. */
  mode: z.enum(['in-person', 'online']).optional(),
  /** Ids of the days on which they take part. */
  days: z.array(z.string()),
  /** Who looks after them, of one who comes in person. */
  chaperone: z
    .strictObject({
      reference: z.string(),
      acceptedAt: z.iso.datetime().optional(),
      vettedUntil: z.iso.date().optional(),
      /** Ids of the days on which the adult comes. */
      days: z.array(z.string()),
    })
    .optional(),
  /** Mail to their guardian came back, or was called unwanted; of one whose guardian is asked by mail. */
  guardianUnreachable: z.literal(true).optional(),
  /** How they leave was noted from a signed paper, and counts for nothing until a second person has confirmed it. */
  handoverWaiting: z.literal(true).optional(),
  /** Rises with each change; the member who changes something says which one they looked at. */
  revision: z.int(),
});

const chaperoneFields = () => ({
  reference: z.string(),
  name: z.string(),
  organisation: z.string(),
  /** Ids of the days on which they come. */
  days: z.array(z.string()),
  askedAt: z.iso.datetime().optional(),
  acceptedAt: z.iso.datetime().optional(),
  declinedAt: z.iso.datetime().optional(),
  vettedUntil: z.iso.date().optional(),
  /** What waits for a second person: it holds once they say the same. */
  proposal: z
    .strictObject({
      vettedUntil: z.iso.date(),
      at: z.iso.datetime(),
      /** What they are called in the team. */
      by: z.string().optional(),
      isYours: z.boolean(),
      /** Whether the caller is such a second person. */
      mayAccept: z.boolean(),
    })
    .optional(),
  /** How many they look after. */
  minors: z.int(),
  revision: z.int(),
});

/** An adult who was asked to look after people under 18, or was vetted for it. */
export const chaperone = z.lazy(() => z.strictObject(chaperoneFields()));

/** Everyone under 18 whose registration has not ended, and who looks after them, by name. */
export const minorList = z.lazy(() =>
  z.strictObject({
    minors: z.array(
      z.strictObject({
        ...row(),
        /** What the door would answer now, of one who comes in person. */
        standing: z.enum(['ok', 'hold-safeguarding']).optional(),
      }),
    ),
    chaperones: z.array(z.strictObject(chaperoneFields())),
    /** The date at the event. */
    today: z.iso.date(),
    headcount: z.strictObject({
      /** Confirmed, in person. */
      minors: z.int(),
      /** Confirmed, in person, accepted and vetted. */
      chaperones: z.int(),
      /** How many of them there have to be. */
      needed: z.int(),
    }),
  }),
);

export const chaperoneChoice = z.lazy(() =>
  z.strictObject({
    /** The reference of a confirmed adult; nobody where it is null. */
    chaperone: z.string().nullable(),
    /** Of the minor as they were looked at. */
    revision: z.int(),
  }),
);

/** Whom to ask, without entrusting anyone to them yet: the reference of a confirmed adult. */
export const chaperoneRequest = z.lazy(() => z.strictObject({ chaperone: z.string() }));

/**
 * Less than before holds at once, by any vetted member; more is proposed, and holds when a second person, who is vetted, says
 * the same. What holds already takes a proposal back.
 */
export const vetting = z.lazy(() =>
  z.strictObject({
    /** That day included; null where they are not vetted any more. */
    vettedUntil: z.iso.date().nullable(),
    revision: z.int(),
  }),
);

const paper = () =>
  z.strictObject({
    /** Consent id to the version that was signed. */
    consents: z.record(z.string(), z.string()),
    signedBy: z.string(),
    signedOn: z.iso.date(),
    /** The number for an emergency. */
    phone: z.string().optional(),
    recordedAt: z.iso.datetime(),
    /** What the member who recorded it is called in the team. */
    recordedBy: z.string().optional(),
    /** Whether that was the caller, who then cannot confirm it. */
    isOwn: z.boolean(),
    confirmedAt: z.iso.datetime().optional(),
    confirmedBy: z.string().optional(),
  });

/** One of them, with the guardian. */
export const minor = z.lazy(() =>
  z.strictObject({
    ...row(),
    /** How to reach them. */
    email: z.string(),
    language: z.string(),
    /** The adult in full. */
    chaperone: z.strictObject(chaperoneFields()).optional(),
    guardian: z.strictObject({
      name: z.string(),
      /** Absent where they have none, and sign on paper. */
      email: z.string().optional(),
      /** Where they can be reached in an emergency, once they have agreed. */
      phone: z.string().optional(),
      askedAt: z.iso.datetime(),
      agreedAt: z.iso.datetime().optional(),
      paper: paper().optional(),
      /** Of one who has agreed on paper: what there is for when the young person leaves. */
      handover: z
        .strictObject({
          /** Whether a second person has confirmed how they leave: without it no code is made. */
          isConfirmed: z.boolean(),
          /** When the last code was made, and what the member who made it is called in the team. */
          codeMadeAt: z.iso.datetime().optional(),
          codeMadeBy: z.string().optional(),
        })
        .optional(),
    }),
    /** What a guardian is asked, and what holds of it now. */
    consents: z.array(
      z.strictObject({
        id: z.string(),
        version: z.string(),
        title: z.string(),
        agreement: z.string(),
        required: z.boolean(),
        /** The version that was agreed to, if it was. */
        agreed: z.string().optional(),
        /** Whether the young person says yes too, of what both are asked, once they have answered: a no of either counts (CS7). */
        own: z.boolean().optional(),
      }),
    ),
  }),
);

export type MinorView = z.output<typeof minor>;

/** What stands on a signed form. */
export const paperRecord = z.lazy(() =>
  z.strictObject({
    /** Consent id to the version on the form; what was not ticked is left out. */
    consents: z.record(z.string(), z.string()),
    signedBy: z.string(),
    signedOn: z.iso.date(),
    /** The number for an emergency. */
    phone: z.string(),
    revision: z.int(),
  }),
);

/** `reject` puts the record aside, so that another one can be made; how they leave is then again as it was confirmed before. */
export const paperDecision = z.lazy(() =>
  z.strictObject({ decision: z.enum(['confirm', 'reject']), revision: z.int() }),
);

const triesLeft = () => z.int().min(0);

const statement = () => ({ alone: z.boolean(), adults: z.array(z.string()), never: z.string().optional() });

/** How one of them leaves, as the guardian said, and how to reach the guardian: to be asked where anything is unclear. */
export const handover = z.lazy(() =>
  z.strictObject({
    guardian: z.strictObject({ name: z.string(), phone: z.string().optional() }),
    /** Whether the guardian signed on paper and has no page: what they say is noted from it. */
    isOnPaper: z.boolean(),
    /** Whether there is a code that the person who fetches them says: on paper, once it was made. */
    hasCode: z.boolean(),
    /** Wrong codes that may still be tried; 0 where the code is locked. */
    triesLeft: triesLeft(),
    /**
     * What counts, for the safeguarding desk alone. Absent as long as the guardian has not said so, or nobody has confirmed what was
     * noted: the guardian and the chaperone alone may fetch them.
     */
    said: z
      .strictObject({
        ...statement(),
        saidAt: z.iso.datetime(),
        /** Where it was noted from a signed paper: what the members who noted and confirmed it are called in the team. */
        noted: z
          .strictObject({
            by: z.string().optional(),
            confirmedAt: z.iso.datetime().optional(),
            confirmedBy: z.string().optional(),
          })
          .optional(),
      })
      .optional(),
    /** What was noted from a signed paper, and counts for nothing until a second person has confirmed it. */
    waiting: z
      .strictObject({
        ...statement(),
        notedAt: z.iso.datetime(),
        notedBy: z.string().optional(),
        /** Whether that was the caller, who then cannot confirm it. */
        isOwn: z.boolean(),
      })
      .optional(),
  }),
);

export type HandoverView = z.output<typeof handover>;

/** What stands on a signed paper of how one of them leaves. */
export const handoverNote = z.lazy(() => z.strictObject({ handover: handoverStatement(), revision: z.int() }));

/** Told this once. */
export const handoverCode = z.lazy(() => z.strictObject({ code: z.string() }));

/** As it was said and typed. */
export const handoverCheck = z.lazy(() => z.strictObject({ code: z.string().max(40) }));

/** A locked code is compared with nothing. */
export const handoverChecked = z.lazy(() => z.strictObject({ isRight: z.boolean(), triesLeft: triesLeft() }));

/** That the guardian was called, and what they said. */
export const handoverCall = z.lazy(() => z.strictObject({ why: z.string() }));

export const handoverReopened = z.lazy(() => z.strictObject({ triesLeft: triesLeft() }));

/** What a guardian has told the focal point. */
export const withdrawal = z.lazy(() =>
  z.strictObject({
    /** Takes back this one alone; without it the registration ends and everything is deleted. */
    consent: z.string().optional(),
    revision: z.int(),
  }),
);

/** `ended`: everything was deleted. */
export const withdrawn = z.lazy(() => z.strictObject({ status: z.enum(['ended', 'taken-back']) }));
