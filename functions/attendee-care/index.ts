import { ATTENDEE_CARE_ROUTES } from '../../shared/attendee-care-routes.ts';
import { postNeeds, replaceNeeds, showNeeds } from '../../shared/care/needs-form.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemPage } from '../../shared/kernel/http/problem-page.case.ts';
import { postComplete, showComplete } from '../../shared/minors/apply/complete-registration.case.ts';
import { postGuardian, showGuardian } from '../../shared/minors/consent/guardian-form.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { realDeps } from './deps.ts';

/** What the holder of a registration's link says that is kept in `Care`: it is written here, and never read. */
export const handler = httpHandler<RoutesOf<'attendee-care'>>(
  ATTENDEE_CARE_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showGuardian: showGuardian(deps),
      postGuardian: postGuardian(deps),
      showComplete: showComplete(deps),
      postComplete: postComplete(deps),
      showNeeds: showNeeds(deps),
      postNeeds: postNeeds(deps),
      replaceNeeds: replaceNeeds(deps),
    };
  },
  problemPage,
);
