import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import { type Answered, type Published, publish } from '../../shared/domain/feedback/published.ts';
import { addTallies } from '../../shared/domain/feedback/tally.ts';
import { putShown, readShown, type Shown, textName } from '../../shared/store/published-item.ts';
import type { Deps } from './deps.ts';

/** What a step is made with. */
interface StepDeps extends Pick<Deps, 'client' | 'feedbackTable' | 'system'> {
  readonly feedback: Pick<Deps['feedback'], 'answered' | 'writers'>;
}

/** While hundreds answer at once, a look may always come between two of them: the step before is shown then. */
const MOST_LOOKS = 6;

/**
 * What is shown of a form now. Whoever looks first after five more have answered moves it on to the next step, for everyone: of two who look
 * at once one does, and the other is shown the same.
 *
 * @param form its id
 */
export async function nextStep(deps: StepDeps, event: EventDefinition<unknown>, form: string): Promise<Shown> {
  const { client, feedbackTable: table, system } = deps;
  const about = { eventId: event.id, form };
  for (let look = 1; ; look += 1) {
    const before = await readShown(client, table, event.id, form);
    const next = await stepAfter(deps, about, before.published);
    if (next === 'nothing-new' || (next === 'changing' && look >= MOST_LOOKS)) return before;
    if (next !== 'changing') {
      const shown = { ...next, revision: before.revision };
      if (await putShown(client, table, about, shown, retentionEnd(event)))
        return { ...shown, revision: shown.revision + 1 };
    }
    await system.backOff(look);
  }
}

/** `changing` where somebody answered between two reads: numbers and texts would not be of the same people. */
async function stepAfter(
  { feedback }: StepDeps,
  { eventId, form }: { readonly eventId: string; readonly form: string },
  before: Published,
): Promise<Pick<Shown, 'published' | 'texts'> | 'nothing-new' | 'changing'> {
  const answered = await feedback.answered(eventId, form);
  if (!isOfTheSame(answered)) return 'changing';
  const published = publish(before, answered);
  if (published === before) return 'nothing-new';
  const { answers, hashes } = await feedback.writers(eventId, form);
  return answers === published.all.answers ? { published, texts: new Set(hashes.map(textName)) } : 'changing';
}

/** Whether what is told apart by mode and by group are the answers of the same people, as far as sums can tell. */
const isOfTheSame = ({ mode, category }: Answered): boolean =>
  isDeepStrictEqual(addTallies(Object.values(mode)), addTallies(Object.values(category)));
