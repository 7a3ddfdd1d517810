import { json } from '../../../shared/kernel/http/reply.ts';
import { mailAgain } from '../../../shared/registering/send-again.ts';
import { audited } from '../../../shared/team/audit/audited.case.ts';
import type { Permitted } from '../../../shared/team/role/permitted.case.ts';
import { ownRegistration } from '../../../shared/team/role/within-reach.case.ts';
import type { Deps } from '../deps.ts';

/** Mails someone their ticket or link again, for whom a mail was lost; no more often than they could ask for it themselves. */
export const sendMailAgain =
  (deps: Deps): Permitted<'sendMailAgain'> =>
  async (request, caller) => {
    const found = await ownRegistration(deps, request, caller);
    const also = [audited(deps, found.event, caller, 'send-again', found.registration.reference)];
    return json(200, { mailed: await mailAgain(deps, found, also) });
  };
