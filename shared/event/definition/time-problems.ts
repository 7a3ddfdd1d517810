import type { DefinitionProblem } from '../../kernel/text/definition-problem.ts';
import type { EventDefinition } from '../event.ts';

/** Days, sessions and the time of registration that contradict one another. */
export function timeProblems(definition: EventDefinition<unknown>): DefinitionProblem[] {
  return [...dayProblems(definition), ...registrationProblems(definition), ...sessionProblems(definition)];
}

function dayProblems({ days }: EventDefinition<unknown>): DefinitionProblem[] {
  return days.flatMap((day, index) => {
    const problems: DefinitionProblem[] = [];
    const before = days[index - 1];
    if (before !== undefined && day.date <= before.date) {
      problems.push({ path: ['days', index, 'date'], message: `must be later than ${before.date}, the day before it` });
    }
    if (day.end <= day.start) {
      problems.push({ path: ['days', index, 'end'], message: `must be later than the day's start, ${day.start}` });
    }
    return problems;
  });
}

function registrationProblems({ days, registration, timeZone }: EventDefinition<unknown>): DefinitionProblem[] {
  const { opensAt, closesAt } = registration;
  const path = ['registration', 'closesAt'];
  if (Date.parse(closesAt) <= Date.parse(opensAt))
    return [{ path, message: 'must be later than when registration opens' }];
  const lastDay = days.at(-1)?.date;
  if (lastDay !== undefined && localDate(closesAt, timeZone) > lastDay) {
    return [{ path, message: `must not be later than the last day, ${lastDay}` }];
  }
  return [];
}

function sessionProblems({ days, sessions }: EventDefinition<unknown>): DefinitionProblem[] {
  return sessions.flatMap((session, index): DefinitionProblem[] => {
    const day = days.find(({ id }) => id === session.day);
    if (day === undefined) {
      const known = days.map(({ id }) => id).join(', ');
      return [{ path: ['sessions', index, 'day'], message: `there is no day "${session.day}"; there are ${known}` }];
    }
    if (session.end <= session.start) {
      const message = `must be later than the session's start, ${session.start}`;
      return [{ path: ['sessions', index, 'end'], message }];
    }
    // Where the day itself is wrong, that is what has to change.
    if (day.end <= day.start) return [];
    if (session.start < day.start) {
      return [{ path: ['sessions', index, 'start'], message: `the day begins only at ${day.start}` }];
    }
    if (session.end > day.end) {
      return [{ path: ['sessions', index, 'end'], message: `the day ends at ${day.end}` }];
    }
    return [];
  });
}

/** `YYYY-MM-DD`, which is how Swedish writes dates. */
function localDate(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant));
}
