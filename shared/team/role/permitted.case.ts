import { ProblemError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/event-id.ts';
import type { Sender } from '../../kernel/http/caller.case.ts';
import type { Guarded, GuardedIn, Handlers } from '../../kernel/http/handler.case.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import type { HttpRequest } from '../../kernel/http/request.case.ts';
import { memberId } from '../../kernel/identity.store.ts';
import type { ForTicks, Route, RouteTable, Tick } from '../../kernel/route.ts';
import { whyOf } from '../../kernel/why.ts';
import type { RoleGrant } from './organiser-role.schema.ts';
import { mayPass } from './organiser-role.ts';
import type { RoleStore } from './role.store.ts';

/** Who calls, and what they hold in the event of the request. */
export interface Caller {
  readonly id: string;
  /** What the team calls them. */
  readonly label?: string | undefined;
  readonly grants: readonly RoleGrant[];
  /** Of which the route that they passed takes one: what they change has to be within reach of it. None where who it is was enough. */
  readonly ticks: readonly Tick[];
  /** Why they look at what is noted, in their own words. */
  readonly why?: string | undefined;
}

/** A use case that is reached by those only whom its route names. */
export type Permitted<Row extends Route> = (request: HttpRequest<Row>, caller: Caller) => Promise<Reply>;

/**
 * Puts the guard before every use case of a function that is for those who run an event.
 *
 * @param routes these of the function's own part of the contract
 * @param useCases one for each of them
 */
export function permitted<Table extends RouteTable>(
  routes: { readonly [Id in GuardedIn<Table>]: ForTicks },
  members: Pick<RoleStore, 'read'>,
  useCases: { readonly [Id in GuardedIn<Table>]: Permitted<Table[Id]> },
): Pick<Handlers<Table>, GuardedIn<Table>> {
  const guarded = Object.entries<Permitted<Route>>(useCases).map(([id, useCase]): [string, Guarded<Route>] => [
    id,
    {
      admit: async (sender) => {
        const caller = await requireRole(members, sender, routes[id as GuardedIn<Table>]);
        return (request) => useCase(request, caller);
      },
    },
  ]);
  return Object.fromEntries(guarded) as unknown as Pick<Handlers<Table>, GuardedIn<Table>>;
}

/**
 * Roles are read for each request, so that taking one back works at once.
 *
 * @throws ProblemError `not-permitted`, the same for an event that does not exist
 */
async function requireRole(
  members: Pick<RoleStore, 'read'>,
  { caller, why, params: { eventId = '' } }: Sender,
  route: ForTicks,
): Promise<Caller> {
  const id = memberId(caller());
  const { grants = [], label } = (isId(eventId) && (await members.read(eventId, id))) || {};
  if (!mayPass(grants, route)) throw new ProblemError('not-permitted');
  return { id, label, grants, ticks: route.ticks === 'signed-in' ? [] : route.ticks, why: whyOf(why) };
}
