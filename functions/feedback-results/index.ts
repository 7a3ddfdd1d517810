import { changeForm } from '../../shared/feedback/form/change-form.case.ts';
import { exportFeedback } from '../../shared/feedback/result/export.case.ts';
import { FEEDBACK_RESULTS_ROUTES } from '../../shared/feedback/result/feedback-results.routes.ts';
import { listFeedback } from '../../shared/feedback/result/overview.case.ts';
import { showFeedback } from '../../shared/feedback/result/results.case.ts';
import { exportFeedbackTexts, listFeedbackTexts } from '../../shared/feedback/result/texts.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { realDeps } from './deps.ts';

/** What those who run an event see of feedback, and decide about it. */
export const handler = httpHandler<RoutesOf<'feedback-results'>>(FEEDBACK_RESULTS_ROUTES, () => {
  const deps = realDeps();
  return permitted<RoutesOf<'feedback-results'>>(FEEDBACK_RESULTS_ROUTES, deps.roles, {
    listFeedback: listFeedback(deps),
    showFeedback: showFeedback(deps),
    exportFeedback: exportFeedback(deps),
    listFeedbackTexts: listFeedbackTexts(deps),
    exportFeedbackTexts: exportFeedbackTexts(deps),
    changeForm: changeForm(deps),
  });
});
