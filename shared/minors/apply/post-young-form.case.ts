import { youngFormPage } from '../../../web/site/minors/young-form-page.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { seeOther } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { thanksCookie } from '../../registration/apply/thanks-cookie.ts';
import { givenFields, sentGuardian } from '../consent/guardian-fields.ts';
import { registerMinor } from './register-minor.case.ts';

type Deps = Needs<'changes' | 'events' | 'secrets' | 'submissions' | 'system' | 'tables'>;

/** The short form for people under 18: on to the thanks page, or the form again with what has to change. */
export const postYoungForm =
  (deps: Deps): Handle<'postYoungForm'> =>
  async ({ params: { eventId }, body, language, path }) => {
    const { proof, byMail, ...fields } = body;
    const field = (name: 'name' | 'email' | 'language'): string => fields[name]?.[0] ?? '';
    const guardian = sentGuardian(fields);
    const { onPaper = false } = guardian;
    const sent = { name: field('name'), email: field('email'), language: field('language'), guardian };
    const ask = async () => {
      await registerMinor(deps, {
        eventId,
        language,
        sent,
        identity: JSON.stringify(sent),
        proof: proof?.[0],
        byMail: byMail !== undefined,
      });
      return seeOther(`/e/${eventId}/thanks?lang=${language}&sent=${onPaper ? 'paper' : 'young'}`, [
        thanksCookie(eventId, sent.email),
      ]);
    };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(ask, givenFields(fields), localised, (form) => youngFormPage({ ...form, path }));
  };
