import { recipientOf } from '../../../shared/domain/announcement.ts';
import { statusOf } from '../../../shared/domain/event-standing.ts';
import { isLive } from '../../../shared/domain/registration.ts';
import { json } from '../../../shared/http/reply.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { changeDefinition, storedEvent } from './change-definition.ts';

export const getEventStatus =
  (deps: Deps): Permitted<'getEventStatus'> =>
  async ({ params: { eventId } }) => {
    const { rules, version } = await storedEvent(deps, eventId);
    const registrations = (await deps.listRegistrations(eventId)).filter(isLive);
    return json(200, {
      version,
      status: statusOf(rules),
      offersOnline: rules.modes.some(({ id }) => id === 'online'),
      recipients: new Set(registrations.map(recipientOf)).size,
    });
  };

/** The mail to everyone is written with it. */
export const changeEventStatus =
  (deps: Deps): Permitted<'changeEventStatus'> =>
  async ({ params: { eventId }, body: { version, status } }, caller) => {
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      action: 'change-status',
      about: status,
      // One that takes place and never said so needs not say it.
      edit: (before) => (statusOf(before) === status ? before : { ...before, status }),
      pathOf: (path) => path.join('.'),
    });
    return json(200, { version: changed });
  };
