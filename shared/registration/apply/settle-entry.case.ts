import { BusyError } from '../../kernel/errors.ts';
import { answerRepeat } from './answer-repeat.case.ts';
import type { Entry } from './entry.case.ts';
import type { EntryDeps } from './entry-deps.case.ts';
import { register } from './register.case.ts';
import { refusePass } from './require-pass.case.ts';
import type { Standing } from './submission.store.ts';

/** Losing a race changes what must be decided; after this many, the event is too busy to say. */
const MOST_DECISIONS = 12;
/** Milliseconds after which nothing is decided anew: whoever waits is told so before the function is stopped. */
const PATIENCE = 5_000;

/**
 * Enters someone, or tells the holder of an address that is registered already: decides, writes, and decides again on
 * what a failed condition reported.
 *
 * @returns whether it is done; or that nothing is, since what was to be written along was refused, or a place in a
 *   delegation is someone's already, which is nobody's to be told by mail
 * @throws InvalidInputError for an invitation code that cannot be used, ProofNeededError for a pass that was spent,
 *   BusyError when rivals do not let go
 */
export async function settleEntry(
  deps: EntryDeps,
  entry: Entry,
  first: Standing,
): Promise<'done' | 'along-refused' | 'place-taken'> {
  const startedAt = deps.system.now().getTime();
  const isPatient = () => deps.system.now().getTime() - startedAt < PATIENCE;
  let standing = first;
  for (let decision = 1; decision <= MOST_DECISIONS && isPatient(); decision += 1) {
    const { lock, counters } = standing;
    if (lock && entry.place?.throughCoordinator) return 'place-taken';
    const outcome = lock ? await answerRepeat(deps, entry, lock) : await register(deps, entry, standing);
    if (outcome === 'done' || outcome === 'along-refused') return outcome;
    if (outcome === 'pass-spent') return refusePass(deps, entry.event.id);
    standing = { ...standing, ...outcome, counters: new Map([...counters, ...(outcome.counters ?? [])]) };
  }
  throw new BusyError();
}
