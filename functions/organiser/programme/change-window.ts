import { json } from '../../../shared/http/reply.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { changeDefinition } from './change-definition.ts';

export const changeRegistrationWindow =
  (deps: Deps): Permitted<'changeRegistrationWindow'> =>
  async ({ params: { eventId }, body: { version, ...registration } }, caller) => {
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      action: 'change-window',
      edit: (before) => ({ ...before, registration }),
      pathOf: ([first, ...rest]) => [...(first === 'registration' ? [] : [first]), ...rest].join('.'),
    });
    return json(200, { version: changed });
  };
