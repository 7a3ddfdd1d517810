import { SUBSTITUTE_FIELDS } from '../../../web/site/delegation/person-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';

type Field = (typeof SUBSTITUTE_FIELDS)[number];

/** The form that says who comes instead, as it was sent. */
export interface SubstituteForm {
  readonly person: Readonly<Record<Field, string>>;
  /** What the coordinator states of them. */
  readonly stated: FormFields;
  /** Of the registration that was looked at. */
  readonly revision: number;
}

/** @throws InvalidInputError for fields the form does not have, or one sent twice */
export function readSubstituteForm(event: EventDefinition<string>, fields: FormFields): SubstituteForm {
  const known = [...SUBSTITUTE_FIELDS, 'revision', 'adults', ...event.consents.map(({ id }) => `consents.${id}`)];
  const issues = Object.entries(fields).flatMap(([path, values]): FieldIssue[] => {
    if (!known.includes(path)) return [{ path, code: 'unknown-field' }];
    return values.length > 1 ? [{ path, code: 'wrong-type' }] : [];
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
  const text = (field: Field): string => fields[field]?.[0] ?? '';
  return {
    person: {
      honorific: text('honorific'),
      fullName: text('fullName'),
      nativeName: text('nativeName'),
      position: text('position'),
    },
    stated: fields,
    revision: Number(fields['revision']?.[0]),
  };
}
