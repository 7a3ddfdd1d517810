import { json } from '../../../shared/http/reply.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { viewOf } from './view.ts';
import { visibleRegistration } from './within-reach.ts';

export const showOrganiserRegistration =
  (deps: Deps): Permitted<'showOrganiserRegistration'> =>
  async (request, caller) =>
    json(200, viewOf((await visibleRegistration(deps, request, caller)).registration));
