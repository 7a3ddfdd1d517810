import { PASS_GROUPS } from '../../shared/domain/feedback/pass.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import type { Deps } from './deps.ts';
import { formOf } from './open-form.ts';

/** The same for everybody: who compares knows that no key is theirs alone. */
export const getFeedbackKeys =
  (deps: Deps): Handle<'getFeedbackKeys'> =>
  async ({ params, language }) => {
    const { event, form } = await formOf(deps, params, language);
    const keys = await deps.publicKeysOf.all({ eventId: event.id, form: form.id });
    const texts = PASS_GROUPS.flatMap((group) => (keys ? [[group, keys[group].toString('base64url')]] : []));
    return json(200, { keys: Object.fromEntries(texts) });
  };
