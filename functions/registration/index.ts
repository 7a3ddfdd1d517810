import { httpHandler } from '../../shared/http/handler.ts';
import { problemAnswer } from '../../web/site/problem-answer.ts';
import { cancelRegistration, postRegistration } from './cancel-registration.ts';
import { realDeps } from './deps.ts';
import { postJoin, showJoin } from './join.ts';
import { postForm } from './post-form.ts';
import { postFind, recoverLink } from './recover-link.ts';
import { getRegistration, showRegistration } from './show-registration.ts';
import { submitRegistration } from './submit-registration.ts';

/** Registering, and all that the holder of a registration may do with it. */
export const handler = httpHandler<'registration'>(() => {
  const deps = realDeps();
  return {
    postForm: postForm(deps),
    submitRegistration: submitRegistration(deps),
    recoverLink: recoverLink(deps),
    postFind: postFind(deps),
    showRegistration: showRegistration(deps),
    postRegistration: postRegistration(deps),
    getRegistration: getRegistration(deps),
    cancelRegistration: cancelRegistration(deps),
    showJoin: showJoin(deps),
    postJoin: postJoin(deps),
  };
}, problemAnswer);
