import type { PublicEvent } from '../../desk.ts';
import { countryText } from '../../names.ts';
import { t } from '../../words.ts';

type Question = PublicEvent['questions'][number];

type Answer = string | number | boolean | readonly string[];

/** The question may have been of another type when it was answered. */
function asWritten(_: Question, answer: Answer): string {
  if (typeof answer === 'boolean') return answer ? t('common.yes') : t('common.no');
  return [answer].flat().join(', ');
}

const chosen = (question: Question, answer: Answer): string => {
  const options = ('options' in question && question.options) || [];
  const titleOf = (id: string): string => options.find((option) => option.id === id)?.title ?? id;
  return [answer].flat().map(String).map(titleOf).join(', ');
};

/** What was answered to each type of question, in words. */
const TEXTS: Readonly<
  Record<Question['type'], (question: Question, answer: Answer, event: Pick<PublicEvent, 'countries'>) => string>
> = {
  text: asWritten,
  'long-text': asWritten,
  email: asWritten,
  phone: asWritten,
  country: (question, answer, event) =>
    typeof answer === 'string' ? countryText(event, answer) : asWritten(question, answer),
  organisation: asWritten,
  choice: chosen,
  'multi-choice': chosen,
  'yes-no': asWritten,
  number: asWritten,
  date: asWritten,
};

/** An answer as people read it; nothing where there is none. */
export const answerIn = (
  event: Pick<PublicEvent, 'countries'>,
  question: Question,
  answer: Answer | undefined,
): string => (answer === undefined ? '' : TEXTS[question.type](question, answer, event));
