import { asHeld, isCalledOff } from '../../shared/event/event-standing.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { page } from '../../shared/kernel/http/reply.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { holderOf } from '../../shared/registering/holder-of.ts';
import { letterPage } from '../../web/site/letter-page.ts';
import type { Deps } from './deps.ts';

/** Written anew whenever it is looked at, as the registration stands; nothing of it is kept. */
export const showLetter =
  (deps: Deps): Handle<'showLetter'> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration: held, event, language } = await holderOf(deps, token, wanted);
    const registration = asHeld(event, held);
    if (registration.status !== 'confirmed' || isCalledOff(event)) throw new ProblemError('no-letter');
    const t = translator(SITE, language);
    return page(letterPage({ registration, event, language, t, path, now: deps.system.now() }));
  };
