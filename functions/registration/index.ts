import { REGISTRATION_ROUTES } from '../../shared/contract/routes/registration.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemAnswer } from '../../web/site/kernel/problem-answer.ts';
import { realDeps } from './deps.ts';
import { postForm } from './post-form.ts';
import { postYoungForm } from './post-young-form.ts';
import { postFind, recoverLink } from './recover-link.ts';
import { submitRegistration } from './submit-registration.ts';
import { postConfirm, showConfirm } from './unconfirmed/confirm-form.ts';

/** Registering, confirming what came by mail, and having the link sent again. */
export const handler = httpHandler<'registration'>(
  REGISTRATION_ROUTES,
  () => {
    const deps = realDeps();
    return {
      postForm: postForm(deps),
      postYoungForm: postYoungForm(deps),
      submitRegistration: submitRegistration(deps),
      showConfirm: showConfirm(deps),
      postConfirm: postConfirm(deps),
      recoverLink: recoverLink(deps),
      postFind: postFind(deps),
    };
  },
  problemAnswer,
);
