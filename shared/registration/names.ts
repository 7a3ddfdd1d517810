import type { EventDefinition } from '../event/event.ts';
import { firstDay } from '../event/event-times.ts';
import type { Checked, FieldIssue } from '../kernel/text/field-problem.ts';
import { instantOf } from '../kernel/text/zoned-time.ts';
import { checkText, type Submission } from './apply/submission.ts';
import type { Registration } from './registration.schema.ts';

/** What a certificate bears: the full name, and the name in its own script. */
export type Names = Pick<Registration, 'fullName' | 'nativeName'>;

/** Judges names alone, as a form does: the names, or each of the two that has to change. */
export function checkNames(
  sent: Pick<Submission, keyof Names>,
): { readonly names: Names } | { readonly issues: readonly FieldIssue[] } {
  const issues: FieldIssue[] = [];
  const take = (path: keyof Names, checked: Checked<string>): string => {
    if ('value' in checked) return checked.value;
    issues.push({ path, ...checked.issue });
    return '';
  };
  const fullName = take('fullName', checkText('fullName', sent.fullName, true));
  const nativeName = take('nativeName', checkText('nativeName', sent.nativeName, false));
  return issues.length > 0 ? { issues } : { names: { fullName, nativeName: nativeName || undefined } };
}

export const bears = (before: Names, { fullName, nativeName }: Names): boolean =>
  before.fullName === fullName && before.nativeName === nativeName;

/** The badge follows, unless it has a name of its own. */
export const renamed = ({ fullName, badgeName }: Registration, names: Names, now: Date): Partial<Registration> => ({
  ...names,
  ...(badgeName === fullName && { badgeName: names.fullName }),
  ...(names.fullName !== fullName && { renamedAt: now.toISOString() }),
});

/**
 * When somebody was given another name, where whoever was at a door before may have come under the former one: on the first day of the
 * event or later, ISO 8601. People may hand what they attended to somebody else by it, which nobody is kept from, but which is seen.
 */
export function renamedOnceBegun(
  event: Pick<EventDefinition<unknown>, 'days' | 'timeZone'>,
  { renamedAt }: Pick<Registration, 'renamedAt'>,
): string | undefined {
  const begins = instantOf(firstDay(event), '00:00', event.timeZone).toISOString();
  return renamedAt !== undefined && renamedAt >= begins ? renamedAt : undefined;
}
