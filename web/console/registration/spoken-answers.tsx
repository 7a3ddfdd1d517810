import { type AnswerValue, type Facts, holds } from '../../../shared/event/condition.ts';
import { type PublicEvent, useDesk } from '../desk.ts';
import { ChecksField, fieldError, LongTextField, SelectField, TextInput } from '../kernel/form/field.tsx';
import { DigitsInput, READ } from '../kernel/form/typed.tsx';
import { countryChoices } from '../names.ts';
import { t } from '../words.ts';

type Question = PublicEvent['questions'][number];

/** What was typed or chosen, by the id of the question. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** How the API is sent what was typed: what is no number goes as it is, to be refused at its field. */
const SENT: Readonly<Partial<Record<Question['type'], (typed: string) => AnswerValue>>> = {
  number: (typed) => (READ.number(typed) === undefined ? typed : Number(READ.number(typed))),
  'yes-no': (typed) => typed === 'true',
};

/** As the API takes it; nothing where nothing was said. */
function sentOf({ id, type }: Question, answers: Answers): AnswerValue | undefined {
  const answer = answers[id] ?? '';
  if (typeof answer !== 'string') return answer.length === 0 ? undefined : answer;
  const typed = answer.trim();
  return typed === '' ? undefined : (SENT[type]?.(typed) ?? typed);
}

/** Questions that the form asks of someone like them, in its order; nothing of needs, which are asked on their own page. */
export function spokenQuestions(
  event: PublicEvent,
  about: Omit<Facts, 'answers'>,
  answers: Answers,
): readonly Question[] {
  const said: Record<string, AnswerValue | undefined> = {};
  return event.questions.filter((question) => {
    if (question.care || question.later || !holds(question.when, { ...about, answers: said })) return false;
    said[question.id] = sentOf(question, answers);
    return true;
  });
}

export const answersBody = (questions: readonly Question[], answers: Answers) =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const value = sentOf(question, answers);
      return value === undefined ? [] : [[question.id, typeof value === 'object' ? [...value] : value] as const];
    }),
  );

interface QuestionFieldsProps {
  readonly questions: readonly Question[];
  readonly answers: Answers;
  readonly error: unknown;
  readonly onChange: (answers: Answers) => void;
}

/** Each may be left open: it is answered on their page then. */
export function QuestionFields({ questions, answers, error, onChange }: QuestionFieldsProps) {
  if (questions.length === 0) return null;
  return (
    <>
      <h2>{t('behalf.questions')}</h2>
      <p>{t('behalf.questionsExplain')}</p>
      {questions.map((question) => (
        <QuestionField
          key={question.id}
          of={question}
          answer={answers[question.id] ?? ''}
          error={fieldError(error, `answers.${question.id}`)}
          onChange={(answer) => onChange({ ...answers, [question.id]: answer })}
        />
      ))}
    </>
  );
}

interface QuestionFieldProps {
  readonly of: Question;
  readonly answer: string | readonly string[];
  readonly error: string | undefined;
  readonly onChange: (answer: string | readonly string[]) => void;
}

function QuestionField({ of, answer, error, onChange }: QuestionFieldProps) {
  const { event } = useDesk();
  const field = { name: `answers.${of.id}`, label: of.title, error, onChange };
  const value = typeof answer === 'string' ? answer : '';
  const options = (('options' in of && of.options) || []).map(({ id, title }) => [id, title] as const);
  const open = ['', t('behalf.notAsked')] as const;
  if (of.type === 'multi-choice') {
    return <ChecksField {...field} choices={options} chosen={typeof answer === 'string' ? [] : answer} />;
  }
  if (of.type === 'choice') return <SelectField {...field} choices={[open, ...options]} value={value} />;
  if (of.type === 'country') {
    return <SelectField {...field} choices={countryChoices(event, t('behalf.notAsked'))} value={value} />;
  }
  if (of.type === 'yes-no') {
    const choices = [open, ['true', t('common.yes')], ['false', t('common.no')]] as const;
    return <SelectField {...field} choices={choices} value={value} />;
  }
  if (of.type === 'long-text') return <LongTextField {...field} value={value} />;
  if (of.type === 'number') return <DigitsInput {...field} as="number" value={value} />;
  if (of.type === 'date') return <DigitsInput {...field} as="day" value={value} />;
  return <TextInput {...field} type={of.type === 'email' ? 'email' : 'text'} value={value} />;
}
