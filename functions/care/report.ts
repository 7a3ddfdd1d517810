import { makeReference, parseReference } from '../../shared/domain/reference.ts';
import { checkReport } from '../../shared/domain/report.ts';
import { InvalidInputError, ProblemError } from '../../shared/errors.ts';
import { orFormAgain } from '../../shared/http/form-again.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { page, seeOther } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { toFocalPoint } from '../../shared/registering/to-focal-point.ts';
import { reportPage, reportSentPage } from '../../web/site/report-page.ts';
import type { Deps } from './deps.ts';

const REFERENCE_BYTES = 9;

export const showReport =
  (deps: Deps): Handle<'showReport'> =>
  async ({ params: { eventId }, query, language, path }) => {
    const localised = await deps.events.readEvent(eventId, language);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const shown = { ...localised, t: translator(SITE, localised.language), path };
    const reference = query.sent === undefined ? undefined : parseReference(query.sent);
    return page(
      reference === undefined
        ? reportPage({ ...shown, values: {}, problems: [] })
        : reportSentPage({ ...shown, reference }),
    );
  };

/**
 * Keeps what someone tells the focal point, who is mailed that there is something to read and nothing of it (CS17).
 * The same report sent twice is one: its reference comes from what it says.
 */
export const postReport =
  (deps: Deps): Handle<'postReport'> =>
  async ({ params: { eventId }, body, language, path }) => {
    const typed = { what: body.what?.[0] ?? '', contact: body.contact?.[0] ?? '' };
    const localised = await deps.events.readEvent(eventId, language);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const { event } = localised;
    const keep = async () => {
      const checked = checkReport(typed);
      if ('issues' in checked) throw new InvalidInputError(checked.issues);
      const mac = await deps.secrets.mac('report', JSON.stringify([eventId, typed]));
      const reference = makeReference(mac.subarray(0, REFERENCE_BYTES));
      const receivedAt = deps.system.now().toISOString();
      const report = { eventId, reference, ...checked, language: localised.language, receivedAt, steps: [] };
      await deps.reports.add(event, report, toFocalPoint(deps.system, event, 'report-received', reference));
      return seeOther(`${path}?lang=${localised.language}&sent=${reference}`);
    };
    const values = { what: [typed.what], contact: [typed.contact] };
    return orFormAgain(
      keep,
      values,
      async () => localised,
      (form) => reportPage({ ...form, path }),
    );
  };
