import type { EventDefinition } from '../../event/event.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';

/** What a coordinator has not yet stated: that all are adults, and have agreed to what is required. */
export const statements = (event: EventDefinition<string>, common: FormFields): FieldIssue[] => [
  ...(common['adults']?.[0] === 'yes' ? [] : [{ path: 'adults', code: 'not-accepted' } as const]),
  ...event.consents
    .filter(({ id, version }) => common[`consents.${id}`]?.[0] !== version)
    .map(({ id }) => ({ path: `consents.${id}`, code: 'not-accepted' }) as const),
];

/** An issue at the row where a person stands now, whichever that was. */
export function renumbered(issue: FieldIssue, places: ReadonlyMap<number, number>): FieldIssue {
  const [, row, column] = /^rows\.(\d+)\.(.*)$/.exec(issue.path) ?? [];
  return row === undefined ? issue : { ...issue, path: `rows.${places.get(Number(row)) ?? 0}.${column}` };
}
