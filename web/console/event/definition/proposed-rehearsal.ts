import type { EventDefinition } from '../../../../shared/event/event.ts';
import { LONGEST_ID } from '../../../../shared/kernel/event-id.ts';
import { localDate, localTime } from '../../../../shared/kernel/text/zoned-time.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The first day and id that are proposed of a rehearsal: today, or tomorrow once the first day would be over; and the id of its event with day
 * and minute, since the id of a rehearsal that was deleted stays taken.
 *
 * @example `{ firstDay: '2026-12-01', id: 'forum-rehearsal-1201-0915' }` of the event `forum`, and of a rehearsal of it
 */
export function proposedRehearsal(
  { id, timeZone, days }: Pick<EventDefinition<unknown>, 'id' | 'timeZone' | 'days'>,
  now: Date,
) {
  const { date, time } = localTime(now, timeZone);
  const isOver = time >= (days[0]?.end ?? '');
  const end = `-rehearsal-${date.slice('YYYY-'.length).replace('-', '')}-${time.replace(':', '')}`;
  const start = id.replace(/-rehearsal[-\d]*$/, '').slice(0, LONGEST_ID - end.length);
  return {
    firstDay: isOver ? localDate(new Date(now.getTime() + DAY), timeZone) : date,
    id: start.replace(/-$/, '') + end,
  };
}
