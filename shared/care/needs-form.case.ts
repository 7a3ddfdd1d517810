import { carePage } from '../../web/site/care/care-page.ts';
import { orFormAgain } from '../kernel/http/form-again.case.ts';
import { guarded, linkToken } from '../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../kernel/http/handler.case.ts';
import { json, page, seeOther } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { formNeeds } from '../registration/apply/form-submission.ts';
import { bearerToken, holderOf } from '../registration/holder-of.case.ts';
import type { NEEDS_ROUTES } from './care-needs.routes.ts';
import { needsAskedOf } from './care-needs.ts';
import { type Kept, replace, requireAsked } from './needs.case.ts';

type Deps = Needs<'changes' | 'needs' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/** Always empty: whoever else has the link learns nothing of what was said (AU4). */
export const showNeeds =
  (deps: Deps): Handle<typeof NEEDS_ROUTES.showNeeds> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    requireAsked(deps, event, registration);
    const t = siteWords(language);
    const questions = needsAskedOf(event, registration);
    return page(carePage({ event, questions, language, t, path, values: {}, problems: [] }));
  };

const DONE: Readonly<Record<Kept, string>> = { kept: 'care', nothing: 'no-care' };

/** Back to the holder's page, or the form again with what was typed just now and what has to change. */
export const postNeeds = (deps: Deps): Guarded<typeof NEEDS_ROUTES.postNeeds> =>
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

export const replaceNeeds = (deps: Deps): Guarded<typeof NEEDS_ROUTES.replaceNeeds> =>
  guarded(
    (sender) => holderOf(deps, bearerToken(sender.authorization), sender.language),
    async ({ body: { answers } }, held) => {
      const isNothing = Object.keys(answers).length === 0;
      return json(200, { status: await replace(deps, held, isNothing ? 'nothing' : answers) });
    },
  );
