import * as z from 'zod';
import { consoleConfig } from '../kernel/console-config.schema.ts';
import { eventParams, languageQuery, publicPage, WINDOW } from '../kernel/http/parts.schema.ts';
import { defineRoutes } from '../kernel/route.ts';
import { publicEvent } from './page/public-event.schema.ts';

/** What anyone may read. */
export const SITE_ROUTES = defineRoutes({
  getEvent: {
    method: 'GET',
    path: '/api/events/{eventId}',
    function: 'site',
    kind: 'json',
    auth: 'public',
    summary: 'The public definition of an event, in one language',
    params: eventParams,
    query: languageQuery,
    output: { 200: publicEvent },
    errors: ['unknown-event'],
  },
  showHome: {
    method: 'GET',
    path: '/',
    function: 'site',
    kind: 'page',
    auth: 'public',
    summary: "The site's bare address: on to its event",
    query: languageQuery,
    statuses: [303],
    errors: [],
  },
  showReportHome: {
    method: 'GET',
    path: '/report',
    function: 'site',
    kind: 'page',
    auth: 'public',
    summary: "An address to remember: on to the report form of the site's event",
    query: languageQuery,
    statuses: [303],
    errors: [],
  },
  showEvent: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}',
    summary: 'The page of an event',
    errors: ['unknown-event'],
  },
  showForm: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}/register',
    summary: 'The registration form',
    // An invitation's code, in the address that the invitation gives.
    query: languageQuery.extend({ code: z.string().optional() }),
    errors: ['unknown-event', ...WINDOW],
  },
  showYoungForm: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}/register/young',
    summary: 'The short form for people under 18 and their guardians',
    errors: ['unknown-event', ...WINDOW, 'minors-later'],
  },
  showThanks: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}/thanks',
    summary:
      'What happens after registering; after the short form for people under 18 where `sent` says `young` or `paper`, ' +
      'and before a form is confirmed where it says `confirm`',
    query: languageQuery.extend({ sent: z.string().optional() }),
    errors: ['unknown-event'],
  },
  showFind: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}/find',
    summary: 'Find my registration: a form for the address, or, once it was sent, what to do next',
    query: languageQuery.extend({ sent: z.string().optional() }),
    errors: ['unknown-event'],
  },
  getConsoleConfig: {
    method: 'GET',
    path: '/api/console-config',
    function: 'site',
    kind: 'json',
    auth: 'public',
    summary: 'How organisers sign in: what an OpenID client has to know',
    output: { 200: consoleConfig },
    errors: [],
  },
  showPrivacy: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}/privacy',
    summary: 'What is kept of people, why, and for how long',
    errors: ['unknown-event'],
  },
  showYoungPeople: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}/young-people',
    summary: 'A notice that a child can read',
    errors: ['unknown-event', 'minors-later'],
  },
  showConsentForm: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}/consent-form',
    summary: 'What a parent or guardian who has no email signs, to print',
    errors: ['unknown-event', 'minors-later'],
  },
  showAccessibility: {
    ...publicPage('site'),
    method: 'GET',
    path: '/e/{eventId}/accessibility',
    summary: 'The accessibility statement',
    errors: ['unknown-event'],
  },
});
