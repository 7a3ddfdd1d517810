import type { MayAnswer } from '../../../shared/feedback/result/feedback-results.schema.ts';
import { type PublicEvent, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { categoryName, when } from '../names.ts';
import { t, wordFor } from '../words.ts';

export type FeedbackOverview = AnswerOf<'GET /api/organiser/events/{eventId}/feedback'>;
export type FormResults = FeedbackOverview['forms'][number];
export type Results = AnswerOf<'GET /api/organiser/events/{eventId}/feedback/{formId}'>;
export type QuestionResults = Results['questions'][number];
export type ResultBlock = Results['by']['mode']['blocks'][number];
export type ResultDimension = keyof Results['by'];

/** Reads all forms. */
export function useOverviewReader(): () => Promise<FeedbackOverview> {
  const { api, event } = useDesk();
  return () => api('GET /api/organiser/events/{eventId}/feedback', { params: { eventId: event.id } });
}

/** Reads one. @param formId its id */
export function useResultsReader(formId: string): () => Promise<Results> {
  const { api, event } = useDesk();
  return () => api('GET /api/organiser/events/{eventId}/feedback/{formId}', { params: { eventId: event.id, formId } });
}

/** What it is about: all forms but one are about a session. */
export const formName = ({ session, title }: Pick<FormResults, 'session' | 'title'>): string =>
  session === undefined ? t('feedback.wholeEvent') : title;

/** What its state is, with the time that goes with it. */
export function standingText(event: PublicEvent, { standing, opensAt, closesAt }: FormResults): string {
  return t(`feedback.times.${standing}`, { at: when(event, standing === 'not-yet' ? opensAt : closesAt) });
}

/** Of so many, in hundredths. */
export const shareText = (part: number, whole: number): string =>
  t('feedback.share', { percent: Math.round((100 * part) / whole) });

/** How many answered of those who came: nothing of more than all of them, nor of answers that are not shown yet, which may be four. */
export const rateText = (answers: number, attended: number | undefined): string =>
  attended === undefined || attended < answers || answers === 0
    ? t('feedback.noShare')
    : t('feedback.of', { answers, attended, share: shareText(answers, attended) });

/** The same in a sentence. */
export function answeredText(answers: number, attended: number | undefined): string {
  if (!attended) return t('feedback.form.answered', { answers });
  if (attended < answers) return t('feedback.form.answeredMore', { answers });
  return t('feedback.form.answeredOf', { answers, attended, share: shareText(answers, attended) });
}

const yesOrNo = (is: boolean): 'yes' | 'no' => (is ? 'yes' : 'no');

/** Who may answer about a session, and how many they are as far as they are counted. */
export function mayAnswerText({ by, door, day }: Pick<MayAnswer, 'by' | 'door' | 'day'>): string {
  const { scanned, people, isAtLeast } = door;
  if (by === 'day') {
    if (day.people === 0) return t('feedback.may.dayNobody');
    return t('feedback.may.day', { people: day.people, isAtLeast: yesOrNo(day.isAtLeast), scanned });
  }
  const areApart = 0 < scanned && scanned < people;
  const said = t('feedback.may.door', {
    how: people === 0 || areApart ? 'either' : scanned === 0 ? 'online' : 'scanned',
    people,
    isAtLeast: yesOrNo(isAtLeast),
    scanned: areApart ? scanned : 0,
  });
  if (day.people <= people) return said;
  return `${said} ${t('feedback.may.others', { people: day.people, isAtLeast: yesOrNo(day.isAtLeast) })}`;
}

/** Blocks that are told apart, of both kinds; a single one tells nothing apart. */
export const toldApart = ({
  by,
}: Pick<Results, 'by'>): readonly { readonly of: ResultDimension; readonly block: ResultBlock }[] =>
  (['mode', 'category'] as const).flatMap((of) =>
    by[of].blocks.length < 2 ? [] : by[of].blocks.map((block) => ({ of, block })),
  );

const OTHER = 'other';

/** What a file of numbers, or of what people wrote, says, whose columns and rows the API names for programs. */
export function numbersInWords(cell: string, column?: string): string | number | undefined {
  const [, of, labels = ''] = /^(mode|category): (.*)$/s.exec(cell) ?? [];
  if (column === undefined && (of === 'mode' || of === 'category')) {
    const names = labels.split(' + ').map((label) => {
      if (label === OTHER) return t(`feedback.form.other.${of}`);
      return (of === 'mode' && wordFor('mode', label)) || label;
    });
    return `${t(`fact.${of}`)}: ${names.join(' + ')}`;
  }
  if (column === undefined || column === 'question' || column === 'choice') return numbersWords().get(cell);
  return column === 'text' ? undefined : Number(cell);
}

const numbersWords = (): ReadonlyMap<string, string> =>
  new Map([
    ['question', t('feedback.file.question')],
    ['choice', t('feedback.question.choice')],
    ['text', t('feedback.texts.title')],
    ['everyone', t('feedback.form.everyone')],
    ['mean', t('feedback.question.average')],
    ['people who answered', t('feedback.answers')],
    ['people who came', t('came.came')],
  ]);

/** What those are called of whom these labels are said. */
export function blockName(event: PublicEvent, of: ResultDimension, labels: readonly string[]): string {
  const nameOf = (label: string): string => {
    if (label === OTHER) return t(`feedback.form.other.${of}`);
    return of === 'mode' ? (wordFor('mode', label) ?? label) : categoryName(event, label);
  };
  return labels.map(nameOf).join(', ');
}
