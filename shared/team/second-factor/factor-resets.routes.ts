import { eventParams, hash, jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { eventRoles, newFactorReset } from '../role/organiser-role.schema.ts';

const PATH = '/api/organiser/events/{eventId}/roles/{memberId}/factor-reset';
const params = eventParams.extend({ memberId: hash });

/** Problems of asking the directory: it is another organisation's, it does not know the account, or it did not answer. */
const DIRECTORY = ['factor-elsewhere', 'account-unknown', 'accounts-unavailable'] as const;

/** A lost second factor, which two organisers reset. */
export const FACTOR_RESET_ROUTES = defineRoutes({
  proposeFactorReset: {
    ...teamApi('team', ['manage-team']),
    method: 'POST',
    path: PATH,
    summary:
      "Propose to reset a member's lost second factor: a second organiser accepts it within a day; everyone whom it concerns is mailed",
    params,
    ...jsonBody(newFactorReset),
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'own-factor', 'not-second-person', ...DIRECTORY, 'busy', ...UNREADABLE],
  },
  withdrawFactorReset: {
    ...teamApi('team', ['manage-team', 'safeguarding', 'care']),
    method: 'DELETE',
    path: PATH,
    summary: "Take back a proposal to reset a member's second factor; twice is a success twice",
    params,
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'busy', 'invalid-input'],
  },
  acceptFactorReset: {
    ...teamApi('team', ['manage-team']),
    method: 'POST',
    path: `${PATH}/acceptance`,
    summary:
      'Accept as the second organiser that a second factor is reset: it is reset at once, and may be pressed again where that failed',
    params,
    output: { 200: eventRoles },
    errors: [
      'not-permitted',
      'unknown-event',
      'not-second-person',
      'factor-reset-later',
      ...DIRECTORY,
      'busy',
      'invalid-input',
    ],
  },
});
