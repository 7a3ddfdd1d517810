import * as z from 'zod';
import { eventParams, LINK, languageQuery, linkParams, UNREADABLE } from '../kernel/http/parts.schema.ts';
import { BODY_LIMIT } from '../kernel/limits.ts';
import { defineRoutes } from '../kernel/route.ts';

/** Certificates of attendance: for attendees, and for anyone who is shown one. */
export const CERTIFICATE_ROUTES = defineRoutes({
  showCertificate: {
    method: 'GET',
    path: '/m/{token}/certificate',
    function: 'certificates',
    kind: 'page',
    auth: 'registration',
    summary: 'Whether there is a certificate of attendance, and why not; with the name that will be printed',
    params: linkParams,
    query: languageQuery,
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
  showVerify: {
    method: 'GET',
    path: '/e/{eventId}/verify',
    function: 'certificates',
    kind: 'page',
    auth: 'public',
    summary: 'Asks for the code of a certificate, whether or not there is such an event',
    params: eventParams,
    query: languageQuery,
    errors: [],
  },
  postVerify: {
    method: 'POST',
    path: '/e/{eventId}/verify',
    function: 'certificates',
    kind: 'page',
    auth: 'public',
    summary:
      'Whether a certificate is valid, and to whom and for what it was given; the same answer to every code that proves nothing',
    params: eventParams,
    query: languageQuery,
    body: z.lazy(() => z.strictObject({ code: z.tuple([z.string()]) })),
    bodyFormat: 'form',
    bodyLimit: BODY_LIMIT.form,
    errors: UNREADABLE,
  },
});
