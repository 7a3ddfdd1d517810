import { type FeedbackQuestion, HIGHEST_RATING } from '../../../shared/event/definition/feedback-rules.ts';
import { USUAL_MAX } from '../../../shared/feedback/answer/answers.ts';
import type { Html } from '../../../shared/kernel/html.ts';
import { choices } from '../kernel/form/choices.ts';
import type { FormState } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';

/** Under which name a form sends the answer to a question. */
export const answerPath = ({ id }: Pick<FeedbackQuestion<unknown>, 'id'>): string => `answers.${id}`;

/** What is asked, each question as the kind of field that its type asks for. */
export const feedbackQuestions = (form: FormState, asked: readonly FeedbackQuestion<string>[]): Html[] =>
  asked.map((question) => oneQuestion(form, question));

function oneQuestion(form: FormState, question: FeedbackQuestion<string>): Html {
  const { t } = form;
  const hint = (ours?: string) => [question.hint, ours].filter(Boolean).join(' ') || undefined;
  const field = { path: answerPath(question), label: question.title, optional: !question.required };
  const offered = (question.options ?? []).map(({ id, title }) => ({ value: id, label: title }));
  switch (question.type) {
    case 'rating':
      return choices(form, {
        ...field,
        type: 'radio',
        isScale: true,
        hint: hint(t('feedback.rating')),
        choices: ratings(form),
      });
    case 'choice':
      return choices(form, { ...field, type: 'radio', hint: hint(), choices: offered });
    case 'multi-choice':
      return choices(form, { ...field, type: 'checkbox', hint: hint(t('feedback.choose-all')), choices: offered });
    case 'text':
      return textInput(form, {
        ...field,
        long: true,
        hint: hint(t('feedback.up-to', { max: question.max ?? USUAL_MAX })),
      });
  }
}

/** What the ends mean is said in their labels, for whoever hears one after the other. */
const ratings = ({ t }: FormState) =>
  Array.from({ length: HIGHEST_RATING }, (_, index) => {
    const rating = String(index + 1);
    const end = index === 0 ? t('feedback.worst') : index === HIGHEST_RATING - 1 ? t('feedback.best') : undefined;
    return { value: rating, label: rating, hint: end };
  });
