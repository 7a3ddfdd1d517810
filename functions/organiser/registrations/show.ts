import { json } from '../../../shared/kernel/http/reply.ts';
import type { Permitted } from '../../../shared/team/role/permitted.case.ts';
import { visibleRegistration } from '../../../shared/team/role/within-reach.case.ts';
import type { Deps } from '../deps.ts';
import { viewOf } from './view.ts';

export const showOrganiserRegistration =
  (deps: Deps): Permitted<'showOrganiserRegistration'> =>
  async (request, caller) => {
    const { registration, event } = await visibleRegistration(deps, request, caller);
    return json(200, viewOf(event, registration));
  };
