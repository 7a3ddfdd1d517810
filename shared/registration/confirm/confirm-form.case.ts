import type { FormValues } from '../../../web/site/kernel/form/fields.ts';
import { registerPath } from '../../../web/site/kernel/links.ts';
import { confirmedPage, confirmPage } from '../../../web/site/registration/confirm-page.ts';
import { formValues } from '../../../web/site/registration/form-values.ts';
import { registerPage } from '../../../web/site/registration/register-page.ts';
import { withoutNeeds } from '../../event/questions.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { PROBLEMS } from '../../kernel/http/problem.schema.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { requireOpen } from '../apply/require-open.ts';
import type { REGISTRATION_ROUTES } from '../registration.routes.ts';
import { confirm } from './confirm.case.ts';
import { formOf, type HeldForm } from './form-of.case.ts';

type Deps = Needs<'changes' | 'events' | 'secrets' | 'sender' | 'submissions' | 'system' | 'tables' | 'unconfirmed'>;

/** What was sent, and a button; opening it changes nothing: mail scanners follow links. */
export const showConfirm =
  (deps: Deps): Handle<typeof REGISTRATION_ROUTES.showConfirm> =>
  async ({ params: { token }, language, path }) => {
    const held = await formOf(deps, token, language);
    if (held.form.application !== undefined) requireOpen(held.event, deps.system.now());
    return page(shown(deps, held, path));
  };

/** On to what happens next; or the form again, with everything in it, where something does not fit any more. */
export const postConfirm = (deps: Deps): Guarded<typeof REGISTRATION_ROUTES.postConfirm> =>
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

function shown(deps: Deps, { form, event, language }: HeldForm, path: string, isChanged = false): string {
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
