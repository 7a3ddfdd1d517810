import { digitsTyped } from '../../../../shared/kernel/text/text.ts';
import type { PublicEvent } from '../../desk.ts';
import { countryChoices } from '../../names.ts';
import { t } from '../../words.ts';
import { ChecksField, LongTextField, SelectField, TextInput, type ValueProps } from './field.tsx';
import { DigitsInput } from './typed.tsx';

type Question = PublicEvent['questions'][number];
type Answer = string | number | boolean | readonly string[];

/** An answer as its field has it: several choices, or text. */
export type TypedAnswer = string | readonly string[];

interface QuestionFieldProps extends Omit<ValueProps, 'value' | 'onChange'> {
  readonly event: Pick<PublicEvent, 'countries'>;
  readonly question: Question;
  readonly value: TypedAnswer;
  readonly onChange: (value: TypedAnswer) => void;
}

type TextProps = ValueProps & Pick<QuestionFieldProps, 'event' | 'question'>;

/** What a type of question is typed into, and how what is there is typed and read; several choices are a list of their own. */
interface TypeOfField {
  readonly Field: (props: TextProps) => preact.JSX.Element;
  readonly typed?: (answer: Answer) => string;
  readonly read?: (typed: string) => Answer;
}

const text: TypeOfField = { Field: ({ event: _, question: _question, ...field }) => <TextInput {...field} /> };

const optionsOf = (question: Question) =>
  (('options' in question && question.options) || []).map(({ id, title }) => [id, title] as const);

/** In digits of any script; what is no number is sent as it is, to be refused. */
function numberOf(typed: string): Answer {
  const read = digitsTyped(typed).replace('\u066B', '.');
  return /^\d+(\.\d+)?$/.test(read) ? Number(read) : typed;
}

const TYPES: Readonly<Record<Exclude<Question['type'], 'multi-choice'>, TypeOfField>> = {
  text,
  organisation: text,
  phone: text,
  email: { Field: ({ event: _, question: _question, ...field }) => <TextInput type="email" {...field} /> },
  'long-text': { Field: ({ event: _, question: _question, ...field }) => <LongTextField {...field} /> },
  number: { ...text, read: numberOf },
  date: { Field: ({ event: _, question: _question, ...field }) => <DigitsInput as="day" {...field} /> },
  country: {
    Field: ({ event, question: _, ...field }) => (
      <SelectField {...field} choices={countryChoices(event, t('amend.unanswered'))} />
    ),
  },
  choice: {
    Field: ({ event: _, question, ...field }) => (
      <SelectField {...field} choices={[['', t('amend.unanswered')], ...optionsOf(question)]} />
    ),
  },
  'yes-no': {
    Field: ({ event: _, question: _question, ...field }) => {
      const said = [
        ['yes', t('common.yes')],
        ['no', t('common.no')],
      ] as const;
      return <SelectField {...field} choices={[['', t('amend.unanswered')], ...said]} />;
    },
    typed: (answer) => (answer === true ? 'yes' : 'no'),
    read: (typed) => typed === 'yes',
  },
};

/** An answer as its field begins with it. */
export function typedAnswer({ type }: Question, answer: Answer | undefined): TypedAnswer {
  if (type === 'multi-choice') return Array.isArray(answer) ? answer : [];
  return answer === undefined ? '' : (TYPES[type].typed ?? String)(answer);
}

/** What was typed, as it is sent; an empty text takes an answer away. */
export function readAnswer({ type }: Question, typed: TypedAnswer): Answer {
  if (typeof typed !== 'string' || typed.trim() === '' || type === 'multi-choice') return typed;
  return TYPES[type].read?.(typed) ?? typed.trim();
}

/** The field of one of the event's own questions. */
export function QuestionField({ event, question, value, onChange, ...field }: QuestionFieldProps) {
  const { type } = question;
  if (type === 'multi-choice') {
    const chosen = typeof value === 'string' ? [] : value;
    return <ChecksField {...field} choices={optionsOf(question)} chosen={chosen} onChange={onChange} />;
  }
  const { Field } = TYPES[type];
  return <Field {...field} event={event} question={question} value={String(value)} onChange={onChange} />;
}
