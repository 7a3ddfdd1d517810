import { holds, questionsIn } from '../event/condition.ts';
import type { EventDefinition, Question } from '../event/event.ts';
import {
  type Asking,
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

/** Judges needs that are sent by themselves; nothing at all is an answer, too. */
export const checkNeeds = ({ questions }: Asking, of: Asked, sent: CareAnswers): CheckedAnswers =>
  checkAnswers(
    questions.filter(({ care }) => care),
    sent,
    of,
    of.answers,
  );

/** Choices are counted, for the kitchen; everything else is arranged for one person at a time. */
const isCounted = ({ type }: Pick<Question<string>, 'type'>): boolean => QUESTION_TYPES[type].options !== undefined;

/** Whether something has to be arranged for this very person. A question that the event no longer has is not forgotten. */
export const hasOwnNeed = ({ questions }: Asking, { answers }: Pick<CareNeeds, 'answers'>): boolean =>
  Object.keys(answers).some((id) => !questions.some((question) => question.id === id && isCounted(question)));

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
