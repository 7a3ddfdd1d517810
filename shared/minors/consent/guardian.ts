import { hasYes } from '../../event/consents.ts';
import type { EventDefinition } from '../../event/event.ts';
import { type Checked, type FieldIssue, refuse } from '../../kernel/text/field-problem.ts';
import { checkPhone } from '../../kernel/text/phone.ts';
import { cleanText } from '../../kernel/text/text.ts';
import type { YoungSubmission } from '../young.ts';
import type { PaperConsent } from './guardian.schema.ts';

interface CheckedConsents {
  readonly agreed: Readonly<Record<string, string>>;
  readonly issues: readonly FieldIssue[];
}

/**
 * Judges what a guardian agreed to: each consent for itself, in the version that is now shown.
 *
 * @param before what they agreed to earlier: what counts of it stays, and is not asked again
 */
export function checkGuardianConsents(
  event: EventDefinition<string>,
  sent: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>> = {},
): CheckedConsents {
  const consents = event.minors?.consents ?? [];
  const known = new Set(consents.map(({ id }) => id));
  const agreed: Record<string, string> = { ...before };
  const issues: FieldIssue[] = [];
  for (const consent of consents) {
    const { id, version, required } = consent;
    const path = `consents.${id}`;
    const shown = Object.hasOwn(sent, id) ? sent[id] : undefined;
    if (shown === version) agreed[id] = version;
    else if (shown !== undefined) issues.push({ path, code: 'consent-version' });
    else if (required && !hasYes(consent, before)) issues.push({ path, code: 'not-accepted' });
  }
  for (const id of Object.keys(sent))
    if (!known.has(id)) issues.push({ path: `consents.${id}`, code: 'unknown-field' });
  return { agreed, issues };
}

/** Judges the number at which a guardian can be reached in an emergency: there has to be one. */
export const checkEmergencyPhone = (typed: string): Checked<string> =>
  typed.trim() === '' ? refuse('required') : checkPhone(typed);

/**
 * What a minor agreed to, as far as it counts: of what their guardian is asked too, both have to say yes (CS7). Their own
 * yes alone is not kept, so that whatever reads it reads a no.
 */
export function consentsInForce(
  event: EventDefinition<string>,
  own: Readonly<Record<string, string>>,
  guardians: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const shared = new Map(event.minors?.consents.map((consent) => [consent.id, consent]));
  return Object.fromEntries(
    Object.entries(own).filter(([id]) => {
      const consent = shared.get(id);
      return consent === undefined || hasYes(consent, guardians);
    }),
  );
}

/** Grapheme clusters. */
const LONGEST_NAME = 100;

/**
 * Judges what a member read on a signed form.
 *
 * @param today in the event's time zone: `2027-10-01`
 */
export function checkPaper(
  event: EventDefinition<string>,
  sent: Pick<PaperConsent, 'consents' | 'signedBy' | 'signedOn'> & { readonly phone: string },
  today: string,
): Pick<PaperConsent, 'consents' | 'signedBy' | 'signedOn' | 'phone'> | { readonly issues: readonly FieldIssue[] } {
  const { agreed, issues } = checkGuardianConsents(event, sent.consents);
  const signedBy = cleanText(sent.signedBy, { max: LONGEST_NAME, letters: true });
  const phone = checkEmergencyPhone(sent.phone);
  const all: FieldIssue[] = [
    ...issues,
    ...('issue' in signedBy ? [{ path: 'signedBy', ...signedBy.issue }] : []),
    ...('value' in signedBy && signedBy.value === '' ? [{ path: 'signedBy', code: 'required' } as const] : []),
    ...('issue' in phone ? [{ path: 'phone', ...phone.issue }] : []),
    ...(sent.signedOn > today ? [{ path: 'signedOn', code: 'in-the-future' } as const] : []),
  ];
  if (all.length > 0 || 'issue' in signedBy || 'issue' in phone) return { issues: all };
  return { consents: agreed, signedBy: signedBy.value, signedOn: sent.signedOn, phone: phone.value };
}

type Sent = { readonly [Name in GuardianField]?: readonly string[] | undefined };
type GuardianField = 'guardian.name' | 'guardian.email' | 'guardian.language' | 'guardian.onPaper';

/** Reads whom a form names as the guardian of a minor. */
export function sentGuardian(fields: Sent): YoungSubmission['guardian'] {
  const field = (name: GuardianField): string => fields[name]?.[0] ?? '';
  return {
    name: field('guardian.name'),
    email: field('guardian.email'),
    language: field('guardian.language'),
    ...(fields['guardian.onPaper'] !== undefined && { onPaper: true }),
  };
}
