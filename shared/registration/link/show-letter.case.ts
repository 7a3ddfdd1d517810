import { letterPage } from '../../../web/site/registration/letter-page.ts';
import { asHeld, isCalledOff } from '../../event/event-standing.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { page } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { holderOf } from '../holder-of.case.ts';

type Deps = Needs<'registrations' | 'secrets' | 'system'>;

/** Written anew whenever it is looked at, as the registration stands; nothing of it is kept. */
export const showLetter =
  (deps: Deps): Handle<typeof ATTENDEE_ROUTES.showLetter> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration: held, event, language } = await holderOf(deps, token, wanted);
    const registration = asHeld(event, held);
    if (registration.status !== 'confirmed' || isCalledOff(event)) throw new ProblemError('no-letter');
    const t = siteWords(language);
    return page(letterPage({ registration, event, language, t, path, now: deps.system.now() }));
  };
