import type { Checked, FieldIssue } from './field-problem.ts';
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
  /** What was done about it, oldest first. */
  readonly steps: readonly ReportStep[];
}

/** How far those who look after children have come with a report; it begins as `new`. */
export const LATER_REPORT_STATES = ['looked-at', 'handled'] as const;
export const REPORT_STATES = ['new', ...LATER_REPORT_STATES] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export interface ReportStep {
  readonly state: Exclude<ReportState, 'new'>;
  /** ISO 8601. */
  readonly at: string;
  /** A member; see `shared/store/member-id.ts`. */
  readonly by: string;
  readonly note?: string | undefined;
}

export const stateOf = ({ steps }: Pick<Report, 'steps'>): ReportState => steps.at(-1)?.state ?? 'new';

/** Grapheme clusters. */
const LONGEST = { what: 5000, contact: 300, note: 1000 };

export type ReportResult = Pick<Report, 'what' | 'contact'> | { readonly issues: readonly FieldIssue[] };

/** What someone writes about a report that they looked at; empty where they write nothing. */
export const checkNote = (typed: string): Checked<string> => cleanText(typed, { max: LONGEST.note, lines: true });

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
