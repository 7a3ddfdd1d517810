import { recipientOf } from '../../announcements/announcement.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';
import { isLive } from '../../registration/registration.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { EventDefinition } from '../event.ts';
import { statusOf } from '../event-standing.ts';
import type { EventStatus } from '../event-status.ts';
import { movedTo } from '../move-days.ts';
import { changeDefinition, refuseOpening, storedEvent } from './change-definition.case.ts';

type Deps = Needs<'auditTable' | 'listRegistrations' | 'publishing' | 'roles' | 'system'>;

/** A year further ahead was mistyped. */
const MOST_YEARS = 10;

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

/** The mail to everyone is written with it. What was called off opens again only where somebody reads what is reported. */
export const changeEventStatus =
  (deps: Deps): Permitted<'changeEventStatus'> =>
  async ({ params: { eventId }, body: { version, status, firstDay } }, caller) => {
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      action: 'change-status',
      about: status,
      edit: (before) => withDays(deps, withStatus(before, status), firstDay),
      refuse: refuseOpening(deps),
      pathOf: (path) => path.join('.'),
    });
    return json(200, { version: changed });
  };

/** One that takes place and never said so needs not say it. */
const withStatus = (before: EventDefinition, status: EventStatus): EventDefinition =>
  statusOf(before) === status ? before : { ...before, status };

/** @throws InvalidInputError where nobody can mean it */
function withDays({ system }: Deps, before: EventDefinition, firstDay: string | undefined): EventDefinition {
  if (firstDay === undefined || firstDay === before.days[0]?.date) return before;
  const after = { ...before, days: movedTo(before.days, firstDay) };
  const problem = wrongWith(after, localDate(system.now(), before.timeZone));
  if (problem === undefined) return after;
  throw new InvalidInputError([{ path: 'firstDay', code: 'does-not-fit', params: { problem } }]);
}

function wrongWith({ days, registration, timeZone }: EventDefinition, today: string): string | undefined {
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? ''];
  if (first < today) return 'must not be in the past';
  if (Number(first.slice(0, 4)) > Number(today.slice(0, 4)) + MOST_YEARS) return 'is too far ahead';
  const closes = localDate(new Date(registration.closesAt), timeZone);
  return last < closes ? `registration is open until ${closes}: change that first` : undefined;
}
