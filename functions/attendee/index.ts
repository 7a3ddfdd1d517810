import { ATTENDEE_ROUTES } from '../../shared/contract/routes/attendee.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemAnswer } from '../../web/site/kernel/problem-answer.ts';
import { amendRegistration, postAmend, showAmend } from './amend-registration.ts';
import { cancelRegistration } from './cancel-registration.ts';
import { realDeps } from './deps.ts';
import { postJoin, showJoin } from './join.ts';
import { postOnline, showOnline } from './online-instead.ts';
import { postRegistration } from './press-button.ts';
import { showCancel } from './show-cancel.ts';
import { showLetter } from './show-letter.ts';
import { getRegistration, showRegistration } from './show-registration.ts';
import { postUnsubscribe, showUnsubscribe } from './unsubscribe.ts';

/** What the holder of a registration's link may do with it, but for what is kept apart from it. */
export const handler = httpHandler<'attendee'>(
  ATTENDEE_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showRegistration: showRegistration(deps),
      postRegistration: postRegistration(deps),
      getRegistration: getRegistration(deps),
      amendRegistration: amendRegistration(deps),
      showAmend: showAmend(deps),
      postAmend: postAmend(deps),
      cancelRegistration: cancelRegistration(deps),
      showCancel: showCancel(deps),
      showOnline: showOnline(deps),
      postOnline: postOnline(deps),
      showUnsubscribe: showUnsubscribe(deps),
      postUnsubscribe: postUnsubscribe(deps),
      showLetter: showLetter(deps),
      showJoin: showJoin(deps),
      postJoin: postJoin(deps),
    };
  },
  problemAnswer,
);
