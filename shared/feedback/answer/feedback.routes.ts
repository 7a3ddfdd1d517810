import * as z from 'zod';
import { eventParams, formFields, languageQuery, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT } from '../../kernel/limits.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { feedback, feedbackKeys, feedbackTaken } from './feedback.schema.ts';

const formParams = eventParams.extend({ form: z.string() });

/** Why a form takes no answers. One that is switched off, or that there never was, is not found. */
const WHEN = ['not-found', 'feedback-not-open', 'feedback-closed'] as const;

/** Taking answers: from nobody in particular, with a token that says that they attended. */
export const FEEDBACK_ROUTES = defineRoutes({
  showFeedbackForm: {
    method: 'GET',
    path: '/f/{eventId}/{form}',
    function: 'feedback',
    kind: 'page',
    auth: 'public',
    summary: 'The form about a session or about the event, the same for everyone; its script fetches the token',
    params: formParams,
    query: languageQuery,
    errors: WHEN,
  },
  postFeedbackForm: {
    method: 'POST',
    path: '/f/{eventId}/{form}',
    function: 'feedback',
    kind: 'page',
    auth: 'public',
    summary: 'Send the answers: 303 to the thanks page, or 422 with the form again',
    params: formParams,
    query: languageQuery,
    body: formFields,
    bodyFormat: 'form',
    bodyLimit: BODY_LIMIT.form,
    statuses: [303],
    errors: [...WHEN, 'token-not-valid', 'token-spent', ...UNREADABLE],
  },
  showFeedbackThanks: {
    method: 'GET',
    path: '/f/{eventId}/{form}/thanks',
    function: 'feedback',
    kind: 'page',
    auth: 'public',
    summary: 'That answers were counted, without a word of whose or which',
    params: formParams,
    query: languageQuery,
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
    body: feedback,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 201: feedbackTaken },
    errors: [...WHEN, 'token-not-valid', 'token-spent', ...UNREADABLE],
  },
});
