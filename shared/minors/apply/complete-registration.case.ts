import { completePage } from '../../../web/site/minors/complete-page.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { formAmendment } from '../../registration/apply/form-submission.ts';
import { holderOf } from '../../registration/holder-of.case.ts';
import { guardianStep } from '../young.ts';
import { complete } from './complete.case.ts';
import type { YOUNG_ROUTES } from './young-person.routes.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/** The rest of the questions, for someone under 18 whose guardian has agreed. */
export const showComplete =
  (deps: Deps): Handle<typeof YOUNG_ROUTES.showComplete> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    // What they wait for, or what became of it, is said there.
    if (guardianStep(registration) !== 'agreed') return seeOther(`/m/${token}?lang=${language}`);
    const t = siteWords(language);
    const values = { fullName: [registration.fullName] };
    return page(completePage({ event, language, t, path, values, problems: [] }));
  };

/** On to the holder's page, or the form again with all that was typed and what has to change. */
export const postComplete = (deps: Deps): Guarded<typeof YOUNG_ROUTES.postComplete> =>
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
