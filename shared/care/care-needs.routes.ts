import {
  bearerHeaders,
  CALLED_OFF,
  formFields,
  LINK,
  languageQuery,
  linkParams,
  UNREADABLE,
} from '../kernel/http/parts.schema.ts';
import { BODY_LIMIT } from '../kernel/limits.ts';
import { defineRoutes } from '../kernel/route.ts';
import { keptNeeds, needs } from './care.schema.ts';

/** What should be arranged for the holder: it is replaced, and never shown. */
export const NEEDS_ROUTES = defineRoutes({
  showNeeds: {
    method: 'GET',
    path: '/m/{token}/care',
    function: 'attendee-care',
    kind: 'page',
    auth: 'registration',
    summary: 'An empty form about what to arrange for the holder: what they said before is not shown',
    params: linkParams,
    query: languageQuery,
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, 'not-found'],
  },
  postNeeds: {
    method: 'POST',
    path: '/m/{token}/care',
    function: 'attendee-care',
    kind: 'page',
    auth: 'registration',
    summary: 'Replace what is kept of the holder’s needs, or delete it: 303 to their page, or 422 with the form again',
    params: linkParams,
    query: languageQuery,
    body: formFields,
    bodyFormat: 'form',
    bodyLimit: BODY_LIMIT.form,
    statuses: [303],
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, 'not-found', ...UNREADABLE],
  },
  replaceNeeds: {
    method: 'PUT',
    path: '/api/registration/care',
    function: 'attendee-care',
    kind: 'json',
    auth: 'registration',
    summary: "Replace what is kept of the bearer's needs, unseen; no answers delete it",
    query: languageQuery,
    headers: bearerHeaders,
    body: needs,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 200: keptNeeds },
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, 'not-found', ...UNREADABLE],
  },
});
