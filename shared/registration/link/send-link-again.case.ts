import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration } from '../../team/role/within-reach.case.ts';
import { mailAgain } from './send-again.case.ts';

type Deps = Needs<'auditTable' | 'events' | 'locks' | 'registrations' | 'secrets' | 'system' | 'write'>;

/** Mails someone their ticket or link again, for whom a mail was lost; no more often than they could ask for it themselves. */
export const sendMailAgain =
  (deps: Deps): Permitted<'sendMailAgain'> =>
  async (request, caller) => {
    const found = await ownRegistration(deps, request, caller);
    const also = [audited(deps, found.event, caller, 'send-again', found.registration.reference)];
    return json(200, { mailed: await mailAgain(deps, found, also) });
  };
