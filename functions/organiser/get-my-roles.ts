import { json } from '../../shared/kernel/http/reply.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';

/** Tells the console what to show, and someone without a role that they have none. */
export const getMyRoles: Permitted<'getMyRoles'> = async ({ params: { eventId } }, { grants }) =>
  json(200, { eventId, grants });
