import { type Asking, askedAtFirst, checkAnswers, withoutNeeds } from '../../event/questions.ts';
import type { Application, Registration } from '../registration.schema.ts';

type Answered = Pick<Registration, 'onBehalf'> &
  Pick<Application, 'answers' | 'category' | 'mode' | 'country' | 'sessions'>;

/**
 * Ids of the questions that the form would not have gone on without, and that someone who was registered by telephone has not answered, in
 * its order. Nothing of needs, which lie elsewhere, and nothing of those who sent a form themselves: what is asked of them since, they never saw.
 */
export const stillToAnswer = (event: Asking, registration: Answered): readonly string[] =>
  registration.onBehalf === undefined ? [] : leftOpen(event, registration);

/** Ids of the questions that the form would not go on without today, and that are not answered, whyever. */
export function leftOpen(event: Asking, { answers, ...about }: Omit<Answered, 'onBehalf'>): readonly string[] {
  const { issues } = checkAnswers(askedAtFirst(withoutNeeds(event)), answers, about);
  return issues.flatMap(({ path, code }) => (code === 'required' ? [path.slice('answers.'.length)] : []));
}
