import { FEEDBACK_ROUTES } from '../../shared/contract/routes/feedback.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemAnswer } from '../../web/site/kernel/problem-answer.ts';
import { realDeps } from './deps.ts';
import { getFeedbackKeys } from './get-keys.ts';
import { postFeedbackForm } from './post-form.ts';
import { sendFeedback } from './send-feedback.ts';
import { showFeedbackForm, showFeedbackThanks } from './show-form.ts';

/** Takes answers from nobody in particular. */
export const handler = httpHandler<'feedback'>(
  FEEDBACK_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showFeedbackForm: showFeedbackForm(deps),
      postFeedbackForm: postFeedbackForm(deps),
      showFeedbackThanks: showFeedbackThanks(deps),
      getFeedbackKeys: getFeedbackKeys(deps),
      sendFeedback: sendFeedback(deps),
    };
  },
  problemAnswer,
);
