import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleanedAndGiven } from '../../kernel/text/cleaned.ts';
import { changeHeld } from '../change/change-registration.case.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';
import { LONGEST_ANSWER, openQuestion } from './asked.ts';

interface Sent {
  /** As it was typed. */
  readonly answer: string;
  /** When the question was asked that was read, ISO 8601. */
  readonly asked: string;
}

/**
 * The applicant answers what they were asked. Nobody is mailed: the digest tells approvers, and the console at once.
 *
 * @throws InvalidInputError of `answer`; ProblemError `question-over` where it was withdrawn, or is another one by now
 */
export async function answerQuestion(
  deps: Needs<'changes' | 'registrations' | 'system'>,
  held: RegistrationWithEvent,
  { answer: typed, asked: read }: Sent,
): Promise<Registration> {
  const answer = cleanedAndGiven('answer', typed, { max: LONGEST_ANSWER, lines: true });
  return changeHeld(deps, held, ({ before }) => {
    // Pressed twice.
    if (before.asked?.some((each) => each.at === read && each.answer === answer)) return undefined;
    const open = openQuestion(before);
    if (open?.at !== read) throw new ProblemError('question-over');
    const now = deps.system.now();
    const answered = { ...open, answer, answeredAt: now.toISOString() };
    const asked = before.asked?.map((each) => (each === open ? answered : each));
    return { after: changed(before, { asked }, now), messages: [] };
  });
}
