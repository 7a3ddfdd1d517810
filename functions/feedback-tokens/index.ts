import { FEEDBACK_TOKEN_ROUTES } from '../../shared/contract/routes/feedback-tokens.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemAnswer } from '../../web/site/kernel/problem-answer.ts';
import { realDeps } from './deps.ts';
import { issueFeedbackToken } from './issue-token.ts';
import { makeFeedbackPass } from './make-pass.ts';
import { postMyFeedback, showMyFeedback } from './own-pages.ts';

/** Says that people attended, and sees no answer. */
export const handler = httpHandler<'feedback-tokens'>(
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
  problemAnswer,
);
