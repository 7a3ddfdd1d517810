import { ProblemError } from '../../shared/kernel/errors.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { table } from '../../shared/kernel/http/reply.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { csvOf } from '../../shared/kernel/text/csv.ts';
import { askedOfDelegations, columnLabels } from '../../web/site/delegation/columns.ts';
import type { Deps } from './deps.ts';

/** A table to fill in, with every column that is read. */
export const getDelegationTable =
  (deps: Deps): Handle<'getDelegationTable'> =>
  async ({ params: { eventId }, language: wanted }) => {
    const localised = await deps.events.readEvent(eventId, wanted);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const labels = columnLabels(askedOfDelegations(localised.event), translator(SITE, localised.language));
    return table(`delegation-${eventId}`, csvOf([[...labels.values()]]));
  };
