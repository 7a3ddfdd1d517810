import { InvalidInputError } from '../../kernel/errors.ts';
import { guarded } from '../../kernel/http/guarded.case.ts';
import type { Guarded } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { attendedForm, bearerOf } from './attendee.case.ts';
import { blindSign } from './blind-signature.store.ts';
import { groupOf, keysFor, noteIssued } from './issue.case.ts';

type Deps = Needs<'client' | 'counts' | 'keysOf' | 'registrations' | 'registry' | 'secrets' | 'system'>;

/** Signs unseen. It is noted before it is given out: nobody has a signature of which we do not know. */
export const issueFeedbackToken = (deps: Deps): Guarded<'issueFeedbackToken'> =>
  guarded(
    ({ params: { eventId = '' }, authorization, language }) => bearerOf(deps, { eventId, authorization }, language),
    async ({ params: { form }, body }, held) => {
      await attendedForm(deps, held, form);
      const secrets = await keysFor(deps, held, form);
      const blinded = Buffer.from(body.blinded, 'base64url');
      const signature = blindSign(secrets.privateKeys[groupOf(held.registration)], blinded);
      if (signature === undefined) throw new InvalidInputError([{ path: 'blinded', code: 'wrong-type' }]);
      await noteIssued(deps, held, { form, secrets, blinded });
      return json(200, { signature: signature.toString('base64url') });
    },
  );
