import { delegationSentPage, delegationStartPage } from '../../web/site/delegation/start-page.ts';
import { ProblemError } from '../kernel/errors.ts';
import { orFormAgain } from '../kernel/http/form-again.case.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { page, seeOther } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { requireOpen } from '../registration/apply/require-open.ts';
import type { DELEGATION_ROUTES } from './delegation.routes.ts';
import { start } from './start.case.ts';

type Deps = Needs<'events' | 'rosters' | 'secrets' | 'sender' | 'submissions' | 'system'>;

export const showDelegationStart =
  (deps: Deps): Handle<typeof DELEGATION_ROUTES.showDelegationStart> =>
  async ({ params: { eventId }, query: { sent }, language: wanted, path }) => {
    const localised = await deps.events.readEvent(eventId, wanted);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const { event, language } = localised;
    const common = { event, language, t: siteWords(language), path };
    if (sent !== undefined) return page(delegationSentPage({ ...common, sender: deps.sender }));
    requireOpen(event, deps.system.now());
    return page(delegationStartPage({ ...common, values: { language: [language] }, problems: [] }));
  };

/** On to what happens next, or the form again. */
export const postDelegationStart =
  (deps: Deps): Handle<typeof DELEGATION_ROUTES.postDelegationStart> =>
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
