import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Words } from '../answer/words.store.ts';
import type { SealedAnswer } from './feedback.store.ts';
import { LEAST_GROUP } from './groups.ts';
import type { Shown } from './published.store.ts';
import { publish, withAnswers } from './published.ts';

type Deps = Needs<'feedback' | 'system'>;

/** What a step is made with. */
interface StepDeps extends Pick<Deps, 'system'> {
  readonly feedback: Pick<Deps['feedback'], 'shown' | 'waiting' | 'open' | 'ledgerOf' | 'move'>;
}

/** Steps that one look makes: 1,900 answers. What waits besides is for the next one. */
const MOST_STEPS = 20;
/** How often it begins again where others look as well: theirs is shown then. */
const MOST_LOST = 6;

/**
 * What is shown of a form now. Whoever looks first after five more have answered opens what they said, all at once, for everyone: of two who
 * look at once one does, and the other is shown the same. Answers are opened by fives, so that up to four always wait, whoever they are of.
 *
 * @param form its id
 */
export async function nextStep(
  { feedback, system }: StepDeps,
  event: EventDefinition<unknown>,
  form: string,
): Promise<Shown> {
  const of = { eventId: event.id, form };
  let lost = 0;
  for (let steps = 0; ; ) {
    const [before, waiting] = await Promise.all([feedback.shown(of), feedback.waiting(of)]);
    const opened = waiting.slice(0, waiting.length - (waiting.length % LEAST_GROUP));
    if (opened.length === 0 || steps >= MOST_STEPS || lost >= MOST_LOST) return before;
    const [ledger, answers] = await Promise.all([feedback.ledgerOf(of, before), feedback.open(of, opened)]);
    const answered = withAnswers(ledger, answers);
    const shown = { published: publish(before.published, answered), revision: before.revision };
    const step = { shown, answered, opened, words: wordsOf(answers) };
    if (await feedback.move(of, step, retentionEnd(event))) steps += 1;
    else {
      lost += 1;
      await system.backOff(lost);
    }
  }
}

/** Each question's by the alphabet, so that nothing tells what belongs together. */
function wordsOf(answers: readonly SealedAnswer[]): Words {
  const texts: Record<string, string[]> = {};
  for (const [question, text] of answers.flatMap((each) => Object.entries(each.texts)))
    texts[question] = [...(texts[question] ?? []), text];
  return Object.fromEntries(Object.entries(texts).map(([question, all]) => [question, all.sort()]));
}
