import { findPage } from '../../../web/site/registration/find-page.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { json, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { REGISTRATION_ROUTES } from '../registration.routes.ts';
import { recover } from './recover.case.ts';

type Deps = Needs<'events' | 'secrets' | 'sender' | 'submissions' | 'system'>;

export const recoverLink =
  (deps: Deps): Handle<typeof REGISTRATION_ROUTES.recoverLink> =>
  async ({ params: { eventId }, body: { email, proof }, language }) => {
    await recover(deps, { eventId, language, email, proof });
    const t = siteWords(language);
    return json(202, { status: 'accepted', email, sender: deps.sender, nextStep: t('find.sent.text') });
  };

/** The form of "find my registration": on to what happens next, or the form again. */
export const postFind =
  (deps: Deps): Handle<typeof REGISTRATION_ROUTES.postFind> =>
  async ({ params: { eventId }, body, language, path }) => {
    const [email] = body.email;
    const send = async () => {
      await recover(deps, { eventId, language, email, proof: body.proof?.[0], byMail: body.byMail !== undefined });
      return seeOther(`${path}?lang=${language}&sent=yes`);
    };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(send, { email: [email] }, localised, (form) => findPage({ ...form, path }));
  };
