import * as z from 'zod';
import { once } from '../kernel/once.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';

/** What an organiser set of a form. Instants are ISO 8601. */
const formSetting = once(() =>
  z.object({
    /** Instead of when the session ends. */
    opensAt: z.string().optional(),
    closedAt: z.string().optional(),
    /** Nobody is asked, and nothing says that there was anything to be asked. */
    isOff: z.boolean().optional(),
    /**
     * What says who attended a session. `door`: to have been scanned at its door, or to have joined it online; `day`: to have come to
     * anything on its day.
     */
    by: z.enum(['door', 'day']).optional(),
  }),
);
export interface FormSetting extends Output<typeof formSetting> {}

export type AttendedBy = NonNullable<FormSetting['by']>;

/** What organisers set of an event's feedback: one item, for its forms are few and are looked at together. */
export const storedFormSettings = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  /** By the id of the form. */
  forms: field(z.record(z.string(), formSetting()), 'impersonal', 'published'),
  revision: field(z.int(), 'impersonal', 'published'),
}));

/** By the id of the form. */
export type FormSettings = Output<typeof storedFormSettings>['forms'];

/** What many answers come to: it does not say who said what together with what. */
export const tally = once(() =>
  z.object({
    /** How many people answered. */
    answers: z.int(),
    /** By `tallyKey`: how many chose it. */
    counts: z.record(z.string(), z.int()),
  }),
);
export interface Tally extends Output<typeof tally> {}

const block = once(() => tally().extend({ labels: z.array(z.string()) }));
export interface AnswerBlock extends Output<typeof block> {}

/** Of fewer people than in all, where the last of them could be told from what was shown before. */
const breakdown = once(() => z.object({ answers: z.int(), blocks: z.array(block()) }));
export interface Breakdown extends Output<typeof breakdown> {}

/** What organisers were shown last of a form. It is kept, since what is shown next depends on it. */
export const storedPublished = stored(() => ({
  /** 1 named the texts that belong to it. */
  v: field(z.literal(2), 'records', 'event'),
  all: field(tally(), 'feedback', 'event'),
  by: field(z.object({ mode: breakdown(), category: breakdown() }), 'feedback', 'event'),
  /** `Answered`, of all answers that were opened, as `AnswerSealing` sealed it: it tells apart what may not be told apart yet. */
  ledger: field(z.instanceof(Uint8Array), 'feedback', 'event'),
  /** What a conditional write compares. */
  revision: field(z.int(), 'records', 'event'),
}));

/** What organisers see of a form. */
export interface Published extends Pick<Output<typeof storedPublished>, 'all' | 'by'> {}

/** What one person answered, and what may be said of them. */
export const sealedAnswer = once(() =>
  z.object({
    labels: z.object({ mode: z.string(), category: z.string() }),
    tally: tally(),
    /** By question. */
    texts: z.record(z.string(), z.string()),
  }),
);
export interface SealedAnswer extends Output<typeof sealedAnswer> {}

/** What one person chose, and what is said of them. */
export interface CountedAnswer extends Omit<SealedAnswer, 'texts'> {}

const byLabel = once(() => z.record(z.string(), tally()));
/** What was answered until now, by label. In each dimension it is the same people. */
export const ledger = once(() => z.object({ mode: byLabel(), category: byLabel() }));
export type Answered = Output<typeof ledger>;
