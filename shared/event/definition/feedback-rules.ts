/**
 * `rating`: from 1, the worst, to 5. `choice` and `multi-choice`: of what is offered. `text`: in people's own words, which only
 * organisers read.
 */
export type FeedbackQuestionType = 'rating' | 'choice' | 'multi-choice' | 'text';

/** The highest of a rating; the lowest is 1. */
export const HIGHEST_RATING = 5;

/** @see EventDefinition for what `Text` is */
export interface FeedbackQuestion<Text> {
  /** Unique within its form. */
  readonly id: string;
  readonly title: Text;
  readonly type: FeedbackQuestionType;
  readonly hint?: Text;
  readonly required: boolean;
  /** For `choice` and `multi-choice`. */
  readonly options?: readonly { readonly id: string; readonly title: Text }[];
  /** For `text`: grapheme clusters. */
  readonly max?: number;
}

/** What people are asked who came. */
export interface FeedbackRules<Text> {
  /** Of each session; of none where there is nothing to ask. */
  readonly session: readonly FeedbackQuestion<Text>[];
  /** Of the whole event. */
  readonly event: readonly FeedbackQuestion<Text>[];
  /** Ids of sessions that nobody is asked about, such as a lunch. */
  readonly unasked: readonly string[];
  /** For how many days after the event all of it stays open, where no organiser closes it before. */
  readonly openDays: number;
}
