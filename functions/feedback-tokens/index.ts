import { FEEDBACK_TOKEN_ROUTES } from '../../shared/feedback/token/feedback-tokens.routes.ts';
import { issueFeedbackToken } from '../../shared/feedback/token/issue-token.case.ts';
import { makeFeedbackPass } from '../../shared/feedback/token/make-pass.case.ts';
import { postMyFeedback, showMyFeedback } from '../../shared/feedback/token/own-pages.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemPage } from '../../shared/kernel/http/problem-page.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { realDeps } from './deps.ts';

/** Says that people attended, and sees no answer. */
export const handler = httpHandler<RoutesOf<'feedback-tokens'>>(
  FEEDBACK_TOKEN_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showMyFeedback: showMyFeedback(deps),
      postMyFeedback: postMyFeedback(deps),
      makeFeedbackPass: makeFeedbackPass(deps),
      issueFeedbackToken: issueFeedbackToken(deps),
    };
  },
  problemPage,
);
