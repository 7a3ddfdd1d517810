import { json } from '../../../shared/kernel/http/reply.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { viewOf } from './view.ts';
import { visibleRegistration } from './within-reach.ts';

export const showOrganiserRegistration =
  (deps: Deps): Permitted<'showOrganiserRegistration'> =>
  async (request, caller) => {
    const { registration, event } = await visibleRegistration(deps, request, caller);
    return json(200, viewOf(event, registration));
  };
