import { type AnswerValue, holds, questionsIn } from '../event/condition.ts';
import type { EventDefinition, Question, QuestionType } from '../event/event.ts';
import {
  type Asking,
  askedAtFirst,
  type CareAnswers,
  type CheckedAnswers,
  checkAnswers,
  QUESTION_TYPES,
} from '../event/questions.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { CareNeeds } from './care.schema.ts';

/** What the answers of the form decide, of an attendee asked for their needs. */
type Asked = Pick<Registration, 'category' | 'mode' | 'country' | 'sessions' | 'answers'>;

/** The questions about needs that may concern an attendee; of those that depend on another need, the condition is left. */
export function needsAskedOf({ questions }: Asking, of: Asked): readonly Question<string>[] {
  const needs = questions.filter(({ care }) => care);
  const isNeed = (id: string): boolean => needs.some((each) => each.id === id);
  return needs.flatMap((question): Question<string>[] => {
    const { when, ...always } = question;
    if (questionsIn(when).some(isNeed)) return [question];
    return holds(when, of) ? [always] : [];
  });
}

/** Judges needs that are sent by themselves, in place of what was said before. */
export const checkNeeds = ({ questions, countries }: Asking, of: Asked, sent: CareAnswers): CheckedAnswers =>
  checkAnswers({ questions: questions.filter(({ care }) => care), countries }, sent, of, of.answers);

/** The same of what is added: an answer that another depends on, or that is required, may have been given before, unseen. */
export const checkMoreNeeds = (event: Asking, of: Asked, sent: CareAnswers): CheckedAnswers =>
  checkNeeds(relaxed(event), of, sent);

function relaxed({ questions, countries }: Asking): Asking {
  const isNeed = (id: string): boolean => questions.some((each) => each.care && each.id === id);
  return {
    countries,
    questions: questions.map(({ when, ...always }) => ({
      ...always,
      required: false,
      ...(when && !questionsIn(when).some(isNeed) && { when }),
    })),
  };
}

/** What holds of all that an attendee said: every choice and every text; of what has one answer only, the last. */
export function inSum(
  { questions }: Asking,
  { answers, added = [] }: Pick<CareNeeds, 'answers' | 'added'>,
): CareAnswers {
  const sum: Record<string, AnswerValue> = { ...answers };
  for (const [id, more] of added.flatMap((each) => Object.entries(each))) {
    const type = questions.find((question) => question.id === id)?.type;
    sum[id] = Object.hasOwn(sum, id) ? joined(sum[id], more, type) : more;
  }
  return sum;
}

/** @param type nothing of a question that the event no longer has */
function joined(before: AnswerValue | undefined, more: AnswerValue, type: QuestionType | undefined): AnswerValue {
  if (typeof before === 'object' && typeof more === 'object') return [...new Set([...before, ...more])];
  const isText = type === undefined || type === 'text' || type === 'long-text';
  if (!isText || typeof before !== 'string' || typeof more !== 'string') return more;
  const isSaid = `${SAID}${before}${SAID}`.includes(`${SAID}${more}${SAID}`);
  return isSaid ? before : `${before}${SAID}${more}`;
}

/** Between texts that were said one after the other. */
const SAID = '\n\n';

/** Choices are counted, for the kitchen; everything else is arranged for one person at a time. */
const isCounted = ({ type }: Pick<Question<string>, 'type'>): boolean => QUESTION_TYPES[type].options !== undefined;

/** Whether something has to be arranged for this very person. A question that the event no longer has is not forgotten. */
export const hasOwnNeed = ({ questions }: Asking, { answers }: Pick<CareNeeds, 'answers'>): boolean =>
  Object.keys(answers).some((id) => !questions.some((question) => question.id === id && isCounted(question)));

/** The most answers of one attendee to which more is added: what is added is kept in one item, of at most 400 KB. */
const MOST_ANSWERS = 20;

/** Counts answers of every kind, also that nothing is needed: that no more is added says nothing of what was said (AU4). */
export const mayAdd = ({ careAnswered }: Pick<Registration, 'careAnswered'>): boolean =>
  (careAnswered?.times ?? 0) < MOST_ANSWERS;

/** That an attendee answered, whatever it was. */
export const answeredNow = (
  before: Pick<Registration, 'careAnswered'>,
  now: Date,
): Required<Pick<Registration, 'careAnswered'>> => ({
  careAnswered: { at: now.toISOString(), times: (before.careAnswered?.times ?? 0) + 1 },
});

/** The same of the form that an attendee filled in, where it asked: who left it empty needs nothing. */
export const answeredWithForm = (event: Asking, of: Asked, now: Date): Pick<Registration, 'careAnswered'> =>
  needsAskedOf(askedAtFirst(event), of).length > 0 ? answeredNow({}, now) : {};

/** What a registration says of it: that there is something, and nothing of what. */
export const needsFlag = (event: Asking, answers: CareAnswers): Pick<Registration, 'hasNeeds'> =>
  hasOwnNeed(event, { answers }) ? { hasNeeds: true } : {};

/** How many people, by the id of the day. */
type PerDay = Readonly<Record<string, number>>;

/** For the kitchen: numbers, and nobody's name. */
export interface CareCounts {
  /** Everyone who comes, with and without needs. */
  readonly people: PerDay;
  readonly questions: readonly {
    readonly id: string;
    readonly options: readonly { readonly id: string; readonly people: PerDay }[];
  }[];
}

/** One person who comes, and what they chose. */
export interface AttendeeNeeds {
  readonly days: readonly string[];
  readonly answers: CareAnswers;
}

/** Whether an attendee has a place for which something is arranged. */
export const hasPlace = ({ status }: Pick<Registration, 'status'>): boolean => status === 'confirmed';

/** Whether an attendee eats with the others. */
export const comesInPerson = (of: Pick<Registration, 'status' | 'mode'>): boolean =>
  hasPlace(of) && of.mode === 'in-person';

/** How many of those who come chose what, on each of the event's days. */
export function careCounts(
  { days, questions }: Pick<EventDefinition<string>, 'days' | 'questions'>,
  comers: readonly AttendeeNeeds[],
): CareCounts {
  const perDay = (counts: (comer: AttendeeNeeds) => boolean): PerDay => {
    const counted = comers.filter(counts);
    return Object.fromEntries(days.map(({ id }) => [id, counted.filter((comer) => comer.days.includes(id)).length]));
  };
  const chose =
    (question: string, option: string) =>
    ({ answers }: AttendeeNeeds) =>
      [Object.hasOwn(answers, question) ? answers[question] : undefined].flat().includes(option);
  return {
    people: perDay(() => true),
    questions: questions
      .filter((question) => question.care && isCounted(question))
      .map(({ id, options = [] }) => ({
        id,
        options: options.map((option) => ({ id: option.id, people: perDay(chose(id, option.id)) })),
      })),
  };
}
