import type { FormFields } from '../../kernel/http/body.ts';
import type { YoungSubmission } from '../young.ts';

type Sent = { readonly [Name in GuardianField]?: readonly string[] | undefined };
type GuardianField = 'guardian.name' | 'guardian.email' | 'guardian.language' | 'guardian.onPaper';

/** Reads whom a form names as the guardian of someone under 18. */
export function sentGuardian(fields: Sent): YoungSubmission['guardian'] {
  const field = (name: GuardianField): string => fields[name]?.[0] ?? '';
  return {
    name: field('guardian.name'),
    email: field('guardian.email'),
    language: field('guardian.language'),
    ...(fields['guardian.onPaper'] !== undefined && { onPaper: true }),
  };
}

/** Without the fields that were not sent. */
export const givenFields = (fields: Readonly<Record<string, readonly string[] | undefined>>): FormFields =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, values]) => (values ? [[name, [...values]]] : [])));
