import { DELEGATION_ROUTES } from '../../shared/delegation/delegation.routes.ts';
import { getDelegationTable } from '../../shared/delegation/get-table.case.ts';
import { postPeople, showPeople } from '../../shared/delegation/people/add-people.case.ts';
import { postPerson } from '../../shared/delegation/person/press.case.ts';
import { showPerson } from '../../shared/delegation/person/show-person.case.ts';
import { postSubstitute, showSubstitute } from '../../shared/delegation/person/show-substitute.case.ts';
import { postDelegation } from '../../shared/delegation/press-button.case.ts';
import { showDelegation } from '../../shared/delegation/show-delegation.case.ts';
import { showTickets } from '../../shared/delegation/show-tickets.case.ts';
import { postDelegationStart, showDelegationStart } from '../../shared/delegation/start-page.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemPage } from '../../shared/kernel/http/problem-page.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { realDeps } from './deps.ts';

/** What the coordinator of a delegation does. */
export const handler = httpHandler<RoutesOf<'delegation'>>(
  DELEGATION_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showDelegationStart: showDelegationStart(deps),
      postDelegationStart: postDelegationStart(deps),
      getDelegationTable: getDelegationTable(deps),
      showDelegation: showDelegation(deps),
      postDelegation: postDelegation(deps),
      showTickets: showTickets(deps),
      showPeople: showPeople(deps),
      postPeople: postPeople(deps),
      showPerson: showPerson(deps),
      postPerson: postPerson(deps),
      showSubstitute: showSubstitute(deps),
      postSubstitute: postSubstitute(deps),
    };
  },
  problemPage,
);
