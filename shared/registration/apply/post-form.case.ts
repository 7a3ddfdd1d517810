import { registerPage } from '../../../web/site/registration/register-page.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { seeOther } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { formSubmission } from './form-submission.ts';
import { submit } from './submit.case.ts';
import { thanksCookie } from './thanks-cookie.ts';

type Deps = Needs<'changes' | 'events' | 'secrets' | 'submissions' | 'system' | 'tables' | 'unconfirmed'>;

/** The HTML form: on to the thanks page, or the form again with all that was typed and what has to change. */
export const postForm =
  (deps: Deps): Handle<'postForm'> =>
  async ({ params: { eventId }, body, language, path }) => {
    // Of what someone under 18 typed here nothing is kept, or even looked at: the short form asks for less.
    if (body['ageBand']?.[0] === 'minor') return seeOther(`${path}/young?lang=${language}`);
    const { proof, byMail, ...fields } = body;
    const email = fields['email']?.[0] ?? '';
    const register = async () => {
      const done = await submit(deps, {
        eventId,
        language,
        email,
        code: fields['invitation']?.[0],
        identity: JSON.stringify(fields),
        proof: proof?.[0],
        byMail: byMail !== undefined,
        submissionFor: (event) => formSubmission(event, fields),
      });
      const next = done === 'unconfirmed' ? '&sent=confirm' : '';
      return seeOther(`/e/${eventId}/thanks?lang=${language}${next}`, [thanksCookie(eventId, email)]);
    };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(register, fields, localised, (form) => registerPage({ ...form, path }));
  };
