import { json } from '../../kernel/http/reply.ts';
import type { Permitted } from './permitted.case.ts';
import type { ROLE_ROUTES } from './roles.routes.ts';

/** Tells the console what to show, and someone without a role that they have none. */
export const getMyRoles: Permitted<typeof ROLE_ROUTES.getMyRoles> = async ({ params: { eventId } }, { grants }) =>
  json(200, { eventId, grants });
