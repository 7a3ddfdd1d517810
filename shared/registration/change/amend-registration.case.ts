import { amendPage } from '../../../web/site/registration/amend-page.ts';
import { formValues } from '../../../web/site/registration/form-values.ts';
import type { EventDefinition } from '../../event/event.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { json, page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { formAmendment } from '../apply/form-submission.ts';
import type { Amended } from '../apply/submission.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { bearerToken, holderOf } from '../holder-of.case.ts';
import { signedView } from '../link/signed-view.case.ts';
import type { Registration } from '../registration.schema.ts';
import { amend, amendableEvent } from './amend.case.ts';
import type { Amendment } from './amendment.schema.ts';
import { requireAmendable } from './require-amendable.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'signer' | 'system'>;

export const amendRegistration = (deps: Deps): Guarded<typeof ATTENDEE_ROUTES.amendRegistration> =>
  guarded(
    (sender) => holderOf(deps, bearerToken(sender.authorization), sender.language),
    async ({ headers, body }, held) => {
      const token = bearerToken(headers.authorization);
      const registration = await amend(deps, held, (before, event) => merged(before, event, body));
      return json(200, await signedView(deps, { ...held, registration }, token));
    },
  );

/** The form with everything that is there. */
export const showAmend =
  (deps: Deps): Handle<typeof ATTENDEE_ROUTES.showAmend> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    requireAmendable(registration, event, deps.system.now());
    const t = siteWords(language);
    const form = { values: formValues(registration, event), problems: [] };
    return page(amendPage({ ...form, registration, event: amendableEvent(event), language, t, path }));
  };

/** Back to the holder's page, or the form again with all that was typed and what has to change. */
export const postAmend = (deps: Deps): Guarded<typeof ATTENDEE_ROUTES.postAmend> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body: fields, language, path }, held) => {
      const event = amendableEvent(held.event);
      const change = async () => {
        await amend(deps, held, (before) => withGivenConsents(before, event, formAmendment(event, fields)));
        return seeOther(`/m/${token}?lang=${language}&done=amend`);
      };
      const localised = async () => ({ event, language: held.language });
      const { registration } = held;
      return orFormAgain(change, fields, localised, (form) => amendPage({ ...form, registration, path }));
    },
  );

/** What is left out stays as it is, as far as the event still asks for it. */
export function merged(before: Registration, event: EventDefinition<string>, sent: Amendment): Amended {
  const among = <T>(named: readonly { readonly id: string }[], values: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(values).filter(([id]) => named.some((each) => each.id === id)));
  return {
    ...before,
    ...(before.badgeName === before.fullName && { badgeName: '' }),
    ...sent,
    answers: { ...among(event.questions, before.answers), ...sent.answers },
    consents: sent.consents ?? among(event.consents, before.consents),
  };
}

/** The form asks only for what may be withdrawn, or was given to other words. */
function withGivenConsents(before: Registration, event: EventDefinition<string>, sent: Amended): Amended {
  const given = event.consents.filter((consent) => consent.required && before.consents[consent.id] === consent.version);
  return {
    ...sent,
    consents: { ...sent.consents, ...Object.fromEntries(given.map(({ id, version }) => [id, version])) },
  };
}
