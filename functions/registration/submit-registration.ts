import { ProblemError } from '../../shared/errors.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { json } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import type { Deps } from './deps.ts';
import { submit } from './submit.ts';

/** Registration for programs: the same answer whether or not the address was known. */
export const submitRegistration =
  (deps: Deps): Handle<'submitRegistration'> =>
  async ({ params: { eventId }, headers, body, language }) => {
    // Until guardians can consent, nothing that someone under 18 sent is kept, or even looked at.
    if (body.ageBand === 'minor') throw new ProblemError('minors-later', { eventId });
    const key = headers['idempotency-key'];
    const { proof, ...sent } = body;
    const identity = key === undefined ? JSON.stringify(sent) : `key:${key}`;
    await submit(deps, {
      eventId,
      language,
      email: body.email,
      code: body.invitation,
      identity,
      proof,
      submissionFor: () => sent,
    });
    const t = translator(SITE, language);
    return json(202, { status: 'accepted', email: body.email, sender: deps.sender, nextStep: t('thanks.nextStep') });
  };
