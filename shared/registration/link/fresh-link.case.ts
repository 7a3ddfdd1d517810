import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { provenBy } from '../proven.ts';
import { manageToken } from './manage-link.store.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'secrets' | 'siteUrl' | 'system' | 'write'>;

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
