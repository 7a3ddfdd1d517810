import { json } from '../../../shared/http/reply.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { changeDefinition, refuseOpening } from './change-definition.ts';

/**
 * `now` is the server's: a clock that is fast would leave registration open, and one that is slow would shut it too early. Registration opens
 * only where somebody reads what is reported (CS17); it can be shut at any time.
 */
export const changeRegistrationWindow =
  (deps: Deps): Permitted<'changeRegistrationWindow'> =>
  async ({ params: { eventId }, body: { version, opensAt, closesAt } }, caller) => {
    const now = deps.system.now();
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      action: 'change-window',
      edit: (before) => {
        const { closed, ...registration } = before.registration;
        const window = {
          opensAt: instantOf(opensAt, registration.opensAt, now),
          closesAt: instantOf(closesAt, registration.closesAt, now),
        };
        const staysClosed = closed && closesAt === 'now';
        return { ...before, registration: { ...registration, ...window, ...(staysClosed && { closed }) } };
      },
      refuse: refuseOpening(deps),
      pathOf: ([first, ...rest]) => [...(first === 'registration' ? [] : [first]), ...rest].join('.'),
    });
    return json(200, { version: changed });
  };

/** What has come already stays as it was: opening or closing twice is a success twice. */
function instantOf(wanted: string, before: string, now: Date): string {
  if (wanted !== 'now') return wanted;
  return Date.parse(before) <= now.getTime() ? before : now.toISOString();
}
