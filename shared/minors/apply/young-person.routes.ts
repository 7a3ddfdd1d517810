import { CALLED_OFF, formBody, formFields, LINK, linkPage, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { guardianForm } from '../../registration/apply/submission.schema.ts';

/** What a minor does on their registration’s pages until it is complete. */
export const YOUNG_ROUTES = defineRoutes({
  showGuardian: {
    ...linkPage('attendee-care', 'registration'),
    method: 'GET',
    path: '/m/{token}/guardian',
    summary: 'Where someone under 18 says who else is to be asked for consent: first a button that mails a code',
    errors: [...LINK, 'not-amendable', ...CALLED_OFF],
  },
  postGuardian: {
    ...linkPage('attendee-care', 'registration'),
    method: 'POST',
    path: '/m/{token}/guardian',
    summary: 'Mail the code: 303 back to the page; or, with it, ask someone else: 303 to the registration, or 422',
    ...formBody(guardianForm),
    statuses: [303],
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, ...UNREADABLE],
  },
  showComplete: {
    ...linkPage('attendee-care', 'registration'),
    method: 'GET',
    path: '/m/{token}/complete',
    summary:
      'The rest of the questions for someone under 18 whose guardian has agreed; 303 before that, and once they are answered',
    statuses: [200, 303],
    errors: LINK,
  },
  postComplete: {
    ...linkPage('attendee-care', 'registration'),
    method: 'POST',
    path: '/m/{token}/complete',
    summary: 'Answer them: 303 to the page of the registration, or 422 with the form again',
    ...formBody(formFields),
    statuses: [303],
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, ...UNREADABLE],
  },
});
