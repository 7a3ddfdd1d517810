import type { EventDefinition } from '../event/event.ts';
import type { CareAnswers } from '../event/questions.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { isCounted } from './care-needs.ts';

/** How many people, by the id of the day. */
export type PerDay = Readonly<Record<string, number>>;

/** For whoever cooks: numbers, and nobody's name. */
export interface CareCounts {
  /** Everyone who comes, with and without needs. */
  readonly people: PerDay;
  readonly questions: readonly {
    readonly id: string;
    readonly options: readonly { readonly id: string; readonly people: PerDay }[];
  }[];
}

/** One person who comes, and what they chose. */
export interface Comer {
  readonly days: readonly string[];
  readonly answers: CareAnswers;
}

/** Whether someone has a place for which something is arranged. */
export const hasPlace = ({ status }: Pick<Registration, 'status'>): boolean => status === 'confirmed';

/** Whether someone eats with the others. */
export const comesInPerson = (of: Pick<Registration, 'status' | 'mode'>): boolean =>
  hasPlace(of) && of.mode === 'in-person';

/** How many of those who come chose what, on each of the event's days. */
export function careCounts(
  { days, questions }: Pick<EventDefinition<string>, 'days' | 'questions'>,
  comers: readonly Comer[],
): CareCounts {
  const perDay = (counts: (comer: Comer) => boolean): PerDay => {
    const counted = comers.filter(counts);
    return Object.fromEntries(days.map(({ id }) => [id, counted.filter((comer) => comer.days.includes(id)).length]));
  };
  const chose =
    (question: string, option: string) =>
    ({ answers }: Comer) =>
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
