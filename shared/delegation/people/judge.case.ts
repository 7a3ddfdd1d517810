import { type Cells, PERSON_COLUMNS } from '../../../web/site/delegation/columns.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { checkSubmission, type Submission } from '../../registration/apply/submission.ts';
import type { Application } from '../../registration/registration.schema.ts';
import { type CellContext, withCells } from './cells.case.ts';

/** A person whose answers are good. */
export interface GoodPerson {
  /** Which row. */
  readonly row: number;
  readonly application: Application;
  /** Mail about them goes to the coordinator. */
  readonly throughCoordinator: boolean;
}

export interface Judged {
  readonly good: readonly GoodPerson[];
  /** What has to change, by the form's own fields: `rows.3.email`, or `country` of what is the same for everyone. */
  readonly issues: readonly FieldIssue[];
}

export interface People extends CellContext {
  /** What is the same for everyone, with what the coordinator states. */
  readonly common: Submission;
  readonly rows: readonly Cells[];
  /** The address of the coordinator, for whoever has none. */
  readonly coordinator: string;
}

/**
 * Judges each person by the rules of the event's own form: one bad row never holds back the others. What is wrong with
 * an answer that a row took over from everyone is said once, where it was given.
 */
export function judge({ common, rows, coordinator, ...context }: People): Judged {
  const shared = new Map<string, FieldIssue>();
  const own: FieldIssue[] = [];
  const good: GoodPerson[] = [];
  const seen = new Set<string>();
  rows.forEach((cells, row) => {
    const sent = withCells(common, cells, context);
    const throughCoordinator = sent.email.trim() === '';
    const result = checkSubmission(context.event, throughCoordinator ? { ...sent, email: coordinator } : sent);
    const issues = 'issues' in result ? result.issues : [];
    for (const issue of issues) {
      if (isOwn(cells, issue.path)) own.push(atRow(row, issue));
      else shared.set(issue.path, issue);
    }
    if ('issues' in result) return;
    const { application } = result;
    const key = throughCoordinator ? `name ${plainName(application)}` : `address ${addressIdentity(application.email)}`;
    if (seen.has(key)) own.push({ path: `rows.${row}.${throughCoordinator ? 'fullName' : 'email'}`, code: 'twice' });
    else good.push({ row, application, throughCoordinator });
    seen.add(key);
  });
  return { good, issues: [...shared.values(), ...own] };
}

const isOwn = (cells: Cells, path: string): boolean =>
  (PERSON_COLUMNS as readonly string[]).includes(path) || (cells[path] ?? '').trim() !== '';

export const atRow = (row: number, { path, ...rest }: FieldIssue): FieldIssue => ({
  path: `rows.${row}.${path}`,
  ...rest,
});

const plainName = ({ fullName }: Application): string => fullName.normalize('NFKC').toLowerCase();
