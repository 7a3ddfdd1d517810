import type { EventDefinition } from '../../../../shared/event/event.ts';
import { LONGEST_ID } from '../../../../shared/kernel/event-id.ts';
import { localTime } from '../../../../shared/kernel/text/zoned-time.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The first day and id that are proposed of a rehearsal: today, or tomorrow once the first day would be over; and the id of its event with that
 * day, since the id of a rehearsal that was deleted stays taken.
 *
 * @example `{ firstDay: '2026-12-01', id: 'forum-rehearsal-1201' }` of the event `forum`, and of a rehearsal of it
 */
export function proposedRehearsal(
  { id, timeZone, days }: Pick<EventDefinition<unknown>, 'id' | 'timeZone' | 'days'>,
  now: Date,
) {
  const isOver = localTime(now, timeZone).time >= (days[0]?.end ?? '');
  const firstDay = localTime(isOver ? new Date(now.getTime() + DAY) : now, timeZone).date;
  const end = `-rehearsal-${firstDay.slice('YYYY-'.length).replace('-', '')}`;
  const start = id.replace(/-rehearsal(-\d+)?$/, '').slice(0, LONGEST_ID - end.length);
  return { firstDay, id: start.replace(/-$/, '') + end };
}
