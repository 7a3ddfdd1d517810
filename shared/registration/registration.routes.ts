import * as z from 'zod';
import {
  bearerHeaders,
  eventParams,
  formBody,
  formFields,
  jsonBody,
  languageQuery,
  linkPage,
  publicPage,
  UNREADABLE,
  WINDOW,
} from '../kernel/http/parts.schema.ts';
import { defineRoutes } from '../kernel/route.ts';
import { accepted, anySubmission, confirmation, recovery, recoveryForm, youngForm } from './apply/submission.schema.ts';
import { canaryErased, canaryState } from './canary.schema.ts';

/** What the canary alone may do, in its own event and with one address. */
const CANARY_API = {
  path: '/api/events/{eventId}/registrations',
  function: 'registration',
  kind: 'json',
  auth: 'canary',
  params: eventParams,
  headers: bearerHeaders,
  errors: ['link-not-valid'],
} as const;

/** Registering, confirming a form that came by mail, and asking for the link of a registration again. */
export const REGISTRATION_ROUTES = defineRoutes({
  postForm: {
    ...publicPage('registration'),
    method: 'POST',
    path: '/e/{eventId}/register',
    summary: 'Send the registration form: 303 to the thanks page, or 422 with the form again',
    ...formBody(formFields),
    statuses: [303],
    errors: ['unknown-event', ...WINDOW, 'proof-needed', ...UNREADABLE],
  },
  postYoungForm: {
    ...publicPage('registration'),
    method: 'POST',
    path: '/e/{eventId}/register/young',
    summary: 'Ask the guardian of someone under 18: 303 to the thanks page, or 422 with the form again',
    ...formBody(youngForm),
    statuses: [303],
    errors: ['unknown-event', ...WINDOW, 'minors-later', 'proof-needed', ...UNREADABLE],
  },
  submitRegistration: {
    method: 'POST',
    path: '/api/events/{eventId}/registrations',
    function: 'registration',
    kind: 'json',
    auth: 'public',
    summary: 'Register: always the same answer, whether or not the address was known',
    params: eventParams,
    query: languageQuery,
    headers: z.object({ 'idempotency-key': z.string().min(8).max(100).optional() }),
    ...jsonBody(anySubmission),
    output: { 202: accepted },
    errors: ['unknown-event', ...WINDOW, 'minors-later', 'proof-needed', ...UNREADABLE],
  },
  showCanary: {
    ...CANARY_API,
    method: 'GET',
    summary: "How the canary's own registration stands, and whether its mail arrived",
    output: { 200: canaryState },
  },
  eraseCanary: {
    ...CANARY_API,
    method: 'DELETE',
    summary: "Erase the canary's own registration, if there is one",
    output: { 200: canaryErased },
  },
  showConfirm: {
    ...linkPage('registration', 'unconfirmed'),
    method: 'GET',
    path: '/c/{token}',
    summary: 'A form that came by mail while its event was under attack: what was sent, and a button that registers',
    errors: ['confirm-link-not-valid', ...WINDOW],
  },
  postConfirm: {
    ...linkPage('registration', 'unconfirmed'),
    method: 'POST',
    path: '/c/{token}',
    summary:
      'Register by it: 303 to what happens next, 409 where something else was sent since, or 422 with the form again',
    ...formBody(confirmation),
    statuses: [303],
    errors: ['confirm-link-not-valid', ...WINDOW, 'out-of-date', ...UNREADABLE],
  },
  recoverLink: {
    method: 'POST',
    path: '/api/events/{eventId}/registrations/recover',
    function: 'registration',
    kind: 'json',
    auth: 'public',
    summary: 'Mail the link of a registration again: always the same answer, whether or not the address was known',
    params: eventParams,
    query: languageQuery,
    ...jsonBody(recovery),
    output: { 202: accepted },
    errors: ['unknown-event', 'proof-needed', ...UNREADABLE],
  },
  postFind: {
    ...publicPage('registration'),
    method: 'POST',
    path: '/e/{eventId}/find',
    summary: 'Mail the link of a registration again: 303 back to the page, or 422 with the form again',
    ...formBody(recoveryForm),
    statuses: [303],
    errors: ['unknown-event', 'proof-needed', ...UNREADABLE],
  },
});
