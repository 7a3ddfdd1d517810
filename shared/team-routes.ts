import { COPY_ROUTES } from './event/definition/definition.routes.ts';
import { ROLE_ROUTES } from './team/role/roles.routes.ts';
import { FACTOR_RESET_ROUTES } from './team/second-factor/factor-resets.routes.ts';

/** Who may do what in an event, what two people do for a third, and the event that an owner makes from theirs. */
export const TEAM_ROUTES = { ...ROLE_ROUTES, ...FACTOR_RESET_ROUTES, ...COPY_ROUTES };
