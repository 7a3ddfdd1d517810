import { ProblemError } from '../../shared/errors.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { json, page, seeOther } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { findPage } from '../../web/site/find-page.ts';
import type { Deps } from './deps.ts';
import { recover } from './recover.ts';
import { isRefusal, refusedForm, statusOf } from './refused-form.ts';

export const recoverLink =
  (deps: Deps): Handle<'recoverLink'> =>
  async ({ params: { eventId }, body: { email, proof }, language }) => {
    await recover(deps, { eventId, language, email, proof });
    const t = translator(SITE, language);
    return json(202, { status: 'accepted', email, sender: deps.sender, nextStep: t('find.sent.text') });
  };

/** The form of "find my registration": on to what happens next, or the form again. */
export const postFind =
  (deps: Deps): Handle<'postFind'> =>
  async ({ params: { eventId }, body, language, path }) => {
    const [email] = body.email;
    try {
      await recover(deps, { eventId, language, email, proof: body.proof?.[0] });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const localised = await deps.events.readEvent(eventId, language);
      if (localised === undefined) throw new ProblemError('unknown-event');
      const t = translator(SITE, localised.language);
      const form = { values: { email: [email] }, ...refusedForm(error, t) };
      return page(findPage({ ...localised, ...form, t, path }), statusOf(error));
    }
    return seeOther(`${path}?lang=${language}&sent=yes`);
  };
