import { carePage } from '../../web/site/care/care-page.ts';
import type { EventDefinition } from '../event/event.ts';
import type { CareAnswers } from '../event/questions.ts';
import { BusyError, InvalidInputError, ProblemError } from '../kernel/errors.ts';
import { orFormAgain } from '../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../kernel/http/handler.case.ts';
import { json, page, seeOther } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { formNeeds } from '../registration/apply/form-submission.ts';
import { requireAmendable } from '../registration/apply/require-open.ts';
import { bearerToken, holderOf } from '../registration/holder-of.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { changed } from '../registration/registration-state.store.ts';
import { deleteCareNeeds, putCareNeeds } from './care.store.ts';
import type { NEEDS_ROUTES } from './care-needs.routes.ts';
import { checkNeeds, needsAskedOf, needsFlag } from './care-needs.ts';

type NeedsFormDeps = Needs<'changes' | 'needs' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/** Always empty: another holder of the link learns nothing of what was said (AU4). */
export const showNeeds =
  (deps: NeedsFormDeps): Handle<typeof NEEDS_ROUTES.showNeeds> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    requireAsked(deps, event, registration);
    const t = siteWords(language);
    const questions = needsAskedOf(event, registration);
    return page(carePage({ event, questions, language, t, path, values: {}, problems: [] }));
  };

const DONE: Readonly<Record<NeedsKept, string>> = { kept: 'care', nothing: 'no-care' };

/** Back to the holder's page, or the form again with what was typed just now and what has to change. */
export const postNeeds = (deps: NeedsFormDeps): Guarded<typeof NEEDS_ROUTES.postNeeds> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body, path }, held) => {
      const { action: [action] = [], ...fields } = body;
      const { registration, event, language } = held;
      const questions = needsAskedOf(event, registration);
      const answer = async () => {
        const kept = await replace(deps, held, action === 'nothing' ? 'nothing' : formNeeds(event, fields));
        return seeOther(`/m/${token}?lang=${language}&done=${DONE[kept]}`);
      };
      const localised = async () => ({ event, language });
      return orFormAgain(answer, fields, localised, (form) => carePage({ ...form, questions, path }));
    },
  );

export const replaceNeeds = (deps: NeedsFormDeps): Guarded<typeof NEEDS_ROUTES.replaceNeeds> =>
  guarded(
    (sender) => holderOf(deps, bearerToken(sender.authorization), sender.language),
    async ({ body: { answers } }, held) => {
      const isNothing = Object.keys(answers).length === 0;
      return json(200, { status: await replace(deps, held, isNothing ? 'nothing' : answers) });
    },
  );

type NeedsDeps = Needs<'changes' | 'needs' | 'registrations' | 'system' | 'tables'>;

/** Each lost race means that the registration was changed at the same moment. */
const MOST_RACES = 4;

export type NeedsKept = 'kept' | 'nothing';

/**
 * Puts what an attendee needs in place of what was kept, which is not read for it: a holder of the link learns nothing of
 * it (AU4).
 *
 * @param sent `nothing` deletes it, whatever the event requires an answer to
 *
 * @throws ProblemError `not-found` where nothing is asked, `not-amendable`, or `link-replaced` when another attendee has the
 *   registration by now; InvalidInputError for fields that have to change
 */
export async function replace(
  deps: NeedsDeps,
  held: RegistrationWithEvent,
  sent: CareAnswers | 'nothing',
): Promise<NeedsKept> {
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
 * While the registration is as it was read: it may have been cancelled, or be another's by now. It is written only where there
 * begins or ends to be something to ask at a door, which phones then hear of.
 *
 * @returns whether it was
 */
async function write(deps: NeedsDeps, event: EventDefinition<string>, before: Registration, answers: CareAnswers) {
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
export function requireAsked(deps: NeedsDeps, event: EventDefinition<string>, registration: Registration): void {
  if (needsAskedOf(event, registration).length === 0) throw new ProblemError('not-found');
  requireAmendable(registration, event, deps.system.now());
}
