import * as z from 'zod';
import {
  formBody,
  LINK,
  languageQuery,
  linkPage,
  linkParams,
  publicPage,
  UNREADABLE,
} from '../kernel/http/parts.schema.ts';
import { defineRoutes } from '../kernel/route.ts';

/** Certificates of attendance: for attendees, and for anyone who is shown one; and what else an attendee keeps as a file. */
export const CERTIFICATE_ROUTES = defineRoutes({
  showCertificate: {
    ...linkPage('certificates', 'registration'),
    method: 'GET',
    path: '/m/{token}/certificate',
    summary: 'Whether there is a certificate of attendance, and why not; with the name that will be printed',
    errors: LINK,
  },
  getCertificate: {
    method: 'GET',
    path: '/m/{token}/certificate.pdf',
    function: 'certificates',
    kind: 'pdf',
    auth: 'registration',
    summary: 'The certificate; 303 to its page where there is none',
    params: linkParams,
    query: languageQuery,
    errors: LINK,
  },
  getCalendar: {
    method: 'GET',
    path: '/m/{token}/calendar.ics',
    function: 'certificates',
    kind: 'calendar',
    auth: 'registration',
    summary: "The holder's days and sessions for a calendar; 303 to their page where they have no seat",
    params: linkParams,
    query: languageQuery,
    errors: LINK,
  },
  showVerify: {
    ...publicPage('certificates'),
    method: 'GET',
    path: '/e/{eventId}/verify',
    summary: 'Asks for the code of a certificate, whether or not there is such an event',
    errors: [],
  },
  postVerify: {
    ...publicPage('certificates'),
    method: 'POST',
    path: '/e/{eventId}/verify',
    summary:
      'Whether a certificate is valid, and to whom and for what it was given; the same answer to every code that proves nothing',
    ...formBody(z.lazy(() => z.strictObject({ code: z.tuple([z.string()]) }))),
    errors: UNREADABLE,
  },
});
