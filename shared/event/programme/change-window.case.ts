import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { changeDefinition, refuseOpening } from './change-definition.case.ts';

type Deps = Needs<'auditTable' | 'publishing' | 'roles' | 'system'>;

/**
 * `now` is the server's: a clock that is fast would leave registration open, and one that is slow would shut it too early. Registration opens
 * only where somebody reads what is reported (CS17); it can be shut at any time. What becomes of seats that nobody proves is changed with
 * its times or without them: alone it opens nothing that was published shut.
 */
export const changeRegistrationWindow =
  (deps: Deps): Permitted<'changeRegistrationWindow'> =>
  async ({ params: { eventId }, body: { version, opensAt, closesAt, ...unproven } }, caller) => {
    const now = deps.system.now();
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      action: 'change-window',
      edit: (before) => {
        const registration = { ...before.registration, ...unproven };
        if (opensAt === undefined && closesAt === undefined) return { ...before, registration };
        const { closed, ...open } = registration;
        const window = {
          opensAt: instantOf(opensAt, open.opensAt, now),
          closesAt: instantOf(closesAt, open.closesAt, now),
        };
        const staysClosed = closed && closesAt === 'now';
        return { ...before, registration: { ...open, ...window, ...(staysClosed && { closed }) } };
      },
      refuse: refuseOpening(deps),
      pathOf: ([first, ...rest]) => [...(first === 'registration' ? [] : [first]), ...rest].join('.'),
    });
    return json(200, { version: changed });
  };

/** What has come already stays as it was: opening or closing twice is a success twice. */
function instantOf(wanted: string | undefined, before: string, now: Date): string {
  if (wanted === undefined) return before;
  if (wanted !== 'now') return wanted;
  return Date.parse(before) <= now.getTime() ? before : now.toISOString();
}
