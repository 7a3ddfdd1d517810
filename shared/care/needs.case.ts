import { carePage } from '../../web/site/care/care-page.ts';
import type { EventDefinition } from '../event/event.ts';
import type { CareAnswers } from '../event/questions.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
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
import { addCareNeeds, deleteCareNeeds, putCareNeeds } from './care.store.ts';
import type { NEEDS_ROUTES } from './care-needs.routes.ts';
import { answeredNow, checkMoreNeeds, checkNeeds, mayAdd, needsAskedOf, needsFlag } from './care-needs.ts';

type NeedsFormDeps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/** Always empty: another holder of the link learns nothing of what was said (AU4). */
export const showNeeds =
  (deps: NeedsFormDeps): Handle<typeof NEEDS_ROUTES.showNeeds> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    requireAsked(deps, event, registration);
    const t = siteWords(language);
    const questions = needsAskedOf(event, registration);
    const answeredAt = registration.careAnswered?.at;
    return page(carePage({ event, questions, answeredAt, language, t, path, values: {}, problems: [] }));
  };

/** What each button of the form does. `keep` is what the button said that replaces, in pages that are open still. */
const PRESSED: Readonly<Record<string, NeedsChange>> = { add: 'add', keep: 'anew', nothing: 'nothing' };

/** Back to the holder's page, or the form again with what was typed just now and what has to change. */
export const postNeeds = (deps: NeedsFormDeps): Guarded<typeof NEEDS_ROUTES.postNeeds> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body, path }, held) => {
      const { action: [action] = [], ...fields } = body;
      const { registration, event, language } = held;
      const questions = needsAskedOf(event, registration);
      const answer = async () => {
        // One who sends a form without a button, by a key, loses nothing.
        const how = PRESSED[action ?? 'add'] ?? 'add';
        await answerNeeds(deps, held, how, how === 'nothing' ? {} : formNeeds(event, fields));
        // The page, and its address, say that they answered and not what (AU4).
        return seeOther(`/m/${token}?lang=${language}&done=care`);
      };
      const localised = async () => ({ event, language });
      const answeredAt = registration.careAnswered?.at;
      return orFormAgain(answer, fields, localised, (form) => carePage({ ...form, questions, answeredAt, path }));
    },
  );

export const replaceNeeds = (deps: NeedsFormDeps): Guarded<typeof NEEDS_ROUTES.replaceNeeds> =>
  guarded(
    (sender) => holderOf(deps, bearerToken(sender.authorization), sender.language),
    async ({ body: { answers } }, held) => {
      return json(200, { status: await answerNeeds(deps, held, isEmpty(answers) ? 'nothing' : 'anew', answers) });
    },
  );

export const addNeeds = (deps: NeedsFormDeps): Guarded<typeof NEEDS_ROUTES.addNeeds> =>
  guarded(
    (sender) => holderOf(deps, bearerToken(sender.authorization), sender.language),
    async ({ body: { answers } }, held) => json(200, { status: await answerNeeds(deps, held, 'add', answers) }),
  );

type NeedsDeps = Needs<'changes' | 'registrations' | 'system' | 'tables'>;

/** Each lost race means that the registration was changed at the same moment. */
const MOST_RACES = 4;

export type NeedsKept = 'kept' | 'nothing';

/** To what was said before, in its place, or that nothing is needed, whatever the event requires an answer to. */
export type NeedsChange = 'add' | 'anew' | 'nothing';

/**
 * Keeps what an attendee says of their needs. What was kept is not read for it: a holder of the link learns nothing of it
 * (AU4). That they answered is written with the registration each time, whatever they said.
 *
 * @throws ProblemError `not-found` where nothing is asked, `not-amendable`, or `link-replaced` when another attendee has the
 *   registration by now; InvalidInputError for fields that have to change
 */
export async function answerNeeds(
  deps: NeedsDeps,
  held: RegistrationWithEvent,
  how: NeedsChange,
  sent: CareAnswers,
): Promise<NeedsKept> {
  const { event } = held;
  let { registration } = held;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    requireAsked(deps, event, registration);
    const answers = how === 'nothing' ? {} : checked(event, registration, how, sent);
    if (await write(deps, event, registration, how, answers)) return how === 'nothing' ? 'nothing' : 'kept';
    const now = await deps.registrations.read(event.id, registration.reference);
    if (now?.linkVersion !== registration.linkVersion) throw new ProblemError('link-replaced');
    registration = now;
  }
  throw new BusyError();
}

const isEmpty = (answers: CareAnswers): boolean => Object.keys(answers).length === 0;

function checked(
  event: EventDefinition<string>,
  registration: Registration,
  how: NeedsChange,
  sent: CareAnswers,
): CareAnswers {
  const check = how === 'add' ? checkMoreNeeds : checkNeeds;
  const { answers, issues } = check(event, registration, sent);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const path = firstOf(event, registration);
  // A form that was sent by mistake deletes nothing.
  if (isEmpty(answers)) throw new InvalidInputError([{ path, code: 'no-need' }]);
  if (how === 'add' && !mayAdd(registration)) throw new InvalidInputError([{ path, code: 'needs-anew' }]);
  return answers;
}

const firstOf = (event: EventDefinition<string>, registration: Registration): string =>
  `answers.${needsAskedOf(event, registration)[0]?.id}`;

/**
 * While the registration is as it was read: it may have been cancelled, or be another's by now. Phones hear of it where there
 * begins or ends to be something to ask at a door.
 *
 * @returns whether it was
 */
async function write(
  { changes, system, tables }: NeedsDeps,
  event: EventDefinition<string>,
  before: Registration,
  how: NeedsChange,
  answers: CareAnswers,
): Promise<boolean> {
  const { care } = tables;
  const items: Readonly<Record<NeedsChange, () => TransactItem>> = {
    add: () => addCareNeeds(system, care, event, before, answers),
    anew: () => putCareNeeds(system, care, event, before, answers),
    nothing: () => deleteCareNeeds(care, before),
  };
  const said = needsFlag(event, answers).hasNeeds;
  const hasNeeds = how === 'add' ? (before.hasNeeds ?? said) : said;
  const after = changed(before, { hasNeeds, ...answeredNow(before, system.now()) }, system.now());
  return (await changes.change({ event, before, after, by: 'holder', messages: [], also: [items[how]()] })) === 'done';
}

/** @throws ProblemError where the event asks this person for nothing, or their place is gone */
export function requireAsked(deps: NeedsDeps, event: EventDefinition<string>, registration: Registration): void {
  if (needsAskedOf(event, registration).length === 0) throw new ProblemError('not-found');
  requireAmendable(registration, event, deps.system.now());
}
