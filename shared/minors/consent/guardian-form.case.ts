import { changeGuardianPage } from '../../../web/site/minors/guardian-page.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isCodeOpen } from '../../registration/guardian-change.ts';
import { holderOf } from '../../registration/holder-of.case.ts';
import type { YOUNG_ROUTES } from '../apply/young-person.routes.ts';
import { changeGuardian, mailGuardianCode, requireUnanswered } from './change-guardian.case.ts';
import { givenFields, sentGuardian } from './guardian-fields.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables' | 'young'>;

/** Where someone under 18 says who else is to be asked: a code first, then whom. Never who was asked so far (AU4). */
export const showGuardian =
  (deps: Deps): Handle<typeof YOUNG_ROUTES.showGuardian> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    requireUnanswered(registration);
    const hasCode = isCodeOpen(registration.guardianChange, deps.system.now());
    const t = siteWords(language);
    return page(changeGuardianPage({ event, language, t, path, hasCode, values: {}, problems: [] }));
  };

/** The buttons of that page: back to it once a code is on its way, to the holder's page once someone else is asked. */
export const postGuardian = (deps: Deps): Guarded<typeof YOUNG_ROUTES.postGuardian> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body, path }, held) => {
      const { event, language } = held;
      const { action, code, ...fields } = body;
      const answer = async () => {
        if (action?.[0] === 'code') {
          await mailGuardianCode(deps, held);
          return seeOther(`${path}?lang=${language}`);
        }
        await changeGuardian(deps, held, { code: code?.[0] ?? '', guardian: sentGuardian(fields) });
        return seeOther(`/m/${token}?lang=${language}&done=guardian`);
      };
      const localised = async () => ({ event, language });
      const values = givenFields({ ...fields, code });
      return orFormAgain(answer, values, localised, (form) => changeGuardianPage({ ...form, path, hasCode: true }));
    },
  );
