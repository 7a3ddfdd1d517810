import { instantOf } from '../../../../shared/kernel/text/zoned-time.ts';

/** A number that was typed; one that is none is refused by the API like any other wrong answer. */
export const numberOf = (typed: string): number => (typed.trim() === '' ? Number.NaN : Number(typed));

/**
 * An instant that was typed as the clocks of the event show it; what is no time is refused by the API.
 *
 * @param typed `2027-11-02T09:00`
 */
export function instantTyped(typed: string, timeZone: string): string {
  const [date, time] = typed.split('T');
  if (!date || !time) return typed;
  const instant = instantOf(date, time.slice(0, 'HH:MM'.length), timeZone);
  return Number.isNaN(instant.getTime()) ? typed : instant.toISOString();
}

/** What was left empty is not sent. */
export const filled = <T extends Readonly<Record<string, string>>>(typed: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  ) as Partial<T>;
