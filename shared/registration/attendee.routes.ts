import * as z from 'zod';
import {
  bearerHeaders,
  CALLED_OFF,
  formBody,
  formFields,
  holderPage,
  jsonBody,
  LINK,
  languageQuery,
  linkParams,
  pressed,
  UNREADABLE,
} from '../kernel/http/parts.schema.ts';
import { defineRoutes } from '../kernel/route.ts';
import { FROM_MAIL_ROUTES } from './link/from-mail.routes.ts';
import { amendment, pressedAction, registrationView } from './self-service.schema.ts';

const HOLDER_API = { function: 'attendee', kind: 'json', auth: 'registration', query: languageQuery } as const;

/** What the holder of a registration's link may do. */
export const ATTENDEE_ROUTES = defineRoutes({
  showRegistration: {
    ...holderPage('attendee'),
    method: 'GET',
    path: '/m/{token}',
    summary: "The holder's registration, ticket and join links",
    query: languageQuery.extend({ done: z.string().optional() }),
    errors: LINK,
  },
  postRegistration: {
    ...holderPage('attendee'),
    method: 'POST',
    path: '/m/{token}',
    summary: 'What a button of the page does: 303 back to it, or 200 once everything is deleted',
    ...formBody(pressedAction),
    statuses: [200, 303],
    errors: [
      ...LINK,
      'not-cancellable',
      'not-amendable',
      ...CALLED_OFF,
      'not-undoable',
      'registered-anew',
      'no-online-seat',
      ...UNREADABLE,
    ],
  },
  getRegistration: {
    ...HOLDER_API,
    method: 'GET',
    path: '/api/registration',
    summary: "The bearer's own registration",
    headers: bearerHeaders,
    output: { 200: registrationView },
    errors: LINK,
  },
  amendRegistration: {
    ...HOLDER_API,
    method: 'PATCH',
    path: '/api/registration',
    summary: "Change the bearer's own registration",
    headers: bearerHeaders,
    ...jsonBody(amendment),
    output: { 200: registrationView },
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, ...UNREADABLE],
  },
  showAmend: {
    ...holderPage('attendee'),
    method: 'GET',
    path: '/m/{token}/amend',
    summary: "The form with the holder's answers, to change them",
    errors: [...LINK, 'not-amendable', ...CALLED_OFF],
  },
  postAmend: {
    ...holderPage('attendee'),
    method: 'POST',
    path: '/m/{token}/amend',
    summary: 'Change the registration from the form: 303 to its page, or the form again with what has to change',
    ...formBody(formFields),
    statuses: [303],
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, ...UNREADABLE],
  },
  cancelRegistration: {
    ...HOLDER_API,
    method: 'DELETE',
    path: '/api/registration',
    summary: "Cancel the bearer's own registration",
    headers: bearerHeaders,
    output: { 200: registrationView },
    errors: [...LINK, 'not-cancellable'],
  },
  showLetter: {
    ...holderPage('attendee'),
    method: 'GET',
    path: '/m/{token}/letter',
    summary: 'An invitation letter to print, for a visa, an employer or a school',
    errors: [...LINK, 'no-letter'],
  },
  showJoin: {
    ...holderPage('attendee'),
    method: 'GET',
    path: '/j/{token}/{sessionId}',
    summary: 'A page with a button that leads to the meeting',
    params: linkParams.extend({ sessionId: z.string() }),
    errors: [...LINK, 'not-found'],
  },
  postJoin: {
    ...holderPage('attendee'),
    method: 'POST',
    path: '/j/{token}/{sessionId}',
    summary: 'Join online: it is noted that someone came, and then the address of the meeting is shown, if it is open',
    params: linkParams.extend({ sessionId: z.string() }),
    ...formBody(pressed('join')),
    errors: [...LINK, 'not-found', ...UNREADABLE],
  },
  ...FROM_MAIL_ROUTES,
});
