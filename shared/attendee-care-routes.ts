import { NEEDS_ROUTES } from './care/care-needs.routes.ts';
import { YOUNG_ROUTES } from './minors/apply/young-person.routes.ts';

/** What the holder of a registration's link says that is kept apart from it: who their guardian is, and what to arrange for them. */
export const ATTENDEE_CARE_ROUTES = { ...YOUNG_ROUTES, ...NEEDS_ROUTES };
