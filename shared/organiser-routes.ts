import { PERSON_ROUTES } from './checkin/person/person.routes.ts';
import { DEFINITION_ROUTES } from './event/definition/definition.routes.ts';
import { PROGRAMME_ROUTES } from './event/programme/programme.routes.ts';
import { MAIL_ROUTES } from './mail/account/mail-account.routes.ts';
import { BULK_ROUTES } from './registration/bulk/bulk.routes.ts';
import { UNPROVEN_SEAT_ROUTES } from './registration/decide/unproven-seats.routes.ts';
import { INVITATION_CODE_ROUTES } from './registration/invitation/invitation-codes.routes.ts';
import { ORGANISER_REGISTRATION_ROUTES } from './registration/list/registrations.routes.ts';
import { TAG_ROUTES } from './registration/tags/tags.routes.ts';
import { VIEW_ROUTES } from './registration/views/views.routes.ts';

/** What those who run an event may do, each by the roles they hold in it. */
export const ORGANISER_ROUTES = {
  ...ORGANISER_REGISTRATION_ROUTES,
  ...PERSON_ROUTES,
  ...BULK_ROUTES,
  ...TAG_ROUTES,
  ...VIEW_ROUTES,
  ...PROGRAMME_ROUTES,
  ...DEFINITION_ROUTES,
  ...UNPROVEN_SEAT_ROUTES,
  ...INVITATION_CODE_ROUTES,
  ...MAIL_ROUTES,
};
