import { ATTENDEE_ROUTES } from '../../shared/contract/routes/attendee.ts';
import { httpHandler } from '../../shared/http/handler.ts';
import { problemAnswer } from '../../web/site/problem-answer.ts';
import { amendRegistration, postAmend, showAmend } from './amend-registration.ts';
import { cancelRegistration } from './cancel-registration.ts';
import { postComplete, showComplete } from './complete-registration.ts';
import { realDeps } from './deps.ts';
import { postGuardian, showGuardian } from './guardian-form.ts';
import { postJoin, showJoin } from './join.ts';
import { postNeeds, replaceNeeds, showNeeds } from './needs-form.ts';
import { postOnline, showOnline } from './online-instead.ts';
import { postRegistration } from './press-button.ts';
import { showCancel } from './show-cancel.ts';
import { showLetter } from './show-letter.ts';
import { getRegistration, showRegistration } from './show-registration.ts';
import { postUnsubscribe, showUnsubscribe } from './unsubscribe.ts';

/** All that the holder of a registration's link may do with it. */
export const handler = httpHandler<'attendee'>(
  ATTENDEE_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showRegistration: showRegistration(deps),
      postRegistration: postRegistration(deps),
      showGuardian: showGuardian(deps),
      postGuardian: postGuardian(deps),
      showComplete: showComplete(deps),
      postComplete: postComplete(deps),
      getRegistration: getRegistration(deps),
      amendRegistration: amendRegistration(deps),
      showAmend: showAmend(deps),
      postAmend: postAmend(deps),
      showNeeds: showNeeds(deps),
      postNeeds: postNeeds(deps),
      replaceNeeds: replaceNeeds(deps),
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
