import { provenBy } from '../../../shared/domain/proven.ts';
import { json } from '../../../shared/kernel/http/reply.ts';
import { manageToken } from '../../../shared/keys/manage-link.ts';
import { changed } from '../../../shared/mail/outbox/new-items.store.ts';
import { changeRegistration } from '../../../shared/registering/change-registration.ts';
import { audited } from '../../../shared/team/audit/audited.case.ts';
import type { Permitted } from '../../../shared/team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../../shared/team/role/within-reach.case.ts';
import type { Deps } from '../deps.ts';

/** Replaces every earlier link: for someone whose mail does not arrive, or who lost a print. */
export const makeFreshLink =
  (deps: Deps): Permitted<'makeFreshLink'> =>
  async (request, caller) => {
    const { registration, event } = await ownRegistration(deps, request, caller);
    const also = [audited(deps, event, caller, 'link', registration.reference)];
    const after = await changeRegistration(deps, event, registration, ({ before }) => {
      requireReach(caller, before);
      const linkVersion = before.linkVersion + 1;
      // Whoever hands it over says whose it is.
      return { after: provenBy(changed(before, { linkVersion }, deps.system.now()), 'vouched'), messages: [], also };
    });
    const { reference, fullName, organisation, status, language } = after;
    return json(200, {
      link: `${deps.siteUrl}/m/${await manageToken(after, deps.secrets)}?lang=${language}`,
      reference,
      fullName,
      organisation,
      status,
      language,
      event: { id: event.id, title: event.title },
    });
  };
