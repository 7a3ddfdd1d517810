import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import type { Deps } from './deps.ts';
import { openForm } from './open-form.ts';
import { take } from './take.ts';

/** The same for programs. */
export const sendFeedback =
  (deps: Deps): Handle<'sendFeedback'> =>
  async ({ params, body: { answers, ...proof }, language }) => {
    await take(deps, await openForm(deps, params, language), proof, answers);
    return json(201, { taken: true });
  };
