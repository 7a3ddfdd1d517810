import * as z from 'zod';
import {
  eventParams,
  formBody,
  formFields,
  jsonBody,
  languageQuery,
  publicPage,
  UNREADABLE,
} from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { feedback, feedbackKeys, feedbackTaken } from './feedback.schema.ts';

const formParams = eventParams.extend({ form: z.string() });

/** Why a form takes no answers. One that is switched off, or that there never was, is not found. */
const WHEN = ['not-found', 'feedback-not-open', 'feedback-closed'] as const;

/** Taking answers: from nobody in particular, with a token that says that they attended. */
export const FEEDBACK_ROUTES = defineRoutes({
  showFeedbackForm: {
    ...publicPage('feedback'),
    method: 'GET',
    path: '/f/{eventId}/{form}',
    summary: 'The form about a session or about the event, the same for everyone; its script fetches the token',
    params: formParams,
    errors: WHEN,
  },
  postFeedbackForm: {
    ...publicPage('feedback'),
    method: 'POST',
    path: '/f/{eventId}/{form}',
    summary: 'Send the answers: 303 to the thanks page, or 422 with the form again',
    params: formParams,
    ...formBody(formFields),
    statuses: [303],
    errors: [...WHEN, 'token-not-valid', 'token-spent', ...UNREADABLE],
  },
  showFeedbackThanks: {
    ...publicPage('feedback'),
    method: 'GET',
    path: '/f/{eventId}/{form}/thanks',
    summary: 'That answers were counted, without a word of whose or which',
    params: formParams,
    errors: ['not-found'],
  },
  getFeedbackKeys: {
    method: 'GET',
    path: '/api/events/{eventId}/feedback/{form}/keys',
    function: 'feedback',
    kind: 'json',
    auth: 'public',
    summary: 'The public keys of a form, once anybody asked for a token',
    params: formParams,
    output: { 200: feedbackKeys },
    errors: ['not-found'],
  },
  sendFeedback: {
    method: 'POST',
    path: '/api/events/{eventId}/feedback/{form}',
    function: 'feedback',
    kind: 'json',
    auth: 'public',
    summary: 'Answers to a form with an unblinded token: each token once',
    params: formParams,
    query: languageQuery,
    ...jsonBody(feedback),
    output: { 201: feedbackTaken },
    errors: [...WHEN, 'token-not-valid', 'token-spent', ...UNREADABLE],
  },
});
