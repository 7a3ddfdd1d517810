import { completePage } from '../../../web/site/minors/young-form-page.ts';
import { careWrites } from '../../care/care.store.ts';
import { answeredWithForm, needsFlag } from '../../care/care-needs.ts';
import type { EventDefinition } from '../../event/event.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { formAmendment } from '../../registration/apply/form-submission.ts';
import { type Amended, checkSubmission } from '../../registration/apply/submission.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import { firstStatus } from '../../registration/decide/approval.ts';
import { holderOf } from '../../registration/holder-of.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { deletePendingAnswer } from '../consent/guardian.store.ts';
import { consentsInForce } from '../consent/guardian.ts';
import { guardianStep } from '../young.ts';
import type { YOUNG_ROUTES } from './young-person.routes.ts';

type CompleteRegistrationDeps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/** The rest of the questions, for a minor whose guardian has agreed. */
export const showComplete =
  (deps: CompleteRegistrationDeps): Handle<typeof YOUNG_ROUTES.showComplete> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    // What they wait for, or what became of it, is said there.
    if (guardianStep(registration) !== 'agreed') return seeOther(`/m/${token}?lang=${language}`);
    const t = siteWords(language);
    const values = { fullName: [registration.fullName] };
    return page(completePage({ event, language, t, path, values, problems: [] }));
  };

/** On to the holder's page, or the form again with all that was typed and what has to change. */
export const postComplete = (deps: CompleteRegistrationDeps): Guarded<typeof YOUNG_ROUTES.postComplete> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body: fields, path }, held) => {
      const { event, language } = held;
      const answer = async () => {
        await complete(deps, held, formAmendment(event, fields));
        return seeOther(`/m/${token}?lang=${language}`);
      };
      const localised = async () => ({ event, language });
      return orFormAgain(answer, fields, localised, (form) => completePage({ ...form, path }));
    },
  );

/**
 * Takes the answers of a minor whose guardian has agreed: with them they agree too, and approval, seat or
 * waiting list follow as for anyone (CS2). Sending twice succeeds twice; what was sent first stays.
 *
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-amendable` before the guardian has agreed; InvalidInputError for fields that have to change
 */
export async function complete(
  deps: Needs<'changes' | 'registrations' | 'system' | 'tables'>,
  { registration, event }: RegistrationWithEvent,
  sent: Amended,
): Promise<Registration> {
  if (registration.status !== 'pending-guardian') return registration;
  requireAgreed(registration);
  return changeRegistration(deps, event, registration, 'holder', ({ before, counters }) => {
    const { answerBy, guardianConsents } = before.minor ?? {};
    if (before.status !== 'pending-guardian' || answerBy === undefined || guardianConsents === undefined)
      return undefined;
    const { application, care } = judge(event, before, sent);
    const { behind, ...standing } = firstStatus(event, application, counters, deps.system.chance());
    const now = deps.system.now();
    const consents = consentsInForce(event, application.consents, guardianConsents);
    const waits = standing.status === 'waitlisted' && { waiting: { since: now.toISOString() } };
    const step = { minor: { ...before.minor, answerBy: undefined }, definitionVersion: event.version };
    const after = changed(
      before,
      {
        ...application,
        consents,
        ...standing,
        ...waits,
        ...step,
        ...needsFlag(event, care),
        ...answeredWithForm(event, application, now),
      },
      now,
    );
    return {
      after,
      behind,
      messages: [newMessage(deps.system, standing.status, after)],
      also: [
        deletePendingAnswer(deps.tables.registry, { ...before, answerBy }),
        ...careWrites(deps.system, deps.tables.care, event, before, care),
      ],
    };
  });
}

/** @throws ProblemError while the guardian has not agreed */
function requireAgreed(registration: Registration): void {
  if (guardianStep(registration) !== 'agreed') throw new ProblemError('not-amendable');
}

function judge(event: EventDefinition<string>, { email, language }: Registration, sent: Amended) {
  const result = checkSubmission(event, { ...sent, ageBand: 'minor', email, language }, 'minor');
  if ('issues' in result) throw new InvalidInputError(result.issues);
  return result;
}
