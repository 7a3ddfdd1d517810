import { readLocalised } from '../../shared/event/page/localised.case.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../shared/kernel/http/reply.ts';
import { requireOpen } from '../../shared/registration/apply/require-open.ts';
import { youngFormPage } from '../../web/site/young-form-page.ts';
import type { Deps } from './deps.ts';

/** The short form for people under 18, where the event takes any. */
export const showYoungForm =
  (deps: Deps): Handle<'showYoungForm'> =>
  async ({ params: { eventId }, language, path }) => {
    const localised = await readLocalised(deps, eventId, language);
    if (localised.event.minors === undefined) throw new ProblemError('minors-later', { eventId });
    requireOpen(localised.event, deps.system.now());
    return cachedBriefly(page(youngFormPage({ ...localised, path, values: {}, problems: [] })));
  };
