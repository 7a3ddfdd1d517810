import { eventParams, jsonBody, teamApi, teamTable, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { feedbackOverview, feedbackResults, feedbackTexts, formChange, formId } from './feedback-results.schema.ts';

const FEEDBACK = '/api/organiser/events/{eventId}/feedback';
const formParams = eventParams.extend({ formId });

const ERRORS = ['not-permitted', 'unknown-event', 'not-found', 'invalid-input'] as const;

/** What those who run an event see of feedback, and decide about it. */
export const FEEDBACK_RESULTS_ROUTES = defineRoutes({
  listFeedback: {
    ...teamApi('feedback-results', ['see-feedback']),
    method: 'GET',
    path: FEEDBACK,
    summary: 'The feedback forms of an event: how each stands, and how many answered',
    output: { 200: feedbackOverview },
    errors: ['not-permitted', 'unknown-event'],
  },
  showFeedback: {
    ...teamApi('feedback-results', ['see-feedback']),
    method: 'GET',
    path: `${FEEDBACK}/{formId}`,
    summary: 'What a form came to, in steps of five answers, by way of attending and by group where five are alike',
    params: formParams,
    output: { 200: feedbackResults },
    errors: ERRORS,
  },
  exportFeedback: {
    ...teamTable('feedback-results', ['see-feedback']),
    method: 'GET',
    path: `${FEEDBACK}/{formId}/numbers.csv`,
    summary: 'The same as a table (UTF-8)',
    params: formParams,
    errors: ERRORS,
  },
  listFeedbackTexts: {
    ...teamApi('feedback-results', ['read-texts']),
    method: 'GET',
    path: `${FEEDBACK}/{formId}/texts`,
    summary: 'What people wrote, in the same steps as the numbers. Each look is noted',
    params: formParams,
    output: { 200: feedbackTexts },
    errors: ERRORS,
  },
  exportFeedbackTexts: {
    ...teamTable('feedback-results', ['read-texts']),
    method: 'GET',
    path: `${FEEDBACK}/{formId}/texts.csv`,
    summary: 'The same as a table (UTF-8)',
    params: formParams,
    errors: [...ERRORS, 'export-too-large'],
  },
  changeForm: {
    ...teamApi('feedback-results', ['edit-event']),
    method: 'POST',
    path: `${FEEDBACK}/{formId}/changes`,
    summary:
      'Open a form, now or at a time, close it, switch it off or on, or say who attended its session; what is so already is a success',
    params: formParams,
    ...jsonBody(formChange),
    output: { 200: feedbackOverview },
    errors: [
      'not-permitted',
      'unknown-event',
      'not-found',
      'out-of-date',
      'feedback-over',
      'form-not-open',
      ...UNREADABLE,
    ],
  },
});
