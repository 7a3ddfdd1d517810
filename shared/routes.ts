import { MESSAGE_ROUTES } from './announcements/messages.routes.ts';
import { ATTENDEE_CARE_ROUTES } from './attendee-care-routes.ts';
import { CARE_ROUTES } from './care/care.routes.ts';
import { CERTIFICATE_ROUTES } from './certificates/certificates.routes.ts';
import { CHECK_IN_ROUTES } from './checkin/check-in.routes.ts';
import { CHECKIN_ROUTES, ROSTER_ROUTES } from './checkin/devices.routes.ts';
import { DELEGATION_ROUTES } from './delegation/delegation.routes.ts';
import { SITE_ROUTES } from './event/site.routes.ts';
import { FEEDBACK_ROUTES } from './feedback/answer/feedback.routes.ts';
import { FEEDBACK_RESULTS_ROUTES } from './feedback/result/feedback-results.routes.ts';
import { FEEDBACK_TOKEN_ROUTES } from './feedback/token/feedback-tokens.routes.ts';
import type { SHARED_PATHS } from './kernel/http/find-route.ts';
import type { FunctionName } from './kernel/manifest.ts';
import { GUARDIAN_ROUTES } from './minors/consent/guardian.routes.ts';
import { SAFEGUARDING_ROUTES } from './minors/safeguarding.routes.ts';
import { ORGANISER_ROUTES } from './organiser-routes.ts';
import { ATTENDEE_ROUTES } from './registration/attendee.routes.ts';
import { REGISTRATION_ROUTES } from './registration/registration.routes.ts';
import { AUDIT_ROUTES } from './team/audit/audit.routes.ts';
import { TEAM_ROUTES } from './team-routes.ts';

/**
 * The whole API, in the order in which an attendee meets it, then what phones at the doors call, then what organisers do. A function
 * bundles only its own part.
 */
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
  ...TEAM_ROUTES,
  ...ORGANISER_ROUTES,
  ...MESSAGE_ROUTES,
  ...CHECK_IN_ROUTES,
  ...FEEDBACK_RESULTS_ROUTES,
  ...SAFEGUARDING_ROUTES,
  ...CARE_ROUTES,
  ...AUDIT_ROUTES,
};

export type RouteId = keyof typeof ROUTES;

/** A function's own part of the contract. */
export type RoutesOf<Name extends FunctionName> = Pick<
  typeof ROUTES,
  { [Id in RouteId]: (typeof ROUTES)[Id]['function'] extends Name ? Id : never }[RouteId]
>;

type Row = (typeof ROUTES)[RouteId];
type RowsOf<P> = Extract<Row, { readonly path: P }>;
type IsOne<T, Each = T> = Each extends unknown ? ([T] extends [Each] ? true : false) : never;
/** Paths whose methods are not all served by one function. */
type SharedPath = { [P in Row['path']]: IsOne<RowsOf<P>['function']> extends true ? never : P }[Row['path']];
type SharedPaths = { readonly [P in SharedPath]: { readonly [M in RowsOf<P>['method']]: true } };

type Same<A, B> = [A, B] extends [B, A] ? true : never;
/** Leaving out a shared path or one of its methods does not compile, nor does one too many. */
true satisfies Same<typeof SHARED_PATHS, SharedPaths>;
