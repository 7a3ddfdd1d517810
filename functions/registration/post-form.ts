import { ProblemError } from '../../shared/errors.ts';
import type { FormFields } from '../../shared/http/body.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { page, type Reply, seeOther } from '../../shared/http/reply.ts';
import { thanksCookie } from '../../shared/http/thanks-cookie.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { registerPage } from '../../web/site/register-page.ts';
import type { Deps } from './deps.ts';
import { formSubmission } from './form-submission.ts';
import { isRefusal, type Refusal, refusedForm, statusOf } from './refused-form.ts';
import { submit } from './submit.ts';

/** The HTML form: on to the thanks page, or the form again with all that was typed and what has to change. */
export const postForm =
  (deps: Deps): Handle<'postForm'> =>
  async ({ params: { eventId }, body, language, path }) => {
    // Until guardians can consent, nothing that someone under 18 typed is kept, or even looked at.
    if (body['ageBand']?.[0] === 'minor') throw new ProblemError('minors-later', { eventId });
    const { proof, ...fields } = body;
    const email = fields['email']?.[0] ?? '';
    try {
      await submit(deps, {
        eventId,
        language,
        email,
        code: fields['invitation']?.[0],
        identity: JSON.stringify(fields),
        proof: proof?.[0],
        submissionFor: (event) => formSubmission(event, fields),
      });
    } catch (error) {
      if (isRefusal(error)) return formAgain(deps, { eventId, language, path, fields, error });
      throw error;
    }
    return seeOther(`/e/${eventId}/thanks?lang=${language}`, [thanksCookie(eventId, email)]);
  };

interface Refused {
  readonly eventId: string;
  readonly language: string;
  readonly path: string;
  readonly fields: FormFields;
  readonly error: Refusal;
}

async function formAgain(deps: Deps, { eventId, language, path, fields, error }: Refused): Promise<Reply> {
  const localised = await deps.events.readEvent(eventId, language);
  if (localised === undefined) throw new ProblemError('unknown-event');
  const t = translator(SITE, localised.language);
  return page(registerPage({ ...localised, ...refusedForm(error, t), t, path, values: fields }), statusOf(error));
}
