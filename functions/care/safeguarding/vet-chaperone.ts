import { mayChaperone, minorsOf, saidBy } from '../../../shared/domain/chaperone.ts';
import { parseReference } from '../../../shared/domain/reference.ts';
import { ProblemError } from '../../../shared/errors.ts';
import { json } from '../../../shared/http/reply.ts';
import { audited } from '../../../shared/organising/audited.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import { changeRegistration } from '../../../shared/registering/change-registration.ts';
import { renewTie } from '../../../shared/registering/chaperone-writes.ts';
import { changed } from '../../../shared/registering/new-items.ts';
import type { Deps } from '../deps.ts';
import { chaperoneRow } from './chaperone-row.ts';
import { eventForVetted } from './vetted.ts';

/** Notes until when an adult was vetted, or that they are not any more; it holds for all they look after. */
export const vetChaperone =
  (deps: Deps): Permitted<'vetChaperone'> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const { revision, ...body } = request.body;
    const vettedUntil = body.vettedUntil ?? undefined;
    const reference = parseReference(request.params.reference);
    const registration = reference && (await deps.registrations.read(event.id, reference));
    if (!registration || !mayChaperone(registration)) throw new ProblemError('not-found');
    const noted = audited(deps, event, caller, 'vet-chaperone', reference);
    const after = await changeRegistration(deps, event, registration, ({ before }) => {
      const { chaperoning = { minors: {} }, eventId, reference: adult } = before;
      if (chaperoning.vettedUntil === vettedUntil) return undefined;
      if (before.revision !== revision || !mayChaperone(before)) throw new ProblemError('out-of-date');
      const now = deps.system.now();
      const next = changed(before, { chaperoning: { ...chaperoning, vettedUntil } }, now);
      const ties = minorsOf(before).map((minor) =>
        renewTie(deps.tables.registry, { eventId, minor, adult }, saidBy(next), now),
      );
      return { after: next, messages: [], also: [...ties, noted] };
    });
    return json(200, chaperoneRow(after));
  };
