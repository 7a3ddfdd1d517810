import { MESSAGE_ROUTES } from './announcements/messages.routes.ts';
import { ATTENDEE_CARE_ROUTES } from './attendee-care-routes.ts';
import { CARE_ROUTES } from './care/care.routes.ts';
import { CERTIFICATE_ROUTES } from './certificates/certificates.routes.ts';
import { CHECK_IN_ROUTES } from './checkin/check-in.routes.ts';
import { ROSTER_ROUTES } from './checkin/checkin-roster.routes.ts';
import { CHECKIN_ROUTES } from './checkin/devices.routes.ts';
import { DELEGATION_ROUTES } from './delegation/delegation.routes.ts';
import { SITE_ROUTES } from './event/site.routes.ts';
import { FEEDBACK_ROUTES } from './feedback/answer/feedback.routes.ts';
import { FEEDBACK_RESULTS_ROUTES } from './feedback/result/feedback-results.routes.ts';
import { FEEDBACK_TOKEN_ROUTES } from './feedback/token/feedback-tokens.routes.ts';
import { GUARDIAN_ROUTES } from './minors/consent/guardian.routes.ts';
import { SAFEGUARDING_ROUTES } from './minors/safeguarding.routes.ts';
import { ORGANISER_ROUTES } from './organiser-routes.ts';
import { ATTENDEE_ROUTES } from './registration/attendee.routes.ts';
import { REGISTRATION_ROUTES } from './registration/registration.routes.ts';

/** The whole API, in the order in which an attendee meets it, then what phones at the doors call, then what organisers do. A function bundles only its own part. */
export const ROUTES = {
  ...SITE_ROUTES,
  ...REGISTRATION_ROUTES,
  ...ATTENDEE_ROUTES,
  ...ATTENDEE_CARE_ROUTES,
  ...CERTIFICATE_ROUTES,
  ...DELEGATION_ROUTES,
  ...GUARDIAN_ROUTES,
  ...FEEDBACK_TOKEN_ROUTES,
  ...FEEDBACK_ROUTES,
  ...CHECKIN_ROUTES,
  ...ROSTER_ROUTES,
  ...ORGANISER_ROUTES,
  ...MESSAGE_ROUTES,
  ...CHECK_IN_ROUTES,
  ...FEEDBACK_RESULTS_ROUTES,
  ...SAFEGUARDING_ROUTES,
  ...CARE_ROUTES,
};

export type RouteId = keyof typeof ROUTES;
