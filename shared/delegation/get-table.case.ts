import { askedOfDelegations, columnLabels } from '../../web/site/delegation/columns.ts';
import { ProblemError } from '../kernel/errors.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { table } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { csvOf } from '../kernel/text/csv.ts';
import type { DELEGATION_ROUTES } from './delegation.routes.ts';

type Deps = Needs<'events'>;

/** A table to fill in, with every column that is read. */
export const getDelegationTable =
  (deps: Deps): Handle<typeof DELEGATION_ROUTES.getDelegationTable> =>
  async ({ params: { eventId }, language: wanted }) => {
    const localised = await deps.events.readEvent(eventId, wanted);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const labels = columnLabels(askedOfDelegations(localised.event), siteWords(localised.language));
    return table(`delegation-${eventId}`, csvOf([[...labels.values()]]));
  };
