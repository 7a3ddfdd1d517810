import * as z from 'zod';
import type { Output } from '../../kernel/stored.schema.ts';

export const formId = z.string().regex(/^(event|session-[a-z0-9][a-z0-9-]{0,59})$/);

/** How many people came; at least so many where several lists counted, of whom none says who is on others. */
const many = () => ({ people: z.int(), isAtLeast: z.boolean() });

/** Who may answer about a session, in numbers of people as they were counted. */
const mayAnswer = () =>
  z.strictObject({
    /** Who came to its door or joined it online; or those who came to anything on its day. */
    by: z.enum(['door', 'day']),
    /** What an organiser said; absent where the door decides once anybody was scanned there, and the day until then. */
    set: z.enum(['door', 'day']).optional(),
    /** Who came to it; of these, who was counted at a door. Others joined online. */
    door: z.strictObject({ ...many(), scanned: z.int() }),
    /** Who came that day, these among them. */
    day: z.strictObject(many()),
    /** Whether only those who may know of it may answer, of all who came that day. */
    isClosed: z.boolean(),
  });
export interface MayAnswer extends Output<typeof mayAnswer> {}

/** One form: how it stands, and how many answered it. */
const form = () => ({
  id: z.string(),
  /** The session that it is about; absent of the one about the whole event. */
  session: z.string().optional(),
  /** Of the session, or of the event. */
  title: z.string(),
  standing: z.enum(['not-yet', 'open', 'closed', 'off']),
  /** ISO 8601. */
  opensAt: z.string(),
  closesAt: z.string(),
  /** When nothing opens it any more, ISO 8601. */
  lastMoment: z.string(),
  /** People who answered, in steps of five. */
  answers: z.int(),
  /** People who came to what it is about; absent before it opens. */
  attended: z.int().optional(),
  /** Absent of the form about the whole event, which is for everyone who came. */
  mayAnswer: mayAnswer().optional(),
});

/** All forms of an event. */
export const feedbackOverview = z.lazy(() =>
  z.strictObject({
    /** Raised with each change of what organisers set. */
    revision: z.int(),
    forms: z.array(z.strictObject(form())).readonly(),
  }),
);

/** How many chose what of one question, in the order in which it is offered. */
const distribution = () => ({
  /** The question's. */
  id: z.string(),
  choices: z.array(z.strictObject({ choice: z.string(), count: z.int() })).readonly(),
  /** Of ratings, from 1 to 5; absent where nobody rated. */
  mean: z.number().optional(),
});

/** What was said by people who are told apart; of fewer than in all where the last of them could be told. */
const breakdown = () =>
  z.strictObject({
    answers: z.int(),
    /** Each of five people at least; none, or a single one, where there are too few to tell apart. */
    blocks: z
      .array(
        z.strictObject({
          /** Ways of attending, or ids of groups; `other` of groups that are too small. */
          labels: z.array(z.string()).readonly(),
          answers: z.int(),
          attended: z.int().optional(),
          questions: z.array(z.strictObject(distribution())).readonly(),
        }),
      )
      .readonly(),
  });

/** What one form came to, as far as it may be shown: see `feedback/result/published.ts`. */
export const feedbackResults = z.lazy(() =>
  z.strictObject({
    ...form(),
    /** Of all forms' settings. */
    revision: z.int(),
    questions: z
      .array(
        z.strictObject({
          ...distribution(),
          title: z.string(),
          type: z.enum(['rating', 'choice', 'multi-choice']),
          options: z.array(z.strictObject({ id: z.string(), title: z.string() })).readonly(),
        }),
      )
      .readonly(),
    by: z.strictObject({ mode: breakdown(), category: breakdown() }),
    /** Questions that people answered in their own words. */
    asked: z.array(z.strictObject({ id: z.string(), title: z.string() })).readonly(),
  }),
);

/** What people wrote, by question: whose words belong together is not told. */
export const feedbackTexts = z.lazy(() =>
  z.strictObject({
    questions: z
      .array(z.strictObject({ id: z.string(), title: z.string(), texts: z.array(z.string()).readonly() }))
      .readonly(),
  }),
);

/** What is done about a form. `revision`: of all settings together, as it was read. */
export const formChange = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['open', 'close', 'off', 'on']), revision: z.int().min(0) }),
    z.strictObject({
      kind: z.literal('open-at'),
      /** ISO 8601 with offset. */
      at: z.iso.datetime({ offset: true }),
      revision: z.int().min(0),
    }),
    z.strictObject({
      kind: z.literal('attended-by'),
      /** `usual`: the door once anybody was scanned there, and the day until then. */
      by: z.enum(['door', 'day', 'usual']),
      revision: z.int().min(0),
    }),
  ]),
);
