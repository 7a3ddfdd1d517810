import type { EventDefinition } from '../../shared/domain/event.ts';
import type { System } from '../../shared/kernel/system.store.ts';
import { localDate } from '../../shared/kernel/text/zoned-time.ts';

/** The day that it is at an event. */
export const todayAt = (
  { system }: { readonly system: Pick<System, 'now'> },
  { timeZone }: Pick<EventDefinition<unknown>, 'timeZone'>,
): string => localDate(system.now(), timeZone);
