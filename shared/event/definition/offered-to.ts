import type { AgeBand } from '../attendee.ts';
import { narrowCondition } from '../condition.ts';
import type { Category, EventDefinition, Question } from '../event.ts';

/** The groups that a person may choose: a minor, those that the event says are for them too. */
export const categoriesFor = <Text>(
  { categories }: Pick<EventDefinition<Text>, 'categories'>,
  band: AgeBand,
): readonly Category<Text>[] => (band === 'minor' ? categories.filter(({ minors }) => minors) : categories);

/**
 * The event as a form asks it of people under 18: with the groups that they may choose, in words for them, and without
 * the questions that then concern nobody.
 */
export function offeredToMinors(event: EventDefinition<string>): EventDefinition<string> {
  const categories = categoriesFor(event, 'minor');
  const ids = categories.map(({ id }) => id);
  const unasked = new Set<string>();
  const questions = event.questions.flatMap((question): Question<string>[] => {
    const { when, ...always } = question;
    const left = when === undefined || narrowCondition(when, { categories: ids, unasked });
    if (left === false) unasked.add(question.id);
    if (typeof left === 'boolean') return left ? [always] : [];
    return [{ ...always, when: left }];
  });
  const consents = event.consents.map((consent) => ({ ...consent, points: consent.youngPoints ?? consent.points }));
  return { ...event, categories, questions, consents };
}
