import { type PublicEvent, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api/routes.ts';
import { categoryName, when } from '../names.ts';
import { words } from '../words.ts';
import { said } from './said.ts';

export type Overview = AnswerOf<'GET /api/organiser/events/{eventId}/feedback'>;
export type Form = Overview['forms'][number];
export type Results = AnswerOf<'GET /api/organiser/events/{eventId}/feedback/{formId}'>;
export type MayAnswer = NonNullable<Results['mayAnswer']>;
export type Question = Results['questions'][number];
export type Block = Results['by']['mode']['blocks'][number];
export type Dimension = keyof Results['by'];

/** Reads all forms. */
export function useOverviewReader(): () => Promise<Overview> {
  const { api, event } = useDesk();
  return () => api('GET /api/organiser/events/{eventId}/feedback', { params: { eventId: event.id } });
}

/** Reads one. @param formId its id */
export function useResultsReader(formId: string): () => Promise<Results> {
  const { api, event } = useDesk();
  return () => api('GET /api/organiser/events/{eventId}/feedback/{formId}', { params: { eventId: event.id, formId } });
}

/** What it is about: all forms but one are about a session. */
export const formName = ({ session, title }: Pick<Form, 'session' | 'title'>): string =>
  session === undefined ? said.feedback.wholeEvent : title;

/** What its state is, with the time that goes with it. */
export function standingText(event: PublicEvent, { standing, opensAt, closesAt }: Form): string {
  return said.feedback.times[standing](when(event, standing === 'not-yet' ? opensAt : closesAt));
}

/** Blocks that are told apart, of both kinds; a single one tells nothing apart. */
export const toldApart = ({ by }: Pick<Results, 'by'>): readonly { readonly of: Dimension; readonly block: Block }[] =>
  (['mode', 'category'] as const).flatMap((of) =>
    by[of].blocks.length < 2 ? [] : by[of].blocks.map((block) => ({ of, block })),
  );

const OTHER = 'other';

/** What those are called of whom these labels are said. */
export function blockName(event: PublicEvent, of: Dimension, labels: readonly string[]): string {
  const nameOf = (label: string): string => {
    if (label === OTHER) return said.feedbackForm.other[of];
    return of === 'mode' ? words.mode[label as keyof typeof words.mode] : categoryName(event, label);
  };
  return labels.map(nameOf).join(', ');
}
