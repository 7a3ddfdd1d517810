import { json } from '../../kernel/http/reply.ts';
import type { Permitted } from './permitted.case.ts';

/** Tells the console what to show, and someone without a role that they have none. */
export const getMyRoles: Permitted<'getMyRoles'> = async ({ params: { eventId } }, { grants }) =>
  json(200, { eventId, grants });
