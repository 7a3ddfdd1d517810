import { ORGANISER_ROUTES } from '../../shared/contract/routes/organiser.ts';
import { isId } from '../../shared/domain/event-id.ts';
import { holdsAny, type OrganiserRole, type RoleGrant } from '../../shared/domain/organiser-role.ts';
import { ProblemError } from '../../shared/errors.ts';
import type { Sender } from '../../shared/http/caller.ts';
import type { Guarded, Handlers } from '../../shared/http/handler.ts';
import type { Reply } from '../../shared/http/reply.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { memberId } from '../../shared/store/member-id.ts';
import type { Deps } from './deps.ts';

type OrganiserRouteId = keyof typeof ORGANISER_ROUTES;

/** Who calls, and what they hold in the event of the request. */
export interface Caller {
  readonly id: string;
  readonly grants: readonly RoleGrant[];
}

/** A use case that is reached by those only whom its route names. */
export type Permitted<Id extends OrganiserRouteId> = (request: HttpRequest<Id>, caller: Caller) => Promise<Reply>;

/**
 * Puts the guard before every use case.
 *
 * @param useCases one for each organiser route
 */
export function permitted(
  deps: Deps,
  useCases: { readonly [Id in OrganiserRouteId]: Permitted<Id> },
): Handlers<'organiser'> {
  const guarded = Object.entries(useCases).map(([id, useCase]): [string, Guarded<OrganiserRouteId>] => [
    id,
    {
      admit: async (sender) => {
        const caller = await requireRole(deps, sender, ORGANISER_ROUTES[id as OrganiserRouteId].roles);
        return (request) => (useCase as Permitted<OrganiserRouteId>)(request as never, caller);
      },
    },
  ]);
  return Object.fromEntries(guarded) as unknown as Handlers<'organiser'>;
}

/**
 * Roles are read for each request, so that taking one back works at once.
 *
 * @throws ProblemError `not-permitted`, the same for an event that does not exist
 */
async function requireRole(
  deps: Deps,
  { caller, params: { eventId = '' } }: Sender,
  roles: readonly OrganiserRole[] | 'signed-in',
): Promise<Caller> {
  const id = memberId(caller);
  const grants = isId(eventId) ? ((await deps.roles.read(eventId, id))?.grants ?? []) : [];
  if (roles !== 'signed-in' && !holdsAny(grants, roles)) throw new ProblemError('not-permitted');
  return { id, grants };
}
