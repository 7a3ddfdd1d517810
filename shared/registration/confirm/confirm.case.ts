import type { FormValues } from '../../../web/site/kernel/form.ts';
import { registerPath } from '../../../web/site/kernel/links.ts';
import { confirmedPage, confirmPage } from '../../../web/site/registration/confirm-page.ts';
import { formValues } from '../../../web/site/registration/form-values.ts';
import { registerPage } from '../../../web/site/registration/register-page.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { withoutNeeds } from '../../event/questions.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { PROBLEMS } from '../../kernel/http/problem.schema.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { offeringTo } from '../../kernel/text/countries.ts';
import { settleEntry } from '../apply/register.case.ts';
import { requireOpen } from '../apply/require-open.ts';
import { checkSubmission } from '../apply/submission.ts';
import { hashAddress } from '../hashes.store.ts';
import type { REGISTRATION_ROUTES } from '../registration.routes.ts';
import { isProvenConfirm, parseConfirmToken, putUnconfirmed } from './unconfirmed.store.ts';
import { confirmedForm, isFormLive } from './unconfirmed.ts';
import type { UnconfirmedForm } from './unconfirmed-item.schema.ts';

type ConfirmFormDeps = Needs<
  'changes' | 'events' | 'secrets' | 'sender' | 'submissions' | 'system' | 'tables' | 'unconfirmed'
>;

/** What was sent, and a button; opening it changes nothing: mail scanners follow links. */
export const showConfirm =
  (deps: ConfirmFormDeps): Handle<typeof REGISTRATION_ROUTES.showConfirm> =>
  async ({ params: { token }, language, path }) => {
    const held = await formOf(deps, token, language);
    if (held.form.application !== undefined) requireOpen(held.event, deps.system.now());
    return page(shown(deps, held, path));
  };

/** On to what happens next; or the form again, with everything in it, where something does not fit any more. */
export const postConfirm = (deps: ConfirmFormDeps): Guarded<typeof REGISTRATION_ROUTES.postConfirm> =>
  guarded(
    (sender) => formOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body, language, path }, held) => {
      const { event } = held;
      const answer = async () => {
        if ((await confirm(deps, held, body.edition[0])) === 'done') return seeOther(`${path}?lang=${held.language}`);
        return page(shown(deps, await formOf(deps, token, language), path, true), PROBLEMS['out-of-date']);
      };
      const localised = async () => ({ event, language: held.language });
      return orFormAgain(answer, valuesOf(held), localised, (form) =>
        registerPage({ ...form, path: registerPath(event.id) }),
      );
    },
  );

function shown(deps: ConfirmFormDeps, { form, event, language }: HeldForm, path: string, isChanged = false): string {
  const { application, edition, until } = form;
  const common = { event, language, t: siteWords(language), path };
  if (application === undefined) return confirmedPage({ ...common, sender: deps.sender });
  return confirmPage({ ...common, application, edition, until, isChanged });
}

/** As the form would have sent it. A code is kept only as a hash: it is typed again. */
const valuesOf = ({ form: { application }, event }: HeldForm): FormValues =>
  application === undefined
    ? {}
    : { ...formValues(application, withoutNeeds(event)), ageBand: ['adult'], email: [application.email] };

/**
 * Enters what was sent, by the rules as they are now and as any form is entered: for a seat, a place in the waiting list or a
 * decision; or tells the holder of the address that they are registered already. Confirming twice succeeds twice.
 *
 * @param edition of what was looked at
 * @returns `changed` where something else has been sent for the same address since then: nothing is done
 * @throws ProblemError once registration has closed, InvalidInputError for what does not fit any more, such as an
 *   invitation code that was used up
 */
async function confirm(
  deps: Needs<'changes' | 'secrets' | 'submissions' | 'system' | 'tables' | 'unconfirmed'>,
  { form, event, language }: HeldForm,
  edition: string,
): Promise<'done' | 'changed'> {
  const { eventId, application, codeHash } = form;
  if (application === undefined) return 'done';
  if (form.edition !== edition) return 'changed';
  const now = deps.system.now();
  requireOpen(event, now);
  // What was offered when they sent it, they may have.
  const asked = offeringTo(withoutNeeds(event), application);
  const result = checkSubmission(asked, { ...application, ageBand: 'adult' }, 'adult', {
    sessions: application.sessions,
  });
  if ('issues' in result) throw new InvalidInputError(result.issues);
  const addressHash = await hashAddress(deps.secrets, eventId, application.email);
  const { standing } = await deps.submissions.read({ eventId, language, addressHash, codeHash });
  const entry = {
    event,
    application: result.application,
    care: {},
    invitationCode: codeHash !== undefined,
    proven: 'mail' as const,
    pass: undefined,
    addressHash,
    requestHash: form.request,
    along: () => [putUnconfirmed(deps.tables.registry, form, confirmedForm(form, now))],
  };
  if ((await settleEntry(deps, entry, standing)) === 'done') return 'done';
  const current = await deps.unconfirmed.read(eventId, form.id);
  return current?.edition === edition && current.confirmedAt !== undefined ? 'done' : 'changed';
}

/** A form that a link opens for its holder, with its event. */
interface HeldForm extends LocalisedEvent {
  readonly form: UnconfirmedForm;
}

/** @throws ProblemError `confirm-link-not-valid`, the same for a broken, forged or expired link */
async function formOf(
  deps: Needs<'events' | 'secrets' | 'system' | 'unconfirmed'>,
  token: string,
  language: string,
): Promise<HeldForm> {
  const claim = parseConfirmToken(token);
  if (claim === undefined) throw new ProblemError('confirm-link-not-valid');
  const [form, localised] = await Promise.all([
    deps.unconfirmed.read(claim.eventId, claim.id),
    deps.events.readEvent(claim.eventId, language),
  ]);
  const isProven = form && isFormLive(form, deps.system.now()) && (await isProvenConfirm(claim, form, deps.secrets));
  if (!form || !localised || !isProven) throw new ProblemError('confirm-link-not-valid');
  return { ...localised, form };
}
