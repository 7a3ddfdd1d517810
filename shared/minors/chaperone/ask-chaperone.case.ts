import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { eventForVetted } from '../vetted.case.ts';
import { asked, refused, requireAdult } from './ask-adult.case.ts';
import { mayChaperone } from './chaperone.ts';
import { chaperoneRows } from './chaperone-row.case.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'roles' | 'system'>;

/** Asks one adult more than there are young people to entrust: the floor counts whoever is ready (CS12). */
export const askChaperone =
  (deps: Deps): Permitted<'askChaperone'> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const adult = await requireAdult(deps, event, request.body.chaperone);
    const noted = audited(deps, event, caller, 'ask-chaperone', adult.reference);
    const after = await changeRegistration(deps, event, adult, ({ before }) => {
      if (!mayChaperone(before)) throw refused('not-a-chaperone');
      const { chaperoning, messages } = asked(deps.system, before);
      if (messages.length === 0) return undefined;
      return { after: changed(before, { chaperoning }, deps.system.now()), messages, also: [noted] };
    });
    return json(200, (await chaperoneRows(deps, event, caller))(after));
  };
