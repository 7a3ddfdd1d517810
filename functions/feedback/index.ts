import { FEEDBACK_ROUTES } from '../../shared/feedback/answer/feedback.routes.ts';
import { postFeedbackForm } from '../../shared/feedback/answer/post-feedback.case.ts';
import { sendFeedback } from '../../shared/feedback/answer/send-feedback.case.ts';
import { showFeedbackForm, showFeedbackThanks } from '../../shared/feedback/form/show-form.case.ts';
import { getFeedbackKeys } from '../../shared/feedback/token/get-keys.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemPage } from '../../shared/kernel/http/problem-page.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { realDeps } from './deps.ts';

/** Takes answers from nobody in particular. */
export const handler = httpHandler<RoutesOf<'feedback'>>(
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
  problemPage,
);
