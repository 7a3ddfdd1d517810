import type { EventDefinition } from '../../../shared/domain/event.ts';
import { parseReference } from '../../../shared/domain/reference.ts';
import { checkNote, type Report, type ReportStep, stateOf } from '../../../shared/domain/report.ts';
import { compareCodes } from '../../../shared/domain/text-order.ts';
import { InvalidInputError, ProblemError } from '../../../shared/errors.ts';
import { json } from '../../../shared/http/reply.ts';
import { audited, noteRead } from '../../../shared/organising/audited.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { teamNames } from './team-names.ts';
import { eventForReaders } from './vetted.ts';

/** What arrived. That someone looked is noted, or they do not see it. */
export const listReports =
  (deps: Deps): Permitted<'listReports'> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    await noteRead(deps, event, caller, 'list-reports');
    const reports = [...(await deps.reports.list(event.id))].sort((a, b) => compareCodes(b.receivedAt, a.receivedAt));
    return json(200, { reports: reports.map(rowOf) });
  };

export const readReport =
  (deps: Deps): Permitted<'readReport'> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    const report = await requireReport(deps, event, request.params.reference);
    await noteRead(deps, event, caller, 'read-report', report.reference);
    return json(200, await viewOf(deps, report));
  };

/** Only ever adds: what was noted about a report stays. */
export const stepReport =
  (deps: Deps): Permitted<'stepReport'> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    const { state, note: typed = '', after } = request.body;
    const note = checkNote(typed);
    if ('issue' in note) throw new InvalidInputError([{ path: 'note', ...note.issue }]);
    const report = await requireReport(deps, event, request.params.reference);
    const at = deps.system.now().toISOString();
    const step: ReportStep = { state, at, by: caller.id, ...(note.value !== '' && { note: note.value }) };
    const steps = [...report.steps.slice(0, after), step];
    const noted = audited(deps, event, caller, 'step-report', report.reference);
    if (!(await deps.reports.addStep(report, after, step, noted))) throw new ProblemError('out-of-date');
    return json(200, await viewOf(deps, { ...report, steps }));
  };

async function requireReport(deps: Deps, event: EventDefinition<string>, typed: string): Promise<Report> {
  const reference = parseReference(typed);
  const report = reference && (await deps.reports.read(event.id, reference));
  if (!report) throw new ProblemError('not-found');
  return report;
}

const rowOf = (report: Report) => ({
  reference: report.reference,
  receivedAt: report.receivedAt,
  state: stateOf(report),
});

async function viewOf(deps: Deps, report: Report) {
  const { what, contact, language, steps } = report;
  const nameOf = await teamNames(
    deps,
    report.eventId,
    steps.map(({ by }) => by),
  );
  return {
    ...rowOf(report),
    what,
    contact,
    language,
    steps: steps.map((step) => ({ ...step, by: nameOf(step.by) })),
  };
}
