import type { EventDefinition } from '../../event/event.ts';
import type { System } from '../../kernel/system.store.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';

/** The day that it is at an event. */
export const todayAt = (
  { system }: { readonly system: Pick<System, 'now'> },
  { timeZone }: Pick<EventDefinition<unknown>, 'timeZone'>,
): string => localDate(system.now(), timeZone);
