import { ProblemError } from '../../shared/kernel/errors.ts';
import { orFormAgain } from '../../shared/kernel/http/form-again.case.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { page, seeOther } from '../../shared/kernel/http/reply.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { requireOpen } from '../../shared/registration/apply/require-open.ts';
import { delegationSentPage, delegationStartPage } from '../../web/site/delegation/start-page.ts';
import type { Deps } from './deps.ts';
import { start } from './start.ts';

export const showDelegationStart =
  (deps: Deps): Handle<'showDelegationStart'> =>
  async ({ params: { eventId }, query: { sent }, language: wanted, path }) => {
    const localised = await deps.events.readEvent(eventId, wanted);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const { event, language } = localised;
    const common = { event, language, t: translator(SITE, language), path };
    if (sent !== undefined) return page(delegationSentPage({ ...common, sender: deps.sender }));
    requireOpen(event, deps.system.now());
    return page(delegationStartPage({ ...common, values: { language: [language] }, problems: [] }));
  };

/** On to what happens next, or the form again. */
export const postDelegationStart =
  (deps: Deps): Handle<'postDelegationStart'> =>
  async ({ params: { eventId }, body, language, path }) => {
    const [email] = body.email;
    const [mailLanguage] = body.language;
    const send = async () => {
      await start(deps, {
        eventId,
        language,
        email,
        mailLanguage,
        proof: body.proof?.[0],
        byMail: body.byMail !== undefined,
      });
      return seeOther(`${path}?lang=${language}&sent=yes`);
    };
    const values = { email: [email], language: [mailLanguage] };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(send, values, localised, (form) => delegationStartPage({ ...form, path }));
  };
