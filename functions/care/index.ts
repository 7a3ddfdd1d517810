import { GUARDIAN_ROUTES } from '../../shared/contract/routes/guardian.ts';
import { httpHandler } from '../../shared/http/handler.ts';
import { problemAnswer } from '../../web/site/problem-answer.ts';
import { giveConsent, postConsent, showConsent } from './consent.ts';
import { realDeps } from './deps.ts';
import { postReport, showReport } from './report.ts';

/** Who may read `Care`: guardians' consent, and reports about children. */
export const handler = httpHandler<'care'>(
  GUARDIAN_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showConsent: showConsent(deps),
      postConsent: postConsent(deps),
      giveConsent: giveConsent(deps),
      showReport: showReport(deps),
      postReport: postReport(deps),
    };
  },
  problemAnswer,
);
