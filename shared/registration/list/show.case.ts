import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { visibleRegistration } from '../../team/role/within-reach.case.ts';
import { viewOf } from './registration-view.ts';

type Deps = Needs<'auditTable' | 'events' | 'registrations' | 'system' | 'write'>;

export const showOrganiserRegistration =
  (deps: Deps): Permitted<'showOrganiserRegistration'> =>
  async (request, caller) => {
    const { registration, event } = await visibleRegistration(deps, request, caller);
    return json(200, viewOf(event, registration));
  };
