import { sharingOf } from '../../../web/site/event/event-page.ts';
import { youngFormPage } from '../../../web/site/minors/young-form-page.ts';
import { readLocalised } from '../../event/page/localised.case.ts';
import type { SITE_ROUTES } from '../../event/site.routes.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { requireOpenToMinors } from '../../registration/apply/require-open.ts';

type Deps = Needs<'events' | 'siteUrl' | 'system'>;

/** The short form for people under 18, where the event takes any. */
export const showYoungForm =
  (deps: Deps): Handle<typeof SITE_ROUTES.showYoungForm> =>
  async ({ params: { eventId }, language, path }) => {
    const localised = await readLocalised(deps, eventId, language);
    if (localised.event.minors === undefined) throw new ProblemError('minors-later', { eventId });
    requireOpenToMinors(localised.event, deps.system.now());
    return cachedBriefly(
      page(youngFormPage({ ...localised, sharing: sharingOf(deps.siteUrl), path, values: {}, problems: [] })),
    );
  };
