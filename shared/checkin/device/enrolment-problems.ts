import type { EventDefinition } from '../../event/event.ts';
import { eventEnd, lastDay } from '../../event/event-times.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import type { CheckInList } from '../list/list.ts';
import { type Enrolment, isVettedDevice } from './device.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Days after the event for which a phone may still be let in: things are taken down, certificates handed out. */
const DAYS_AFTER = 14;

/** What is wrong with a phone as an organiser wants to let it in. @param now epoch milliseconds */
export function enrolmentProblems(
  event: Pick<EventDefinition<unknown>, 'days' | 'timeZone' | 'retention'>,
  known: readonly Pick<CheckInList, 'id'>[],
  { name, lists, endsAt, vettedUntil, phones }: Pick<Enrolment, 'name' | 'lists' | 'endsAt' | 'vettedUntil' | 'phones'>,
  now: number,
): readonly FieldIssue[] {
  const latest = eventEnd(event).getTime() + DAYS_AFTER * DAY;
  const isVettedTooShort = vettedUntil !== undefined && !isVettedDevice({ vettedUntil }, lastDay(event));
  return [
    ...(name === '' ? [{ path: 'name', code: 'required' as const }] : []),
    ...lists.flatMap((list, index): FieldIssue[] =>
      known.some(({ id }) => id === list) ? [] : [{ path: `lists.${index}`, code: 'unknown-option' }],
    ),
    ...(endsAt <= now ? [{ path: 'endsAt', code: 'in-the-past' as const }] : []),
    ...(endsAt > latest ? [doesNotFit('endsAt', `a shift ends ${DAYS_AFTER} days after the event at the latest`)] : []),
    ...(isVettedTooShort
      ? [doesNotFit('vettedUntil', 'whoever was not vetted until its last day is shown no name of a minor')]
      : []),
    ...(vettedUntil !== undefined && phones > 1
      ? [doesNotFit('phones', 'a phone that shows names of minors is let in alone, by whoever was vetted')]
      : []),
  ];
}

const doesNotFit = (path: string, problem: string): FieldIssue => ({ path, code: 'does-not-fit', params: { problem } });
