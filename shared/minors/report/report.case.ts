import { reportPage, reportSentPage } from '../../../web/site/minors/report-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import { newChallenge, solvedBy } from '../../kernel/keys/proof-of-work.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { proofText } from '../../kernel/proof.schema.ts';
import { makeReference, parseReference } from '../../kernel/text/reference.ts';
import type { GUARDIAN_ROUTES } from '../consent/guardian.routes.ts';
import { checkReport, sentencesOf } from './report.ts';
import type { Report } from './reports.schema.ts';
import { noticesOf } from './watch-reports.case.ts';

type Deps = Needs<'events' | 'reportNotices' | 'reports' | 'roles' | 'secrets' | 'system'>;

const REFERENCE_BYTES = 9;
/** Seconds in which a solved challenge counts: as long as a person may write who stops again and again. */
const CHALLENGE_LASTS = 60 * 60;

export const showReport =
  (deps: Deps): Handle<typeof GUARDIAN_ROUTES.showReport> =>
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
  (deps: Deps): Handle<typeof GUARDIAN_ROUTES.postReport> =>
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
  deps: Deps,
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

const isOpened = async ({ reports }: Deps, event: EventDefinition<string>, reference: string): Promise<boolean> =>
  (await reports.read(event, reference))?.opened !== undefined;

/** The same of reports that are alike, and nothing from which one could tell what they say. */
export async function saysOf({ secrets }: Pick<Deps, 'secrets'>, report: Omit<Report, 'group'>): Promise<string> {
  const { eventId, aboutOrganiser = false, proven = false } = report;
  const mac = await secrets.mac('report', JSON.stringify([eventId, aboutOrganiser, proven, sentencesOf(report)]));
  return mac.toString('base64url');
}

const challengeOf = ({ secrets, system }: Deps, eventId: string) =>
  newChallenge(secrets, system, eventId, CHALLENGE_LASTS);
