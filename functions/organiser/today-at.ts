import type { EventDefinition } from '../../shared/domain/event.ts';
import { localDate } from '../../shared/domain/zoned-time.ts';
import type { System } from '../../shared/system.ts';

/** The day that it is at an event. */
export const todayAt = (
  { system }: { readonly system: Pick<System, 'now'> },
  { timeZone }: Pick<EventDefinition<unknown>, 'timeZone'>,
): string => localDate(system.now(), timeZone);
