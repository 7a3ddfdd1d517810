import { FEEDBACK_RESULTS_ROUTES } from '../../shared/contract/routes/organiser/feedback-results.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { changeForm } from './change-form.ts';
import { realDeps } from './deps.ts';
import { exportFeedback } from './export.ts';
import { listFeedback } from './overview.ts';
import { showFeedback } from './results.ts';
import { exportFeedbackTexts, listFeedbackTexts } from './texts.ts';

/** What those who run an event see of feedback, and decide about it. */
export const handler = httpHandler<'feedback-results'>(FEEDBACK_RESULTS_ROUTES, () => {
  const deps = realDeps();
  return permitted<'feedback-results'>(FEEDBACK_RESULTS_ROUTES, deps.roles, {
    listFeedback: listFeedback(deps),
    showFeedback: showFeedback(deps),
    exportFeedback: exportFeedback(deps),
    listFeedbackTexts: listFeedbackTexts(deps),
    exportFeedbackTexts: exportFeedbackTexts(deps),
    changeForm: changeForm(deps),
  });
});
