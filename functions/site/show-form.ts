import { registrationWindow } from '../../shared/domain/registration-window.ts';
import { ProblemError } from '../../shared/errors.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { cachedBriefly, page } from '../../shared/http/reply.ts';
import { registerPage } from '../../web/site/register-page.ts';
import type { Deps } from './deps.ts';
import { readLocalised } from './localised.ts';

export const showForm =
  (deps: Deps): Handle<'showForm'> =>
  async ({ params, language, path }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    const state = registrationWindow(localised.event, deps.system.now());
    if (state === 'not-open') throw new ProblemError('registration-not-open');
    if (state === 'closed') throw new ProblemError('registration-closed');
    return cachedBriefly(page(registerPage({ ...localised, path, values: {}, problems: [] })));
  };
