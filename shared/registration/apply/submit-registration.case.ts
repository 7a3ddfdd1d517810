import type { Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { YoungRequest } from '../../minors/young.ts';
import type { REGISTRATION_ROUTES } from '../registration.routes.ts';
import { submit } from './submit.case.ts';

type Deps = Needs<'changes' | 'secrets' | 'sender' | 'submissions' | 'system' | 'tables' | 'unconfirmed'>;

/**
 * Registration for programs: the same answer whether or not the address was known.
 *
 * @param registerMinor begins a registration of someone under 18
 */
export const submitRegistration =
  (
    deps: Deps,
    registerMinor: (request: YoungRequest) => Promise<void>,
  ): Handle<typeof REGISTRATION_ROUTES.submitRegistration> =>
  async ({ params: { eventId }, headers, body, language }) => {
    const key = headers['idempotency-key'];
    const identityOf = (sent: object): string => (key === undefined ? JSON.stringify(sent) : `key:${key}`);
    const t = siteWords(language);
    const told = { status: 'accepted', email: body.email, sender: deps.sender };
    if (body.ageBand === 'minor') {
      const { proof, ...sent } = body;
      await registerMinor({ eventId, language, sent, identity: identityOf(sent), proof });
      return json(202, { ...told, nextStep: t(sent.guardian.onPaper ? 'young.thanks.paper' : 'young.thanks.young') });
    }
    const { proof, ...sent } = body;
    await submit(deps, {
      eventId,
      language,
      email: body.email,
      code: body.invitation,
      identity: identityOf(sent),
      proof,
      submissionFor: () => sent,
    });
    return json(202, { ...told, nextStep: t('thanks.nextStep') });
  };
