import { DELEGATION_ROUTES } from '../../shared/contract/routes/delegation.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemAnswer } from '../../web/site/kernel/problem-answer.ts';
import { realDeps } from './deps.ts';
import { getDelegationTable } from './get-table.ts';
import { postPeople, showPeople } from './people/add-people.ts';
import { postPerson } from './person/press.ts';
import { showPerson } from './person/show-person.ts';
import { postSubstitute, showSubstitute } from './person/show-substitute.ts';
import { postDelegation } from './press-button.ts';
import { showDelegation } from './show-delegation.ts';
import { showTickets } from './show-tickets.ts';
import { postDelegationStart, showDelegationStart } from './start-page.ts';

/** What the coordinator of a delegation does. */
export const handler = httpHandler<'delegation'>(
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
  problemAnswer,
);
