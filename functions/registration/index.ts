import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemPage } from '../../shared/kernel/http/problem-page.case.ts';
import { postYoungForm } from '../../shared/minors/apply/post-young-form.case.ts';
import { registerMinor } from '../../shared/minors/apply/register-minor.case.ts';
import { postForm } from '../../shared/registration/apply/post-form.case.ts';
import { submitRegistration } from '../../shared/registration/apply/submit-registration.case.ts';
import { postConfirm, showConfirm } from '../../shared/registration/confirm/confirm-form.case.ts';
import { postFind, recoverLink } from '../../shared/registration/link/recover-link.case.ts';
import { REGISTRATION_ROUTES } from '../../shared/registration/registration.routes.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { realDeps } from './deps.ts';

/** Registering, confirming what came by mail, and having the link sent again. */
export const handler = httpHandler<RoutesOf<'registration'>>(
  REGISTRATION_ROUTES,
  () => {
    const deps = realDeps();
    return {
      postForm: postForm(deps),
      postYoungForm: postYoungForm(deps),
      submitRegistration: submitRegistration(deps, (request) => registerMinor(deps, request)),
      showConfirm: showConfirm(deps),
      postConfirm: postConfirm(deps),
      recoverLink: recoverLink(deps),
      postFind: postFind(deps),
    };
  },
  problemPage,
);
