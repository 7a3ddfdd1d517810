import type { EventDefinition } from '../event/event.ts';
import type { CareAnswers } from '../event/questions.ts';
import { BusyError, InvalidInputError, ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { changed } from '../mail/outbox/new-items.store.ts';
import { requireAmendable } from '../registration/change/require-amendable.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { deleteCareNeeds, putCareNeeds } from './care.store.ts';
import { checkNeeds, needsAskedOf, needsFlag } from './care-needs.ts';

type Deps = Needs<'changes' | 'needs' | 'registrations' | 'system' | 'tables'>;

/** Each lost race means that the registration was changed at the same moment. */
const MOST_RACES = 4;

export type Kept = 'kept' | 'nothing';

/**
 * Puts what someone needs in place of what was kept, which is not read for it: whoever holds the link learns nothing of
 * it (AU4).
 *
 * @param sent `nothing` deletes it, whatever the event requires an answer to
 *
 * @throws ProblemError `not-found` where nothing is asked, `not-amendable`, or `link-replaced` when someone else has the
 *   registration by now; InvalidInputError for fields that have to change
 */
export async function replace(deps: Deps, held: RegistrationWithEvent, sent: CareAnswers | 'nothing'): Promise<Kept> {
  const { event } = held;
  let { registration } = held;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    requireAsked(deps, event, registration);
    const answers = sent === 'nothing' ? {} : checked(event, registration, sent);
    if (await write(deps, event, registration, answers)) return isEmpty(answers) ? 'nothing' : 'kept';
    const now = await deps.registrations.read(event.id, registration.reference);
    if (now?.linkVersion !== registration.linkVersion) throw new ProblemError('link-replaced');
    registration = now;
  }
  throw new BusyError();
}

const isEmpty = (answers: CareAnswers): boolean => Object.keys(answers).length === 0;

function checked(event: EventDefinition<string>, registration: Registration, sent: CareAnswers): CareAnswers {
  const { answers, issues } = checkNeeds(event, registration, sent);
  if (issues.length > 0) throw new InvalidInputError(issues);
  // A form that was sent by mistake deletes nothing.
  if (isEmpty(answers)) throw new InvalidInputError([{ path: firstOf(event, registration), code: 'no-need' }]);
  return answers;
}

const firstOf = (event: EventDefinition<string>, registration: Registration): string =>
  `answers.${needsAskedOf(event, registration)[0]?.id}`;

/**
 * While the registration is as it was read: it may have been cancelled, or be someone else's by now. It is written only where there
 * begins or ends to be something to ask at a door, which phones then hear of.
 *
 * @returns whether it was
 */
async function write(deps: Deps, event: EventDefinition<string>, before: Registration, answers: CareAnswers) {
  const { system, tables } = deps;
  const item = isEmpty(answers)
    ? deleteCareNeeds(tables.care, before)
    : putCareNeeds(system, tables.care, event, before, answers);
  const { hasNeeds } = needsFlag(event, answers);
  if (before.hasNeeds === hasNeeds) return deps.needs.write(before, item);
  const after = changed(before, { hasNeeds }, system.now());
  return (await deps.changes.change({ event, before, after, messages: [], also: [item] })) === 'done';
}

/** @throws ProblemError where the event asks this person for nothing, or their place is gone */
export function requireAsked(deps: Deps, event: EventDefinition<string>, registration: Registration): void {
  if (needsAskedOf(event, registration).length === 0) throw new ProblemError('not-found');
  requireAmendable(registration, event, deps.system.now());
}
