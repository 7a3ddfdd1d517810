import { eventParams, jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../../kernel/route.ts';
import { listId } from '../check-in.schema.ts';
import { alikeConflicts, decisionTogether, settledTogether } from './alike.schema.ts';

const CHECK_IN = '/api/organiser/events/{eventId}/check-in';

/** Scans in doubt of one cause: a list that closes too early makes hundreds, of which one decision fits all. */
export const ALIKE_ROUTES = defineRoutes({
  listAlike: {
    ...teamApi('doors', ['run-check-in']),
    method: 'GET',
    path: `${CHECK_IN}/conflicts-alike`,
    summary:
      'Scans that a person has to look at for one cause, of two tickets and more: what was the matter, on which list, by which phone',
    output: { 200: alikeConflicts },
    errors: ['not-permitted', 'unknown-event'],
  },
  settleAlike: {
    ...teamApi('doors', ['run-check-in']),
    method: 'POST',
    path: `${CHECK_IN}/conflicts/{listId}`,
    summary:
      'Note the same of scans of up to 99 tickets on a list, all or none of them at once; of what stands otherwise than it was seen, nothing is noted',
    params: eventParams.extend({ listId }),
    ...jsonBody(decisionTogether, BODY_LIMIT.form),
    output: { 200: settledTogether },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
});
