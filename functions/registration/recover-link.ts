import { orFormAgain } from '../../shared/kernel/http/form-again.case.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { json, seeOther } from '../../shared/kernel/http/reply.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { findPage } from '../../web/site/find-page.ts';
import type { Deps } from './deps.ts';
import { recover } from './recover.ts';

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
    const send = async () => {
      await recover(deps, { eventId, language, email, proof: body.proof?.[0], byMail: body.byMail !== undefined });
      return seeOther(`${path}?lang=${language}&sent=yes`);
    };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(send, { email: [email] }, localised, (form) => findPage({ ...form, path }));
  };
