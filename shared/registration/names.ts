import type { EventDefinition } from '../event/event.ts';
import { firstDay } from '../event/event-times.ts';
import type { FieldIssue } from '../kernel/text/field-problem.ts';
import { instantOf } from '../kernel/text/zoned-time.ts';
import {
  checkLanguage,
  checkText,
  type PersonField,
  personFields,
  type Submission,
  takePerson,
  taking,
} from './apply/submission.ts';
import type { Application, Registration } from './registration.schema.ts';

/** What a certificate bears: the full name, and the name in its own script. */
type Names = Pick<Registration, 'fullName' | 'nativeName'>;

/** Judges names alone, as a form does: the names, or each of the two that has to change. */
export function checkNames(
  sent: Pick<Submission, keyof Names>,
): { readonly names: Names } | { readonly issues: readonly FieldIssue[] } {
  const { issues, take } = taking();
  const fullName = take('fullName', checkText('fullName', sent.fullName, true), '');
  const nativeName = take('nativeName', checkText('nativeName', sent.nativeName, false), '');
  return issues.length > 0 ? { issues } : { names: { fullName, nativeName: nativeName || undefined } };
}

export const bears = (before: Names, { fullName, nativeName }: Names): boolean =>
  before.fullName === fullName && before.nativeName === nativeName;

/** The badge follows, unless it has a name of its own. */
export const renamed = (
  { fullName, badgeName, certificate }: Registration,
  names: Names,
  now: Date,
): Partial<Registration> => ({
  ...names,
  ...(badgeName === fullName && { badgeName: names.fullName }),
  ...(names.fullName !== fullName && { certificate: { ...certificate, renamedAt: now.toISOString() } }),
});

/**
 * When an attendee was given another name, and may have come to a door under the former one before: on the first day of the
 * event or later, ISO 8601. People may hand what they attended to another person by it, which nobody is kept from, but which is seen.
 */
export function renamedOnceBegun(
  event: Pick<EventDefinition<unknown>, 'days' | 'timeZone'>,
  { certificate }: Pick<Registration, 'certificate'>,
): string | undefined {
  const begins = instantOf(firstDay(event), '00:00', event.timeZone).toISOString();
  const renamedAt = certificate?.renamedAt;
  return renamedAt !== undefined && renamedAt >= begins ? renamedAt : undefined;
}

/** Who a person is and how to reach them, whatever they come for. */
export type Person = Pick<Application, PersonField>;

/** Judges what was typed about a person alone: the person, or every field that has to change. */
export function checkPerson(
  event: Pick<EventDefinition<string>, 'languages'>,
  sent: Pick<Submission, PersonField>,
): { readonly person: Person } | { readonly issues: readonly FieldIssue[] } {
  const { issues, take } = taking();
  const typed = takePerson(take, sent, true);
  const language = take('language', checkLanguage(event, sent.language), '');
  return issues.length > 0 ? { issues } : { person: personFields({ ...typed, language }) };
}
