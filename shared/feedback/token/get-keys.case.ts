import type { Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { formOf } from '../form/open-form.case.ts';
import { PASS_GROUPS } from './pass.ts';

type Deps = Needs<'formsOf' | 'publicKeysOf' | 'system'>;

/** The same for everybody: who compares knows that no key is theirs alone. */
export const getFeedbackKeys =
  (deps: Deps): Handle<'getFeedbackKeys'> =>
  async ({ params, language }) => {
    const { event, form } = await formOf(deps, params, language);
    const keys = await deps.publicKeysOf.all({ eventId: event.id, form: form.id });
    const texts = PASS_GROUPS.flatMap((group) => (keys ? [[group, keys[group].toString('base64url')]] : []));
    return json(200, { keys: Object.fromEntries(texts) });
  };
