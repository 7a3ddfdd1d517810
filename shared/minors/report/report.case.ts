import { reportPage, reportSentPage } from '../../../web/site/minors/report-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { json, page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import { newChallenge, solvedBy } from '../../kernel/keys/proof-of-work.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { proofText } from '../../kernel/proof.schema.ts';
import { makeReference, parseReference } from '../../kernel/text/reference.ts';
import { audited, noteRead } from '../../team/audit/audited.case.ts';
import { teamNames } from '../../team/role/member-names.case.ts';
import { holdsAny, mayReadReports } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import type { GUARDIAN_ROUTES } from '../consent/guardian.routes.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForReaders } from '../vetted.case.ts';
import {
  checkNote,
  checkReport,
  isReader,
  readersVettedUntil,
  readsAboutOrganisers,
  sentencesOf,
  UNOPENED_HOURS,
} from './report.ts';
import { type ReportRow, reportRow } from './report-item.store.ts';
import type { Report, ReportStep } from './reports.schema.ts';
import { CONTACT, DEPUTY, noticesOf } from './watch-reports.case.ts';

type ReportDeps = Needs<'events' | 'reportNotices' | 'reports' | 'roles' | 'secrets' | 'system'>;

const REFERENCE_BYTES = 9;
/** Seconds in which a solved challenge counts: as long as a person may write who stops again and again. */
const CHALLENGE_LASTS = 60 * 60;

export const showReport =
  (deps: ReportDeps): Handle<typeof GUARDIAN_ROUTES.showReport> =>
  async ({ params: { eventId }, query, language, path }) => {
    const localised = await deps.events.readEvent(eventId, language);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const shown = { ...localised, t: siteWords(localised.language), path };
    const reference = query.sent === undefined ? undefined : parseReference(query.sent);
    return page(
      reference === undefined
        ? reportPage({ ...shown, values: {}, problems: [], challenge: await challengeOf(deps, eventId) })
        : reportSentPage({ ...shown, reference }),
    );
  };

/**
 * Keeps what a person tells those who read reports, who are mailed that there is something to read and nothing of it (CS17). Nothing that
 * its sender did or did not do refuses it or keeps it waiting: work only puts it above what cost nothing (CS23). The same report sent twice
 * is one, until it is opened: its reference comes from what it says.
 */
export const postReport =
  (deps: ReportDeps): Handle<typeof GUARDIAN_ROUTES.postReport> =>
  async ({ params: { eventId }, body, language, path }) => {
    const typed = { what: body.what?.[0] ?? '', contact: body.contact?.[0] ?? '' };
    const localised = await deps.events.readEvent(eventId, language);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const { event } = localised;
    const aboutOrganiser = body.aboutOrganiser?.[0] === 'yes' && event.safeguarding?.deputy !== undefined;
    const keep = async () => {
      const checked = checkReport(typed);
      if ('issues' in checked) throw new InvalidInputError(checked.issues);
      const said = aboutOrganiser ? { ...typed, aboutOrganiser } : typed;
      const report = {
        eventId,
        ...checked,
        language: localised.language,
        receivedAt: deps.system.now().toISOString(),
        ...(aboutOrganiser && { aboutOrganiser }),
        steps: [],
      };
      const reference = await add(deps, event, report, { said: [eventId, said], proof: body.proof?.[0] ?? '' });
      return seeOther(`${path}?lang=${localised.language}&sent=${reference}`);
    };
    const values = {
      what: [typed.what],
      contact: [typed.contact],
      ...(aboutOrganiser && { aboutOrganiser: ['yes'] }),
    };
    return orFormAgain(
      keep,
      values,
      async () => localised,
      async (form) => reportPage({ ...form, path, challenge: await challengeOf(deps, eventId) }),
    );
  };

/**
 * What a transaction of 100 items leaves for mails, of two items each. The addresses that the event names stand last; the timer tells
 * those who are left.
 */
const MOST_TOLD = 40;

interface Sent {
  /** What makes two reports the same one. */
  readonly said: readonly unknown[];
  readonly proof: string;
}

/**
 * One whose proof was spent before is one without. The same words are another report once a reader has opened those before: it happened
 * again, or nobody helped.
 *
 * @returns its reference
 */
async function add(
  deps: ReportDeps,
  event: EventDefinition<string>,
  report: Omit<Report, 'group' | 'reference'>,
  { said, proof }: Sent,
): Promise<string> {
  let pass = proofText.safeParse(proof).success
    ? await solvedBy(deps.secrets, deps.system.now(), event.id, proof)
    : undefined;
  let opened: readonly string[] = [];
  for (;;) {
    const mac = await deps.secrets.mac('report', JSON.stringify([...said, ...opened]));
    const reference = makeReference(mac.subarray(0, REFERENCE_BYTES));
    const sent = { ...report, reference, ...(pass && { proven: true as const }) };
    const tell = async () =>
      (await noticesOf(deps, event, sent))
        .slice(-MOST_TOLD)
        .flatMap((notice) => deps.reportNotices.writes(event, notice));
    const outcome = await deps.reports.add(event, { report: sent, says: await saysOf(deps, sent), pass }, tell);
    if (outcome === 'pass-spent') pass = undefined;
    else if (outcome === 'kept' || !(await isOpened(deps, event, reference))) return reference;
    else opened = [reference];
  }
}

const isOpened = async ({ reports }: ReportDeps, event: EventDefinition<string>, reference: string): Promise<boolean> =>
  (await reports.read(event, reference))?.opened !== undefined;

/** The same of reports that are alike, and nothing from which one could tell what they say. */
export async function saysOf({ secrets }: Pick<ReportDeps, 'secrets'>, report: Omit<Report, 'group'>): Promise<string> {
  const { eventId, aboutOrganiser = false, proven = false } = report;
  const mac = await secrets.mac('report', JSON.stringify([eventId, aboutOrganiser, proven, sentencesOf(report)]));
  return mac.toString('base64url');
}

const challengeOf = ({ secrets, system }: ReportDeps, eventId: string) =>
  newChallenge(secrets, system, eventId, CHALLENGE_LASTS);

type ReportsDeps = Needs<
  'auditTable' | 'events' | 'reportNotices' | 'reports' | 'roles' | 'secrets' | 'system' | 'write'
>;

/** What arrived. That a reader looked is noted, or they do not see it. */
export const listReports =
  (deps: ReportsDeps): Permitted<typeof SAFEGUARDING_ROUTES.listReports> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    await noteRead(deps, event, caller, 'list-reports');
    const { cursor, order = 'newest' } = request.query;
    if (cursor === undefined) await deps.reports.listOlder(event);
    const seen = { eventId: event.id, aboutOrganisers: readsAboutOrganisers(caller.grants) };
    const now = deps.system.now().toISOString();
    const page = deps.reports.page(seen, order, cursor);
    const [{ rows, next }] = await Promise.all([page, noteSeen(deps, event, caller, now)]);
    return json(200, { reports: rows.map(({ more, ...row }) => ({ ...shown(row), more })), next });
  };

/** Those that say the same, of which only one is in the list. */
export const listAlikeReports =
  (deps: ReportsDeps): Permitted<typeof SAFEGUARDING_ROUTES.listAlikeReports> =>
  async (request, caller) => {
    const event = await eventForReaders(deps, request, caller);
    const report = await requireReport(deps, event, caller, request.params.reference);
    await noteRead(deps, event, caller, 'list-reports', report.reference);
    const { rows, next } = await deps.reports.alike(report, request.query.cursor);
    return json(200, { reports: rows.map(shown), next });
  };

export const readReport =
  (deps: ReportsDeps): Permitted<typeof SAFEGUARDING_ROUTES.readReport> =>
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
  (deps: ReportsDeps): Permitted<typeof SAFEGUARDING_ROUTES.stepReport> =>
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

/**
 * The secretariat sees that readers are to be called, once neither readers nor the deputy have opened a report for hours; a reader, since when
 * one waits for them.
 */
export const showUnopenedReports =
  (deps: ReportsDeps): Permitted<typeof SAFEGUARDING_ROUTES.showUnopenedReports> =>
  async ({ params: { eventId }, language }, { grants }) => {
    const { event } = await eventOf(deps, eventId, language);
    const isFor = {
      secretariat: holdsAny(grants, ['vet']),
      readers: mayReadReports(grants, readersVettedUntil(event)),
    };
    return json(200, {
      ...(isFor.readers && (await waitingFor(deps, event, grants))),
      ...(isFor.secretariat && (await overdueReports(deps, event))),
    });
  };

async function waitingFor(
  { reports }: ReportsDeps,
  { id: eventId }: EventDefinition<string>,
  grants: Caller['grants'],
) {
  const oldest = await reports.unopened({ eventId, aboutOrganisers: readsAboutOrganisers(grants) }, 'oldest');
  return oldest && { toRead: oldest.receivedAt };
}

async function overdueReports(deps: ReportsDeps, event: EventDefinition<string>) {
  const oldest = await deps.reports.unopened({ eventId: event.id, aboutOrganisers: true }, 'oldest');
  const since = oldest?.receivedAt;
  const isOverdue =
    since !== undefined && deps.system.now().getTime() - Date.parse(since) >= UNOPENED_HOURS * 60 * 60 * 1000;
  const members = await deps.roles.list(event.id);
  const nobodyReads = members.every(({ grants }) => !isReader(grants, event));
  const nobodyReadsAboutOrganisers = !members.some(({ grants }) => readsAboutOrganisers(grants));
  return {
    ...(isOverdue && { since }),
    ...(nobodyReads && { nobodyReads }),
    ...(nobodyReadsAboutOrganisers && { nobodyReadsAboutOrganisers }),
  };
}

/** What is about an organiser is not there for anyone but deputies. */
async function requireReport(
  deps: ReportsDeps,
  event: EventDefinition<string>,
  { grants }: Caller,
  typed: string,
): Promise<Report> {
  const reference = parseReference(typed);
  const report = reference && (await deps.reports.read(event, reference));
  if (!report || (report.aboutOrganiser && !readsAboutOrganisers(grants))) throw new ProblemError('not-found');
  return report;
}

async function open(
  deps: ReportsDeps,
  event: EventDefinition<string>,
  caller: Caller,
  report: Report,
): Promise<Report> {
  const noted = audited(deps, event, caller, 'read-report', report.reference);
  return deps.reports.open(report, caller.id, noted, await saysOf(deps, report));
}

/** A reader who looked is mailed of what comes from now on; addresses of the definition have nobody else who could look for them. */
const noteSeen = (
  { reportNotices }: ReportsDeps,
  event: EventDefinition<string>,
  { id, grants }: Caller,
  by: string,
): Promise<void> =>
  reportNotices.noteSeen(
    event.id,
    [id, ...(isReader(grants, event) ? [CONTACT] : []), ...(readsAboutOrganisers(grants) ? [DEPUTY] : [])],
    by,
  );

const shown = ({ aboutOrganiser, proven, manner: _, ...row }: ReportRow) => ({
  ...row,
  aboutOrganiser: aboutOrganiser === true,
  proven: proven === true,
});

async function viewOf(deps: ReportsDeps, report: Report) {
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
