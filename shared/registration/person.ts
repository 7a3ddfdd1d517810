import type { EventDefinition } from '../event/event.ts';
import { parseEmailAddress } from '../kernel/text/email-address.ts';
import type { Checked, FieldIssue } from '../kernel/text/field-problem.ts';
import { checkLanguage, checkText, type Submission, type TextField } from './apply/submission.ts';
import type { Application } from './registration.schema.ts';

type Field = 'email' | 'language' | 'honorific' | 'fullName' | 'badgeName' | 'nativeName' | 'position';

/** Who someone is and how to reach them, whatever they come for. */
export type Person = Pick<Application, Field>;

/** Judges what was typed about a person alone: the person, or every field that has to change. */
export function checkPerson(
  event: Pick<EventDefinition<string>, 'languages'>,
  sent: Pick<Submission, Field>,
): { readonly person: Person } | { readonly issues: readonly FieldIssue[] } {
  const issues: FieldIssue[] = [];
  const take = (path: string, checked: Checked<string>): string => {
    if ('value' in checked) return checked.value;
    issues.push({ path, ...checked.issue });
    return '';
  };
  const text = (field: TextField & Field, required = false) => take(field, checkText(field, sent[field], required));
  const email = take('email', parseEmailAddress(sent.email));
  const honorific = text('honorific');
  const fullName = text('fullName', true);
  const badgeName = text('badgeName');
  const nativeName = text('nativeName');
  const position = text('position', true);
  const language = take('language', checkLanguage(event, sent.language));
  if (issues.length > 0) return { issues };
  return {
    person: {
      email,
      language,
      ...(honorific !== '' && { honorific }),
      fullName,
      badgeName: badgeName === '' ? fullName : badgeName,
      ...(nativeName !== '' && { nativeName }),
      position,
    },
  };
}
