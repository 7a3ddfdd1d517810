import { feedbackPage } from '../../../web/site/feedback/feedback-page.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { seeOther } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { openForm } from '../form/open-form.case.ts';
import { questionsFor } from './answers.ts';
import type { FEEDBACK_ROUTES } from './feedback.routes.ts';
import { feedbackProof } from './feedback.schema.ts';
import { answersIn } from './feedback-fields.ts';
import { type FeedbackProof, signedFor, take } from './take.case.ts';

const PROOF = Object.keys(feedbackProof.shape);

/** The proof that a form came with; `undefined` where it has none, or no whole one. */
function proofIn(fields: FormFields): FeedbackProof | undefined {
  const sent = PROOF.map((name) => [name, fields[name]?.length === 1 ? fields[name][0] : undefined]);
  return feedbackProof.safeParse(Object.fromEntries(sent)).data;
}

type Deps = Needs<'box' | 'formsOf' | 'publicKeysOf' | 'system'>;

/** The HTML form: on to the thanks, or the form again with all that was typed, its token still good. */
export const postFeedbackForm =
  (deps: Deps): Handle<typeof FEEDBACK_ROUTES.postFeedbackForm> =>
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
