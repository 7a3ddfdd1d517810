import type { FieldIssue } from './field-problem.ts';
import { cleanText } from './text.ts';

/** What someone tells the safeguarding focal point, without signing in (CS17). */
export interface Report {
  readonly eventId: string;
  /** 10 characters, as of registrations: to ask about it later; no credential. */
  readonly reference: string;
  readonly what: string;
  /** How to reach whoever wrote it, if they want to be reached. */
  readonly contact?: string | undefined;
  readonly language: string;
  /** ISO 8601. */
  readonly receivedAt: string;
}

/** Grapheme clusters. */
const LONGEST = { what: 5000, contact: 300 };

export type ReportResult = Pick<Report, 'what' | 'contact'> | { readonly issues: readonly FieldIssue[] };

export function checkReport(sent: { readonly what: string; readonly contact: string }): ReportResult {
  const what = cleanText(sent.what, { max: LONGEST.what, lines: true });
  const contact = cleanText(sent.contact, { max: LONGEST.contact, lines: true });
  const issues: FieldIssue[] = [
    ...('issue' in what ? [{ path: 'what', ...what.issue }] : []),
    ...('value' in what && what.value === '' ? [{ path: 'what', code: 'required' } as const] : []),
    ...('issue' in contact ? [{ path: 'contact', ...contact.issue }] : []),
  ];
  if (issues.length > 0 || 'issue' in what || 'issue' in contact) return { issues };
  return { what: what.value, ...(contact.value !== '' && { contact: contact.value }) };
}
