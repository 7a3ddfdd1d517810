import { questionsFor } from '../../shared/domain/feedback/answers.ts';
import { answersIn } from '../../shared/http/feedback-fields.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import { orFormAgain } from '../../shared/kernel/http/form-again.case.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { seeOther } from '../../shared/kernel/http/reply.ts';
import { feedbackPage } from '../../web/site/feedback/feedback-page.ts';
import type { Deps } from './deps.ts';
import { PROOF, proofIn } from './form-fields.ts';
import { openForm } from './open-form.ts';
import { signedFor, take } from './take.ts';

/** The HTML form: on to the thanks, or the form again with all that was typed, its token still good. */
export const postFeedbackForm =
  (deps: Deps): Handle<'postFeedbackForm'> =>
  async ({ params, body: fields, language: wanted, path }) => {
    const found = await openForm(deps, params, wanted);
    const { form, language } = found;
    const proof = proofIn(fields);
    if (proof === undefined) throw new ProblemError('token-not-valid', { eventId: params.eventId });
    const answer = async () => {
      await take(deps, found, proof, answersIn(form, fields, PROOF));
      return seeOther(`${path}/thanks?lang=${language}`);
    };
    let isYoung = false;
    const showAgain = async () => {
      isYoung = (await signedFor(deps, found, proof)) === 'young';
      return found;
    };
    return orFormAgain(answer, fields, showAgain, ({ event, t, values, problems }) => {
      // Whoever may not answer in words cannot do away with a field for them, which would be refused again and again.
      const asked = { ...form, questions: questionsFor(form.questions, { isYoung }) };
      return feedbackPage({ event, form: asked, language, t, path, values, problems, proof, isYoung });
    });
  };
