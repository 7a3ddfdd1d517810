import {
  bearerHeaders,
  CALLED_OFF,
  formBody,
  formFields,
  jsonBody,
  LINK,
  languageQuery,
  linkPage,
  UNREADABLE,
} from '../kernel/http/parts.schema.ts';
import { defineRoutes } from '../kernel/route.ts';
import { keptNeeds, needs } from './care.schema.ts';

/** What should be arranged for the holder: it is added to or replaced, and never shown. */
export const NEEDS_ROUTES = defineRoutes({
  showNeeds: {
    ...linkPage('attendee-care', 'registration'),
    method: 'GET',
    path: '/m/{token}/care',
    summary: 'An empty form about what to arrange for the holder: what they said before is not shown',
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, 'not-found'],
  },
  postNeeds: {
    ...linkPage('attendee-care', 'registration'),
    method: 'POST',
    path: '/m/{token}/care',
    summary:
      'Add to what is kept of the holder’s needs, replace or delete it: 303 to their page, or 422 with the form again',
    ...formBody(formFields),
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
    ...jsonBody(needs),
    output: { 200: keptNeeds },
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, 'not-found', ...UNREADABLE],
  },
  addNeeds: {
    method: 'POST',
    path: '/api/registration/care',
    function: 'attendee-care',
    kind: 'json',
    auth: 'registration',
    summary: "Add to what is kept of the bearer's needs, unseen: choices and texts join those said before",
    query: languageQuery,
    headers: bearerHeaders,
    ...jsonBody(needs),
    output: { 200: keptNeeds },
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, 'not-found', ...UNREADABLE],
  },
});
