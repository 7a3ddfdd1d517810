import { ROLE_ROUTES } from './role/roles.routes.ts';
import { FACTOR_RESET_ROUTES } from './second-factor/factor-resets.routes.ts';

/** Who may do what in an event, and what two people do for a third. */
export const TEAM_ROUTES = { ...ROLE_ROUTES, ...FACTOR_RESET_ROUTES };
