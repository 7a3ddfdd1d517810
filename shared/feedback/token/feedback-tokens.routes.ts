import * as z from 'zod';
import {
  bearerHeaders,
  eventParams,
  formBody,
  formFields,
  jsonBody,
  LINK,
  languageQuery,
  linkPage,
  linkParams,
  UNREADABLE,
} from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { blindedToken, feedbackPass, signedToken } from '../answer/feedback.schema.ts';

const formParams = eventParams.extend({ form: z.string() });
const ownFormParams = linkParams.extend({ form: z.string() });

/** Why an attendee gets no token for a form. */
const REFUSED = ['not-found', 'feedback-not-open', 'feedback-closed', 'not-attended'] as const;

/** Saying that a person attended, without seeing what they will be known by when they answer. */
export const FEEDBACK_TOKEN_ROUTES = defineRoutes({
  showMyFeedback: {
    ...linkPage('feedback-tokens', 'registration'),
    method: 'GET',
    path: '/m/{token}/feedback',
    summary: 'The forms about what the holder of the link attended',
    errors: LINK,
  },
  postMyFeedback: {
    ...linkPage('feedback-tokens', 'registration'),
    method: 'POST',
    path: '/m/{token}/feedback/{form}',
    summary:
      'A form for a browser without a script, or the answers to it: 303 to the thanks page, or 422 with the form again; the page says what that weakens',
    params: ownFormParams,
    ...formBody(formFields),
    statuses: [303],
    errors: [...LINK, ...REFUSED, 'token-elsewhere', ...UNREADABLE],
  },
  makeFeedbackPass: {
    method: 'POST',
    path: '/api/events/{eventId}/feedback/{form}/pass',
    function: 'feedback-tokens',
    kind: 'json',
    auth: 'feedback',
    summary:
      'The key with which the bearer blinds, and what may be said of them beside their answers; made for the first who asks',
    params: formParams,
    query: languageQuery,
    headers: bearerHeaders,
    output: { 200: feedbackPass },
    errors: ['link-not-valid', ...REFUSED],
  },
  issueFeedbackToken: {
    method: 'POST',
    path: '/api/events/{eventId}/feedback/{form}/tokens',
    function: 'feedback-tokens',
    kind: 'json',
    auth: 'feedback',
    summary:
      'Sign a blinded token: one for each form that the bearer attended, and the same one as often as it is asked for',
    params: formParams,
    query: languageQuery,
    headers: bearerHeaders,
    ...jsonBody(blindedToken),
    output: { 200: signedToken },
    errors: ['link-not-valid', ...REFUSED, 'token-elsewhere', ...UNREADABLE],
  },
});
