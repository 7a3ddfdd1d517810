import type { Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { openForm } from '../form/open-form.case.ts';
import { take } from './take.case.ts';

type Deps = Needs<'box' | 'formsOf' | 'publicKeysOf' | 'system'>;

/** The same for programs. */
export const sendFeedback =
  (deps: Deps): Handle<'sendFeedback'> =>
  async ({ params, body: { answers, ...proof }, language }) => {
    await take(deps, await openForm(deps, params, language), proof, answers);
    return json(201, { taken: true });
  };
