import { teamNames } from '../../care/team-names.case.ts';
import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { audited, noteRead } from '../../team/audit/audited.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForReaders } from '../vetted.case.ts';
import { saysOf } from './report.case.ts';
import { checkNote, UNOPENED_HOURS } from './report.ts';
import { type ReportRow, reportRow } from './report-item.store.ts';
import { isReader, readsAboutOrganisers } from './report-readers.ts';
import type { Report, ReportStep } from './reports.schema.ts';
import { CONTACT, DEPUTY } from './watch-reports.case.ts';

type Deps = Needs<'auditTable' | 'events' | 'reportNotices' | 'reports' | 'roles' | 'secrets' | 'system' | 'write'>;

/** What arrived. That a reader looked is noted, or they do not see it. */
export const listReports =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.listReports> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    await noteRead(deps, event, caller, 'list-reports');
    const { cursor } = request.query;
    if (cursor === undefined) await deps.reports.listOlder(event);
    const seen = { eventId: event.id, aboutOrganisers: readsAboutOrganisers(caller.grants) };
    const now = deps.system.now().toISOString();
    const [{ rows, next }] = await Promise.all([deps.reports.page(seen, cursor), noteSeen(deps, event, caller, now)]);
    return json(200, { reports: rows.map(({ more, ...row }) => ({ ...shown(row), more })), next });
  };

/** Those that say the same, of which only one is in the list. */
export const listAlikeReports =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.listAlikeReports> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    const report = await requireReport(deps, event, caller, request.params.reference);
    await noteRead(deps, event, caller, 'list-reports', report.reference);
    const { rows, next } = await deps.reports.alike(report, request.query.cursor);
    return json(200, { reports: rows.map(shown), next });
  };

export const readReport =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.readReport> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    const report = await requireReport(deps, event, caller, request.params.reference);
    const opened = await open(deps, event, caller, report);
    // They may have come here by a link, past a list with newer ones.
    await noteSeen(deps, event, caller, report.receivedAt);
    return json(200, await viewOf(deps, opened));
  };

/** Only ever adds: what was noted about a report stays. */
export const stepReport =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.stepReport> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    const { state, note: typed = '', after } = request.body;
    const note = checkNote(typed);
    if ('issue' in note) throw new InvalidInputError([{ path: 'note', ...note.issue }]);
    const found = await requireReport(deps, event, caller, request.params.reference);
    // The reader who says what was done has opened it, by whichever way they came.
    const report = found.opened ? found : await open(deps, event, caller, found);
    const at = deps.system.now().toISOString();
    const step: ReportStep = { state, at, by: caller.id, ...(note.value !== '' && { note: note.value }) };
    const noted = audited(deps, event, caller, 'step-report', report.reference);
    if (!(await deps.reports.addStep(event, report, { after, step, noted }))) throw new ProblemError('out-of-date');
    return json(200, await viewOf(deps, { ...report, steps: [...report.steps.slice(0, after), step] }));
  };

/** The secretariat sees that readers are to be called, once neither readers nor the deputy have opened a report for hours. */
export const showUnopenedReports =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.showUnopenedReports> =>
  async ({ params: { eventId }, language }) => {
    const { event } = await eventOf(deps, eventId, language);
    const oldest = await deps.reports.unopened({ eventId: event.id, aboutOrganisers: true }, 'oldest');
    const since = oldest?.receivedAt;
    const isOverdue =
      since !== undefined && deps.system.now().getTime() - Date.parse(since) >= UNOPENED_HOURS * 60 * 60 * 1000;
    const members = await deps.roles.list(event.id);
    const nobodyReads = members.every(({ grants }) => !isReader(grants, event));
    const nobodyReadsAboutOrganisers = !members.some(({ grants }) => readsAboutOrganisers(grants));
    return json(200, {
      ...(isOverdue && { since }),
      ...(nobodyReads && { nobodyReads }),
      ...(nobodyReadsAboutOrganisers && { nobodyReadsAboutOrganisers }),
    });
  };

/** What is about an organiser is not there for anyone but deputies. */
async function requireReport(
  deps: Deps,
  event: EventDefinition<string>,
  { grants }: Caller,
  typed: string,
): Promise<Report> {
  const reference = parseReference(typed);
  const report = reference && (await deps.reports.read(event, reference));
  if (!report || (report.aboutOrganiser && !readsAboutOrganisers(grants))) throw new ProblemError('not-found');
  return report;
}

async function open(deps: Deps, event: EventDefinition<string>, caller: Caller, report: Report): Promise<Report> {
  const noted = audited(deps, event, caller, 'read-report', report.reference);
  return deps.reports.open(report, caller.id, noted, await saysOf(deps, report));
}

/** A reader who looked is mailed of what comes from now on; addresses of the definition have nobody else who could look for them. */
const noteSeen = (
  { reportNotices }: Deps,
  event: EventDefinition<string>,
  { id, grants }: Caller,
  by: string,
): Promise<void> =>
  reportNotices.noteSeen(
    event.id,
    [id, ...(isReader(grants, event) ? [CONTACT] : []), ...(readsAboutOrganisers(grants) ? [DEPUTY] : [])],
    by,
  );

const shown = ({ aboutOrganiser, proven, ...row }: ReportRow) => ({
  ...row,
  aboutOrganiser: aboutOrganiser === true,
  proven: proven === true,
});

async function viewOf(deps: Deps, report: Report) {
  const { what, contact, language, steps, group, opened } = report;
  const nameOf = await teamNames(deps, report.eventId, [...steps.map(({ by }) => by), ...(opened ? [opened.by] : [])]);
  return {
    ...shown(reportRow(report)),
    openedBy: opened && nameOf(opened.by),
    group,
    what,
    contact,
    language,
    steps: steps.map((step) => ({ ...step, by: nameOf(step.by) })),
  };
}
